#include "models/learning/rules.hpp"

namespace basin {

/// W ← W + (ξξᵀ − ξ_i h_ji − h_ij ξ_j)/N pattern by pattern, h_ij = Σ_{k≠i,j} W_ik ξ_k with the W before it (Storkey 1997):
/// local and incremental, and each pattern makes room among those before it.
Learned storkey(const MemorySpec& memory) {
  const Matrix& patterns = memory.patterns;
  const Index size = patterns.cols();
  Learned learned;
  learned.weights = Matrix::Zero(size, size);
  learned.bias = Vector::Zero(size);
  for (Index m = 0; m < patterns.rows(); ++m) {
    const Vector pattern = patterns.row(m).transpose();
    const Vector field = learned.weights * pattern;
    // h_ij = field_i − W_ii ξ_i − W_ij ξ_j, less the diagonal term once where i = j.
    const Vector off_diagonal = field - learned.weights.diagonal().cwiseProduct(pattern);
    Matrix h = off_diagonal.replicate(1, size) - learned.weights * pattern.asDiagonal();
    h.diagonal() = off_diagonal;
    const Matrix into = h * pattern.asDiagonal();   // h_ij ξ_j
    learned.weights += (pattern * pattern.transpose() - into - into.transpose()) / static_cast<double>(size);
    // The terms are symmetric but for rounding.
    learned.weights = (0.5 * (learned.weights + learned.weights.transpose())).eval();
    if (memory.diagonal == Diagonal::zero) learned.weights.diagonal().setZero();
  }
  return learned;
}

}  // namespace basin
