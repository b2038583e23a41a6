#pragma once

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>
#include <vector>

#include "models/circuit/circuit.hpp"

namespace basin {

/// The same step in double: no rounding, no saturation, g exact, any real step. It separates what the method does from what
/// the integers do. `circuit` is in core coordinates.
class RealNumber {
 public:
  using value_type = double;

  /// h = dt/τ_min, so h_i = h·τ_min/τ_i.
  RealNumber(Circuit circuit, double h, int order)
      : circuit_(std::move(circuit)), order_(order), steps_(h * circuit_.tau.minCoeff() / circuit_.tau.array()) {
    const double dt = h * circuit_.tau.minCoeff();
    for (const double delay : circuit_.delay) delays_.push_back(static_cast<std::size_t>(std::lround(delay / dt)));
  }

  [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(circuit_.size()); }
  [[nodiscard]] int order() const { return order_; }

  void prepare(std::span<const double> /*v*/) {}
  [[nodiscard]] double sum(std::size_t i, std::span<const double> v) const {
    const Eigen::Map<const Vector> outputs(v.data(), static_cast<Index>(v.size()));
    return circuit_.weights.row(static_cast<Index>(i)).dot(outputs) + circuit_.bias[static_cast<Index>(i)];
  }
  [[nodiscard]] double difference(double n, double u) const { return n - u; }
  [[nodiscard]] double update(double u, double x, int extra_shift, std::size_t i, bool& /*overflow*/) const {
    return u + std::ldexp(steps_[static_cast<Index>(i)] * x, -extra_shift);
  }
  [[nodiscard]] double activate(std::size_t i, double u) const {
    const auto at = static_cast<Index>(i);
    return circuit_.activation.of(at).value(circuit_.gain[at] * u);
  }
  [[nodiscard]] std::span<const std::uint32_t> phase_steps() const { return {}; }
  [[nodiscard]] std::size_t past_pages() const { return delays_.empty() ? 0 : longest_delay() + 1; }
  [[nodiscard]] std::size_t longest_delay() const { return delays_.empty() ? 0 : *std::ranges::max_element(delays_); }
  [[nodiscard]] std::size_t delay(std::size_t i) const { return delays_[i]; }
  [[nodiscard]] bool held(std::size_t /*i*/, std::size_t /*phase*/) const { return false; }
  [[nodiscard]] bool moved(double before, double after) const { return before != after; }

 private:
  Circuit circuit_;
  int order_;
  Vector steps_;
  std::vector<std::size_t> delays_;   // steps, rounded; empty: none
};

}  // namespace basin
