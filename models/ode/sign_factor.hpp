#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "models/design/types.hpp"
#include "models/ode/aligned.hpp"
#include "models/ode/simd.hpp"

namespace basin {

/// A factor X of entries ±1 (M × N) and its products, in the way of Arlazarov et al. ("four Russians"): the 2^k signed sums
/// of k numbers fill two vector registers, and k signs are the index of one of them. k = 4 in 64 bits, 5 in 32: one look-up
/// and one addition take the place of k products, and X takes 16 signs a word of 64 bits (20 a word of 32), twice.
template <class Real>
class SignFactor {
 public:
  explicit SignFactor(const Matrix& patterns);
  /// y = X v. `v` has N numbers, `y` padded_size(M).
  void project(const Real* v, Real* y);
  /// out += Xᵀ z. `z` has M numbers, `out` padded_size(N).
  void expand(const Real* z, Real* out);

 private:
  using Word = std::conditional_t<sizeof(Real) == 8, std::uint64_t, std::uint32_t>;

  std::size_t patterns_, neurons_;   // M, N
  AlignedVector<Word> by_pattern_;   // [stretch of neurons][pattern]: signs of the stretch's neurons
  AlignedVector<Word> by_neuron_;    // [stretch of patterns][neuron]
  AlignedVector<Real> v_, z_;        // scratch: v and z up to whole stretches, 0 there
};

}  // namespace basin
