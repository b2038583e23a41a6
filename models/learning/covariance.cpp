#include <limits>

#include "models/design/text.hpp"
#include "models/learning/rules.hpp"

namespace basin {
namespace {

/// (least field of a unit that is +1 + largest of one that is −1)/2: the common threshold of the largest least margin.
double middle(const Matrix& patterns, const Matrix& fields) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  double on = infinity, off = -infinity;
  for (Index k = 0; k < patterns.size(); ++k) {
    const double field = fields.data()[k];
    if (patterns.data()[k] > 0.0) on = std::min(on, field);
    else off = std::max(off, field);
  }
  return 0.5 * (on + off);
}

}  // namespace

/// For patterns of uneven activity: W = Σ_μ (ξ^μ − a)(ξ^μ − a)ᵀ/(N(1 − a²)) with a their mean entry, and biases
/// b_i = −θ − a Σ_j W_ij, so that V is counted from a; θ lies in the middle between the fields of the +1 and the −1 units
/// (Amit, Gutfreund & Sompolinsky 1987; Tsodyks & Feigelman 1988, for (0, 1) units).
Learned covariance(const MemorySpec& memory) {
  const Matrix& patterns = memory.patterns;
  const double mean = patterns.mean();
  const Index size = patterns.cols();
  Learned learned;
  learned.weights = Matrix::Zero(size, size);
  learned.bias = Vector::Zero(size);
  const double variance = 1.0 - mean * mean;
  if (!(variance > 0.0)) {
    learned.remarks.push_back("every entry of the memories is the same: nothing varies, and the weights are zero");
    return learned;
  }
  const Matrix centred = patterns.array() - mean;
  learned.weights = centred.transpose() * centred / (static_cast<double>(size) * variance);
  if (memory.diagonal == Diagonal::zero) learned.weights.diagonal().setZero();
  const Matrix fields = centred * learned.weights.transpose();
  const double threshold = middle(patterns, fields);
  learned.bias = (-threshold - mean * learned.weights.rowwise().sum().array()).matrix();
  learned.remarks.push_back("activity " + three_digits(0.5 * (1.0 + mean)) + " of the entries are +1; fields are told apart at " +
                            three_digits(threshold));
  return learned;
}

}  // namespace basin
