#pragma once

#include "models/design/design.hpp"
#include "sim/reference/pipeline.hpp"
#include "sim/systemc/bench.hpp"
#include "sim/verilator/build.hpp"

namespace basin::systemc {

/// A design made ready for the bench: a network, a circuit, a core, and the cue as the design gives it.
struct PreparedBench {
  BenchSetup setup;
  Vector start;                      // u(0)
  std::vector<std::int32_t> state;   // the same as the core loads it
};

/// The bench for cue `cue` of what prepare(design) gave, which has that cue; builds (or finds) the core as `build` says. Throws
/// what the build throws.
PreparedBench prepare_bench(const Design& design, const Prepared& prepared, int cue, RtlBuildOptions build = {});

}  // namespace basin::systemc
