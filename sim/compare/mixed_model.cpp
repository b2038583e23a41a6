#include "sim/compare/mixed_model.hpp"

#include <algorithm>
#include <cmath>

#include "models/fixed/fixed_factors.hpp"
#include "models/fixed/quantise.hpp"

namespace basin {
namespace {

/// Half up, as docs/arithmetic.md rounds everywhere.
double rounded(double value) { return std::floor(value + 0.5); }
Vector rounded(const Vector& value) { return (value.array() + 0.5).floor(); }

constexpr int substeps = 8;   // of an exact step

}  // namespace

MixedModel::MixedModel(const FixedNetwork& network, const Circuit& designed, const Loaded& loaded, Exact exact)
    : network_(network), masks_(loaded.masks), exact_(exact), lsb_state_(network.lsb_state), activation_(designed.activation) {
  if (exact_.weights) {
    set_designed(designed);
  } else {
    set_network(loaded.bias);
    gain_ = realised_gain(network, designed);
  }
  if (network_.delays.empty()) return;
  Vector delay(network_.neurons);   // steps
  for (Index j = 0; j < delay.size(); ++j) delay[j] = network_.delays[static_cast<std::size_t>(j)];
  if (exact_.weights && exact_.step) delay = designed.delay / network_.dt;
  past_ = PastOutputs(exact_.step ? Vector(substeps * delay) : delay);
}

void MixedModel::set_network(const std::vector<std::int32_t>& bias) {
  const Index n = network_.neurons;
  const double sum_unit = std::ldexp(1.0, -network_.core.state_shift);   // LSB_n in LSB_u
  if (network_.factors) {
    factors_ = realised_factors(*network_.factors, network_.core.memories, sum_unit);
  } else {
    weights_.resize(n, n);
    for (Index k = 0; k < n * n; ++k) weights_.data()[k] = network_.weights[static_cast<std::size_t>(k)] * sum_unit;
  }
  bias_.resize(n);
  rate_.resize(n);
  for (Index i = 0; i < n; ++i) {
    const auto row = static_cast<std::size_t>(i);
    bias_[i] = bias[row] * sum_unit;
    const double mantissa = network_.taus.empty() ? 256.0 : network_.taus[row] + 1.0;
    rate_[i] = std::ldexp(mantissa, -8 - network_.step_exponent);
  }
}

void MixedModel::set_designed(const Circuit& designed) {
  const double unit = network_.lsb_drive / lsb_state_;
  if (designed.is_dense()) {
    weights_ = designed.weights * unit;
  } else {
    factors_ = *designed.factors;
    factors_->core *= unit;
    factors_->diagonal *= unit;
  }
  bias_ = designed.bias / lsb_state_;
  rate_ = network_.dt * designed.tau.cwiseInverse();
  gain_ = designed.gain;
}

void MixedModel::load(const Vector& u) {
  u_ = u / lsb_state_;
  if (!exact_.state) u_ = rounded(u_);
  f_ = Vector::Zero(u_.size());
  schedule_ = {};
  phase_rate_ = Vector();
  past_.begin(outputs(u_));
}

double MixedModel::table_value(std::size_t neuron, double input) const {
  const CoreConfig& core = network_.core;
  const Table& table = network_.tables[network_.selectors.empty() ? 0 : network_.selectors[neuron]];
  const double domain = std::ldexp(1.0, core.table_domain);
  const double width = std::ldexp(1.0, core.segment_shift());
  const bool negative = core.table_odd && input < 0.0;
  const double position = core.table_odd ? std::min(std::abs(input), domain)
                                         : std::clamp(input + domain, 0.0, 2.0 * domain);
  const double segment = std::min(std::floor(position / width), core.table_segments - 1.0);
  const Segment& entry = table[static_cast<std::size_t>(segment)];
  const double value = entry.base + rounded(entry.rise * (position - segment * width) / width);
  return negative ? -value : value;
}

double MixedModel::table_output(std::size_t neuron, double u) const {
  double input = u;
  if (!network_.gains.empty()) {
    const GainWord& gain = network_.gains[neuron];
    input = u * std::ldexp(gain.mantissa + 1.0, -8 - gain.exponent);
    if (!exact_.state && !exact_.step) input = rounded(input);
  }
  return table_value(neuron, input);
}

Vector MixedModel::outputs(const Vector& u) const {
  Vector v(u.size());
  for (Index i = 0; i < u.size(); ++i) {
    v[i] = exact_.table ? activation_.of(i).value(gain_[i] * u[i] * lsb_state_) / network_.lsb_drive
                        : table_output(static_cast<std::size_t>(i), u[i]);
  }
  return v;
}

/// f = n − u in LSB_u, of a state `ahead` moments after the last that past_ keeps.
Vector MixedModel::pull(const Vector& u, double ahead) const {
  const Vector v = past_.empty() ? outputs(u) : past_.heard(outputs(u), ahead);
  return (factors_ ? factors_->times(v) : Vector(weights_ * v)) + bias_ - u;
}

/// The state after dt from u, by the classical Runge–Kutta method in eight substeps.
Vector MixedModel::flow(const Vector& u) {
  const Vector h = phase_rate_ / substeps;
  Vector x = u;
  for (int s = 0; s < substeps; ++s) {
    const Vector a = h.cwiseProduct(pull(x, 0.0));
    const Vector b = h.cwiseProduct(pull(x + 0.5 * a, 0.5));
    const Vector c = h.cwiseProduct(pull(x + 0.5 * b, 0.5));
    const Vector d = h.cwiseProduct(pull(x + c, 1.0));
    x += (a + 2.0 * b + 2.0 * c + d) / 6.0;
    if (!past_.empty()) past_.add(outputs(x));
  }
  return x;
}

/// Before a step: a phase begins with one of order 1, and with what it holds.
void MixedModel::enter_phase() {
  if (!schedule_.enter(network_.phase_steps) && phase_rate_.size() > 0) return;
  fresh_ = true;
  phase_rate_ = rate_;
  for (std::size_t i = 0; i < masks_.size(); ++i) {
    if ((masks_[i] >> schedule_.phase() & 1) != 0) phase_rate_[static_cast<Index>(i)] = 0.0;
  }
}

void MixedModel::step() {
  enter_phase();
  Vector next;
  if (exact_.step) {
    next = flow(u_);
  } else {
    const Vector f = pull(u_, 0.0);
    const bool first_order = fresh_ || network_.order == 1;
    next = u_ + phase_rate_.cwiseProduct(first_order ? f : Vector(1.5 * f - 0.5 * f_));
    f_ = f;
    fresh_ = false;
  }
  u_ = exact_.state ? next : rounded(next);
  if (!exact_.step && !past_.empty()) past_.add(outputs(u_));
}

}  // namespace basin
