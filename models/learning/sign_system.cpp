#include "models/learning/sign_system.hpp"

#include <ClpSimplex.hpp>
#include <CoinPackedMatrix.hpp>
#include <algorithm>
#include <stdexcept>

namespace basin {

SignSystem neuron_system(const Matrix& patterns, Index neuron) {
  SignSystem system;
  system.columns = patterns.cols();
  for (Index m = 0; m < patterns.rows(); ++m) {
    SignSystem::Row row{m, neuron, {}};
    for (Index j = 0; j < patterns.cols(); ++j) {
      const double sign = patterns(m, neuron) * (j == neuron ? 1.0 : patterns(m, j));
      row.terms.emplace_back(j, sign > 0.0 ? 1 : -1);
    }
    system.rows.push_back(std::move(row));
  }
  return system;
}

Index symmetric_column(Index neurons, Index i, Index j) {
  const Index low = std::min(i, j), high = std::max(i, j);
  return low * (2 * neurons - low + 1) / 2 + (high - low);
}

SignSystem symmetric_system(const Matrix& patterns) {
  const Index neurons = patterns.cols();
  SignSystem system;
  system.columns = neurons * (neurons + 1) / 2;
  for (Index i = 0; i < neurons; ++i) {
    SignSystem own = neuron_system(patterns, i);
    for (SignSystem::Row& row : own.rows) {
      for (auto& [column, sign] : row.terms) column = symmetric_column(neurons, i, column);
      system.rows.push_back(std::move(row));
    }
  }
  return system;
}

LargestMargin largest_margin(const SignSystem& system) {
  const int columns = static_cast<int>(system.columns);
  const int rows = static_cast<int>(system.rows.size());
  std::vector<int> row_of, column_of;
  std::vector<double> entries;
  const auto add = [&](int row, Index column, double value) {
    row_of.push_back(row);
    column_of.push_back(static_cast<int>(column));
    entries.push_back(value);
  };
  for (int r = 0; r < rows; ++r) {
    for (const auto& [column, sign] : system.rows[static_cast<std::size_t>(r)].terms) add(r, column, sign);
    add(r, columns, -1.0);   // κ
  }
  const CoinPackedMatrix matrix(true, row_of.data(), column_of.data(), entries.data(), static_cast<int>(entries.size()));
  std::vector<double> low(static_cast<std::size_t>(columns) + 1, -1.0), high(low.size(), 1.0), objective(low.size(), 0.0);
  low.back() = 0.0;
  high.back() = static_cast<double>(columns) + 1.0;
  objective.back() = -1.0;
  const std::vector<double> least(static_cast<std::size_t>(rows), 0.0);
  ClpSimplex solver;
  solver.setLogLevel(0);
  solver.loadProblem(matrix, low.data(), high.data(), objective.data(), least.data(), nullptr);
  solver.primal();
  if (!solver.isProvenOptimal()) throw std::runtime_error("the linear program of a margin was not solved");

  LargestMargin result;
  result.margin = -solver.objectiveValue();
  result.point = Eigen::Map<const Vector>(solver.getColSolution(), columns);
  result.dual = Eigen::Map<const Vector>(solver.getRowPrice(), rows).cwiseAbs();
  return result;
}

}  // namespace basin
