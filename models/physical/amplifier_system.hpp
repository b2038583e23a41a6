#pragma once

#include <optional>
#include <vector>

#include "models/circuit/delay_stability.hpp"
#include "models/ode/pattern_watch.hpp"
#include "models/ode/reference.hpp"
#include "models/ode/thermal_noise.hpp"
#include "models/physical/resistor_network.hpp"

namespace basin {

/// What the amplifiers do besides g (docs/math.md, real amplifiers): the source is S g of a gain that the open-loop gain
/// lowers, at an input that an offset shifts, cut off where the output saturates; x follows it with one pole and no faster
/// than the slew rate; R_o is in series with each of the outputs ±x.
struct AmplifierModel {
  Vector pole_hz{};            // N; empty: no pole
  Vector output_resistance{};  // ohm, N; zeros: ideal sources
  Vector open_loop_gain{};     // A, V/V, N; empty: infinite
  Vector slew_v_per_s{};       // N; empty: unlimited; with a pole only
  Vector saturation_v{};       // largest |x|, N; empty: that of g
  Vector input_offset_v{};     // N; empty: none
  double swing_share = 1.0;    // of S: what a drooping supply leaves of the outputs, not of the reference

  [[nodiscard]] bool has_pole() const { return pole_hz.size() > 0; }
  /// λ/(1 + λ/A) of every amplifier, V/V.
  [[nodiscard]] Vector gain(const ResistorNetwork& network) const;
  /// θ less the offset, V.
  [[nodiscard]] Vector threshold(const ResistorNetwork& network) const;
};

/// The design's amplifiers on the network: each pole is at the gain–bandwidth product over the small-signal amplification. A
/// slew rate without such a product gets a pole of its own: x slews where it is more than a twentieth of S behind its source, and
/// the pole is at most a thousand times as fast as the fastest node. Throws ClaimError for hard units with a pole, a slew rate or an open-loop gain: their
/// gain is infinite.
AmplifierModel amplifier_model(const AmplifierSpec& given, const ResistorNetwork& network);

/// What drives a network from outside in one run.
struct Drive {
  Vector current;            // A into every node, N; empty: none
  Vector held_v;             // V of amplifiers replaced by ideal sources, NaN elsewhere, N; empty: none
  Vector past_v{};           // V into the delays before t = 0, N, of a network with delays
};

/// The network with real amplifiers as equations in volts and seconds, the loaded output resistances eliminated
/// (docs/math.md, real amplifiers):
///   C_i u̇_i = Σ_j T⁺_ij (p_j − u_i) + T⁻_ij (n_j − u_i) ± |bias_i|(S ∓ u_i) − leak_i u_i + I_i,
///   ẋ_j = 2π pole_j (source_j − x_j), within ± the slew rate; or x_j = source_j without a pole,
///   p_j = (x_j(t − delay_j) + R_o Σ_i T⁺_ij u_i)/(1 + R_o Σ_i T⁺_ij), n_j the same of −x_j and T⁻.
/// The state is u, then x where there is a pole.
class AmplifierSystem {
 public:
  AmplifierSystem(const ResistorNetwork& network, const AmplifierModel& amplifiers, const Drive& drive = {});

  [[nodiscard]] Index neurons() const { return network_.size(); }
  [[nodiscard]] Index size() const { return amplifiers_.has_pole() ? 2 * neurons() : neurons(); }
  [[nodiscard]] double swing() const { return network_.swing; }
  /// The state at u, with the amplifiers' x at 0 as when power is put on.
  [[nodiscard]] Vector start(const Vector& u) const;
  [[nodiscard]] Vector rate(const Vector& y) const { return rate(y, y); }
  /// ẏ where the network hears the outputs of `heard`, the state with every delayed entry as it was its delay ago.
  [[nodiscard]] Vector rate(const Vector& y, const Vector& heard) const;
  /// How late each entry of the state is heard, s, size(); empty where none is.
  [[nodiscard]] Vector delays() const;
  /// x of every neuron: what the amplifiers give before their delays and output resistances.
  [[nodiscard]] Vector followers(const Vector& y) const;
  /// Voltages at the loaded outputs p and n; where an output is delayed, what goes into its delay.
  [[nodiscard]] Vector positive_outputs(const Vector& y) const;
  [[nodiscard]] Vector inverted_outputs(const Vector& y) const;
  /// Near y, with what is heard late apart. 1/s.
  [[nodiscard]] DelayedLinearisation linearise(const Vector& y) const;
  /// ∂ẏ/∂y, 1/s, of the network without its delays.
  [[nodiscard]] Matrix jacobian(const Vector& y) const;
  /// B of the Johnson noise of all resistors, N × N: u̇ gets B times N independent white noises of unit (two-sided) spectral density.
  /// The network of resistors takes noise currents of density 2 k_B T times its matrix of conductances, output resistances
  /// included (Nyquist's theorem for many nodes, Twiss 1955). `energy`: k_B T, J.
  [[nodiscard]] Matrix noise(double energy) const;
  /// Watts taken by the resistors, those of the outputs included, with everything heard as it is at y.
  [[nodiscard]] double power(const Vector& y) const;
  /// What is left to move, in volts: max |C u̇|/(conductance at the node), and max |source − x|.
  [[nodiscard]] double residual(const Vector& y) const;
  /// At rest every x has reached its source: the state of these u.
  [[nodiscard]] Vector at_rest(const Vector& u) const;

