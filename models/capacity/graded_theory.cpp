#include "models/capacity/graded_theory.hpp"

#include <Eigen/LU>
#include <algorithm>
#include <boost/math/quadrature/gauss.hpp>
#include <boost/math/tools/minima.hpp>
#include <boost/math/tools/toms748_solve.hpp>
#include <cmath>
#include <limits>
#include <numbers>
#include <stdexcept>

namespace basin {
namespace {

using Averages = Eigen::Vector3d;   // m, q, U

constexpr double saturated = 20.0;   // tanh is 1 in double precision from here on
constexpr double far = 9.0;          // a normal variable is never that large: 2e-19
constexpr int panels = 48;

double density(double z) { return std::exp(-0.5 * z * z) / std::sqrt(2.0 * std::numbers::pi); }
double above(double z) { return 0.5 * std::erfc(z / std::numbers::sqrt2); }

/// The averages over z as integrals over y = atanh V = β(m + σz + ΓV): there the integrands have no steps however large β
/// is, and where V is two-valued the range that the branch rule leaves out is an interval around y = 0.
class Average {
 public:
  Average(double gain, double overlap, double noise, double feedback)
      : gain_(gain), overlap_(overlap), noise_(noise), feedback_(feedback) {}

  [[nodiscard]] Averages operator()() const {
    const double gap = gap_end();
    const double end = std::max(gap, saturated);
    const double tail_above = z_of(end);
    const double tail_below = z_of(-end);
    // Beyond ±end V = ±1.
    Averages sum(above(tail_above) - above(-tail_below), above(tail_above) + above(-tail_below),
                 density(tail_above) + density(tail_below));
    sum += part(gap, end) + part(-end, -gap);
    return {sum[0], sum[1], sum[2] / noise_};
  }

 private:
  [[nodiscard]] double z_of(double y) const { return (y / gain_ - feedback_ * std::tanh(y) - overlap_) / noise_; }

  /// y > 0 with y/β = Γ tanh y, where m + σz changes its sign; 0 when V has one value.
  [[nodiscard]] double gap_end() const {
    const double strength = feedback_ * gain_;
    if (strength <= 1.0) return 0.0;
    double y = strength;   // above the root, from where Newton's steps fall towards it
    for (int i = 0; i < 60; ++i) {
      const double t = std::tanh(y);
      const double next = y - (y - strength * t) / (1.0 - strength * (1.0 - t * t));
      if (!(next < y)) break;
      y = next;
    }
    return y;
  }

  /// The y in [low, high] where z(y) = `z`, or the nearer end. z rises there.
  [[nodiscard]] double place(double z, double low, double high) const {
    if (z_of(low) >= z) return low;
    if (z_of(high) <= z) return high;
    for (int i = 0; i < 40; ++i) {
      const double middle = 0.5 * (low + high);
      (z_of(middle) < z ? low : high) = middle;
    }
    return low;
  }

  [[nodiscard]] Averages part(double low, double high) const {
    const double from = place(-far, low, high);
    const double to = place(far, low, high);
    Averages sum = Averages::Zero();
    if (!(to > from)) return sum;
    const double width = (to - from) / panels;
    using Rule = boost::math::quadrature::gauss<double, 15>;
    const auto add = [&](double y, double weight) {
      const double v = std::tanh(y);
      const double z = z_of(y);
      const double slope = (1.0 / gain_ - feedback_ * (1.0 - v * v)) / noise_;
      sum += weight * density(z) * slope * Averages(v, v * v, z * v);
    };
    for (int p = 0; p < panels; ++p) {
      const double middle = from + (p + 0.5) * width;
      for (std::size_t i = 0; i < Rule::abscissa().size(); ++i) {
        const double offset = 0.5 * width * Rule::abscissa()[i];
        const double weight = 0.5 * width * Rule::weights()[i];
        add(middle + offset, weight);
        if (offset > 0.0) add(middle - offset, weight);
      }
    }
    return sum;
  }

