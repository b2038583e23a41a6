#include "models/learning/rules.hpp"

namespace basin {

/// W = (1/N) Σ_μ ξ^μ ξ^μᵀ: integers over N. Hebb 1949 as in Hopfield 1982.
Learned hebb(const MemorySpec& memory) {
  const Matrix& patterns = memory.patterns;
  const Index size = patterns.cols();
  Learned learned;
  learned.exact_scale = 1.0 / static_cast<double>(size);
  Matrix counts = patterns.transpose() * patterns;
  if (memory.diagonal == Diagonal::zero) counts.diagonal().setZero();
  learned.weights = counts * learned.exact_scale;
  learned.bias = Vector::Zero(size);
  return learned;
}

}  // namespace basin
