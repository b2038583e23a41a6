#pragma once

#include <functional>
#include <string>

#include "models/design/design.hpp"
#include "sim/systemc/bench.hpp"

namespace basin::systemc {

/// A design made ready for the bench: a network, a circuit, a core, and the cue as the design gives it.
struct PreparedBench {
  BenchSetup setup;
  Vector start;
};

/// Runs the chain from the design to integers for cue `cue` and builds (or finds) the core. Throws InputError when the cue
/// does not exist or holds outputs, and what the build throws.
PreparedBench prepare_bench(const Design& design, int cue, const std::function<void(const std::string&)>& notice = {});

}  // namespace basin::systemc
