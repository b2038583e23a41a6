#include "models/circuit/activation.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <stdexcept>

namespace basin {
namespace {

constexpr double pi = std::numbers::pi;
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double largest_input = 1e6;  // beyond it saturation() answers "never"

double tanh_energy(double z) {
  const double x = std::abs(z);
  if (x < 1.0) {  // z tanh z − ln cosh z with ln cosh z = ½ ln(1 + sinh² z): no cancellation near 0
    const double s = std::sinh(x);
    return x * std::tanh(x) - 0.5 * std::log1p(s * s);
  }
  const double e = std::exp(-2.0 * x);  // ln cosh x = x + ln(1 + e) − ln 2 and x(1 − tanh x) = 2xe/(1 + e)
  return std::numbers::ln2 - std::log1p(e) - 2.0 * x * e / (1.0 + e);
}

double algebraic_energy(double z) {
  const double h = std::hypot(1.0, z);
  return z / h * (z / (1.0 + h));
}

double erf_slope(double z) { return std::exp(-pi * z * z / 4.0); }

/// Smallest z in [0, largest_input] where the non-decreasing `value` reaches 1 − tolerance, by bisection.
template <class Value>
double first_reaching(double tolerance, Value value) {
  double low = 0.0;
  double high = largest_input;
  if (1.0 - value(high) > tolerance) return infinity;
  for (int i = 0; i < 200 && low < high; ++i) {
    const double middle = 0.5 * (low + high);
    if (middle <= low || middle >= high) break;
    (1.0 - value(middle) <= tolerance ? high : low) = middle;
  }
  return high;
}

double within_reach(double z) { return z <= largest_input ? std::max(z, 0.0) : infinity; }

}  // namespace

Activation::Activation(ActivationKind kind) : kind_(kind) {
  if (kind == ActivationKind::table) throw std::invalid_argument("a table activation needs its points");
}

Activation Activation::power(double exponent) {
  if (!(exponent > 0.0)) throw std::invalid_argument("a power activation has a positive exponent");
  Activation activation(ActivationKind::power);
  activation.exponent_ = exponent;
  return activation;
}

Activation::Activation(const Matrix& points) : kind_(ActivationKind::table) {
  if (points.cols() != 2 || points.rows() < 2) throw std::invalid_argument("an activation table has two columns and two rows");
  for (Index i = 0; i < points.rows(); ++i) {
    if (i > 0 && !(points(i, 0) > points(i - 1, 0))) throw std::invalid_argument("activation table: z must rise");
    if (!(std::abs(points(i, 1)) <= 1.0)) throw std::invalid_argument("activation table: |g| must be at most 1");
    z_.push_back(points(i, 0));
    g_.push_back(points(i, 1));
  }
}

Matrix Activation::points() const {
  Matrix rows(static_cast<Index>(z_.size()), 2);
  for (std::size_t k = 0; k < z_.size(); ++k) rows.row(static_cast<Index>(k)) << z_[k], g_[k];
  return rows;
}

std::size_t Activation::segment(double z) const {
  const auto above = std::upper_bound(z_.begin(), z_.end(), z) - z_.begin();
  return static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(above - 1, 0, static_cast<std::ptrdiff_t>(z_.size()) - 2));
}

double Activation::segment_slope(std::size_t i) const { return (g_[i + 1] - g_[i]) / (z_[i + 1] - z_[i]); }

double Activation::table_value(double z) const {
  if (z <= z_.front()) return g_.front();
  if (z >= z_.back()) return g_.back();
  const std::size_t i = segment(z);
  return g_[i] + segment_slope(i) * (z - z_[i]);
}

/// ∫_0^z t g′(t) dt, segment by segment: exact for a piecewise-linear g.
double Activation::table_energy(double z) const {
  const double from = std::min(z, 0.0);
  const double to = std::max(z, 0.0);
  double sum = 0.0;
  for (std::size_t i = 0; i + 1 < z_.size(); ++i) {
    const double a = std::max(from, z_[i]);
    const double b = std::min(to, z_[i + 1]);
    if (a < b) sum += segment_slope(i) * 0.5 * (b - a) * (b + a);
  }
  return z < 0.0 ? -sum : sum;
}

double Activation::value(double z) const {
  switch (kind_) {
    case ActivationKind::tanh:
    case ActivationKind::logistic: return std::tanh(z);
    case ActivationKind::erf: return std::erf(std::sqrt(pi) / 2.0 * z);
    case ActivationKind::algebraic: return z / std::hypot(1.0, z);
    case ActivationKind::arctan: return 2.0 / pi * std::atan(pi / 2.0 * z);
    case ActivationKind::clipped_linear: return std::clamp(z, -1.0, 1.0);
    case ActivationKind::hard: return z >= 0.0 ? 1.0 : -1.0;
    case ActivationKind::table: return table_value(z);
    case ActivationKind::power: return 2.0 * std::pow(std::clamp(z, 0.0, 1.0), exponent_) - 1.0;
  }
  return 0.0;
}

