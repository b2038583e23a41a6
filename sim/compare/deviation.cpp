#include "sim/compare/deviation.hpp"

#include <algorithm>
#include <cmath>

#include "models/fixed/output_code.hpp"

namespace basin {

Matrix dequantised(const RawTrace& trace, double lsb) {
  return lsb * Eigen::Map<const Eigen::Matrix<std::int32_t, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>(
                   trace.words.data(), static_cast<Index>(trace.rows()), static_cast<Index>(trace.neurons))
                   .cast<double>();
}

std::vector<double> network_times(double dt, std::int64_t steps) {
  std::vector<double> times(static_cast<std::size_t>(steps) + 1);
  for (std::size_t k = 0; k < times.size(); ++k) times[k] = static_cast<double>(k) * dt;
  return times;
}

LargestDifference largest_difference(const RawTrace& trace, double lsb, const Matrix& samples) {
  LargestDifference largest;
  for (std::size_t k = 0; k < static_cast<std::size_t>(samples.rows()); ++k) {
    const auto row = trace.row(k);
    for (std::size_t i = 0; i < row.size(); ++i) {
      const double u = samples(static_cast<Index>(k), static_cast<Index>(i));
      const double difference = std::abs(static_cast<double>(row[i]) * lsb - u);
      if (difference > largest.value) largest = {difference, static_cast<int>(i), static_cast<std::int64_t>(k)};
    }
  }
  return largest;
}

double largest_difference(const Matrix& a, const Matrix& b) { return (a - b).cwiseAbs().maxCoeff(); }

double trace_settle_time(const FixedNetwork& network, const RawTrace& trace, std::int64_t first) {
  constexpr double tolerance = 0.01;
  const auto end = trace.row(trace.rows() - 1);
  for (std::size_t k = trace.rows(); k-- > static_cast<std::size_t>(first);) {
    const auto row = trace.row(k);
    for (std::size_t i = 0; i < row.size(); ++i) {
      const auto difference = output_code(network, i, row[i]) - output_code(network, i, end[i]);
      if (std::abs(static_cast<double>(difference)) * network.lsb_drive > tolerance) {
        return static_cast<double>(k + 1) * network.dt;
      }
    }
  }
  return static_cast<double>(first) * network.dt;
}

double quantile(std::vector<double> values, double fraction) {
  if (values.empty()) return 0.0;
  const auto rank = static_cast<std::size_t>(std::ceil(fraction * static_cast<double>(values.size())));
  const auto position = values.begin() + static_cast<std::ptrdiff_t>(std::max<std::size_t>(rank, 1) - 1);
  std::nth_element(values.begin(), position, values.end());
  return *position;
}

double root_mean_square(const std::vector<double>& values) {
  if (values.empty()) return 0.0;
  double sum = 0.0;
  for (const double value : values) sum += value * value;
  return std::sqrt(sum / static_cast<double>(values.size()));
}

}  // namespace basin
