#include <algorithm>
#include <cmath>
#include <vector>

#include "sim/compare/deviation.hpp"

namespace basin {
namespace {

/// (u_k − u_end)·d, with d the last movement: 0 at the end, rising through it.
double section(const RawTrace& trace, std::size_t k) {
  const std::size_t end = trace.rows() - 1;
  const auto u = trace.row(k), last = trace.row(end), before = trace.row(end - 1);
  double sum = 0.0;
  for (std::size_t i = 0; i < u.size(); ++i) {
    sum += (static_cast<double>(u[i]) - last[i]) * (static_cast<double>(last[i]) - before[i]);
  }
  return sum;
}

/// Largest word of |u_j(1 − w) + u_(j+1) w − u_end|.
double distance_to_end(const RawTrace& trace, std::size_t j, double w) {
  const auto a = trace.row(j), b = trace.row(j + 1), end = trace.row(trace.rows() - 1);
  double largest = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    largest = std::max(largest, std::abs(a[i] * (1.0 - w) + b[i] * w - static_cast<double>(end[i])));
  }
  return largest;
}

/// Half the widest swing of any neuron from row `first` on.
double amplitude(const RawTrace& trace, std::size_t first) {
  double widest = 0.0;
  for (std::size_t i = 0; i < trace.neurons; ++i) {
    std::int32_t low = trace.row(first)[i], high = low;
    for (std::size_t k = first; k < trace.rows(); ++k) {
      low = std::min(low, trace.row(k)[i]);
      high = std::max(high, trace.row(k)[i]);
    }
    widest = std::max(widest, static_cast<double>(high) - low);
  }
  return 0.5 * widest;
}

}  // namespace

std::optional<double> trace_period(const RawTrace& trace) {
  constexpr double tolerance = 0.01;
  constexpr std::size_t returns_needed = 2;
  if (trace.rows() < 4) return std::nullopt;
  const std::size_t end = trace.rows() - 1;
  std::vector<double> returns{static_cast<double>(end)};
  double after = section(trace, end - 1);
  std::size_t j = end - 1;
  while (j-- > 0 && returns.size() <= returns_needed) {
    const double here = section(trace, j);
    const double next = after;
    after = here;
    if (!(here < 0.0 && next >= 0.0)) continue;
    const double w = here / (here - next);
    if (distance_to_end(trace, j, w) > tolerance * amplitude(trace, j)) continue;
    returns.push_back(static_cast<double>(j) + w);
  }
  if (returns.size() <= returns_needed) return std::nullopt;
  const double last = returns[0] - returns[1], before = returns[1] - returns[2];
  if (std::abs(last - before) > tolerance * last) return std::nullopt;
  return 0.5 * (last + before);
}

}  // namespace basin
