#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>

#include "models/fixed/network.hpp"

namespace basin {

/// One way of running a quantised network in time: the one seam between Basin and anything that computes steps.
/// A state is one raw integer per neuron (docs/arithmetic.md §2). Every engine passes tests/cosim's conformance suite.
class Engine {
 public:
  virtual ~Engine() = default;
  [[nodiscard]] virtual std::string name() const = 0;
  /// Replaces the network's biases until the next call (cues given as input currents). n words. Takes effect with the next
  /// load, which must come before the next step; network_id() then speaks of the new biases.
  virtual void set_biases(std::span<const std::int32_t> biases) = 0;
  /// Replaces the network's masks of held neurons until the next call: n of core.phases bits, none without phases. Takes
  /// effect with the next load, which must come before the next step; network_id() does not change.
  virtual void set_clamps(std::span<const std::uint8_t> masks) = 0;
  /// Starts a recall from `state` (n words), in its first phase; the next step is of order 1.
  virtual void load(std::span<const std::int32_t> state) = 0;
  /// Advances one step and returns the clock cycles it took (0 if untimed). Legal after settling too.
  virtual std::uint64_t step() = 0;
  /// State after the last load or step, n words, valid until the next call.
  [[nodiscard]] virtual std::span<const std::int32_t> state() const = 0;
  [[nodiscard]] virtual bool settled() const = 0;
  [[nodiscard]] virtual bool overflow() const = 0;
  /// Identities as the engine itself reports them: read back from the hardware where there is one.
  [[nodiscard]] virtual std::uint32_t hardware_id() const = 0;
  [[nodiscard]] virtual std::uint32_t network_id() const = 0;
};

}  // namespace basin
