#include "sim/report/waveform.hpp"

#include <algorithm>
#include <numeric>

namespace basin::report {

TimeUnit time_unit(double t_end, bool physical) {
  if (!physical) return {1.0, "τ"};
  if (t_end < 1e-6) return {1e9, "ns"};
  if (t_end < 1e-3) return {1e6, "µs"};
  return t_end < 1.0 ? TimeUnit{1e3, "ms"} : TimeUnit{1.0, "s"};
}

std::vector<Index> most_moving(const Matrix& samples, std::size_t most) {
  std::vector<Index> order(static_cast<std::size_t>(samples.cols()));
  std::iota(order.begin(), order.end(), 0);
  const Vector swing = samples.colwise().maxCoeff() - samples.colwise().minCoeff();
  std::ranges::stable_sort(order, [&](Index a, Index b) { return swing[a] > swing[b]; });
  order.resize(std::min(order.size(), most));
  return order;
}

std::vector<double> column(const Matrix& values, Index j) { return {values.col(j).begin(), values.col(j).end()}; }

}  // namespace basin::report
