#include "models/circuit/activation.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

namespace basin {
namespace {

struct Shape {
  std::string name;
  Activation activation;
};

Matrix sample_table() {
  Matrix points(5, 2);
  points << -2.0, -1.0, -0.5, -0.6, 0.5, 0.6, 1.0, 0.8, 3.0, 1.0;
  return points;
}

std::vector<Shape> smooth_shapes() {
  return {{"tanh", Activation(ActivationKind::tanh)},
          {"logistic", Activation(ActivationKind::logistic)},
          {"erf", Activation(ActivationKind::erf)},
          {"algebraic", Activation(ActivationKind::algebraic)},
          {"arctan", Activation(ActivationKind::arctan)}};
}

std::vector<Shape> all_shapes() {
  std::vector<Shape> shapes = smooth_shapes();
  shapes.push_back({"clipped-linear", Activation(ActivationKind::clipped_linear)});
  shapes.push_back({"hard", Activation(ActivationKind::hard)});
  shapes.push_back({"table", Activation(sample_table())});
  shapes.push_back({"power", Activation::power(3.0)});
  return shapes;
}

TEST(Activation, HasTheValuesOfItsClosedForm) {
  // tanh 0.7, erf(0.35√π), 0.7/√1.49 and (2/π) atan(0.35π), by Python's math module.
  EXPECT_NEAR(Activation(ActivationKind::tanh).value(0.7), 0.604367777117163, 1e-14);
  EXPECT_NEAR(Activation(ActivationKind::erf).value(0.7), 0.6196870915462005, 1e-14);
  EXPECT_NEAR(Activation(ActivationKind::algebraic).value(0.7), 0.573462344363328, 1e-14);
  EXPECT_NEAR(Activation(ActivationKind::arctan).value(0.7), 0.5301648277797824, 1e-14);
  EXPECT_EQ(Activation(ActivationKind::clipped_linear).value(0.7), 0.7);
  EXPECT_EQ(Activation(ActivationKind::clipped_linear).value(-1.7), -1.0);
}

TEST(Activation, PowerIsThePowerOfWhatLiesBetweenZeroAndOne) {
  const Activation cube = Activation::power(3.0);   // V = (1 + g)/2
  EXPECT_EQ(cube.value(-0.5), -1.0);
  EXPECT_NEAR(cube.value(0.5), 2.0 * 0.125 - 1.0, 1e-15);
  EXPECT_EQ(cube.value(1.5), 1.0);
  EXPECT_NEAR(cube.slope(0.5), 2.0 * 3.0 * 0.25, 1e-15);
  EXPECT_NEAR(cube.value(cube.saturation(0.01)), 0.99, 1e-14);
  EXPECT_EQ(cube.flat_beyond(), 1.0);
  EXPECT_THROW(static_cast<void>(Activation::power(0.0)), std::invalid_argument);
}

TEST(Activation, HardUnitIsPlusOneAtZero) {
  const Activation hard(ActivationKind::hard);
  EXPECT_EQ(hard.value(0.0), 1.0);
  EXPECT_EQ(hard.value(-1e-300), -1.0);
  EXPECT_EQ(hard.slope(0.0), 0.0);
}

TEST(Activation, SmoothShapesHaveSlopeOneAtZero) {
  for (const Shape& shape : smooth_shapes()) EXPECT_NEAR(shape.activation.slope(0.0), 1.0, 1e-15) << shape.name;
}

TEST(Activation, SlopeIsTheDerivativeOfTheValue) {
  const double h = 1e-3;  // eighth-order central difference: truncation below 1e-20, round-off about 1e-16/h
  for (const Shape& shape : smooth_shapes()) {
    for (double z = -6.0; z <= 6.0; z += 0.37) {
      const auto g = [&](double at) { return shape.activation.value(at); };
      const double difference = (4.0 / 5.0 * (g(z + h) - g(z - h)) - 1.0 / 5.0 * (g(z + 2 * h) - g(z - 2 * h)) +
                                 4.0 / 105.0 * (g(z + 3 * h) - g(z - 3 * h)) - 1.0 / 280.0 * (g(z + 4 * h) - g(z - 4 * h))) / h;
      EXPECT_NEAR(shape.activation.slope(z), difference, 1e-12) << shape.name << " at " << z;
    }
  }
}

TEST(Activation, TailSlopesKeepTheirRelativeAccuracy) {
  // 1 − tanh² would be 0 or garbage here; sech²(20) = 4e⁻⁴⁰ to within e⁻⁸⁰.
  EXPECT_NEAR(Activation(ActivationKind::tanh).slope(20.0) / (4.0 * std::exp(-40.0)), 1.0, 1e-12);
}

/// ∫_a^b t g′(t) dt by composite Gauss–Legendre, five points a cell.
double quadrature(const Activation& activation, double a, double b) {
  const double node[] = {-0.9061798459386640, -0.5384693101056831, 0.0, 0.5384693101056831, 0.9061798459386640};
  const double weight[] = {0.2369268850561891, 0.4786286704993665, 0.5688888888888889, 0.4786286704993665, 0.2369268850561891};
  const int cells = 400;
  const double half = (b - a) / cells / 2.0;
  double sum = 0.0;
  for (int c = 0; c < cells; ++c) {
    for (int k = 0; k < 5; ++k) {
      const double t = a + (2 * c + 1 + node[k]) * half;
      sum += weight[k] * half * t * activation.slope(t);
    }
  }
  return sum;
}

TEST(Activation, EnergyIsTheIntegralOfTheInverse) {
  // ∫_0^{g(z)} g⁻¹(s) ds = ∫_0^z t g′(t) dt, split at every kink of the shapes.
  const std::vector<double> kinks = {-2.0, -1.0, -0.5, 0.5, 1.0, 3.0};
  for (const Shape& shape : all_shapes()) {
    for (const double z : {-5.0, -1.0, -0.3, 1e-3, 0.8, 1.0, 1.5, 7.0}) {
      std::vector<double> cuts = {std::min(z, 0.0)};
      for (const double kink : kinks) {
        if (kink > cuts.front() && kink < std::max(z, 0.0)) cuts.push_back(kink);
      }
      cuts.push_back(std::max(z, 0.0));
      double expected = 0.0;
      for (std::size_t k = 0; k + 1 < cuts.size(); ++k) expected += quadrature(shape.activation, cuts[k], cuts[k + 1]);
      EXPECT_NEAR(shape.activation.energy(z), z < 0.0 ? -expected : expected, 1e-12) << shape.name << " at " << z;
    }
  }
}

TEST(Activation, EnergyOfTheTanhUnitAgreesWithHopfieldsFormInV) {
  const Activation tanh(ActivationKind::tanh);
  for (const double v : {0.1, 0.5, 0.9, -0.7}) {
    const double expected = v * std::atanh(v) + 0.5 * std::log(1.0 - v * v);
    EXPECT_NEAR(tanh.energy(std::atanh(v)), expected, 1e-14);
  }
}

TEST(Activation, EnergyStaysFiniteAndSmoothFarBeyondSaturation) {
  const Activation tanh(ActivationKind::tanh);
  EXPECT_NEAR(tanh.energy(1e300), std::log(2.0), 1e-15);
  EXPECT_NEAR(tanh.energy(1e-8), 0.5e-16, 1e-26);
  EXPECT_NEAR(tanh.energy(1.0 - 1e-12), tanh.energy(1.0 + 1e-12), 1e-11);  // where the two forms meet
  EXPECT_TRUE(std::isfinite(Activation(ActivationKind::algebraic).energy(1e200)));
  EXPECT_TRUE(std::isfinite(Activation(ActivationKind::arctan).energy(1e200)));
}

TEST(Activation, TableEnergyOfALineIsHalfItsSquare) {
  Matrix line(2, 2);
  line << -1.0, -1.0, 1.0, 1.0;
  const Activation table(line);
  for (const double z : {-2.0, -0.4, 0.0, 0.7, 3.0}) {
    EXPECT_NEAR(table.energy(z), Activation(ActivationKind::clipped_linear).energy(z), 1e-15);
    EXPECT_EQ(table.value(z), Activation(ActivationKind::clipped_linear).value(z));
  }
}

TEST(Activation, SaturationIsWhereTheFunctionFirstComesWithinTheTolerance) {
  for (const Shape& shape : smooth_shapes()) {
    for (const double tolerance : {0.1, 1e-3, 1e-5}) {
      const double z = shape.activation.saturation(tolerance);
      if (std::isinf(z)) continue;
      EXPECT_NEAR(1.0 - shape.activation.value(z), tolerance, 1e-9 * tolerance + 1e-15) << shape.name;
    }
  }
  EXPECT_EQ(Activation(ActivationKind::clipped_linear).saturation(0.25), 0.75);
  EXPECT_NEAR(Activation(sample_table()).saturation(0.1), 2.0, 1e-12);
  EXPECT_EQ(Activation(ActivationKind::hard).saturation(1e-3), 0.0);
}

TEST(Activation, SlowTailsNeverSaturateWithinReach) {
  EXPECT_TRUE(std::isinf(Activation(ActivationKind::arctan).saturation(1e-7)));
  EXPECT_TRUE(std::isinf(Activation(ActivationKind::algebraic).saturation(1e-14)));
  Matrix low(2, 2);
  low << -1.0, -0.5, 1.0, 0.5;
  EXPECT_TRUE(std::isinf(Activation(low).saturation(0.1)));
}

TEST(Activation, LargestSlopeIsReachedAndNeverExceeded) {
  for (const Shape& shape : all_shapes()) {
    if (shape.activation.kind() == ActivationKind::hard) continue;
    double largest = 0.0;
    for (double z = -4.0; z <= 4.0; z += 0.01) largest = std::max(largest, shape.activation.slope(z));
    EXPECT_NEAR(shape.activation.max_slope(), largest, 1e-4) << shape.name;
  }
  EXPECT_TRUE(std::isinf(Activation(ActivationKind::hard).max_slope()));
}

TEST(Activation, OnlyAnUnevenTableIsNotOdd) {
  EXPECT_TRUE(Activation(ActivationKind::erf).is_odd());
  EXPECT_FALSE(Activation(sample_table()).is_odd());
  EXPECT_FALSE(Activation::power(2.0).is_odd());
  Matrix odd(4, 2);
  odd << -2.0, -1.0, -0.5, -0.6, 0.5, 0.6, 2.0, 1.0;
  EXPECT_TRUE(Activation(odd).is_odd());
}

TEST(Activation, RefusesATableThatDoesNotRise) {
  Matrix bad(2, 2);
  bad << 1.0, 0.0, 1.0, 0.5;
  EXPECT_THROW(Activation{bad}, std::invalid_argument);
}

}  // namespace
}  // namespace basin
