#include <algorithm>
#include <cmath>
#include <vector>

#include "sim/compare/deviation.hpp"

namespace basin {
namespace {

/// (u_k − u_end)·d, d = u_end − u_(end − lag): 0 at the end, rising through it.
double section(const RawTrace& trace, std::size_t k, std::size_t lag) {
  const std::size_t end = trace.rows() - 1;
  const auto u = trace.row(k), last = trace.row(end), before = trace.row(end - lag);
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

/// How many steps before the end the state was far enough from it to tell where it was going; 0 when it never was. A state
/// that is slow there moves by less than its rounding in one step.
std::size_t lag_of(const RawTrace& trace, double enough) {
  const std::size_t end = trace.rows() - 1;
  for (std::size_t lag = 1; lag <= end; ++lag) {
    if (distance_to_end(trace, end - lag, 0.0) >= enough) return lag;
  }
  return 0;
}

}  // namespace

std::optional<double> trace_period(const RawTrace& trace) {
  constexpr double tolerance = 0.01;
  constexpr double movement = 0.002;       // of the amplitude: what d is taken over
  constexpr double away = 0.1;             // of the amplitude: between two returns the state has been that far
  constexpr std::size_t returns_needed = 2;
  if (trace.rows() < 4) return std::nullopt;
  const std::size_t end = trace.rows() - 1;
  const double widest = amplitude(trace, end / 2);
  const std::size_t lag = lag_of(trace, movement * widest);
  if (lag == 0) return std::nullopt;
  std::vector<double> returns{static_cast<double>(end)};
  double after = section(trace, end - 1, lag);
  bool left = false;
  std::size_t j = end - 1;
  while (j-- > 0 && returns.size() <= returns_needed) {
    const double here = section(trace, j, lag);
    const double next = after;
    after = here;
    if (!left) left = distance_to_end(trace, j, 0.0) > away * widest;
    if (!left || !(here < 0.0 && next >= 0.0)) continue;
    const double w = here / (here - next);
    if (distance_to_end(trace, j, w) > tolerance * widest) continue;
    returns.push_back(static_cast<double>(j) + w);
    left = false;
  }
  if (returns.size() <= returns_needed) return std::nullopt;
  const double last = returns[0] - returns[1], before = returns[1] - returns[2];
  if (std::abs(last - before) > tolerance * last) return std::nullopt;
  return 0.5 * (last + before);
}

}  // namespace basin
