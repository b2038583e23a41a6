#include "models/capacity/scaling.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "models/capacity/statistics.hpp"
#include "models/design/random.hpp"

namespace basin {
namespace {

constexpr std::uint32_t bootstrap_draws = 1000;
constexpr std::size_t least_sizes = 3;

struct Count {
  double load;
  double recalled;
  double all;
};

/// Newton's method for the logistic curve 1/(1 + e^{a + bx}) through the counts, x the load from `centre` in units of `scale`.
std::optional<double> fitted_half(std::span<const Count> counts) {
  double centre = 0.0;
  for (const Count& count : counts) centre += count.load / static_cast<double>(counts.size());
  double scale = 0.0;
  for (const Count& count : counts) scale = std::max(scale, std::abs(count.load - centre));
  if (!(scale > 0.0)) return std::nullopt;
  double a = 0.0;
  double b = 0.0;
  for (int i = 0; i < 100; ++i) {
    double ga = 0.0, gb = 0.0, haa = 1e-12, hab = 0.0, hbb = 1e-12;
    for (const Count& count : counts) {
      const double x = (count.load - centre) / scale;
      const double p = 1.0 / (1.0 + std::exp(a + b * x));
      const double excess = count.all * p - count.recalled;
      const double weight = count.all * p * (1.0 - p);
      ga += excess;
      gb += excess * x;
      haa += weight;
      hab += weight * x;
      hbb += weight * x * x;
    }
    const double determinant = haa * hbb - hab * hab;
    double da = (hbb * ga - hab * gb) / determinant;
    double db = (haa * gb - hab * ga) / determinant;
    const double longest = std::max(std::abs(da), std::abs(db));
    const double damping = longest > 2.0 ? 2.0 / longest : 1.0;   // a full step can overshoot far from the maximum
    a += damping * da;
    b += damping * db;
    if (longest < 1e-10) break;
  }
  if (!(b > 0.0)) return std::nullopt;   // recall does not fall with the load
  return centre - scale * a / b;
}

/// Where the curve is ½, which may lie beyond the loads.
std::optional<double> half_of(std::vector<Count> counts) {
  for (Count& count : counts) {
    count.recalled += 0.5;
    count.all += 1.0;
  }
  return fitted_half(counts);
}

bool on_both_sides(std::span<const Count> counts) {
  const auto share = [](const Count& count) { return count.recalled / count.all; };
  return std::ranges::any_of(counts, [&](const Count& count) { return share(count) < 0.5; }) &&
         std::ranges::any_of(counts, [&](const Count& count) { return share(count) > 0.5; });
}

Count count_of(const LoadPoint& point) {
  const int recalled = std::accumulate(point.recalled.begin(), point.recalled.end(), 0);
  return {point.load, static_cast<double>(recalled), static_cast<double>(point.recalls) * static_cast<double>(point.recalled.size())};
}

/// The counts of trials drawn with replacement.
std::vector<Count> drawn_counts(const SizePoints& size, Random& random) {
  std::vector<Count> counts;
  for (const LoadPoint& point : size.points) {
    Count count = count_of(point);
    count.recalled = 0.0;
    const auto trials = static_cast<std::uint32_t>(point.recalled.size());
    for (std::uint32_t t = 0; t < trials; ++t) count.recalled += point.recalled[random.below(trials)];
    counts.push_back(count);
  }
  return counts;
}

/// α½ of every draw; empty when the curve of some draw does not fall with the load, so that it has none.
std::vector<double> bootstrapped_halves(const SizePoints& size, std::uint64_t seed) {
  std::vector<double> loads;
  for (std::uint32_t draw = 0; draw < bootstrap_draws; ++draw) {
    Random random(seed ^ (static_cast<std::uint64_t>(size.neurons) << 40U), Stream::bootstrap, draw);
    const std::optional<double> half = half_of(drawn_counts(size, random));
    if (!half) return {};
    loads.push_back(*half);
  }
  return loads;
}

/// α½ = limit + slope N^−x.
struct Line {
  double limit = 0.0;
  double slope = 0.0;
};

/// The weighted straight line through (N^−x, α½).
Line fitted_line(std::span<const HalfLoad> halves, std::span<const double> loads, double exponent) {
  double w = 0.0, wx = 0.0, wy = 0.0, wxx = 0.0, wxy = 0.0;
  for (std::size_t i = 0; i < halves.size(); ++i) {
    const double weight = 1.0 / (halves[i].error * halves[i].error);
    const double x = std::pow(halves[i].neurons, -exponent);
    w += weight;
    wx += weight * x;
    wy += weight * loads[i];
    wxx += weight * x * x;
    wxy += weight * x * loads[i];
  }
  const double determinant = w * wxx - wx * wx;
  return {(wxx * wy - wx * wxy) / determinant, (w * wxy - wx * wy) / determinant};
}

double misfit(std::span<const HalfLoad> halves, const Line& line, double exponent) {
  double sum = 0.0;
  for (const HalfLoad& half : halves) {
    const double rest = (half.load - line.limit - line.slope * std::pow(half.neurons, -exponent)) / half.error;
    sum += rest * rest;
  }
  return sum;
}

}  // namespace

std::optional<double> half_load(std::span<const LoadPoint> points) {
  std::vector<Count> counts;
  for (const LoadPoint& point : points) counts.push_back(count_of(point));
  return on_both_sides(counts) ? half_of(std::move(counts)) : std::nullopt;
}

std::optional<FiniteSizeScaling> scale_to_infinity(std::span<const SizePoints> sizes, std::uint64_t seed) {
  FiniteSizeScaling result;
  std::vector<std::vector<double>> drawn;   // α½ of every draw, a size each
  std::vector<SizePoints> sorted(sizes.begin(), sizes.end());
  std::ranges::sort(sorted, {}, &SizePoints::neurons);
  for (const SizePoints& size : sorted) {
    const std::optional<double> half = half_load(size.points);
    if (!half) continue;
    std::vector<double> loads = bootstrapped_halves(size, seed);
    if (std::ranges::count(loads, *half) == std::ssize(loads)) continue;   // none, or all alike
    result.halves.push_back({size.neurons, *half, deviation_of(loads)});
    drawn.push_back(std::move(loads));
  }
  if (result.halves.size() < least_sizes) return std::nullopt;
  std::vector<double> loads;
  for (const HalfLoad& half : result.halves) loads.push_back(half.load);
  for (const double exponent : {2.0 / 3.0, 0.5, 1.0}) {
    std::vector<double> intercepts;
    for (std::size_t draw = 0; draw < bootstrap_draws; ++draw) {
      std::vector<double> one;
      for (const auto& of_size : drawn) one.push_back(of_size[draw]);
      intercepts.push_back(fitted_line(result.halves, one, exponent).limit);
    }
    std::ranges::sort(intercepts);
    const Line line = fitted_line(result.halves, loads, exponent);
    result.estimates.push_back({exponent, line.limit, quantile(intercepts, 0.025), quantile(intercepts, 0.975),
                                misfit(result.halves, line, exponent)});
  }
  return result;
}

}  // namespace basin
