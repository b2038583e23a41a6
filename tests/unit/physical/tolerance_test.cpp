#include "models/physical/tolerance.hpp"

#include <gtest/gtest.h>

#include <Eigen/LU>
#include <algorithm>
#include <cmath>

#include "models/physical/realisation.hpp"
#include "tests/support/fixed_circuits.hpp"

namespace basin {
namespace {

/// Dense, with biases and resistors to ground, passive.
ResistorNetwork full_network(Index n) {
  Random random(13, Stream::test, static_cast<std::uint32_t>(n));
  Circuit circuit = test::circuit_of(test::gaussian(n, random), 3.0);
  for (Index i = 0; i < n; ++i) circuit.bias[i] = 0.3 * random.normal();
  circuit.resistance.setConstant(1e5);
  circuit.tau.setConstant(1e-6);
  return make_network(rescaled(circuit, 1.2 * passive_scale(circuit)), 1.5);
}

/// R over the nominal R of every resistor.
std::vector<double> resistor_factors(const ResistorNetwork& exact, const ResistorNetwork& made) {
  std::vector<double> factors;
  for (Index i = 0; i < exact.size(); ++i) {
    for (Index j = 0; j < exact.size(); ++j) factors.push_back(exact.conductance(i, j) / made.conductance(i, j));
    factors.push_back(exact.bias[i] / made.bias[i]);
    factors.push_back(exact.leak[i] / made.leak[i]);
  }
  return factors;
}

double normal_share(double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }
double uniform_share(double x) { return std::clamp(0.5 * (x + 1.0), 0.0, 1.0); }

/// Kolmogorov's √n D of the values under the distribution function: 1.95 is exceeded once in a thousand times.
double kolmogorov(std::vector<double> values, double (*share)(double)) {
  std::sort(values.begin(), values.end());
  const auto n = static_cast<double>(values.size());
  double largest = 0.0;
  for (std::size_t k = 0; k < values.size(); ++k) {
    const double at = share(values[k]), i = static_cast<double>(k);
    largest = std::max({largest, at - i / n, (i + 1.0) / n - at});
  }
  return std::sqrt(n) * largest;
}

}  // namespace

TEST(Tolerance, DrawsResistorsFromTheDistributionThatIsAskedFor) {
  const ResistorNetwork network = full_network(30);
  for (const bool uniform : {false, true}) {
    ToleranceSpec spec;
    spec.uniform = uniform;
    spec.resistors = 0.05;
    std::vector<double> all;
    for (std::uint32_t sample = 0; sample < 10; ++sample) {
      for (const double factor :
           resistor_factors(network, made_parts(network, ideal_amplifiers(30), spec, sample).network)) {
        all.push_back((factor - 1.0) / 0.05);
      }
    }
    double mean = 0.0, square = 0.0;
    for (const double x : all) {
      mean += x / static_cast<double>(all.size());
      square += x * x / static_cast<double>(all.size());
    }
    const double sd = uniform ? 1.0 / std::sqrt(3.0) : 1.0, n = static_cast<double>(all.size());
    EXPECT_NEAR(mean, 0.0, 3.3 * sd / std::sqrt(n));
    EXPECT_NEAR(square, sd * sd, 3.3 * std::sqrt(uniform ? 4.0 / 45.0 : 2.0) / std::sqrt(n));  // variance of x²
    EXPECT_LT(kolmogorov(all, uniform ? uniform_share : normal_share), 1.95);
    EXPECT_EQ(std::ranges::any_of(all, [](double x) { return std::abs(x) > 1.0; }), !uniform);
  }
}

TEST(Tolerance, DrawsCapacitorsAndOffsetsLikewise) {
  const Index n = 200;
  const ResistorNetwork network = full_network(n);
  ToleranceSpec spec;
  spec.capacitors = 0.1;
  spec.input_offset_v = 0.002;
  std::vector<double> capacitors, offsets;
  for (std::uint32_t sample = 0; sample < 20; ++sample) {
    const MadeParts made = made_parts(network, ideal_amplifiers(n), spec, sample);
    for (Index i = 0; i < n; ++i) {
      capacitors.push_back((made.network.capacitance[i] / network.capacitance[i] - 1.0) / 0.1);
      offsets.push_back(made.amplifiers.input_offset_v[i] / 0.002);
    }
  }
  EXPECT_LT(kolmogorov(capacitors, normal_share), 1.95);
  EXPECT_LT(kolmogorov(offsets, normal_share), 1.95);
}

// A share of a half makes one factor in fifty negative: such parts do not exist.
TEST(Tolerance, MakesNoPartOfLessThanATenth) {
  const ResistorNetwork network = full_network(30);
  ToleranceSpec spec;
  spec.resistors = 0.5;
  const std::vector<double> factors =
      resistor_factors(network, made_parts(network, ideal_amplifiers(30), spec, 3).network);
  EXPECT_GE(*std::min_element(factors.begin(), factors.end()), 0.1);
  EXPECT_LT(*std::min_element(factors.begin(), factors.end()), 0.3);
}

TEST(Tolerance, GivesTheTwoSynapsesOfAPairResistorsOfTheirOwn) {
  const ResistorNetwork network = full_network(8);
  ASSERT_EQ(network.conductance, network.conductance.transpose());
  ToleranceSpec spec;
  spec.resistors = 0.01;
  const ResistorNetwork made = made_parts(network, ideal_amplifiers(8), spec, 0).network;
  for (Index i = 0; i < 8; ++i) {
    for (Index j = 0; j < i; ++j) EXPECT_NE(made.conductance(i, j), made.conductance(j, i));
  }
}

// One kind of fault more does not change what the others drew; another sample or seed changes all.
TEST(Tolerance, DrawsEachKindFromAStreamOfItsOwn) {
  const ResistorNetwork network = full_network(8);
  ToleranceSpec alone, both;
  alone.resistors = both.resistors = 0.01;
  both.capacitors = 0.01;
  both.input_offset_v = 0.01;
  const auto made = [&](const ToleranceSpec& spec, std::uint32_t sample) {
    return made_parts(network, ideal_amplifiers(8), spec, sample).network.conductance;
  };
  EXPECT_EQ(made(alone, 5), made(both, 5));
  EXPECT_NE(made(alone, 5), made(alone, 6));
  ToleranceSpec other = alone;
  other.seed = 2;
  EXPECT_NE(made(alone, 5), made(other, 5));
}

TEST(Tolerance, BreaksTheShareOfSynapsesThatIsAskedFor) {
  const Index n = 60;
  const ResistorNetwork network = full_network(n);
  ToleranceSpec spec;
  spec.stuck_open = 0.2;
  spec.stuck_short = 0.1;
  spec.short_resistance_ohm = 500.0;
  const ResistorNetwork made = made_parts(network, ideal_amplifiers(n), spec, 0).network;
  const double all = static_cast<double>(n * n);
  const double open = static_cast<double>((made.conductance.array() == 0.0).count());
  const double shorted = static_cast<double>((made.conductance.array().abs() == 1.0 / 500.0).count());
  EXPECT_NEAR(open / all, 0.2, 3.3 * std::sqrt(0.16 / all));
  EXPECT_NEAR(shorted / all, 0.1, 3.3 * std::sqrt(0.09 / all));
  EXPECT_TRUE((made.conductance.array() * network.conductance.array() >= 0.0).all());
  EXPECT_EQ(made.bias, network.bias);
}

// Without synapses every node rests where its bias and its resistor to ground pull it.
TEST(Tolerance, WithEverySynapseOpenLeavesTheBiasAlone) {
  const ResistorNetwork network = full_network(6);
  ToleranceSpec spec;
  spec.stuck_open = 1.0;
  const MadeParts made = made_parts(network, ideal_amplifiers(6), spec, 0);
  EXPECT_TRUE(made.network.conductance.isZero(0.0));
  const auto point = operating_point(made.network, made.amplifiers, Vector::Constant(6, 0.1));
  ASSERT_TRUE(point);
  EXPECT_TRUE(point->stable);
  for (Index i = 0; i < 6; ++i) {
    EXPECT_NEAR(point->u_v[i], 1.5 * network.bias[i] / (std::abs(network.bias[i]) + network.leak[i]), 1e-12);
  }
}

// A supply that droops takes from the outputs, not from the reference of the biases.
TEST(Tolerance, DroopLowersTheRailsOfTheOutputs) {
  const ResistorNetwork network = full_network(4);
  ToleranceSpec spec;
  spec.supply_droop = 0.2;
  const MadeParts made = made_parts(network, ideal_amplifiers(4), spec, 0);
  const AmplifierSystem system(made.network, made.amplifiers);
  const Vector v = system.positive_outputs(Vector::Constant(4, 50.0));
  EXPECT_NEAR(v[0], 1.2, 1e-12);
  EXPECT_EQ(made.network.bias, network.bias);
  EXPECT_EQ(made.network.swing, 1.5);
}

// First-order perturbation theory: δu = −J⁻¹ δf, with δf_i = −δ_ij T_ij (±V_j − u_i) of a resistor that is larger by
// δ_ij. So var(u) is a sum of squares over all resistors; the sample's variance is within 3.3 standard errors √(2/n) of
// it.
TEST(Tolerance, MovesAnOperatingPointAsPerturbationTheorySays) {
  const Index n = 6;
  const ResistorNetwork network = full_network(n);
  const AmplifierModel ideal = ideal_amplifiers(n);
  const AmplifierSystem system(network, ideal);
  const AmplifierRun run = integrate(
      system, Vector::Constant(n, 0.3), {.rtol = 1e-8, .atol = 1e-10, .slowest = circuit_of(network).tau.maxCoeff()});
  const auto nominal = operating_point(network, ideal, run.y);
  ASSERT_TRUE(nominal && nominal->stable);
  const Vector u = nominal->u_v, v = system.positive_outputs(u);
  const Matrix jacobian = network.capacitance.asDiagonal() * system.jacobian(u);
  const Matrix inverse = Eigen::MatrixXd(jacobian).partialPivLu().inverse();
  const double share = 1e-3;
  Vector variance = Vector::Zero(n);
  for (Index i = 0; i < n; ++i) {
    double squares = std::pow(network.leak[i] * u[i], 2);
    squares += std::pow(network.bias[i] * network.swing - std::abs(network.bias[i]) * u[i], 2);
    for (Index j = 0; j < n; ++j)
      squares += std::pow(network.conductance(i, j) * v[j] - std::abs(network.conductance(i, j)) * u[i], 2);
    for (Index k = 0; k < n; ++k) variance[k] += std::pow(inverse(k, i), 2) * squares * share * share;
  }
  ToleranceSpec spec;
  spec.resistors = share;
  constexpr int samples = 4000;
  Vector square = Vector::Zero(n), sum = Vector::Zero(n);
  for (std::uint32_t sample = 0; sample < samples; ++sample) {
    const auto point = operating_point(made_parts(network, ideal, spec, sample).network, ideal, u);
    ASSERT_TRUE(point);
    const Vector shift = point->u_v - u;
    sum += shift;
    square += shift.cwiseAbs2();
  }
  for (Index k = 0; k < n; ++k) {
    const double found = (square[k] - sum[k] * sum[k] / samples) / (samples - 1);
    EXPECT_NEAR(found / variance[k], 1.0, 3.3 * std::sqrt(2.0 / samples)) << k;
  }
}

}  // namespace basin
