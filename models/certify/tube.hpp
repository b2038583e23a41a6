#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "models/certify/ode_step.hpp"

namespace basin {

/// One recall of the hardware as numbers: what a tube is made around.
struct Trace {
  std::size_t neurons = 0;
  std::vector<std::int32_t> words;   // raw states, row-major: row k after k steps
  double lsb = 1.0;                  // LSB_u: state i after k steps is the double nearest to word · lsb
  double dt = 1.0;                   // time of a step, in the unit of τ
  bool rests = false;                // the last state is kept for ever

  [[nodiscard]] std::size_t steps() const { return words.size() / neurons - 1; }
  /// State after k steps.
  [[nodiscard]] Vector state(std::size_t k) const;
};

/// Why no tube was granted.
enum class TubeEnd { granted, unsettled, no_enclosure, grows, not_contracting, not_as_specified };

/// |u_hw(t) − u(t)| ≤ E(t), proved, component by component: u_hw is the trace, u the solution of a circuit from a start that may
/// be another than the trace's.
struct Tube {
  TubeEnd end = TubeEnd::granted;
  std::size_t step = 0;              // where it ended: the steps for which `radii` hold
  Index neuron = 0;                  // of a step that is not as specified
  double unit = 0.0;                 // a power of two: radii are multiples of it
  std::vector<std::vector<std::int64_t>> radii;   // E_k/unit after k steps, from 0; while resting too
  std::vector<std::int64_t> rest;    // R/unit: holds for all times after the last of `radii`; empty unless granted
  std::vector<std::vector<std::int64_t>> limits;   // r/unit of where |u_hw − u| ends for t → ∞, each from the one before
  double largest_defect = 0.0;       // of δ_i, over neurons and steps
  double between = 0.0;              // a bound at all times between two steps, where u_hw is the straight line between them
  int least_order = 0;               // of all validated steps

  [[nodiscard]] bool is_granted() const { return end == TubeEnd::granted; }
  /// max_i E_i after k steps.
  [[nodiscard]] double radius(std::size_t k) const;
  /// The largest of them and of R.
  [[nodiscard]] double supremum() const;
  /// max_i r_i of the last.
  [[nodiscard]] double final_radius() const;
};

/// What a step of the core may differ from the step that docs/arithmetic.md specifies, with g exact. Only the circuit that the
/// hardware holds makes such steps.
struct SpecifiedStep {
  int order = 2;
  Vector allowed;                    // per neuron, unit of u
};

struct TubeOptions {
  const SpecifiedStep* rule = nullptr;    // null: the steps may be any
  std::function<void()> on_step{};   // called once a step; may throw
};

/// The tube around `trace` for the circuit of `field` from `start` = u(0) (docs/math.md, "Runs of the hardware").
Tube make_tube(const CircuitField& field, const Vector& start, const Trace& trace, const TubeOptions& options);

/// One line: why none was granted, or "".
std::string why_not(const Tube& tube);

}  // namespace basin
