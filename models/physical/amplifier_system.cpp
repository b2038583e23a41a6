#include "models/physical/amplifier_system.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <string>
#include <tuple>

#include "models/design/error.hpp"

namespace basin {
namespace {

/// 1/(1 + R_o Σ_i T_ij) of every output j.
Vector shares(const Matrix& conductances, const Vector& resistance) {
  const Vector load = conductances.colwise().sum();
  return (1.0 + resistance.array() * load.array()).inverse();
}

/// The pole that a slew rate has without a gain–bandwidth product: x slews where it is more than a twentieth of S behind its
/// source. At most a thousand times as fast as the fastest node, for an explicit method must follow it.
Vector following_pole(const Vector& slew, const ResistorNetwork& network) {
  const Vector total = network.total_conductance();
  const double fastest = total.cwiseQuotient(network.capacitance).maxCoeff();   // 1/RC
  constexpr double linear_share = 0.05, most = 1000.0;
  return (slew / (linear_share * network.swing)).cwiseMin(most * fastest) / (2.0 * std::numbers::pi);
}

/// The section lists the design's neurons: hidden units get the last one's amplifier.
AmplifierSpec of_all_neurons(AmplifierSpec spec, const ResistorNetwork& network) {
  const Index visible = network.size() - network.hidden;
  for (Vector* values : {&spec.gain_bandwidth_hz, &spec.output_resistance_ohm, &spec.open_loop_gain, &spec.slew_rate_v_per_s,
                         &spec.saturation_v, &spec.input_offset_v}) {
    if (values->size() == 0) continue;
    const double last = (*values)[visible - 1];
    values->conservativeResize(network.size());
    values->tail(network.hidden).setConstant(last);
  }
  return spec;
}

}  // namespace

Vector AmplifierModel::gain(const ResistorNetwork& network) const {
  if (open_loop_gain.size() == 0) return network.gain;
  return network.gain.array() / (1.0 + network.gain.array() / open_loop_gain.array());
}

Vector AmplifierModel::threshold(const ResistorNetwork& network) const {
  return input_offset_v.size() == 0 ? network.threshold : Vector(network.threshold - input_offset_v);
}

AmplifierModel amplifier_model(const AmplifierSpec& given, const ResistorNetwork& network) {
  const AmplifierSpec spec = of_all_neurons(given, network);
  AmplifierModel model;
  model.output_resistance = spec.output_resistance_ohm;
  model.open_loop_gain = spec.open_loop_gain;
  model.slew_v_per_s = spec.slew_rate_v_per_s;
  model.saturation_v = spec.saturation_v;
  if (!spec.input_offset_v.isZero(0.0)) model.input_offset_v = spec.input_offset_v;
  const Vector amplification = network.amplification();
  for (const auto& [key, values, what] : {std::tuple("gain_bandwidth", &spec.gain_bandwidth_hz, "pole"),
                                          std::tuple("slew_rate", &spec.slew_rate_v_per_s, "pole"),
                                          std::tuple("open_loop_gain", &spec.open_loop_gain, "gain to lower")}) {
    if (values->size() == 0 || amplification.allFinite()) continue;
    throw ClaimError(std::string("amplifier.") + key + ": hard units have no finite gain, so their amplifiers have no " + what);
  }
  if (spec.gain_bandwidth_hz.size() > 0) {
    const Vector lowered = model.gain(network).cwiseQuotient(network.gain);
    model.pole_hz = spec.gain_bandwidth_hz.cwiseQuotient(amplification.cwiseProduct(lowered));
  } else if (spec.slew_rate_v_per_s.size() > 0) {
    model.pole_hz = following_pole(spec.slew_rate_v_per_s, network);
  }
  return model;
}

AmplifierSystem::AmplifierSystem(const ResistorNetwork& network, const AmplifierModel& amplifiers, const Drive& drive)
    : network_(network),
      amplifiers_(amplifiers),
      drive_(drive),
      plus_(network.conductance.cwiseMax(0.0)),
      minus_((-network.conductance).cwiseMax(0.0)),
      total_(network.total_conductance()),
      gain_(amplifiers.gain(network)),
      threshold_(amplifiers.threshold(network)),
      swing_(network.swing * amplifiers.swing_share) {
  for (Index j = 0; j < neurons(); ++j) {
    if (is_held(j)) amplifiers_.output_resistance[j] = 0.0;
  }
  const Vector& resistance = amplifiers_.output_resistance;
  plus_share_ = shares(plus_, resistance);
  minus_share_ = shares(minus_, resistance);
  by_x_ = plus_ * plus_share_.asDiagonal();
  by_x_ -= minus_ * minus_share_.asDiagonal();
  if (network_.overlaps() > 0) {
    if (!resistance.isZero(0.0)) throw ClaimError("overlap amplifiers are for outputs without resistance");
    by_x_ += network_.spreading * network_.means();
  }
  if (!resistance.isZero(0.0)) {
    by_u_ = plus_ * plus_share_.cwiseProduct(resistance).asDiagonal() * plus_.transpose();
    by_u_ += minus_ * minus_share_.cwiseProduct(resistance).asDiagonal() * minus_.transpose();
    by_u_.diagonal() -= total_;
  }
  if (amplifiers_.has_pole()) omega_ = 2.0 * std::numbers::pi * amplifiers_.pole_hz;
}

bool AmplifierSystem::is_held(Index j) const { return drive_.held_v.size() > 0 && !std::isnan(drive_.held_v[j]); }

Vector AmplifierSystem::start(const Vector& u) const {
  Vector y = Vector::Zero(size());
  y.head(neurons()) = u;
  return y;
}

Vector AmplifierSystem::at_rest(const Vector& u) const {
  Vector y(size());
  y.head(neurons()) = u;
  if (amplifiers_.has_pole()) y.tail(neurons()) = sources(u);
  return y;
}

/// What x follows: S g of every neuron, within its saturation.
Vector AmplifierSystem::sources(const Vector& u) const {
  Vector x(neurons());
  for (Index j = 0; j < neurons(); ++j) {
    if (is_held(j)) {
      x[j] = drive_.held_v[j];
      continue;
    }
    const double g = network_.activation.of(j).value(gain_[j] * (u[j] - threshold_[j]) / swing_);
    x[j] = swing_ * (network_.unipolar[static_cast<std::size_t>(j)] ? 0.5 * (1.0 + g) : g);
    if (amplifiers_.saturation_v.size() > 0) x[j] = std::clamp(x[j], -amplifiers_.saturation_v[j], amplifiers_.saturation_v[j]);
  }
  return x;
}

double AmplifierSystem::source_slope(Index j, double u) const {
  if (is_held(j)) return 0.0;
  const double z = gain_[j] * (u - threshold_[j]) / swing_;
  const double half = network_.unipolar[static_cast<std::size_t>(j)] ? 0.5 : 1.0;
  if (amplifiers_.saturation_v.size() > 0) {
    const double g = network_.activation.of(j).value(z);
    if (std::abs(swing_ * (half < 1.0 ? 0.5 * (1.0 + g) : g)) > amplifiers_.saturation_v[j]) return 0.0;
  }
  return gain_[j] * network_.activation.of(j).slope(z) * half;
}

Vector AmplifierSystem::followers(const Vector& y) const {
  if (!amplifiers_.has_pole()) return sources(y.head(neurons()));
  Vector x = y.tail(neurons());
  for (Index j = 0; j < drive_.held_v.size(); ++j) {
    if (is_held(j)) x[j] = drive_.held_v[j];
  }
  return x;
}

Vector AmplifierSystem::delays() const {
  if (network_.delay.size() == 0) return {};
  Vector late = Vector::Zero(size());
  for (Index j = 0; j < neurons(); ++j) {
    if (is_late(j)) late[size() - neurons() + j] = network_.delay[j];
  }
  return late;
}

Vector AmplifierSystem::loaded(const Vector& x, const Vector& u, const Matrix& conductances, const Vector& share) const {
  const Vector pulled = conductances.transpose() * u;
  return share.cwiseProduct(x + amplifiers_.output_resistance.cwiseProduct(pulled));
}

/// `loaded` outputs, with what goes into its delay where an output has one.
Vector AmplifierSystem::before_delays(const Vector& x, Vector loaded) const {
  for (Index j = 0; j < neurons(); ++j) {
    if (is_late(j)) loaded[j] = x[j];
  }
  return loaded;
}

Vector AmplifierSystem::positive_outputs(const Vector& y) const {
  const Vector x = followers(y);
  return before_delays(x, loaded(x, y.head(neurons()), plus_, plus_share_));
}

Vector AmplifierSystem::inverted_outputs(const Vector& y) const {
  const Vector x = -followers(y);
  return before_delays(x, loaded(x, y.head(neurons()), minus_, minus_share_));
}

/// The outputs p and n put into Kirchhoff's law at the nodes.
Vector AmplifierSystem::currents(const Vector& y, const Vector& x) const {
  const auto u = y.head(neurons());
  Vector current = by_x_ * x + network_.swing * network_.bias;
  if (by_u_.size() > 0) {
    current += by_u_ * u;
  } else {
    current -= total_.cwiseProduct(u);
  }
  if (drive_.current.size() > 0) current += drive_.current;
  return current;
}

Vector AmplifierSystem::rate(const Vector& y, const Vector& heard) const {
  const Index n = neurons();
  Vector all(size());
  all.head(n) = currents(y, followers(heard)).cwiseQuotient(network_.capacitance);
  if (!amplifiers_.has_pole()) return all;
  Vector lag = omega_.cwiseProduct(sources(y.head(n)) - y.tail(n));
  if (amplifiers_.slew_v_per_s.size() > 0) lag = lag.cwiseMin(amplifiers_.slew_v_per_s).cwiseMax(-amplifiers_.slew_v_per_s);
  all.tail(n) = lag;
  return all;
}

DelayedLinearisation AmplifierSystem::linearise(const Vector& y) const {
  const Index n = neurons();
  Vector slope(n);
  for (Index j = 0; j < n; ++j) slope[j] = source_slope(j, y[j]);
  Matrix by_u = by_u_;
  if (by_u.size() == 0) by_u = (-total_).asDiagonal();
  const Vector inverse = network_.capacitance.cwiseInverse();
  DelayedLinearisation system{Matrix::Zero(size(), size()), Matrix::Zero(size(), size()), delays()};
  if (system.delay.size() == 0) system.delay = Vector::Zero(size());
  system.now.topLeftCorner(n, n) = inverse.asDiagonal() * by_u;
  system.late.topRightCorner(n, n) = inverse.asDiagonal() * by_x_;
  if (!amplifiers_.has_pole()) {
    system.late *= slope.asDiagonal();
    return system;
  }
  Vector omega = omega_;
  if (amplifiers_.slew_v_per_s.size() > 0) {
    const Vector lag = omega_.cwiseProduct(sources(y.head(n)) - y.tail(n)).cwiseAbs();
    omega = (lag.array() > amplifiers_.slew_v_per_s.array()).select(0.0, omega);
  }
  system.now.bottomLeftCorner(n, n) = omega.cwiseProduct(slope).asDiagonal();
  system.now.bottomRightCorner(n, n) = (-omega).asDiagonal();
  return system;
}

Matrix AmplifierSystem::jacobian(const Vector& y) const {
  const DelayedLinearisation near = linearise(y);
  return near.now + near.late;
}

Matrix AmplifierSystem::noise(double energy) const {
  const Vector inverse = network_.capacitance.cwiseInverse();
  const double density = std::sqrt(2.0 * energy);
  if (by_u_.size() == 0) return Vector(density * total_.cwiseSqrt().cwiseProduct(inverse)).asDiagonal();
  // A node that lost all its resistors leaves the matrix singular.
  const Eigen::LDLT<Eigen::MatrixXd> factors(Eigen::MatrixXd(-by_u_));
  const Eigen::VectorXd roots = factors.vectorD().cwiseMax(0.0).cwiseSqrt();
  const Eigen::MatrixXd lower = factors.matrixL();
  const Eigen::MatrixXd b = factors.transpositionsP().transpose() * Eigen::MatrixXd(lower * roots.asDiagonal());
  return density * inverse.asDiagonal() * b;
}

double AmplifierSystem::power(const Vector& y) const {
  const Index n = neurons();
  const Vector x = followers(y), u = y.head(n);
  const Vector p = loaded(x, u, plus_, plus_share_), m = loaded(-x, u, minus_, minus_share_);
  const Vector overlap = network_.overlaps() > 0 ? Vector(network_.means() * x) : Vector();
  const double known = equilibrium_share * network_.swing;
  const auto squared = [known](double drop) { return std::abs(drop) <= known ? 0.0 : drop * drop; };
  double watts = 0.0;
  for (Index i = 0; i < n; ++i) {
    for (Index j = 0; j < n; ++j) watts += plus_(i, j) * squared(p[j] - y[i]) + minus_(i, j) * squared(m[j] - y[i]);
    for (Index k = 0; k < network_.overlaps(); ++k) {
      watts += std::abs(network_.sensing(k, i)) * squared(std::copysign(1.0, network_.sensing(k, i)) * x[i] - overlap[k]);
      watts += std::abs(network_.spreading(i, k)) * squared(std::copysign(1.0, network_.spreading(i, k)) * overlap[k] - y[i]);
    }
    const double reference = std::copysign(network_.swing, network_.bias[i]);
    watts += std::abs(network_.bias[i]) * squared(reference - y[i]) + network_.leak[i] * squared(y[i]);
    const double resistance = amplifiers_.output_resistance[i];
    if (resistance > 0.0) watts += (squared(x[i] - p[i]) + squared(-x[i] - m[i])) / resistance;
  }
  return watts;
}

double AmplifierSystem::residual(const Vector& y) const {
  const Index n = neurons();
  const Vector x = followers(y);
  const Vector current = currents(y, x).cwiseAbs();
  // A node that lost all its resistors stays where it is.
  double worst = (total_.array() > 0.0).select(current.array() / total_.array(), 0.0).maxCoeff();
  if (amplifiers_.has_pole()) worst = std::max(worst, (sources(y.head(n)) - x).cwiseAbs().maxCoeff());
  return worst;
}

}  // namespace basin
