#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "models/circuit/circuit.hpp"
#include "sim/compare/lockstep.hpp"

namespace basin {

/// The largest difference of two trajectories, in the unit of u, and where it was.
struct LargestDifference {
  double value = 0.0;
  int neuron = 0;
  std::int64_t step = 0;
};

/// The whole of a trace in the unit of u, a row a step.
Matrix dequantised(const RawTrace& trace, double lsb);

/// Network times 0, dt, …, steps·dt.
std::vector<double> network_times(double dt, std::int64_t steps);

/// max over steps and neurons of |raw·lsb − u|; `samples` holds u at the first steps of the trace, or at all of
/// them, a row a step.
LargestDifference largest_difference(const RawTrace& trace, double lsb, const Matrix& samples);
/// max |a − b| over rows and columns.
double largest_difference(const Matrix& a, const Matrix& b);

/// First network time from step `first` on after which every |V − V*| ≤ 0.01 for good, V* = V at the trace's end; V as the
/// network's tables give it.
double trace_settle_time(const FixedNetwork& network, const RawTrace& trace, std::int64_t first = 0);

/// The period of a trace that returns to a section through its end with equal period (to 1 %) and amplitude, in network
/// steps; empty when it does not.
std::optional<double> trace_period(const RawTrace& trace);

/// Smallest value that at least `fraction` of `values` do not exceed (nearest rank); 0 without values.
double quantile(std::vector<double> values, double fraction);
/// √(mean of squares); 0 without values.
double root_mean_square(const std::vector<double>& values);

}  // namespace basin
