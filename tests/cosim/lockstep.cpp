#include "tests/cosim/lockstep.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <stdexcept>
#include <vector>

#include "models/fixed/fixed_number.hpp"
#include "models/fixed/protocol.hpp"
#include "models/fixed/stepper.hpp"

namespace basin::cosim {
namespace {

using Golden = Stepper<FixedNumber>;
using Difference = std::optional<std::string>;

Difference differing(const char* what, std::size_t step, std::int64_t golden, std::int64_t rtl) {
  if (golden == rtl) return std::nullopt;
  return fmt::format("step {}: {}: golden {}, RTL {}", step, what, golden, rtl);
}

Difference differing_words(const char* what, std::size_t step, std::span<const std::int64_t> golden,
                           std::span<const std::int32_t> rtl) {
  for (std::size_t i = 0; i < golden.size(); ++i) {
    if (golden[i] != rtl[i]) return fmt::format("step {}: {} {}: golden {}, RTL {}", step, what, i, golden[i], rtl[i]);
  }
  return std::nullopt;
}

/// One network on both sides.
class Pair {
 public:
  Pair(const MakeRtl& make, const FixedNetwork& network, std::uint64_t latency, Coverage& coverage)
      : golden_(FixedNumber(network)),
        rtl_engine_(make(network)),
        rtl_(*rtl_engine_),
        latency_(latency),
        expected_cycles_(cycles_per_step(network.core, network.neurons, latency)),
        coverage_(coverage) {}

  void set_biases(const std::vector<std::int32_t>& biases) {
    golden_.number().set_biases(biases);
    rtl_.set_biases(biases);
  }

  void set_clamps(const std::vector<std::uint8_t>& masks) {
    golden_.number().set_clamps(masks);
    rtl_.set_clamps(masks);
  }

  /// A recall to its end, what it left, and a few steps asked for after the end.
  Difference compare_recall(const std::vector<std::int32_t>& state) {
    golden_.load(std::vector<std::int64_t>(state.begin(), state.end()));
    rtl_.load(state);
    std::size_t steps = 0;
    do {
      if (auto difference = compare_step(steps, steps > 0)) return difference;
      ++steps;
      if (golden_.settled() != rtl_.settled()) return differing("settled", steps, golden_.settled(), rtl_.settled());
    } while (!rtl_.idle());
    const bool at_limit = steps == static_cast<std::size_t>(golden_.number().network().step_limit);
    if (!at_limit && !golden_.settled()) return fmt::format("step {}: the run ended early", steps);
    coverage_.settled += golden_.settled() ? 1 : 0;
    coverage_.at_limit += golden_.settled() ? 0 : 1;
    coverage_.released += golden_.phase() > 0 ? 1 : 0;
    coverage_.overflowed += golden_.overflow() ? 1 : 0;
    ++coverage_.runs;
    if (auto difference = compare_end(steps)) return difference;
    for (std::size_t more = 0; more < 2; ++more) {
      if (auto difference = compare_step(steps + more, false)) return difference;
    }
    return compare_read_back(steps + 2);
  }

  /// Leaves a recall in its middle, as a user who has seen enough: the next load must not notice.
  Difference abandon_recall(const std::vector<std::int32_t>& state) {
    golden_.load(std::vector<std::int64_t>(state.begin(), state.end()));
    rtl_.load(state);
    return compare_step(0, false);
  }

 private:
  Difference compare_step(std::size_t step, bool whole) {
    golden_.step();
    const std::uint64_t cycles = rtl_.step();
    coverage_.updates += golden_.state().size();
    coverage_.cycles += cycles;
    ++coverage_.steps;
    if (auto difference = differing_words("state", step, golden_.state(), rtl_.state())) return difference;
    if (auto difference = differing("settled", step, golden_.settled(), rtl_.settled())) return difference;
    if (auto difference = differing("overflow", step, golden_.overflow(), rtl_.overflow())) return difference;
    if (!whole) return std::nullopt;   // a run's first step begins with the prime
    return differing("cycles", step, static_cast<std::int64_t>(expected_cycles_), static_cast<std::int64_t>(cycles));
  }