double Activation::slope(double z) const {
  switch (kind_) {
    case ActivationKind::tanh:
    case ActivationKind::logistic: {  // sech², without the cancellation of 1 − tanh²
      const double e = std::exp(-2.0 * std::abs(z));
      return 4.0 * e / ((1.0 + e) * (1.0 + e));
    }
    case ActivationKind::erf: return erf_slope(z);
    case ActivationKind::algebraic: {
      const double h = std::hypot(1.0, z);
      return 1.0 / h / h / h;
    }
    case ActivationKind::arctan: {
      const double h = std::hypot(1.0, pi / 2.0 * z);
      return 1.0 / h / h;
    }
    case ActivationKind::clipped_linear: return z >= -1.0 && z < 1.0 ? 1.0 : 0.0;
    case ActivationKind::hard: return 0.0;
    case ActivationKind::table: return z >= z_.front() && z < z_.back() ? segment_slope(segment(z)) : 0.0;
    case ActivationKind::power: return z >= 0.0 && z < 1.0 ? 2.0 * exponent_ * std::pow(z, exponent_ - 1.0) : 0.0;
  }
  return 0.0;
}

double Activation::energy(double z) const {
  switch (kind_) {
    case ActivationKind::tanh:
    case ActivationKind::logistic: return tanh_energy(z);
    case ActivationKind::erf: return -2.0 / pi * std::expm1(-pi * z * z / 4.0);
    case ActivationKind::algebraic: return algebraic_energy(z);
    case ActivationKind::arctan: return 4.0 / (pi * pi) * std::log(std::hypot(1.0, pi / 2.0 * z));
    case ActivationKind::clipped_linear: return 0.5 * std::min(z * z, 1.0);
    case ActivationKind::hard: return 0.0;
    case ActivationKind::table: return table_energy(z);
    case ActivationKind::power:
      return 2.0 * exponent_ / (exponent_ + 1.0) * std::pow(std::clamp(z, 0.0, 1.0), exponent_ + 1.0);
  }
  return 0.0;
}

double Activation::max_slope() const {
  if (kind_ == ActivationKind::hard) return infinity;
  if (kind_ == ActivationKind::power) return exponent_ >= 1.0 ? 2.0 * exponent_ : infinity;
  if (kind_ != ActivationKind::table) return 1.0;
  double largest = 0.0;
  for (std::size_t i = 0; i + 1 < z_.size(); ++i) largest = std::max(largest, segment_slope(i));
  return largest;
}

double Activation::saturation(double tolerance) const {
  if (tolerance >= 1.0) return 0.0;
  switch (kind_) {
    case ActivationKind::tanh:
    case ActivationKind::logistic: return within_reach(0.5 * std::log((2.0 - tolerance) / tolerance));
    case ActivationKind::erf: return first_reaching(tolerance, [this](double z) { return value(z); });
    case ActivationKind::algebraic:
      return within_reach((1.0 - tolerance) / std::sqrt(tolerance * (2.0 - tolerance)));
    case ActivationKind::arctan: return within_reach(2.0 / pi / std::tan(pi / 2.0 * tolerance));
    case ActivationKind::clipped_linear: return 1.0 - tolerance;
    case ActivationKind::hard: return 0.0;
    case ActivationKind::table: return table_saturation(tolerance);
    case ActivationKind::power: return std::pow(1.0 - 0.5 * tolerance, 1.0 / exponent_);
  }
  return infinity;
}

double Activation::table_saturation(double tolerance) const {
  if (1.0 - table_value(0.0) <= tolerance) return 0.0;
  for (std::size_t i = 0; i < z_.size(); ++i) {
    if (z_[i] <= 0.0 || 1.0 - g_[i] > tolerance) continue;
    if (i == 0) return z_[0];
    const double start = std::max(z_[i - 1], 0.0);
    return std::max(start, z_[i] - (g_[i] - (1.0 - tolerance)) / segment_slope(i - 1));
  }
  return infinity;
}

double Activation::flat_beyond() const {
  switch (kind_) {
    case ActivationKind::clipped_linear:
    case ActivationKind::power: return 1.0;
    case ActivationKind::hard: return 0.0;
    case ActivationKind::table: return std::max(std::abs(z_.front()), std::abs(z_.back()));
    default: return infinity;
  }
}

bool Activation::is_odd() const {
  if (kind_ == ActivationKind::power) return false;
  if (kind_ != ActivationKind::table) return true;
  const std::size_t last = z_.size() - 1;
  for (std::size_t i = 0; i <= last; ++i) {
    if (std::abs(z_[i] + z_[last - i]) > 1e-12 * z_[last] || std::abs(g_[i] + g_[last - i]) > 1e-12) return false;
  }
  return true;
}

}  // namespace basin
