#include "models/learning/pattern_rank.hpp"

namespace basin {

Eigen::ColPivHouseholderQR<Eigen::MatrixXd> decomposed(const Matrix& patterns) {
  constexpr double rank_threshold = 1e-10;
  const Eigen::MatrixXd columns = patterns.transpose();
  Eigen::ColPivHouseholderQR<Eigen::MatrixXd> qr(columns.rows(), columns.cols());
  qr.setThreshold(rank_threshold);
  qr.compute(columns);
  return qr;
}

}  // namespace basin
