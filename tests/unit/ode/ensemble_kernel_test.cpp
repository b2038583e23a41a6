#include "models/ode/ensemble_kernel.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "models/ode/ensemble_network.hpp"

namespace basin {
namespace {

std::vector<VectorIsa> offered() {
  std::vector<VectorIsa> all;
  for (const VectorIsa isa : {VectorIsa::portable, VectorIsa::avx2, VectorIsa::avx512}) {
    if (isa <= widest_isa()) all.push_back(isa);
  }
  return all;
}

template <class Real>
double ulps(Real value, long double exact) {
  const Real nearest = std::abs(static_cast<Real>(exact));
  const Real spacing = std::nextafter(nearest, std::numeric_limits<Real>::infinity()) - nearest;
  return static_cast<double>(std::abs(static_cast<long double>(value) - exact) / static_cast<long double>(spacing));
}

template <class Real>
AlignedVector<Real> tanh_of(VectorIsa isa, const AlignedVector<Real>& z) {
  const PanelKernel<Real>& kernel = panel_kernel<Real>(isa);
  AlignedVector<Real> v = z;
  v.resize((z.size() + kernel.lanes - 1) / kernel.lanes * kernel.lanes, Real{0});
  kernel.activate(PanelActivation::tanh, v.data(), v.size());
  v.resize(z.size());
  return v;
}

TEST(PanelTanh, IsWithinFiveUlpOfTheExactFunctionInSinglePrecision) {
  AlignedVector<float> z;  // every 499th number from 1e-30 to 1e5, which is every exponent many times
  const auto last = std::bit_cast<std::uint32_t>(1e5F);
  for (auto bits = std::bit_cast<std::uint32_t>(1e-30F); bits < last; bits += 499) z.push_back(std::bit_cast<float>(bits));
  const AlignedVector<float> v = tanh_of(widest_isa(), z);
  double worst = 0.0;
  for (std::size_t i = 0; i < z.size(); ++i) {
    worst = std::max(worst, ulps(v[i], std::tanh(static_cast<double>(z[i]))));
  }
  EXPECT_LE(worst, 5.0);
}

TEST(PanelTanh, IsWithinFourUlpOfTheExactFunctionInDoublePrecision) {
  AlignedVector<double> z;
  for (double x = -45.0; x <= 45.0; x += 0.00317) z.push_back(x);
  for (int e = -1000; e <= 300; ++e) z.push_back(std::ldexp(1.2345, e));
  const AlignedVector<double> v = tanh_of(widest_isa(), z);
  double worst = 0.0;
  for (std::size_t i = 0; i < z.size(); ++i) {
    worst = std::max(worst, ulps(v[i], std::tanh(static_cast<long double>(z[i]))));
  }
  EXPECT_LE(worst, 4.0);
}

template <class Real>
class PanelTanhOf : public testing::Test {};
using Precisions = testing::Types<float, double>;
TYPED_TEST_SUITE(PanelTanhOf, Precisions);

TYPED_TEST(PanelTanhOf, IsOddSaturatesNearOneAndKeepsWhatIsNoNumber) {
  using Real = TypeParam;
  for (const VectorIsa isa : offered()) {
    SCOPED_TRACE(to_string(isa));
    const Real infinity = std::numeric_limits<Real>::infinity();
    const Real nan = std::numeric_limits<Real>::quiet_NaN();
    const AlignedVector<Real> v = tanh_of<Real>(isa, {Real(0), Real(0.7), Real(-0.7), Real(1e30), infinity, -infinity, nan});
    EXPECT_EQ(v[0], Real(0));
    EXPECT_EQ(v[1], -v[2]);
    EXPECT_LE(v[3], Real(1));
    EXPECT_LE(Real(1) - v[3], 3 * std::numeric_limits<Real>::epsilon());
    EXPECT_EQ(v[4], v[3]);
    EXPECT_EQ(v[5], -v[3]);
    EXPECT_TRUE(std::isnan(v[6]));
  }
}

TYPED_TEST(PanelTanhOf, HasTheSameBitsWithEveryKindOfVectorInstructions) {
  using Real = TypeParam;
  AlignedVector<Real> z;
  for (double x = -12.0; x <= 12.0; x += 0.00317) z.push_back(static_cast<Real>(x));
  const AlignedVector<Real> v = tanh_of(VectorIsa::portable, z);
  for (const VectorIsa isa : offered()) EXPECT_EQ(tanh_of(isa, z), v) << to_string(isa);
}

}  // namespace
}  // namespace basin
