#include "models/learning/rules.hpp"

namespace basin {

/// W = (1/N) Σ_μ ξ^μ ξ^μᵀ where the topology has a weight: integers over N. Hebb 1949 as in Hopfield 1982.
Learned hebb(const MemorySpec& memory, Keep keep) {
  const Matrix& patterns = memory.patterns;
  const Index size = patterns.cols();
  Learned learned;
  learned.exact_scale = 1.0 / static_cast<double>(size);
  if (keep == Keep::matrix) {
    Matrix counts = patterns.transpose() * patterns;
    if (memory.diagonal == Diagonal::zero) counts.diagonal().setZero();
    learned.weights = counts * learned.exact_scale;
  }
  learned.bias = Vector::Zero(size);
  if (memory.mask.size() > 0) {   // no form of the patterns any more
    learned.weights.array() *= (memory.mask + Matrix(Matrix::Identity(size, size))).array().min(1.0);
    return learned;
  }
  const double removed = memory.diagonal == Diagonal::zero ? static_cast<double>(patterns.rows()) : 0.0;
  learned.factors = std::make_shared<const Factors>(
      Factors{patterns, Matrix::Identity(patterns.rows(), patterns.rows()) * learned.exact_scale,
              Vector::Constant(size, -removed * learned.exact_scale), Vector::Ones(size)});
  return learned;
}

}  // namespace basin
