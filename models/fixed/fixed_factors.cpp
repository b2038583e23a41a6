#include "models/fixed/fixed_factors.hpp"

#include <cmath>
#include <limits>

#include "models/design/error.hpp"

namespace basin {
namespace {

/// (XᵀÂX)_ii.
double own_weight(const Matrix& patterns, const Matrix& core, Index i) {
  return patterns.col(i).dot(core * patterns.col(i));
}

}  // namespace

FixedFactors fixed_factors(const Factors& factors, double unit) {
  const Matrix core = (factors.core / unit).array().round();
  FixedFactors fixed;
  for (const double sign : factors.patterns.reshaped<Eigen::RowMajor>()) fixed.patterns.push_back(sign > 0.0 ? 1 : -1);
  for (const double entry : core.reshaped<Eigen::RowMajor>()) fixed.core.push_back(static_cast<std::int32_t>(entry));
  for (Index i = 0; i < factors.size(); ++i) {
    const double own = factors.diagonal[i] == 0.0 ? 0.0 : own_weight(factors.patterns, core, i);
    if (std::abs(own) > std::numeric_limits<std::int32_t>::max()) {
      throw ClaimError("the factored form's diagonal takes more than 32 bits; fewer hardware.weight bits make the unit larger");
    }
    fixed.diagonal.push_back(-static_cast<std::int32_t>(own));
  }
  return fixed;
}

Factors realised_factors(const FixedFactors& fixed, Index memories, double unit) {
  const auto neurons = static_cast<Index>(fixed.diagonal.size());
  Factors factors;
  factors.patterns.resize(memories, neurons);
  factors.core.resize(memories, memories);
  factors.diagonal.resize(neurons);
  for (Index k = 0; k < factors.patterns.size(); ++k) factors.patterns.data()[k] = fixed.patterns[static_cast<std::size_t>(k)];
  for (Index k = 0; k < factors.core.size(); ++k) factors.core.data()[k] = fixed.core[static_cast<std::size_t>(k)] * unit;
  for (Index i = 0; i < neurons; ++i) factors.diagonal[i] = fixed.diagonal[static_cast<std::size_t>(i)] * unit;
  factors.columns = Vector::Ones(neurons);
  return factors;
}

}  // namespace basin