  double gain_, overlap_, noise_, feedback_;
};

GradedRetrieval state_of(const Averages& x, double noise) {
  const double open = 1.0 - x[2];
  return {noise * noise * open * open / x[1], x[0], x[1], x[2], noise};
}

double feedback_of(const GradedRetrieval& state, Diagonal diagonal) {
  const double open = 1.0 - state.response;
  return state.load * (diagonal == Diagonal::keep ? 1.0 : state.response) / open;
}

/// m of the circuit without noise: the largest root of m = tanh βm.
double noiseless_overlap(double gain) {
  double m = 1.0;
  for (int i = 0; i < 100'000; ++i) {
    const double next = std::tanh(gain * m);
    if (m - next < 1e-15) break;
    m = next;
  }
  return m;
}

}  // namespace

/// At a given σ the retrieval state has no fold: load and feedback follow from m, q and U, which Newton's method finds.
GradedRetrieval GradedTheory::at_noise(double noise, const GradedRetrieval& guess) const {
  const auto image = [&](const Averages& x) {
    return Average(gain_, x[0], noise, feedback_of(state_of(x, noise), diagonal_))();
  };
  Averages x(guess.overlap, guess.square, guess.response);
  for (int i = 0; i < 10; ++i) x = image(x);
  for (int i = 0; i < 30; ++i) {
    const Averages rest = image(x) - x;
    Eigen::Matrix3d jacobian;
    for (int k = 0; k < 3; ++k) {
      constexpr double step = 1e-6;
      Averages up = x;
      Averages down = x;
      up[k] += step;
      down[k] -= step;
      jacobian.col(k) = (image(up) - image(down)) / (2.0 * step) - Averages::Unit(k);
    }
    const Averages move = jacobian.partialPivLu().solve(rest);
    x -= move;
    if (move.cwiseAbs().maxCoeff() < 1e-13) break;
  }
  return state_of(x, noise);
}

GradedTheory::GradedTheory(double gain, Diagonal diagonal) : gain_(gain), diagonal_(diagonal) {
  if (!(gain > 1.0)) return;
  const double start = noiseless_overlap(gain);
  // The load rises with σ up to the fold; σ there is .4573 at most.
  const double step = std::min(0.01, 0.02 * start);
  GradedRetrieval before{0.0, start, start * start, gain * (1.0 - start * start), 0.0};
  GradedRetrieval last = before;
  for (double noise = step; noise < 1.0; noise += step) {
    const GradedRetrieval next = at_noise(noise, last);
    if (!(next.load > last.load)) break;
    before = last;
    last = next;
  }
  const double low = std::max(before.noise, 0.5 * step);
  const auto negative_load = [&](double noise) { return -at_noise(noise, last).load; };
  const auto [noise, load] =
      boost::math::tools::brent_find_minima(negative_load, low, last.noise + step, std::numeric_limits<double>::digits / 2);
  critical_ = at_noise(noise, last);
}

std::optional<GradedRetrieval> GradedTheory::at(double load) const {
  if (!critical_ || !(load > 0.0) || load > critical_->load) return std::nullopt;
  const double start = noiseless_overlap(gain_);
  const GradedRetrieval quiet{0.0, start, start * start, gain_ * (1.0 - start * start), 0.0};
  const auto guess_at = [&](double noise) { return noise > 0.5 * critical_->noise ? *critical_ : quiet; };
  const auto excess = [&](double noise) { return at_noise(noise, guess_at(noise)).load - load; };
  const double open = 1.0 - quiet.response;
  double low = 0.5 * std::min(critical_->noise, std::sqrt(load * quiet.square) / std::max(open, 1e-3));
  while (excess(low) > 0.0) low *= 0.5;
  if (!(excess(critical_->noise) > 0.0)) return critical_;
  std::uintmax_t steps = 100;
  const auto close = boost::math::tools::eps_tolerance<double>(44);
  const auto [a, b] = boost::math::tools::toms748_solve(excess, low, critical_->noise, close, steps);
  const double noise = 0.5 * (a + b);
  return at_noise(noise, guess_at(noise));
}

}  // namespace basin
