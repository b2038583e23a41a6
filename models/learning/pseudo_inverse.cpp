#include <Eigen/Cholesky>
#include <string>

#include "models/design/text.hpp"
#include "models/learning/pattern_rank.hpp"
#include "models/learning/rules.hpp"

namespace basin {
namespace {

constexpr double well_conditioned = 1e-4;  // reciprocal condition of the Gram matrix: W = XᵀG⁻¹X then loses four digits at most
constexpr double disconnected = 1e-9;  // 1 − W_ii below this: nothing is left of the row once the diagonal is zeroed
constexpr double weak = 0.05;          // margin 1 − W_ii of a neuron that hardly listens to the others

/// Remarks about neurons that live on their own diagonal weight: without it their margin is 1 − W_ii.
void remark_on_diagonal(const Vector& diagonal, Learned& learned) {
  for (Index i = 0; i < diagonal.size(); ++i) {
    const double left = 1.0 - diagonal[i];
    const std::string who = "neuron " + std::to_string(i);
    if (left <= disconnected) {
      learned.remarks.push_back(who + ": zeroing the diagonal disconnects it");
    } else if (left < weak) {
      learned.remarks.push_back(who + ": zeroing the diagonal leaves it a margin of only " + number_text(left));
    }
  }
}

/// W before its diagonal is zeroed: XᵀG⁻¹X with the patterns themselves where their Gram matrix G = XXᵀ can be inverted
/// well, QQᵀ otherwise.
Factors factors_of(const Matrix& patterns, const Eigen::MatrixXd& basis) {
  const Index size = patterns.cols();
  const Eigen::MatrixXd gram = patterns * patterns.transpose();
  const Eigen::LDLT<Eigen::MatrixXd> solver(gram);
  if (basis.cols() < patterns.rows() || !(solver.rcond() >= well_conditioned)) {
    return {basis.transpose(), Matrix::Identity(basis.cols(), basis.cols()), Vector::Zero(size), Vector::Ones(size)};
  }
  const Matrix inverse = solver.solve(Eigen::MatrixXd::Identity(gram.rows(), gram.cols()));
  return {patterns, 0.5 * (inverse + inverse.transpose()), Vector::Zero(size), Vector::Ones(size)};
}

}  // namespace

/// W projects onto the span of the patterns (Personnaz, Guyon & Dreyfus 1985), by an orthonormal basis of it, so that
/// linearly dependent patterns do no harm.
Learned pseudo_inverse(const MemorySpec& memory, Keep keep) {
  const Index size = memory.patterns.cols();
  const auto qr = decomposed(memory.patterns);
  const Index rank = qr.rank();
  const Eigen::MatrixXd basis = qr.householderQ() * Eigen::MatrixXd::Identity(size, rank);

  Learned learned;
  if (keep == Keep::matrix) {
    learned.weights = basis * basis.transpose();
    learned.weights = (0.5 * (learned.weights + learned.weights.transpose())).eval();
  }
  learned.bias = Vector::Zero(size);
  if (rank < memory.patterns.rows()) {
    learned.remarks.push_back("the " + std::to_string(memory.patterns.rows()) + " patterns are linearly dependent: rank " +
                              std::to_string(rank));
  }
  Factors factors = factors_of(memory.patterns, basis);
  if (memory.diagonal == Diagonal::zero) {
    const Vector diagonal =
        keep == Keep::matrix ? Vector(learned.weights.diagonal()) : Vector(basis.rowwise().squaredNorm());
    remark_on_diagonal(diagonal, learned);
    factors.diagonal = -diagonal;
    learned.weights.diagonal().setZero();
  }
  learned.factors = std::make_shared<const Factors>(std::move(factors));
  return learned;
}

}  // namespace basin
