#include "models/ode/sparse_coupling.hpp"

#include <algorithm>

#include "models/ode/simd.hpp"

namespace basin {

template <class Real>
SparseCoupling<Real>::SparseCoupling(const Matrix& weights) : first_{0} {
  for (Index i = 0; i < weights.rows(); ++i) {
    for (Index j = 0; j < weights.cols(); ++j) {
      if (weights(i, j) == 0.0) continue;
      columns_.push_back(static_cast<std::uint32_t>(j));
      values_.push_back(static_cast<Real>(weights(i, j)));
    }
    first_.push_back(values_.size());
  }
}

template <class Real>
void SparseCoupling<Real>::multiply(const Real* v, const Real* start, Real* out) {
  for (std::size_t i = 0; i < size(); ++i) {
    Real sum = start[i];
    for (std::size_t k = first_[i]; k < first_[i + 1]; ++k) sum += values_[k] * v[columns_[k]];
    out[i] = sum;
  }
  std::fill(out + size(), out + padded_size<Real>(size()), Real{0});
}

template class SparseCoupling<double>;
template class SparseCoupling<float>;

}  // namespace basin
