#include "models/circuit/circuit.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "models/design/error.hpp"
#include "models/design/text.hpp"

namespace basin {
namespace {

Activation make_activation(const CircuitSpec& spec, ActivationKind kind) {
  return kind == ActivationKind::table ? Activation(spec.activation_table.value()) : Activation(kind);
}

/// Those of the design's neurons, and of hidden units after them: their own activation, or the first neuron's.
Activations make_activations(const CircuitSpec& spec, const HiddenUnits& hidden) {
  if (spec.activation_of.empty() && !hidden.activation) return make_activation(spec, spec.activation);
  std::vector<Activation> kinds;
  std::vector<std::uint8_t> selectors;
  std::vector<ActivationKind> seen;
  for (Index i = 0; i < spec.gain.size(); ++i) {
    const ActivationKind kind = spec.activation_of.empty() ? spec.activation : spec.activation_of[static_cast<std::size_t>(i)];
    const auto place = std::find(seen.begin(), seen.end(), kind);
    selectors.push_back(static_cast<std::uint8_t>(place - seen.begin()));
    if (place != seen.end()) continue;
    seen.push_back(kind);
    kinds.push_back(make_activation(spec, kind));
  }
  kinds.push_back(hidden.activation.value_or(kinds.front()));
  selectors.insert(selectors.end(), static_cast<std::size_t>(hidden.count()), static_cast<std::uint8_t>(kinds.size() - 1));
  return {std::move(kinds), std::move(selectors)};
}

Vector joined(const Vector& visible, const Vector& hidden) {
  Vector all(visible.size() + hidden.size());
  all << visible, hidden;
  return all;
}

/// R of a design whose normalised W has the sums `rows` of |W|: 1/R = 1/ρ + Σ|W|/R, so R = ρ(1 − Σ|W|) (docs/math.md, passive rows).
Vector resistance_for_rows(const Design& design, const Vector& rho, const Vector& rows) {
  Index worst = 0;
  if (rows.size() > 0 && rows.maxCoeff(&worst) >= 1.0) {
    throw InputError(Location{design.file, 0}, "circuit.input_resistance",
                     "can't realise learned weights: row " + std::to_string(worst) + " has sum |W| = " +
                         number_text(rows[worst]) + "; allowed sum |W| < 1, or give resistance instead");
  }
  return rho.array() * (1.0 - rows.array());
}

/// R of a design whose conductances T are known.
Vector resistance_for_conductances(const CircuitSpec& spec, const Matrix& conductances) {
  if (spec.resistance.size() > 0) return spec.resistance;
  return (spec.input_resistance.cwiseInverse() + conductances.cwiseAbs().rowwise().sum()).cwiseInverse();
}

std::vector<bool> make_unipolar(const CircuitSpec& spec, Index size) {
  if (spec.activation == ActivationKind::logistic && spec.activation_of.empty()) {
    return std::vector<bool>(static_cast<std::size_t>(size), true);
  }
  return spec.unipolar.empty() ? std::vector<bool>(static_cast<std::size_t>(size), false) : spec.unipolar;
}

Vector or_zeros(const Vector& given, Index size) { return given.size() > 0 ? given : Vector(Vector::Zero(size)); }

Circuit assemble(const CircuitSpec& spec, Matrix weights, Vector bias, const Vector& resistance, const HiddenUnits& hidden = {}) {
  const Index units = hidden.count(), size = bias.size() - units;
  Circuit circuit;
  circuit.hidden = units;
  circuit.weights = std::move(weights);
  circuit.bias = std::move(bias);
  circuit.resistance = resistance;
  if (spec.units == Units::physical) {
    circuit.tau = resistance.head(size).cwiseProduct(spec.capacitance);
  } else {
    circuit.tau = spec.tau.size() > 0 ? spec.tau : Vector(Vector::Ones(size));
  }
  circuit.gain = spec.gain;
  circuit.threshold = joined(or_zeros(spec.threshold, size), Vector::Zero(units));
  circuit.unipolar = make_unipolar(spec, size);
  if (units > 0) {
    const Vector slow = hidden.tau.size() > 0 ? Vector(circuit.tau.maxCoeff() * hidden.tau)
                                              : Vector(Vector::Constant(units, circuit.tau.minCoeff()));
    circuit.tau = joined(circuit.tau, slow);
    circuit.gain = joined(circuit.gain, spec.gain.maxCoeff() * hidden.gain);
    circuit.unipolar.insert(circuit.unipolar.end(), static_cast<std::size_t>(units), hidden.unipolar);
  }
  circuit.activation = make_activations(spec, hidden);
  if (spec.delay.size() > 0) circuit.delay = joined(spec.delay, Vector::Zero(units));
  return circuit;
}

/// λ(u − θ).
Vector inputs(const Circuit& circuit, const Vector& u) { return circuit.gain.cwiseProduct(u - circuit.threshold); }

bool unipolar(const Circuit& circuit, Index i) { return circuit.unipolar[static_cast<std::size_t>(i)]; }

/// The factors over bipolar units; only the scale of the columns changes.
std::shared_ptr<const Factors> core_factors(const Circuit& circuit) {
  Factors factors = *circuit.factors;
  for (Index j = 0; j < circuit.size(); ++j) factors.columns[j] *= unipolar(circuit, j) ? 0.5 : 1.0;
  const bool all = std::find(circuit.unipolar.begin(), circuit.unipolar.end(), false) == circuit.unipolar.end();
  if (factors.row_sums.size() > 0) factors.row_sums = all ? 0.5 * factors.row_sums : factors.absolute_row_sums();
  return std::make_shared<const Factors>(std::move(factors));
}

}  // namespace

Circuit make_circuit(const Design& design, const Matrix& weights, const Vector& bias,
                     std::shared_ptr<const Factors> factors, const HiddenUnits& hidden) {
  const CircuitSpec& spec = design.circuit;
  const Index visible = bias.size() - hidden.count();
  Vector resistance = Vector::Ones(visible);
  if (spec.units == Units::physical) resistance = spec.resistance.size() > 0 ? spec.resistance : spec.input_resistance;
  resistance = joined(resistance, resistance.mean() * hidden.resistance);
  if (spec.units == Units::physical && spec.resistance.size() == 0) {
    const Vector rows = weights.size() > 0 ? Vector(weights.cwiseAbs().rowwise().sum()) : factors->row_sums;
    resistance = resistance_for_rows(design, resistance, rows);
  }
  const Vector own = joined(or_zeros(spec.bias, visible), Vector::Zero(hidden.count())).cwiseProduct(resistance);
  Circuit circuit = assemble(spec, weights, bias + own, resistance, hidden);
  circuit.factors = std::move(factors);
  return circuit;
}

Circuit make_circuit(const Design& design) {
  const CircuitSpec& spec = design.circuit;
  const Matrix& given = spec.weights.value();
  const Index size = given.rows();
  if (spec.units == Units::normalised) return make_circuit(design, given, Vector::Zero(size));
  const Vector resistance = resistance_for_conductances(spec, given);
  const Vector bias = or_zeros(spec.bias, size).cwiseProduct(resistance);
  return assemble(spec, resistance.asDiagonal() * given, bias, resistance);
}

Circuit to_core(const Circuit& circuit) {
  Circuit core = circuit;
  core.bias -= circuit.threshold;
  core.threshold.setZero();
  Vector halves = Vector::Zero(circuit.size());  // W(1 + V′)/2: what V′ = 0 adds to b
  for (Index j = 0; j < circuit.size(); ++j) {
    if (!unipolar(circuit, j)) continue;
    halves[j] = 0.5;
    if (circuit.is_dense()) core.weights.col(j) *= 0.5;
    core.unipolar[static_cast<std::size_t>(j)] = false;
  }
  if ((halves.array() != 0.0).any()) {
    core.bias += product(circuit, halves);
    if (circuit.factors) core.factors = core_factors(circuit);
  }
  core.activation = circuit.activation.bipolar();
  return core;
}

Vector largest_gains(const Circuit& circuit) {
  Vector gains = Vector::Zero(static_cast<Index>(circuit.activation.kinds().size()));
  for (Index i = 0; i < circuit.size(); ++i) {
    double& largest = gains[static_cast<Index>(circuit.activation.kind_of(i))];
    largest = std::max(largest, circuit.gain[i]);
  }
  return gains;
}

Vector product(const Circuit& circuit, const Vector& v) {
  return circuit.is_dense() ? Vector(circuit.weights * v) : circuit.factors->times(v);
}

Vector absolute_row_sums(const Circuit& circuit) {
  return circuit.is_dense() ? Vector(circuit.weights.cwiseAbs().rowwise().sum()) : circuit.factors->row_sums;
}

Vector outputs(const Circuit& circuit, const Vector& u) {
  Vector v = inputs(circuit, u);
  for (Index i = 0; i < v.size(); ++i) {
    v[i] = circuit.activation.of(i).value(v[i]);
    if (unipolar(circuit, i)) v[i] = 0.5 * (1.0 + v[i]);
  }
  return v;
}

Vector output_slopes(const Circuit& circuit, const Vector& u) {
  Vector slopes = inputs(circuit, u);
  for (Index i = 0; i < slopes.size(); ++i) {
    slopes[i] = circuit.activation.of(i).slope(slopes[i]) * circuit.gain[i] * (unipolar(circuit, i) ? 0.5 : 1.0);
  }
  return slopes;
}

Vector drive(const Circuit& circuit, const Vector& u) {
  return product(circuit, outputs(circuit, u)) + circuit.bias - u;
}

double energy(const Circuit& circuit, const Vector& u) { return energy(circuit, u, drive(circuit, u)); }

double energy(const Circuit& circuit, const Vector& u, const Vector& drive_of_u) {
  const Vector z = inputs(circuit, u);
  double sum = 0.0;
  for (Index i = 0; i < circuit.size(); ++i) {
    const Activation& activation = circuit.activation.of(i);
    const double g = activation.value(z[i]);
    const double share = unipolar(circuit, i) ? 0.5 : 1.0;
    const double v = unipolar(circuit, i) ? 0.5 * (1.0 + g) : g;
    const double current = drive_of_u[i] + u[i] - circuit.bias[i];  // Σ_j W_ij V_j
    const double integral = circuit.threshold[i] * v + share * activation.energy(z[i]) / circuit.gain[i];
    sum += (-0.5 * v * current + integral - circuit.bias[i] * v) / circuit.resistance[i];
  }
  return sum;
}

double energy_scale(const Circuit& circuit) {
  const Vector rows = absolute_row_sums(circuit) + circuit.bias.cwiseAbs();
  return rows.cwiseQuotient(circuit.resistance).sum();
}

Matrix jacobian(const Circuit& circuit, const Vector& u) {
  Matrix j = circuit.weights * output_slopes(circuit, u).asDiagonal();
  j.diagonal().array() -= 1.0;
  return circuit.tau.cwiseInverse().asDiagonal() * j;
}

double invariant_bound(const Circuit& circuit) {
  if (circuit.size() == 0) return 0.0;
  return (absolute_row_sums(circuit) + circuit.bias.cwiseAbs()).maxCoeff();
}

}  // namespace basin
