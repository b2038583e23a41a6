#pragma once

#include <cstdint>

#include "models/design/random.hpp"
#include "models/learning/weight_space.hpp"

namespace basin {

/// The perceptron rule on whole numbers within a WeightSpace (Gardner 1988, symmetric form where W = Wᵀ): patterns in file
/// order, local fields computed once a pattern; every neuron with ξ_i Σ_j W_ij ξ_j below `enough` adds ξ_i ξ_j to the weights of
/// its inputs, and what the space does not allow is cut off again.
struct Perceptron {
  double enough = 0.0;                      // in units of the counts
  double limit = WeightSpace::no_limit;     // of every |count|
  int most_epochs = 0;
  Random* chance = nullptr;                 // given: each weight that should learn does so every other time, by chance

  int epochs = 0;                           // passes used, the last one without a mistake when converged
  std::int64_t mistakes = 0;
  bool converged = false;

  /// Goes on from `counts` (N × N, whole numbers) until a whole epoch makes no mistake, `most_epochs` have passed, or the
  /// counts repeat, which cut-off weights may do.
  void run(const Matrix& patterns, const WeightSpace& space, Matrix& counts);
};

}  // namespace basin
