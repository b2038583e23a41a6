#pragma once

#include <vector>

#include "models/circuit/circuit.hpp"

namespace basin {

/// Of 1/R: a resistor to ground of less is what rounding left of none.
inline constexpr double no_leak = 1e-12;

/// A circuit as its components: N nodes u, each with a capacitor, resistors to the outputs V_j or the inverted outputs −V_j of
/// the amplifiers, to a reference of ±S volts, and to ground (docs/math.md, physical circuit). An amplifier's output is
/// S g(gain (u − threshold)/S), or S (1 + g)/2 where it is unipolar. Factored weights may be made by M overlap amplifiers of gain
/// ±1 instead: at the input of each, resistors from the outputs take their weighted mean, and its outputs go to the nodes.
struct ResistorNetwork {
  Matrix conductance;      // T, S, N × N: positive from output j to node i, negative from its inverted output
  Matrix sensing{};        // S, M × N: from output j to the input of overlap amplifier k, negative from the inverted one; may be empty
  Matrix spreading{};      // S, N × M: from overlap amplifier k to node i, negative from its inverted output
  Vector bias;             // S, N: positive to the reference +S, negative to −S
  Vector leak;             // S, N: to ground; 0 where there is no resistor
  Vector capacitance;      // F, N
  Vector delay{};          // s, N: from the outputs of an amplifier to the nodes; empty: none
  Vector gain;             // V/V, N
  Vector threshold;        // V, N
  std::vector<bool> unipolar;
  Activations activation;
  double swing = 1.0;      // S, V
  Index hidden = 0;        // the last of the neurons, as in Circuit

  [[nodiscard]] Index size() const { return capacitance.size(); }
  [[nodiscard]] Index overlaps() const { return sensing.rows(); }
  /// M × N: voltage at the input of each overlap amplifier, of the outputs; a row of zeros where no resistor is left.
  [[nodiscard]] Matrix means() const;
  /// T from every output to every node, S, N × N, overlap amplifiers included.
  [[nodiscard]] Matrix synapses() const;
  /// 1/R of every node, S: of all its resistors; 0 where there is none.
  [[nodiscard]] Vector total_conductance() const;
  /// Small-signal voltage gain of each amplifier at its threshold, of a power where it is steepest; infinite for hard units.
  [[nodiscard]] Vector amplification() const;
};

/// Ohms of a conductance: where twelve digits of them are that very conductance, just those.
double ohms(double conductance);

/// The circuit in SI units: a physical design's as it is, a normalised one with R at every node and C = τ · the unit of [physical].
Circuit physical_circuit(const Circuit& circuit, Units units, const PhysicalSpec& spec);

/// How factored weights are made by overlap amplifiers, W = U·M + diag(d) with rows of M whose |entries| sum to 1.
struct OverlapForm {
  Matrix means;      // M, M × N
  Matrix spreading;  // U, N × M
  Vector direct;     // d, N
  /// Of the circuit's factors: M is A X of unit rows. Needs them.
  explicit OverlapForm(const Circuit& circuit);
  /// Σ_k|U_ik| + |d_i|: what is used of a node's 1/R.
  [[nodiscard]] Vector row_sums() const { return spreading.cwiseAbs().rowwise().sum() + direct.cwiseAbs(); }
};

/// s: 1 where Σ_j|W_ij| + |b_i| ≤ 1 for every neuron, so that resistors alone make the circuit, else the largest of these sums.
double passive_scale(const Circuit& circuit);
/// The same of a node's resistors from overlap amplifiers, Σ_k|U_ik| + |d_i| + |b_i|.
double passive_scale(const Circuit& circuit, const OverlapForm& form);

/// The circuit with W/s, b/s, θ/s and gain s·λ: its u is 1/s of the given one's, its V the same at all times.
Circuit rescaled(const Circuit& circuit, double s);

/// The components of a circuit in SI units whose passive_scale is 1: T = W/R, bias |b|/R, and what is left of 1/R to ground.
/// Voltages are `swing` times the circuit's. Needs the dense W. Throws ClaimError when a row is too large.
ResistorNetwork make_network(const Circuit& circuit, double swing);
/// The same by overlap amplifiers; `form` is that of the circuit before it was rescaled by `s`.
ResistorNetwork make_network(const Circuit& circuit, double swing, const OverlapForm& form, double s);

/// The circuit that the components make, voltages in units of S: 1/R = Σ|T| + |bias| + leak. Throws ClaimError when a node has
/// no resistor at all.
Circuit circuit_of(const ResistorNetwork& network);

}  // namespace basin
