#include "models/ode/history.hpp"

#include <algorithm>

namespace basin {
namespace {

constexpr std::size_t max_doubles = std::size_t{1} << 22;  // of u: 32 MiB, and as much for its derivative
constexpr std::size_t fewest_steps = 64;                   // kept whatever they take
constexpr int bisections = 60;

Vector row(const std::vector<double>& rows, std::size_t index, std::size_t width) {
  return Eigen::Map<const Vector>(rows.data() + index * width, static_cast<Index>(width));
}

/// Keeps the rows 0, 2, 4, … of `rows` and what follows the last whole pair.
void keep_even(std::vector<double>& rows, std::size_t width) {
  const std::size_t count = rows.size() / width;
  std::size_t kept = 0;
  for (std::size_t k = 0; k < count; k += k + 1 == count - 1 ? 1 : 2, ++kept) {
    std::copy_n(rows.begin() + static_cast<std::ptrdiff_t>(k * width), width,
                rows.begin() + static_cast<std::ptrdiff_t>(kept * width));
  }
  rows.resize(kept * width);
}

double distance(const Circuit& circuit, const Vector& u, const Vector& v_end) {
  return (outputs(circuit, u) - v_end).cwiseAbs().maxCoeff();
}

}  // namespace

void History::add(double t, const State& u, const State& dudt) {
  if (u_.size() > max_doubles && t_.size() > fewest_steps) thin();
  t_.push_back(t);
  u_.insert(u_.end(), u.begin(), u.end());
  dudt_.insert(dudt_.end(), dudt.begin(), dudt.end());
}

void History::thin() {
  keep_even(t_, 1);
  keep_even(u_, neurons_);
  keep_even(dudt_, neurons_);
}

Vector History::state(std::size_t step) const { return row(u_, step, neurons_); }

/// Cubic Hermite interpolation between `step` and the one after it.
Vector History::between(std::size_t step, double t) const {
  const double h = t_[step + 1] - t_[step];
  if (!(h > 0.0)) return state(step + 1);
  const double s = (t - t_[step]) / h;
  const double r = 1.0 - s;
  return r * r * (1.0 + 2.0 * s) * state(step) + s * s * (3.0 - 2.0 * s) * state(step + 1) +
         h * s * r * (r * row(dudt_, step, neurons_) - s * row(dudt_, step + 1, neurons_));
}

double History::settle_time(const Circuit& circuit, double band) const {
  if (t_.empty()) return 0.0;
  const Vector v_end = outputs(circuit, state(t_.size() - 1));
  std::size_t inside = t_.size() - 1;  // from here on every kept step is within the band
  while (inside > 0 && distance(circuit, state(inside - 1), v_end) <= band) --inside;
  if (inside == 0) return t_[0];
  double outside_t = t_[inside - 1];
  double inside_t = t_[inside];
  for (int i = 0; i < bisections; ++i) {
    const double middle = 0.5 * (outside_t + inside_t);
    (distance(circuit, between(inside - 1, middle), v_end) <= band ? inside_t : outside_t) = middle;
  }
  return inside_t;
}

}  // namespace basin
