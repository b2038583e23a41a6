#include "models/physical/amplifier_system.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "models/design/error.hpp"

namespace basin {
namespace {

/// 1/(1 + R_o Σ_i T_ij) of every output j.
Vector shares(const Matrix& conductances, const Vector& resistance) {
  const Vector load = conductances.colwise().sum();
  return (1.0 + resistance.array() * load.array()).inverse();
}

}  // namespace

AmplifierModel amplifier_model(const AmplifierSpec& spec, const ResistorNetwork& network) {
  AmplifierModel model;
  model.output_resistance = spec.output_resistance_ohm;
  if (spec.gain_bandwidth_hz.size() == 0) return model;
  const Vector amplification = network.amplification();
  if (!amplification.allFinite()) {
    throw ClaimError("amplifier.gain_bandwidth: hard units have no finite gain, so their amplifiers have no pole");
  }
  model.pole_hz = spec.gain_bandwidth_hz.cwiseQuotient(amplification);
  return model;
}

AmplifierSystem::AmplifierSystem(const ResistorNetwork& network, const AmplifierModel& amplifiers, const Drive& drive)
    : network_(network),
      amplifiers_(amplifiers),
      drive_(drive),
      plus_(network.conductance.cwiseMax(0.0)),
      minus_((-network.conductance).cwiseMax(0.0)),
      total_(network.conductance.cwiseAbs().rowwise().sum() + network.bias.cwiseAbs() + network.leak) {
  for (Index j = 0; j < neurons(); ++j) {
    if (is_held(j)) amplifiers_.output_resistance[j] = 0.0;
  }
  plus_share_ = shares(plus_, amplifiers_.output_resistance);
  minus_share_ = shares(minus_, amplifiers_.output_resistance);
  if (amplifiers_.has_pole()) omega_ = 2.0 * std::numbers::pi * amplifiers_.pole_hz;
}

bool AmplifierSystem::is_held(Index j) const { return drive_.held_v.size() > 0 && !std::isnan(drive_.held_v[j]); }

Vector AmplifierSystem::start(const Vector& u) const {
  Vector y = Vector::Zero(size());
  y.head(neurons()) = u;
  return y;
}

/// S g of every neuron: what x follows.
Vector AmplifierSystem::sources(const Vector& y) const {
  Vector x(neurons());
  for (Index j = 0; j < neurons(); ++j) {
    const double z = network_.gain[j] * (y[j] - network_.threshold[j]) / network_.swing;
    const double g = network_.activation.of(j).value(z);
    x[j] = is_held(j) ? drive_.held_v[j] : network_.swing * (network_.unipolar[static_cast<std::size_t>(j)] ? 0.5 * (1.0 + g) : g);
  }
  return x;
}

double AmplifierSystem::source_slope(Index j, double u) const {
  if (is_held(j)) return 0.0;
  const double z = network_.gain[j] * (u - network_.threshold[j]) / network_.swing;
  return network_.gain[j] * network_.activation.of(j).slope(z) * (network_.unipolar[static_cast<std::size_t>(j)] ? 0.5 : 1.0);
}

Vector AmplifierSystem::positive_outputs(const Vector& y) const {
  Vector x = sources(y);
  for (Index j = 0; amplifiers_.has_pole() && j < neurons(); ++j) {
    if (!is_held(j)) x[j] = y[neurons() + j];
  }
  const Vector pulled = plus_.transpose() * y.head(neurons());
  return plus_share_.cwiseProduct(x + amplifiers_.output_resistance.cwiseProduct(pulled));
}

Vector AmplifierSystem::inverted_outputs(const Vector& y) const {
  Vector x = sources(y);
  for (Index j = 0; amplifiers_.has_pole() && j < neurons(); ++j) {
    if (!is_held(j)) x[j] = y[neurons() + j];
  }
  const Vector pulled = minus_.transpose() * y.head(neurons());
  return minus_share_.cwiseProduct(-x + amplifiers_.output_resistance.cwiseProduct(pulled));
}

Vector AmplifierSystem::rate(const Vector& y) const {
  const Index n = neurons();
  const Vector u = y.head(n);
  Vector current = plus_ * positive_outputs(y) + minus_ * inverted_outputs(y) + network_.swing * network_.bias -
                   total_.cwiseProduct(u);
  if (drive_.current.size() > 0) current += drive_.current;
  Vector all(size());
  all.head(n) = current.cwiseQuotient(network_.capacitance);
  if (amplifiers_.has_pole()) all.tail(n) = omega_.cwiseProduct(sources(y) - y.tail(n));
  return all;
}

Matrix AmplifierSystem::jacobian(const Vector& y) const {
  const Index n = neurons();
  const Vector& resistance = amplifiers_.output_resistance;
  const Matrix through_plus = plus_ * plus_share_.cwiseProduct(resistance).asDiagonal() * plus_.transpose();
  const Matrix through_minus = minus_ * minus_share_.cwiseProduct(resistance).asDiagonal() * minus_.transpose();
  const Matrix by_x = plus_ * plus_share_.asDiagonal() - minus_ * minus_share_.asDiagonal().toDenseMatrix();
  Vector slope(n);
  for (Index j = 0; j < n; ++j) slope[j] = source_slope(j, y[j]);
  Matrix by_u = through_plus + through_minus;
  by_u.diagonal() -= total_;
  const Vector inverse = network_.capacitance.cwiseInverse();
  if (!amplifiers_.has_pole()) return inverse.asDiagonal() * (by_u + by_x * slope.asDiagonal());
  Matrix j = Matrix::Zero(2 * n, 2 * n);
  j.topLeftCorner(n, n) = inverse.asDiagonal() * by_u;
  j.topRightCorner(n, n) = inverse.asDiagonal() * by_x;
  j.bottomLeftCorner(n, n) = omega_.cwiseProduct(slope).asDiagonal();
  j.bottomRightCorner(n, n) = (-omega_).asDiagonal();
  return j;
}

double AmplifierSystem::power(const Vector& y) const {
  const Index n = neurons();
  const Vector p = positive_outputs(y), m = inverted_outputs(y);
  Vector x = sources(y);
  if (amplifiers_.has_pole()) x = y.tail(n);
  double watts = 0.0;
  for (Index i = 0; i < n; ++i) {
    for (Index j = 0; j < n; ++j) {
      watts += plus_(i, j) * (p[j] - y[i]) * (p[j] - y[i]) + minus_(i, j) * (m[j] - y[i]) * (m[j] - y[i]);
    }
    const double reference = std::copysign(network_.swing, network_.bias[i]) - y[i];
    watts += std::abs(network_.bias[i]) * reference * reference + network_.leak[i] * y[i] * y[i];
    const double resistance = amplifiers_.output_resistance[i];
    if (resistance > 0.0) watts += ((x[i] - p[i]) * (x[i] - p[i]) + (-x[i] - m[i]) * (-x[i] - m[i])) / resistance;
  }
  return watts;
}

double AmplifierSystem::residual(const Vector& rate) const {
  const Index n = neurons();
  double worst = rate.head(n).cwiseProduct(network_.capacitance).cwiseQuotient(total_).cwiseAbs().maxCoeff();
  if (amplifiers_.has_pole()) worst = std::max(worst, rate.tail(n).cwiseQuotient(omega_).cwiseAbs().maxCoeff());
  return worst;
}

}  // namespace basin
