#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "sim/verilator/verilator_engine.hpp"
#include "tests/cosim/draw.hpp"

namespace basin::cosim {

/// What comparisons have covered so far, and the time model of docs/arithmetic.md §9 as this core shows it.
struct Coverage {
  std::uint64_t updates = 0;
  std::uint64_t steps = 0;
  std::uint64_t cycles = 0;
  std::uint64_t runs = 0;
  std::uint64_t settled = 0;
  std::uint64_t overflowed = 0;
  std::uint64_t at_limit = 0;
  std::uint64_t released = 0;     // recalls that left their first phase
};

/// Makes the RTL engine that is compared with golden.
using MakeRtl = std::function<std::unique_ptr<RtlEngine>(const FixedNetwork& network)>;

/// Λ of §9: the length of a step of a network of one neuron, less what the formula has without Λ.
std::uint64_t measured_latency(const MakeRtl& make, const CoreConfig& core);
std::uint64_t measured_latency(const std::shared_ptr<const RtlModel>& model);
/// Clock cycles of a step by the formula of §9.
std::uint64_t cycles_per_step(const CoreConfig& core, int n, std::uint64_t latency);

/// Runs one random network of n neurons through `runs` recalls on both sides and compares every state word, both flags,
/// every step's length, the counters, and states and outputs as read back. Returns the first difference, in one line.
std::optional<std::string> compare_network(const MakeRtl& make, const FixedNetwork& network, Drive drive, int runs,
                                           std::uint64_t latency, Random& random, Coverage& coverage);
std::optional<std::string> compare_network(const std::shared_ptr<const RtlModel>& model, const FixedNetwork& network,
                                           Drive drive, int runs, std::uint64_t latency, Random& random,
                                           Coverage& coverage);

}  // namespace basin::cosim
