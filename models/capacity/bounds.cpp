#include "models/capacity/bounds.hpp"

#include <boost/math/distributions/binomial.hpp>
#include <cmath>
#include <numbers>

namespace basin {

double storkey_capacity(double neurons) { return neurons / std::sqrt(2.0 * std::log(neurons)); }

double gardner_load(double margin) {
  const double density = std::exp(-0.5 * margin * margin) / std::sqrt(2.0 * std::numbers::pi);
  const double below = 0.5 * std::erfc(-margin / std::numbers::sqrt2);
  return 1.0 / ((1.0 + margin * margin) * below + margin * density);
}

double separable_probability(int inputs, int patterns) {
  if (patterns <= inputs) return 1.0;
  // 2^(1−P) Σ_{k<N} C(P−1, k) is the chance of at most N − 1 heads in P − 1 throws.
  return boost::math::cdf(boost::math::binomial(patterns - 1, 0.5), inputs - 1);
}

}  // namespace basin
