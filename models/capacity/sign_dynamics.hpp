#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "models/design/design.hpp"

namespace basin {

/// Rows of ±1.
using SignMatrix = Eigen::Matrix<std::int8_t, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Signs = Eigen::Matrix<std::int8_t, Eigen::Dynamic, 1>;

/// How a recall of two-valued neurons ended.
struct SignRecall {
  Signs state;
  int sweeps = 0;         // made, the last one without a change when it settled
  bool settled = false;   // no neuron wants to turn
};

/// Two-valued neurons at T = 0, one after the other in the order of their numbers, sweep after sweep: s_i takes the sign of
/// its field, and a field of zero leaves it alone. With symmetric weights without negative diagonal the energy falls with
/// every turn, so that it settles.
///
/// Hebb's rule in whole numbers: N W_ij = Σ_μ ξ_i ξ_j is counted from packed bits where it is needed, and no N × N matrix is
/// kept.
class HebbSigns {
 public:
  /// `patterns` is M × N.
  HebbSigns(const SignMatrix& patterns, Diagonal diagonal);

  [[nodiscard]] SignRecall recall(const Signs& start, int most_sweeps) const;
  /// N Σ_j W_ij s_j, N of them.
  [[nodiscard]] std::vector<std::int32_t> fields(const Signs& state) const;
  /// W as a matrix of numbers.
  [[nodiscard]] Matrix weights() const;

 private:
  void count_row(Index neuron, std::vector<std::int32_t>& row) const;

  SignMatrix patterns_;
  std::size_t words_;                   // a neuron
  std::vector<std::uint64_t> columns_;  // bit μ of neuron i's words: ξ_i^μ = 1
  std::int32_t diagonal_;               // N W_ii
};

/// The same dynamics for any weights W (N × N) and biases.
SignRecall recall_signs(const Matrix& weights, const Vector& bias, const Signs& start, int most_sweeps);

}  // namespace basin