 private:
  [[nodiscard]] Vector sources(const Vector& u) const;
  /// p of x and u, and n of −x and u, with all outputs loaded.
  [[nodiscard]] Vector loaded(const Vector& x, const Vector& u, const Matrix& conductances, const Vector& share) const;
  [[nodiscard]] Vector before_delays(const Vector& x, Vector loaded) const;
  /// C u̇.
  [[nodiscard]] Vector currents(const Vector& y, const Vector& x) const;
  [[nodiscard]] double source_slope(Index j, double u) const;
  [[nodiscard]] bool is_held(Index j) const;
  [[nodiscard]] bool is_late(Index j) const { return network_.delay.size() > 0 && network_.delay[j] > 0.0 && !is_held(j); }

  ResistorNetwork network_;
  AmplifierModel amplifiers_;
  Drive drive_;
  Matrix plus_, minus_;            // T⁺, T⁻
  Vector total_;                   // conductance at every node
  Vector plus_share_, minus_share_;  // 1/(1 + R_o Σ_i T_ij)
  Matrix by_x_;                    // ∂(C u̇)/∂x
  Matrix by_u_;                    // ∂(C u̇)/∂u at constant x; empty where no output is loaded: −total_ alone
  Vector gain_, threshold_;        // effective ones
  double swing_;                   // of the outputs
  Vector omega_;                   // 2π pole
};

struct AmplifierRunOptions {
  double rtol = 0.0, atol = 0.0;   // atol in V
  double slowest = 0.0;            // s: the longest time constant
  std::optional<double> t_end{};   // s; absent: until settled or on a cycle, and at most longest_run times `slowest` or the longest delay
  std::vector<double> times{};     // of samples, s, ascending, not beyond the end
  PatternWatch::PatternAt pattern_at{};   // pattern that a state has the signs of; empty: none is watched for
  ThermalNoise* noise = nullptr;   // J and s; a run with it needs t_end, and never settles
};

/// One integration by odeint's dopri5 with dense output, or with noise by stochastic Heun steps, one of which ends at every sample;
/// with delays as models/ode has them.
struct AmplifierRun {
  double t_final = 0.0;
  bool settled = false;            // residual ≤ 10 rtol of S, or of the start where that is larger, for the longest delay
  Vector y;                        // at t_final
  Matrix samples;                  // a row a sample time, size() columns
  std::optional<double> period{};  // s, of the cycle that it goes round
  std::vector<PatternVisit> visits{};
  std::size_t steps = 0;           // accepted

  [[nodiscard]] EndReason reason() const {
    if (settled) return EndReason::settled;
    return period ? EndReason::oscillating : EndReason::time_limit;
  }
};

/// Integrates from y0. Throws ClaimError when the state leaves the finite numbers or the step size collapses.
AmplifierRun integrate(const AmplifierSystem& system, const Vector& y0, const AmplifierRunOptions& options);

/// Of the largest voltage: how well an equilibrium is known.
inline constexpr double equilibrium_share = 1e-12;

/// The equilibrium nearest to y by Newton's method; empty when it does not converge.
std::optional<Vector> equilibrium(const AmplifierSystem& system, const Vector& y);

}  // namespace basin
