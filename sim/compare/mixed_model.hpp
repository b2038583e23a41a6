#pragma once

#include <optional>
#include <vector>

#include "models/circuit/circuit.hpp"
#include "models/fixed/network.hpp"
#include "models/fixed/schedule.hpp"
#include "sim/compare/past_outputs.hpp"

namespace basin {

/// Which causes of error are removed from the golden model.
struct Exact {
  bool step = false;      // one step is the exact flow over dt, by Runge–Kutta, of the circuit with the table in it
  bool weights = false;   // the designed weights, biases, gains and τ
  bool table = false;     // g itself: no segments, no output codes
  bool state = false;     // states and table inputs are not rounded
};

/// What a cue loads beside its state.
struct Loaded {
  const std::vector<std::int32_t>& bias;
  const std::vector<std::uint8_t>& masks;   // of held neurons; empty without phases
};

/// The golden model in double with chosen causes of error removed; with none removed it computes golden's integers
/// (docs/arithmetic.md §3–§4, all dyadic) where none takes more than the 53 bits of a double. Works in raw units: LSB_u for states, codes for outputs.
class MixedModel {
 public:
  /// `designed` is the designed circuit in core coordinates with the cue's bias in it; `loaded` is what the
  /// cue loads. `network` must outlive the model.
  MixedModel(const FixedNetwork& network, const Circuit& designed, const Loaded& loaded, Exact exact);

  /// Starts at `u`, in the unit of u.
  void load(const Vector& u);
  void step();
  /// In the unit of u.
  [[nodiscard]] Vector state() const { return u_ * lsb_state_; }

 private:
  [[nodiscard]] Vector outputs(const Vector& u) const;
  [[nodiscard]] double table_output(std::size_t neuron, double u) const;
  [[nodiscard]] double table_value(std::size_t neuron, double input) const;
  [[nodiscard]] Vector pull(const Vector& u, double ahead) const;
  [[nodiscard]] Vector flow(const Vector& u);
  void enter_phase();
  void set_network(const std::vector<std::int32_t>& bias);
  void set_designed(const Circuit& designed);

  const FixedNetwork& network_;
  std::vector<std::uint8_t> masks_;
  Exact exact_;
  double lsb_state_;
  Matrix weights_;            // LSB_u a code
  std::optional<Factors> factors_;   // instead, where W is held so
  Vector bias_;               // LSB_u
  Vector rate_;               // dt/τ_i
  Vector phase_rate_;         // the same in this phase: 0 where the neuron is held
  Vector gain_;               // λ_i, per unit of u
  Activations activation_;
  Vector u_;
  Vector f_;
  PastOutputs past_;          // a moment a substep where the step is exact, else a step
  Schedule schedule_;
  bool fresh_ = true;
};

}  // namespace basin