  /// STEPS and CYCLES: a run costs its steps, one prime (§9) and the way out of the pipeline.
  Difference compare_end(std::size_t steps) {
    if (auto difference = differing("STEPS", steps, static_cast<std::int64_t>(steps), rtl_.read_register(protocol::reg_steps))) {
      return difference;
    }
    const std::uint32_t phase =
        (rtl_.read_register(protocol::reg_status) & protocol::status_phase) >> std::countr_zero(protocol::status_phase);
    if (auto difference = differing("phase", steps, static_cast<std::int64_t>(golden_.phase()), phase)) return difference;
    const std::uint64_t cycles = rtl_.read_register(protocol::reg_cycles);
    const std::uint64_t overhead = cycles - steps * expected_cycles_;
    const CoreConfig& core = golden_.number().network().core;
    const std::uint64_t history = static_cast<std::uint64_t>(core.most_delay()) * golden_.state().size();
    const std::uint64_t prime = core.memories > 0 ? expected_cycles_ : latency_ + history;
    const std::uint64_t allowed = prime + latency_ + static_cast<std::uint64_t>(core.lanes) + 16;
    if (cycles < steps * expected_cycles_ || overhead > allowed) {
      return fmt::format("CYCLES {} of {} steps of {}: {} to spare, {} allowed", cycles, steps, expected_cycles_,
                         static_cast<std::int64_t>(overhead), allowed);
    }
    return compare_read_back(steps);
  }

  Difference compare_read_back(std::size_t steps) {
    if (auto difference = differing_words("state read back", steps, golden_.state(), read(protocol::kind_states))) {
      return difference;
    }
    return differing_words("output read back", steps, golden_.arriving(), read(protocol::kind_outputs));
  }

  std::vector<std::int32_t> read(std::uint32_t kind) {
    const auto words = rtl_.read_back(kind, 0, static_cast<std::uint32_t>(golden_.state().size()));
    return {words.begin(), words.end()};
  }

  Golden golden_;
  std::unique_ptr<RtlEngine> rtl_engine_;
  RtlEngine& rtl_;
  std::uint64_t latency_;
  std::uint64_t expected_cycles_;
  Coverage& coverage_;
};

FixedNetwork single_neuron(const CoreConfig& core) {
  Random random(1, Stream::test, 0);
  FixedNetwork network = draw_network(core, 1, Drive::extreme, random);
  network.order = 2;
  network.settle_threshold = 0;
  network.step_limit = 2;
  return network;
}

MakeRtl verilated(const std::shared_ptr<const RtlModel>& model) {
  return [model](const FixedNetwork& network) { return make_verilator_engine(network, model); };
}

}  // namespace

std::uint64_t measured_latency(const std::shared_ptr<const RtlModel>& model) {
  return measured_latency(verilated(model), model->core());
}

std::uint64_t measured_latency(const MakeRtl& make, const CoreConfig& core) {
  const auto engine = make(single_neuron(core));
  engine->load(std::vector<std::int32_t>{0});
  engine->step();
  return engine->step() - cycles_per_step(core, 1, 0);
}

std::uint64_t cycles_per_step(const CoreConfig& core, int n, std::uint64_t latency) {
  if (core.memories > 0) {
    const std::int64_t lanes = std::min(core.lanes, core.memories), digits = (core.weight_bits + 1) / 2;
    const std::int64_t groups = (core.memories + lanes - 1) / lanes;
    return static_cast<std::uint64_t>(groups * (n + core.memories * digits)) + latency;
  }
  const std::int64_t groups = (n + core.lanes - 1) / core.lanes;
  const std::int64_t wait = static_cast<std::int64_t>(latency) - (groups - 1) * core.lanes;
  return static_cast<std::uint64_t>(groups * n + std::max<std::int64_t>(0, wait));
}

Difference compare_network(const std::shared_ptr<const RtlModel>& model, const FixedNetwork& network, Drive drive, int runs,
                           std::uint64_t latency, Random& random, Coverage& coverage) {
  return compare_network(verilated(model), network, drive, runs, latency, random, coverage);
}

Difference compare_network(const MakeRtl& make, const FixedNetwork& network, Drive drive, int runs, std::uint64_t latency,
                           Random& random, Coverage& coverage) {
  try {
    Pair pair(make, network, latency, coverage);
    for (int run = 0; run < runs; ++run) {
      if (run > 0) pair.set_biases(draw_biases(network, drive, random));
      if (run > 0 && network.core.phases > 0) pair.set_clamps(draw_clamps(network, random));
      if (auto difference = pair.compare_recall(draw_state(network, drive, random))) return difference;
      if (auto difference = pair.abandon_recall(draw_state(network, drive, random))) return difference;
    }
  } catch (const std::runtime_error& error) {
    return std::string(error.what());
  }
  return std::nullopt;
}

}  // namespace basin::cosim
