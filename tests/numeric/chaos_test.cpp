// Largest Lyapunov exponents against closed forms and another method, and what verify says of chaotic circuits.
#include <gtest/gtest.h>

#include <cmath>
#include <iostream>

#include "models/ode/lyapunov.hpp"
#include "sim/compare/verification.hpp"
#include "sim/io/design_reader.hpp"
#include "sim/reference/simulation.hpp"
#include "tests/support/case_files.hpp"

namespace basin {
namespace {

using nlohmann::json;

LyapunovOptions usual(double duration, double transient = 100.0) {
  return {.rtol = 1e-8, .atol = 1e-10, .transient = transient, .duration = duration, .interval = 1.0};
}

std::filesystem::path example(const char* name) {
  return std::filesystem::path(BASIN_SOURCE_DIR) / "examples" / name / "design.toml";
}

// At the equilibrium v = tanh(2v) both perturbations decay, the slower by 1 − g′ = 0.83362791.
TEST(Lyapunov, AtAnEquilibriumIsTheLargestEigenvalue) {
  Matrix w(2, 2);
  w << 0.0, 1.0, 1.0, 0.0;
  const LyapunovExponent found = largest_lyapunov(test::plain_circuit(w, 2.0), Vector::Constant(2, 0.4), usual(200.0));
  EXPECT_NEAR(found.largest, -0.83362791, 1e-6);
  EXPECT_FALSE(found.is_chaotic());
}

TEST(Lyapunov, OnALimitCycleIsZero) {
  Matrix w(3, 3);
  w << 0.0, 0.0, -1.0, -1.0, 0.0, 0.0, 0.0, -1.0, 0.0;
  const LyapunovExponent found = largest_lyapunov(test::plain_circuit(w, 4.0), Vector::LinSpaced(3, -0.3, 0.4), usual(1000.0));
  EXPECT_NEAR(found.largest, 0.0, 1e-3);
}

TEST(Lyapunov, CountsInTheCircuitsTime) {
  const LyapunovExponent found = [] {
    Circuit circuit = test::plain_circuit(Matrix::Zero(1, 1), 1.0);
    circuit.tau.setConstant(0.25);
    return largest_lyapunov(circuit, Vector::Zero(1), usual(20.0, 5.0));
  }();
  EXPECT_NEAR(found.largest, -4.0, 1e-6);
}

// Another program, another method (two trajectories), other starts; the scatter of a run is that of the shorter ones there.
TEST(Lyapunov, OfTheChaoticExamplesIsThatOfAnotherProgram) {
  const json expected_cases = test::read_json(test::data() / "chaos" / "expected.json").at("cases");
  ASSERT_EQ(expected_cases.size(), 2U);
  for (const json& c : expected_cases) {
    const std::string name = c.at("name");
    SimulationOptions options;
    options.lyapunov = true;
    const Simulation found = simulate(read_design(example(name.c_str()), {}), options);
    ASSERT_TRUE(found.cues[0].lyapunov.has_value()) << name;
    const LyapunovExponent& exponent = *found.cues[0].lyapunov;
    const double expected = c.at("lyapunov"), error = std::hypot(exponent.standard_error, c.at("standard_error").get<double>());
    std::cout << name << ": λ1 " << exponent.largest << " ± " << exponent.standard_error << ", another program " << expected << " ± "
              << c.at("standard_error") << "\n";
    EXPECT_TRUE(exponent.is_chaotic());
    EXPECT_NEAR(exponent.largest, expected, 4.0 * error) << name;
  }
}

TEST(Chaos, OfThreeNeuronsPassesByItsStatistics) {
  const Verification found = run_verification(read_design(example("chaos3"), {}), {});   // golden and Verilator
  EXPECT_EQ(found.verdict, Verdict::pass) << (found.reasons.empty() ? "" : found.reasons.front());
  const Recall& recall = found.recalls[0];
  ASSERT_TRUE(recall.chaos.has_value());
  EXPECT_EQ(recall.attractor, "chaos");
  EXPECT_TRUE(recall.same_attractor);
  EXPECT_EQ(recall.chaos->neurons.size(), 3U);
  EXPECT_LT(recall.judged_steps, recall.steps / 4);
  std::cout << "chaos3: shadowing " << recall.chaos->shadowing_time << " τ, expected " << recall.chaos->expected_shadowing
            << " τ, normalised deviation " << found.deviation.normalised << "\n";
  EXPECT_GT(recall.chaos->shadowing_time, 0.3 * recall.chaos->expected_shadowing);
}

// Steps of a quarter at order 1 make another attractor of it.
TEST(Chaos, FailsWhereTheStepIsTooCoarse) {
  VerificationOptions options;
  options.engines = {"golden"};
  const Verification found = run_verification(
      read_design(example("chaos3"), {"hardware.step=1/4", "hardware.order=1", "hardware.max_steps=4096"}), options);
  EXPECT_EQ(found.verdict, Verdict::fail);
}

}  // namespace
}  // namespace basin
