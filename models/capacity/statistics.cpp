#include "models/capacity/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace basin {

namespace {

double average(std::span<const double> values) {
  double sum = 0.0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

/// Wilson's score interval of a share among `n` independent recalls.
Share wilson(double share, double n) {
  constexpr double normal = 1.959963984540054;   // 97.5 %
  const double scale = 1.0 + normal * normal / n;
  const double centre = (share + 0.5 * normal * normal / n) / scale;
  const double half = normal / scale * std::sqrt(share * (1.0 - share) / n + 0.25 * normal * normal / (n * n));
  return {share, std::max(0.0, centre - half), std::min(1.0, centre + half)};
}

}  // namespace

double deviation_of(std::span<const double> values) {
  if (values.size() < 2) return 0.0;
  const double mean = average(values);
  double squares = 0.0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return std::sqrt(squares / (static_cast<double>(values.size()) - 1.0));
}

Mean mean_of(std::span<const double> values) {
  return {average(values), deviation_of(values) / std::sqrt(static_cast<double>(values.size()))};
}

Share share_of(std::size_t successes, std::size_t count) {
  if (count == 0) return {};
  return wilson(static_cast<double>(successes) / static_cast<double>(count), static_cast<double>(count));
}

Share share_of(std::span<const int> successes, int size) {
  std::vector<double> shares;
  for (const int count : successes) shares.push_back(static_cast<double>(count) / size);
  const auto [share, error] = mean_of(shares);
  const auto trials = static_cast<double>(successes.size());
  const double variance = share * (1.0 - share);
  // One trial has no scatter, nor have recalls that all succeed or all fail; then nothing is known of it.
  const double independent = trials > 1.0 && variance > 0.0 ? variance / (error * error) : trials;
  const double n = std::clamp(independent, trials, trials * size);
  return wilson(share, n);
}

double quantile(std::span<const double> sorted, double level) {
  const double place = level * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t next = std::min(below + 1, sorted.size() - 1);
  const double part = place - static_cast<double>(below);
  return sorted[below] * (1.0 - part) + sorted[next] * part;
}

}  // namespace basin
