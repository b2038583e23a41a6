#include "models/ode/coupling.hpp"

#include <gtest/gtest.h>

#include <boost/numeric/odeint.hpp>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "models/design/random.hpp"
#include "models/learning/rule.hpp"
#include "models/ode/reference.hpp"
#include "tests/support/case_files.hpp"

namespace basin {
namespace {

constexpr std::uint64_t seed = 31;

Matrix random_matrix(Index rows, Index columns, Random& random) {
  Matrix m(rows, columns);
  for (Index k = 0; k < m.size(); ++k) m.data()[k] = random.normal();
  return m;
}

Matrix random_signs(Index rows, Index columns, Random& random) {
  Matrix m(rows, columns);
  for (Index k = 0; k < m.size(); ++k) m.data()[k] = random.sign();
  return m;
}

/// Largest |form v + start − (W v + start)| over rows, as a multiple of what rounding explains: machine epsilon times the
/// row's Σ|W_ij||v_j| + |start| times the longest chain of additions (N + M).
template <class Real, Coupling<Real> Form>
double rounding_errors(Form& form, const Matrix& w, Index chain, Random& random) {
  const auto n = static_cast<std::size_t>(w.rows());
  AlignedVector<Real> v(padded_size<Real>(n), Real{0}), start(v.size(), Real{0}), out(v.size());
  Vector exact_v(w.rows()), exact_start(w.rows());
  for (std::size_t i = 0; i < n; ++i) {
    v[i] = static_cast<Real>(random.normal());
    start[i] = static_cast<Real>(random.normal());
    exact_v[static_cast<Index>(i)] = static_cast<double>(v[i]);
    exact_start[static_cast<Index>(i)] = static_cast<double>(start[i]);
  }
  form.multiply(v.data(), start.data(), out.data());
  const Vector exact = w * exact_v + exact_start;
  const double unit = static_cast<double>(std::numeric_limits<Real>::epsilon()) * static_cast<double>(chain);
  const double size = w.cwiseAbs().rowwise().sum().maxCoeff() * exact_v.cwiseAbs().maxCoeff() +
                      exact_start.cwiseAbs().maxCoeff();
  double worst = 0.0;
  for (std::size_t i = 0; i < n; ++i) {
    worst = std::max(worst, std::abs(static_cast<double>(out[i]) - exact[static_cast<Index>(i)]) / (unit * size));
  }
  return worst;
}

Circuit circuit_of(const Matrix& w) { return test::plain_circuit(w, 1.0, ActivationKind::tanh); }

Factors random_factors(const Matrix& patterns, bool diagonal_core, Random& random) {
  const Index m = patterns.rows();
  Matrix core = Matrix::Identity(m, m) * 0.1;
  if (!diagonal_core) {
    const Matrix any = random_matrix(m, m, random);
    core = 0.1 * (any + any.transpose());
  }
  Vector diagonal(patterns.cols());
  for (double& d : diagonal) d = random.normal();
  return {patterns, core, diagonal, Vector::Ones(patterns.cols())};
}

template <class Real>
class CouplingForms : public ::testing::Test {};
using Reals = ::testing::Types<double, float>;
TYPED_TEST_SUITE(CouplingForms, Reals);

TYPED_TEST(CouplingForms, DenseAndSymmetricAgreeWithThePlainProductToRounding) {
  Random random(seed, Stream::test, 1);
  SCOPED_TRACE("seed 31");
  for (const Index n : {1, 7, 8, 16, 17, 63, 64, 65, 130, 200}) {
    const Matrix any = random_matrix(n, n, random);
    DenseCoupling<TypeParam> dense(any);
    EXPECT_LE((rounding_errors<TypeParam>(dense, any, n, random)), 1.0) << n;
    const Matrix same = any + any.transpose();
    SymmetricCoupling<TypeParam> symmetric(same);
    EXPECT_LE((rounding_errors<TypeParam>(symmetric, same, n, random)), 1.0) << n;
  }
}

TYPED_TEST(CouplingForms, FactoredAgreesWithTheDenseMatrixOfItsFactorsToRounding) {
  Random random(seed, Stream::test, 2);
  SCOPED_TRACE("seed 31");
  for (const Index n : {5, 17, 64, 91, 200}) {
    for (const Index m : {1, 4, 18, 19, 40}) {
      for (const bool diagonal_core : {true, false}) {
        for (const bool signs : {true, false}) {
          const Matrix x = signs ? random_signs(m, n, random) : random_matrix(m, n, random);
          const Factors factors = random_factors(x, diagonal_core, random);
          FactoredCoupling<TypeParam> factored(factors);
          // The middle stage sums N M terms of products that may cancel in W: its size, not W's, is what rounding scales with.
          const double cancelled = (x.cwiseAbs().transpose() * factors.core.cwiseAbs() * x.cwiseAbs()).rowwise().sum().maxCoeff() /
                                   std::max(1e-300, factors.dense().cwiseAbs().rowwise().sum().maxCoeff());
          EXPECT_LE((rounding_errors<TypeParam>(factored, factors.dense(), n + m, random)), std::max(1.0, cancelled))
              << "n " << n << " m " << m << " signs " << signs;
        }
      }
    }
  }
}

TYPED_TEST(CouplingForms, SparseAgreesWithThePlainProductToRounding) {
  Random random(seed, Stream::test, 3);
  SCOPED_TRACE("seed 31");
  Matrix w = random_matrix(90, 90, random);
  for (double& x : w.reshaped()) x = random.uniform() < 0.05 ? x : 0.0;
  SparseCoupling<TypeParam> sparse(w);
  EXPECT_LE((rounding_errors<TypeParam>(sparse, w, 90, random)), 1.0);
}

/// Weights of a 3 × 3 stencil (asymmetric, so that a transposed one shows) on a grid, from the definition.
Matrix stencil_weights(Index height, Index width, const Matrix& taps) {
  Matrix w = Matrix::Zero(height * width, height * width);
  for (Index r = 0; r < height; ++r) {
    for (Index c = 0; c < width; ++c) {
      for (Index dr = -1; dr <= 1; ++dr) {
        for (Index dc = -1; dc <= 1; ++dc) {
          if (r + dr < 0 || r + dr >= height || c + dc < 0 || c + dc >= width) continue;
          w(r * width + c, (r + dr) * width + c + dc) = taps(dr + 1, dc + 1);
        }
      }
    }
  }
  return w;
}

TYPED_TEST(CouplingForms, ConvolutionalAgreesWithThePlainProductToRounding) {
  Random random(seed, Stream::test, 4);
  SCOPED_TRACE("seed 31");
  const Matrix w = stencil_weights(9, 23, random_matrix(3, 3, random));
  const auto stencil = find_stencil(w);
  ASSERT_TRUE(stencil);
  EXPECT_EQ(stencil->height, 9);
  EXPECT_EQ(stencil->width, 23);
  EXPECT_EQ(stencil->weights.size(), 9U);
  ConvolutionCoupling<TypeParam> convolution(*stencil);
  EXPECT_LE((rounding_errors<TypeParam>(convolution, w, 9, random)), 1.0);
}

TEST(FindStencil, RefusesOneWeightThatDiffers) {
  Matrix w = stencil_weights(6, 7, Matrix::Ones(3, 3));
  ASSERT_TRUE(find_stencil(w));
  w(20, 19) = 2.0;
  EXPECT_FALSE(find_stencil(w));
  w(20, 19) = 0.0;
  EXPECT_FALSE(find_stencil(w));
}

TEST(AnyCoupling, TakesTheFormThatFitsTheWeights) {
  Random random(seed, Stream::test, 5);
  SCOPED_TRACE("seed 31");
  const Matrix any = random_matrix(128, 128, random);
  EXPECT_STREQ(AnyCoupling<double>(circuit_of(any)).name(), "dense");
  EXPECT_STREQ(AnyCoupling<double>(circuit_of(any + any.transpose())).name(), "symmetric");
  Matrix few = Matrix::Zero(128, 128);
  for (Index k = 0; k < 200; ++k) few(random.below(128), random.below(128)) = 1.0 + random.uniform();
  EXPECT_STREQ(AnyCoupling<double>(circuit_of(few)).name(), "sparse");
  EXPECT_STREQ(AnyCoupling<double>(circuit_of(stencil_weights(4, 256, Matrix::Ones(3, 3)))).name(), "convolutional");
  MemorySpec memory;
  memory.patterns = random_signs(8, 128, random);
  for (const Rule rule : {Rule::hebb, Rule::pseudo_inverse}) {
    memory.rule = rule;
    const Learned learned = learn(memory);
    Circuit circuit = circuit_of(learned.weights);
    circuit.factors = learned.factors;
    EXPECT_STREQ(AnyCoupling<double>(circuit).name(), "factored");
  }
}

TEST(Learn, GivesFactorsWhoseProductIsTheWeights) {
  Random random(seed, Stream::test, 6);
  SCOPED_TRACE("seed 31");
  MemorySpec memory;
  memory.patterns = random_signs(7, 60, random);
  Matrix dependent = memory.patterns;
  dependent.row(6) = dependent.row(2);
  for (const Rule rule : {Rule::hebb, Rule::pseudo_inverse}) {
    for (const Diagonal diagonal : {Diagonal::zero, Diagonal::keep}) {
      for (const Matrix& patterns : {memory.patterns, dependent}) {
        MemorySpec spec = memory;
        spec.patterns = patterns;
        spec.rule = rule;
        spec.diagonal = diagonal;
        const Learned learned = learn(spec);
        ASSERT_TRUE(learned.factors);
        // The Gram matrix is well conditioned (or not used): 1e-12 is ten thousand times machine epsilon.
        EXPECT_LE((learned.factors->dense() - learned.weights).cwiseAbs().maxCoeff(), 1e-12);
      }
    }
  }
}

/// The trajectory by odeint's Fehlberg 7(8) at 1e-13 and Eigen's product: another method and another product.
Vector tight_end(const Circuit& c, const Vector& u0, double t_end) {
  using Values = std::vector<double>;
  namespace odeint = boost::numeric::odeint;
  const auto rates = [&c](const Values& u, Values& dudt, double) {
    const Vector state = Eigen::Map<const Vector>(u.data(), c.size());
    Eigen::Map<Vector>(dudt.data(), c.size()) = drive(c, state).cwiseQuotient(c.tau);
  };
  Values u(u0.begin(), u0.end());
  odeint::integrate_adaptive(odeint::make_controlled<odeint::runge_kutta_fehlberg78<Values>>(1e-13, 1e-13), rates, u, 0.0,
                             t_end, 1e-3);
  return Eigen::Map<const Vector>(u.data(), c.size());
}

TEST(Integrator, FollowsATightReferenceInEveryFormWithUnequalUnits) {
  Random random(seed, Stream::test, 7);
  SCOPED_TRACE("seed 31");
  MemorySpec memory;
  memory.patterns = random_signs(6, 100, random);
  for (const Rule rule : {Rule::hebb, Rule::pseudo_inverse}) {
    memory.rule = rule;
    const Learned learned = learn(memory);
    Circuit c = circuit_of(learned.weights);
    Vector u0(100);
    for (Index i = 0; i < 100; ++i) {
      c.tau[i] = 0.5 + random.uniform();
      c.gain[i] = 2.0 + random.uniform();
      c.threshold[i] = 0.1 * random.normal();
      c.bias[i] = 0.1 * random.normal();
      c.unipolar[static_cast<std::size_t>(i)] = i % 3 == 0;
      u0[i] = random.normal();
    }
    const Vector exact = tight_end(c, u0, 4.0);
    ReferenceOptions options;
    options.rtol = 1e-10;
    options.atol = 1e-12;
    options.t_end = 4.0;
    options.stop_when_settled = false;
    for (const bool factored : {false, true}) {
      c.factors = factored ? learned.factors : nullptr;
      Integrator integrator(c);
      EXPECT_STREQ(integrator.coupling().name(), factored ? "factored" : "dense");  // unipolar units halve columns
      // A hundred times the tolerance of a step: some fifty steps of a network that may amplify.
      EXPECT_LE((integrator.run(u0, options).u - exact).cwiseAbs().maxCoeff(), 1e-8);
      EXPECT_EQ(integrator.run(u0, options).u, integrator.run(u0, options).u);
    }
  }
}

}  // namespace
}  // namespace basin
