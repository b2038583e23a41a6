#include <Eigen/Eigenvalues>
#include <cmath>
#include <vector>

#include "models/circuit/circuit.hpp"

namespace basin {
namespace {

constexpr double negligible = 1e-12;   // of the largest |W|: round-off, no coupling
constexpr double consistency = 1e-9;   // of the largest d_i|W_ij|

/// Sets d over everything coupled to `root`. False where one direction of a coupling is missing or of the other sign.
bool spread(const Matrix& weights, double smallest, Index root, Vector& d) {
  std::vector<Index> queue{root};
  d[root] = 1.0;
  for (std::size_t next = 0; next < queue.size(); ++next) {
    const Index i = queue[next];
    for (Index j = 0; j < weights.rows(); ++j) {
      const double there = weights(i, j);
      const double back = weights(j, i);
      if (j == i || (std::abs(there) <= smallest && std::abs(back) <= smallest)) continue;
      if (!(there * back > 0.0)) return false;
      if (d[j] != 0.0) continue;
      d[j] = d[i] * (there / back);
      queue.push_back(j);
    }
  }
  return true;
}

}  // namespace

bool is_symmetric(const Circuit& circuit) {
  if (!circuit.is_dense()) {
    const Vector scale = circuit.factors->columns.cwiseProduct(circuit.resistance);
    if ((scale.array() == scale[0]).all()) return true;  // W_ij/R_i = K_ij s_j/R_i with K symmetric
    const auto [difference, largest] = circuit.factors->asymmetry(circuit.resistance);
    return difference <= 1e-12 * largest;
  }
  const Matrix t = circuit.resistance.cwiseInverse().asDiagonal() * circuit.weights;
  if (t.size() == 0) return true;
  return (t - t.transpose()).cwiseAbs().maxCoeff() <= 1e-12 * t.cwiseAbs().maxCoeff();
}

Vector symmetriser(const Matrix& weights) {
  if (weights.size() == 0) return {};
  Vector d = Vector::Zero(weights.rows());
  const double smallest = negligible * weights.cwiseAbs().maxCoeff();
  for (Index root = 0; root < d.size(); ++root) {
    if (d[root] == 0.0 && !spread(weights, smallest, root, d)) return {};
  }
  const Matrix scaled = d.asDiagonal() * weights;
  const double difference = (scaled - scaled.transpose()).cwiseAbs().maxCoeff();
  return difference <= consistency * scaled.cwiseAbs().maxCoeff() ? d : Vector();
}

double least_eigenvalue(const Matrix& weights, const Vector& symmetriser) {
  const Vector root = symmetriser.cwiseSqrt();
  const Matrix s = root.asDiagonal() * weights * root.cwiseInverse().asDiagonal();
  const Matrix symmetric = 0.5 * (s + s.transpose());
  return Eigen::SelfAdjointEigenSolver<Matrix>(symmetric, Eigen::EigenvaluesOnly).eigenvalues().minCoeff();
}

}  // namespace basin
