#include "models/certify/enclosures.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <sstream>
#include <string>

#include "models/design/error.hpp"

namespace basin {
namespace {

/// What mpmath says of one activation at one z (tests/data/certify/README.md).
struct Sample {
  std::string kind;
  double z;
  Interval value, slope, curvature;
};

std::vector<Sample> samples() {
  std::vector<Sample> all;
  std::ifstream file(BASIN_TEST_DATA "/certify/enclosures.csv");
  for (std::string line; std::getline(file, line);) {
    std::istringstream fields(line);
    std::vector<double> numbers;
    std::string kind, field;
    std::getline(fields, kind, ',');
    while (std::getline(fields, field, ',')) numbers.push_back(std::strtod(field.c_str(), nullptr));
    all.push_back({kind, numbers.at(0), {numbers.at(1), numbers.at(2)}, {numbers.at(3), numbers.at(4)}, {numbers.at(5),
                                                                                                         numbers.at(6)}});
  }
  return all;
}

Activation activation_of(const std::string& kind) {
  if (kind == "tanh") return Activation(ActivationKind::tanh);
  if (kind == "erf") return Activation(ActivationKind::erf);
  if (kind == "algebraic") return Activation(ActivationKind::algebraic);
  if (kind == "arctan") return Activation(ActivationKind::arctan);
  return Activation::power(std::stod(kind.substr(5)));
}

/// Wider than the truth by no more than a few roundings of numbers of this size.
bool is_tight(const Interval& enclosure, const Interval& truth, double size) {
  const double room = 32.0 * std::numeric_limits<double>::epsilon() * size;
  return truth.lower() - enclosure.lower() <= room && enclosure.upper() - truth.upper() <= room;
}

TEST(Enclosures, HoldTheValuesOfAnotherLibraryTightly) {
  const std::vector<Sample> all = samples();
  ASSERT_EQ(all.size(), 256U);
  for (const Sample& sample : all) {
    SCOPED_TRACE(sample.kind + " at " + std::to_string(sample.z));
    const Activation activation = activation_of(sample.kind);
    const Interval value = enclosed_value(activation, sample.z), slope = enclosed_slope(activation, sample.z);
    EXPECT_TRUE(value.holds(sample.value));
    EXPECT_TRUE(is_tight(value, sample.value, 1.0));
    EXPECT_TRUE(slope.holds(sample.slope));
    EXPECT_TRUE(is_tight(slope, sample.slope, activation.max_slope()));
    const double bound = curvature_bound(activation, sample.z), truth = sample.curvature.magnitude();
    EXPECT_GE(bound, truth);
    EXPECT_LE(bound, truth * (1.0 + 1e-13));
  }
}

// Every sample whose z lies in an interval has its values in the enclosures over that interval.
TEST(Enclosures, OverAnIntervalHoldEveryValueInside) {
  const std::vector<Sample> all = samples();
  for (const Sample& from : all) {
    for (const Sample& to : all) {
      if (from.kind != to.kind || !(from.z < to.z) || to.z - from.z > 1.5) continue;
      const Activation activation = activation_of(from.kind);
      const Interval z(from.z, to.z);
      const Interval value = enclosed_value(activation, z), slope = enclosed_slope(activation, z);
      const double bound = curvature_bound(activation, z);
      EXPECT_EQ(value.lower(), enclosed_value(activation, from.z).lower());
      for (const Sample& inside : all) {
        if (inside.kind != from.kind || !z.holds(inside.z)) continue;
        EXPECT_TRUE(value.holds(inside.value));
        EXPECT_TRUE(slope.holds(inside.slope)) << from.kind << " " << from.z << " " << to.z << " " << inside.z;
        EXPECT_GE(bound, inside.curvature.magnitude());
      }
    }
  }
}

// The root of g‴, and |g″| there, by findroot and diff of mpmath 1.3.0 at 30 digits.
TEST(Enclosures, KnowTheLargestCurvatureOfEachShape) {
  const Interval all = Interval::entire();
  EXPECT_NEAR(curvature_bound(Activation(ActivationKind::tanh), all), 0.7698003589195010, 1e-15);
  EXPECT_NEAR(curvature_bound(Activation(ActivationKind::erf), all), 0.7601734505331403, 1e-15);
  EXPECT_NEAR(curvature_bound(Activation(ActivationKind::algebraic), all), 0.8586501033599194, 1e-15);
  EXPECT_NEAR(curvature_bound(Activation(ActivationKind::arctan), all), 1.0202621423817479, 1e-15);
}

TEST(Enclosures, OfCornersHoldBothSlopesAndNoCurvature) {
  const Activation clipped(ActivationKind::clipped_linear);
  EXPECT_EQ(enclosed_slope(clipped, Interval(-0.5, 0.5)), Interval(1.0));
  EXPECT_EQ(enclosed_slope(clipped, Interval(1.5, 2.0)), Interval(0.0));
  EXPECT_EQ(enclosed_slope(clipped, Interval(1.0)), Interval(0.0, 1.0));
  EXPECT_EQ(curvature_bound(clipped, Interval(-0.5, 0.5)), 0.0);
  EXPECT_TRUE(std::isinf(curvature_bound(clipped, Interval(0.5, 1.0))));
  EXPECT_EQ(enclosed_value(clipped, Interval(-2.0, 0.25)), Interval(-1.0, 0.25));
  const Activation square = Activation::power(2.0);
  EXPECT_TRUE(enclosed_slope(square, Interval(0.5, 1.0)).holds(Interval(0.0, 4.0)));
  EXPECT_EQ(enclosed_slope(square, Interval(-1.0, -0.5)), Interval(0.0));
  EXPECT_TRUE(std::isinf(curvature_bound(square, Interval(0.5, 1.0))));
}

TEST(Enclosures, OfATableFollowItsSegments) {
  Matrix points(4, 2);
  points << -1.0, -0.5, 0.0, 0.25, 0.5, 0.125, 1.0, 0.875;   // falls between 0 and 0.5
  const Activation table(points);
  EXPECT_EQ(enclosed_value(table, Interval(-0.5, 0.75)), Interval(-0.125, 0.5));
  EXPECT_EQ(enclosed_value(table, Interval(-0.25, 0.25)).upper(), 0.25);
  EXPECT_EQ(enclosed_slope(table, Interval(0.125, 0.25)), Interval(-0.25));
  EXPECT_EQ(enclosed_slope(table, Interval(0.0)), Interval(-0.25, 0.75));
  EXPECT_EQ(enclosed_slope(table, Interval(0.75, 2.0)), Interval(0.0, 1.5));
  EXPECT_EQ(curvature_bound(table, Interval(0.125, 0.25)), 0.0);
  EXPECT_TRUE(std::isinf(curvature_bound(table, Interval(0.25, 0.75))));
}

Circuit two_neurons(ActivationKind kind) {
  Circuit circuit;
  circuit.weights = Matrix::Zero(2, 2);
  circuit.bias = circuit.threshold = Vector::Zero(2);
  circuit.tau = circuit.resistance = Vector::Ones(2);
  circuit.gain = Vector::Constant(2, 1.0);
  circuit.gain[1] = 4.0;
  circuit.unipolar = {false, false};
  circuit.activation = Activation(kind);
  return circuit;
}

TEST(NeuronEnclosures, TakeTheGainOfEachNeuron) {
  const Circuit circuit = two_neurons(ActivationKind::clipped_linear);
  const NeuronEnclosures neurons(circuit);
  EXPECT_EQ(neurons.output(1, Interval(-0.125, 0.0625)), Interval(-0.5, 0.25));
  EXPECT_EQ(neurons.slope(0, 0.125), Interval(1.0));
  EXPECT_EQ(neurons.slope(1, 0.125), Interval(4.0));
  const Circuit smooth = two_neurons(ActivationKind::tanh);
  EXPECT_NEAR(NeuronEnclosures(smooth).curvature(1, Interval::entire()), 16.0 * 0.7698003589195010, 1e-13);
}

TEST(NeuronEnclosures, RefuseHardUnits) {
  const Circuit circuit = two_neurons(ActivationKind::hard);
  EXPECT_THROW(NeuronEnclosures{circuit}, ClaimError);
}

}  // namespace
}  // namespace basin
