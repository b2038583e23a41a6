#include "models/ode/factored_coupling.hpp"

#include <algorithm>

#include "models/ode/real_factor.hpp"

namespace basin {
namespace {

bool has_signs_alone(const Matrix& patterns) { return (patterns.array().abs() == 1.0).all(); }
bool is_diagonal(const Matrix& core) {
  Matrix rest = core;
  rest.diagonal().setZero();
  return (rest.array() == 0.0).all();
}

/// Numbers of X in the order of project_numbers().
template <class Real>
AlignedVector<Real> real_blocks(const Matrix& patterns, std::size_t rows, std::size_t neurons) {
  constexpr std::size_t width = Lanes<Real>::count;
  AlignedVector<Real> values(rows * neurons, Real{0});
  for (Index m = 0; m < patterns.rows(); ++m) {
    for (Index i = 0; i < patterns.cols(); ++i) {
      const auto row = static_cast<std::size_t>(m), column = static_cast<std::size_t>(i);
      const std::size_t block = row / width * width * neurons + column / width * width * width;
      values[block + row % width * width + column % width] = static_cast<Real>(patterns(m, i));
    }
  }
  return values;
}

#define BASIN_FACTOR_LOOPS(Real)                                                                                \
  BASIN_VECTOR_WIDTHS void project(const Real* x, std::size_t m, std::size_t n, const Real* v, Real* y) {       \
    project_numbers(x, m, n, v, y);                                                                             \
  }                                                                                                             \
  BASIN_VECTOR_WIDTHS void expand(const Real* x, std::size_t m, std::size_t n, const Real* z, Real* out) {      \
    expand_numbers(x, m, n, z, out);                                                                            \
  }
BASIN_FACTOR_LOOPS(double)
BASIN_FACTOR_LOOPS(float)
#undef BASIN_FACTOR_LOOPS

template <class Real>
BASIN_INLINE void add_diagonal(const Real* __restrict d, const Real* __restrict v, const Real* __restrict start,
                               std::size_t count, Real* __restrict out) {
  for (std::size_t i = 0; i < count; ++i) out[i] = start[i] + d[i] * v[i];
}
BASIN_VECTOR_WIDTHS void add_products(const double* d, const double* v, const double* start, std::size_t count, double* out) {
  add_diagonal(d, v, start, count, out);
}
BASIN_VECTOR_WIDTHS void add_products(const float* d, const float* v, const float* start, std::size_t count, float* out) {
  add_diagonal(d, v, start, count, out);
}

template <class Real>
AlignedVector<Real> padded(const Vector& values) {
  AlignedVector<Real> result(padded_size<Real>(static_cast<std::size_t>(values.size())), Real{0});
  for (Index i = 0; i < values.size(); ++i) result[static_cast<std::size_t>(i)] = static_cast<Real>(values[i]);
  return result;
}

}  // namespace

template <class Real>
typename FactoredCoupling<Real>::Factor FactoredCoupling<Real>::make_factor(const Matrix& patterns, std::size_t rows,
                                                                            std::size_t neurons) {
  if (has_signs_alone(patterns)) return SignFactor<Real>(patterns);
  return real_blocks<Real>(patterns, rows, neurons);
}

template <class Real>
FactoredCoupling<Real>::FactoredCoupling(const Factors& factors)
    : size_(static_cast<std::size_t>(factors.size())),
      neurons_(padded_size<Real>(size_)),
      patterns_(padded_size<Real>(static_cast<std::size_t>(factors.patterns.rows()))),
      x_(make_factor(factors.patterns, patterns_, neurons_)),
      diagonal_(padded<Real>(factors.diagonal)),
      y_(patterns_, Real{0}),
      z_(patterns_, Real{0}),
      zero_(patterns_, Real{0}) {
  if (is_diagonal(factors.core)) {
    core_ = padded<Real>(factors.core.diagonal());
  } else {
    core_.template emplace<DenseCoupling<Real>>(factors.core);
  }
}

template <class Real>
void FactoredCoupling<Real>::multiply(const Real* v, const Real* start, Real* out) {
  if (auto* signs = std::get_if<SignFactor<Real>>(&x_)) {
    signs->project(v, y_.data());
  } else {
    project(std::get<1>(x_).data(), patterns_, neurons_, v, y_.data());
  }
  if (auto* dense = std::get_if<DenseCoupling<Real>>(&core_)) {
    std::fill(y_.begin() + static_cast<std::ptrdiff_t>(dense->size()), y_.end(), Real{0});
    dense->multiply(y_.data(), zero_.data(), z_.data());
  } else {
    add_products(std::get<0>(core_).data(), y_.data(), zero_.data(), patterns_, z_.data());
  }
  add_products(diagonal_.data(), v, start, neurons_, out);
  if (auto* signs = std::get_if<SignFactor<Real>>(&x_)) {
    signs->expand(z_.data(), out);
  } else {
    expand(std::get<1>(x_).data(), patterns_, neurons_, z_.data(), out);
  }
}

template <class Real>
double FactoredCoupling<Real>::cost(const Factors& factors) {
  return cost(static_cast<double>(factors.size()), static_cast<double>(factors.patterns.rows()),
              has_signs_alone(factors.patterns), is_diagonal(factors.core));
}

template <class Real>
double FactoredCoupling<Real>::cost(double neurons, double patterns, bool signs, bool diagonal) {
  const auto n = static_cast<double>(padded_size<Real>(static_cast<std::size_t>(neurons)));
  const auto m = static_cast<double>(padded_size<Real>(static_cast<std::size_t>(patterns)));
  const double rate = signs ? 30.0 : 12.0;  // products a nanosecond
  return 2.0 * n * m / rate + (diagonal ? m : DenseCoupling<Real>::cost(m)) + 0.3 * n;
}

template class FactoredCoupling<double>;
template class FactoredCoupling<float>;

}  // namespace basin
