#include "models/ode/kernels.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "models/circuit/circuit.hpp"
#include "models/design/random.hpp"
#include "models/ode/dense_coupling.hpp"
#include "models/ode/system.hpp"
#include "tests/support/case_files.hpp"

namespace basin {
namespace {

double ulps(double value, long double exact) {
  const double nearest = static_cast<double>(exact);
  const double spacing = std::nextafter(std::abs(nearest), std::numeric_limits<double>::infinity()) - std::abs(nearest);
  return static_cast<double>(std::abs(static_cast<long double>(value) - exact)) / spacing;
}

std::vector<double> tanh_of(const std::vector<double>& z) {
  const std::vector<double> gain(z.size(), 1.0), offset(z.size(), 0.0);
  std::vector<double> v(z.size());
  tanh_outputs(gain.data(), z.data(), offset.data(), z.size(), v.data());
  return v;
}

TEST(TanhOutputs, IsWithinFourUlpOfTheExactFunctionEverywhere) {
  std::vector<double> z;
  for (double x = -45.0; x <= 45.0; x += 0.00317) z.push_back(x);
  for (int e = -1000; e <= 300; ++e) z.push_back(std::ldexp(1.2345, e));
  const std::vector<double> v = tanh_of(z);
  double worst = 0.0;
  for (std::size_t i = 0; i < z.size(); ++i) worst = std::max(worst, ulps(v[i], std::tanh(static_cast<long double>(z[i]))));
  EXPECT_LE(worst, 4.0);
}

TEST(TanhOutputs, KeepsTheSignOfZeroAndSaturatesToOne) {
  const std::vector<double> v = tanh_of({0.0, -0.0, 1e300, -std::numeric_limits<double>::infinity()});
  EXPECT_EQ(v[0], 0.0);
  EXPECT_TRUE(std::signbit(v[1]));
  EXPECT_EQ(v[2], 1.0);
  EXPECT_EQ(v[3], -1.0);
}

TEST(Combine, FusesEveryProductIntoTheSumInOrderOfTheTerms) {
  // Bit equality with the plain loop: what another copy of the kernel, without fused multiply-adds, would break.
  Random random(22, Stream::test, 1);
  SCOPED_TRACE("seed 22");
  constexpr std::size_t n = 91;
  std::array<std::vector<double>, 6> terms;
  std::array<const double*, 6> in{};
  std::array<double, 6> factors{};
  for (std::size_t k = 0; k < 6; ++k) {
    factors[k] = random.normal();
    for (std::size_t i = 0; i < n; ++i) terms[k].push_back(random.normal());
    in[k] = terms[k].data();
  }
  std::vector<double> out(n);
  combine<6>(factors, in, n, out.data());
  for (std::size_t i = 0; i < n; ++i) {
    double sum = factors[0] * terms[0][i];
    for (std::size_t k = 1; k < 6; ++k) sum = std::fma(factors[k], terms[k][i], sum);
    EXPECT_EQ(out[i], sum) << i;
  }
}

TEST(DenseCoupling, SumsEveryRowInColumnOrderWithoutContraction) {
  // Bit equality with the plain sum: what a fused multiply-add or another order of summation would break.
  Random random(21, Stream::test, 1);
  SCOPED_TRACE("seed 21");
  for (const Index n : {1, 2, 7, 8, 9, 64, 91}) {
    Matrix m(n, n);
    for (Index k = 0; k < m.size(); ++k) m.data()[k] = random.normal();
    DenseCoupling<double> fast(m);
    const std::size_t padded = (static_cast<std::size_t>(n) + 7) / 8 * 8;
    AlignedVector<double> x(padded, 0.0);
    AlignedVector<double> start(padded, 0.0);
    AlignedVector<double> out(padded);
    for (std::size_t i = 0; i < static_cast<std::size_t>(n); ++i) {
      x[i] = random.normal();
      start[i] = random.normal();
    }
    fast.multiply(x.data(), start.data(), out.data());
    for (Index i = 0; i < n; ++i) {
      double sum = start[static_cast<std::size_t>(i)];
      for (Index j = 0; j < n; ++j) {
        volatile const double product = m(i, j) * x[static_cast<std::size_t>(j)];  // volatile: rounded on its own
        sum += product;
      }
      EXPECT_EQ(out[static_cast<std::size_t>(i)], sum) << "n " << n << " row " << i;
    }
  }
}

TEST(System, IsTheDriveOverTauWithThresholdsAndBothRanges) {
  Random random(22, Stream::test, 2);
  SCOPED_TRACE("seed 22");
  for (const ActivationKind kind : {ActivationKind::tanh, ActivationKind::arctan, ActivationKind::clipped_linear}) {
    const Index n = 9;
    Matrix w(n, n);
    for (Index k = 0; k < w.size(); ++k) w.data()[k] = random.normal();
    Circuit c = test::plain_circuit(w, 1.0, kind);
    State u(9);
    for (Index i = 0; i < n; ++i) {
      c.tau[i] = 0.3 + random.uniform();
      c.gain[i] = 0.3 + random.uniform();
      c.threshold[i] = random.normal();
      c.bias[i] = random.normal();
      c.unipolar[static_cast<std::size_t>(i)] = i % 2 == 0;
      u[static_cast<std::size_t>(i)] = random.normal();
    }
    System system(c);
    State rate(9);
    system(u, rate, 0.0);
    const Vector expected = drive(c, Eigen::Map<const Vector>(u.data(), n)).cwiseQuotient(c.tau);
    EXPECT_LE((Eigen::Map<const Vector>(rate.data(), n) - expected).cwiseAbs().maxCoeff(), 1e-13);
  }
}

}  // namespace
}  // namespace basin
