#include "models/physical/resistor_network.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <string>

#include "models/design/error.hpp"
#include "models/design/text.hpp"

namespace basin {
namespace {

/// Σ_j|W_ij| + |b_i|.
Vector row_sums(const Circuit& circuit) { return absolute_row_sums(circuit) + circuit.bias.cwiseAbs(); }

}  // namespace

Vector ResistorNetwork::total_conductance() const {
  Vector total = conductance.cwiseAbs().rowwise().sum() + bias.cwiseAbs() + leak;
  if (overlaps() > 0) total += spreading.cwiseAbs().rowwise().sum();
  return total;
}

Matrix ResistorNetwork::means() const {
  const Vector sums = sensing.cwiseAbs().rowwise().sum();
  const Vector inverse = (sums.array() > 0.0).select(sums.array().inverse(), 0.0);
  return inverse.asDiagonal() * sensing;
}

Matrix ResistorNetwork::synapses() const {
  if (overlaps() == 0) return conductance;
  Matrix all = spreading * means();
  return all += conductance;
}

Vector ResistorNetwork::amplification() const {
  Vector all = gain;
  for (Index i = 0; i < size(); ++i) {
    const Activation& own = activation.of(i);
    const bool steepest = own.kind() == ActivationKind::hard || own.kind() == ActivationKind::power;   // flat or a jump at 0
    all[i] *= steepest ? own.max_slope() : own.slope(0.0);
    if (unipolar[static_cast<std::size_t>(i)]) all[i] *= 0.5;
  }
  return all;
}

double ohms(double conductance) {
  const double exact = 1.0 / std::abs(conductance);
  std::array<char, 32> text{};   // twelve digits and an exponent
  const auto end = std::to_chars(text.data(), text.data() + text.size(), exact, std::chars_format::scientific, 11).ptr;
  double shorter = exact;
  std::from_chars(text.data(), end, shorter);
  return 1.0 / shorter == std::abs(conductance) ? shorter : exact;
}

Circuit physical_circuit(const Circuit& circuit, Units units, const PhysicalSpec& spec) {
  if (units == Units::physical) return circuit;
  Circuit physical = circuit;
  physical.tau *= spec.resistance_ohm * spec.capacitance_f;
  physical.delay *= spec.resistance_ohm * spec.capacitance_f;
  physical.resistance *= spec.resistance_ohm;
  return physical;
}

double passive_scale(const Circuit& circuit) {
  const double largest = circuit.size() > 0 ? row_sums(circuit).maxCoeff() : 0.0;
  return largest <= 1.0 + no_leak ? 1.0 : largest;
}

Circuit rescaled(const Circuit& circuit, double s) {
  Circuit scaled = circuit;
  scaled.weights /= s;
  scaled.bias /= s;
  scaled.threshold /= s;
  scaled.gain *= s;
  scaled.factors = nullptr;
  return scaled;
}

OverlapForm::OverlapForm(const Circuit& circuit) {
  const Factors& factors = *circuit.factors;
  means = factors.core * factors.patterns * factors.columns.asDiagonal();
  const Vector sums = means.cwiseAbs().rowwise().sum();
  spreading = factors.patterns.transpose() * sums.asDiagonal();
  means = sums.cwiseMax(std::numeric_limits<double>::min()).cwiseInverse().asDiagonal() * means;
  direct = factors.diagonal.cwiseProduct(factors.columns);
}

double passive_scale(const Circuit& circuit, const OverlapForm& form) {
  const double largest = (form.row_sums() + circuit.bias.cwiseAbs()).maxCoeff();
  return largest <= 1.0 + no_leak ? 1.0 : largest;
}

namespace {

/// All but the synapses; `rows`: the share of 1/R that they and the bias take of every node.
ResistorNetwork without_synapses(const Circuit& circuit, double swing, const Vector& rows) {
  if (Index worst = 0; rows.size() > 0 && rows.maxCoeff(&worst) > 1.0 + no_leak) {
    throw ClaimError("resistors can't make neuron " + std::to_string(worst) + ": sum |W| + |b| = " + number_text(rows[worst]) +
                     ", and at most 1 is passive");
  }
  ResistorNetwork network;
  network.bias = circuit.bias.cwiseQuotient(circuit.resistance);
  network.leak = (rows.array() > 1.0 - no_leak).select(0.0, (1.0 - rows.array()) / circuit.resistance.array());
  network.capacitance = circuit.tau.cwiseQuotient(circuit.resistance);
  network.delay = circuit.delay;
  network.gain = circuit.gain;
  network.threshold = swing * circuit.threshold;
  network.unipolar = circuit.unipolar;
  network.activation = circuit.activation;
  network.swing = swing;
  network.hidden = circuit.hidden;
  return network;
}

}  // namespace

ResistorNetwork make_network(const Circuit& circuit, double swing) {
  ResistorNetwork network = without_synapses(circuit, swing, row_sums(circuit));
  network.conductance = circuit.resistance.cwiseInverse().asDiagonal() * circuit.weights;
  return network;
}

ResistorNetwork make_network(const Circuit& circuit, double swing, const OverlapForm& form, double s) {
  ResistorNetwork network = without_synapses(circuit, swing, form.row_sums() / s + circuit.bias.cwiseAbs());
  const Vector conductance = circuit.resistance.cwiseInverse();
  network.conductance = Vector(conductance.cwiseProduct(form.direct) / s).asDiagonal();
  network.spreading = conductance.asDiagonal() * form.spreading / s;
  network.sensing = conductance.mean() * form.means;
  return network;
}

Circuit circuit_of(const ResistorNetwork& network) {
  const Vector total = network.total_conductance();
  for (Index i = 0; i < network.size(); ++i) {
    if (total[i] > 0.0) continue;
    throw ClaimError("no resistor is left at neuron " + std::to_string(i) + ": its conductances are all rounded to 0");
  }
  Circuit circuit;
  circuit.resistance = total.cwiseInverse();
  circuit.weights = circuit.resistance.asDiagonal() * network.synapses();
  circuit.bias = network.bias.cwiseProduct(circuit.resistance);
  circuit.tau = network.capacitance.cwiseProduct(circuit.resistance);
  circuit.delay = network.delay;
  circuit.gain = network.gain;
  circuit.threshold = network.threshold / network.swing;
  circuit.unipolar = network.unipolar;
  circuit.activation = network.activation;
  circuit.hidden = network.hidden;
  return circuit;
}

}  // namespace basin
