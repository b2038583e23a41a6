// The flip-flop and the ring oscillators of tests/data, against other solvers and closed forms.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <iostream>

#include "models/ode/reference.hpp"
#include "tests/support/case_files.hpp"

namespace basin {
namespace {

using nlohmann::json;
using test::data;

Vector vector_of(const json& list) {
  const auto values = list.get<std::vector<double>>();
  return Eigen::Map<const Vector>(values.data(), static_cast<Index>(values.size()));
}

Matrix matrix_of(const json& rows) {
  const auto n = static_cast<Index>(rows.size());
  Matrix m(n, n);
  for (Index i = 0; i < n; ++i) m.row(i) = vector_of(rows.at(static_cast<std::size_t>(i))).transpose();
  return m;
}

ReferenceOptions tight() {
  ReferenceOptions options;
  options.rtol = 1e-11;
  options.atol = 1e-13;
  return options;
}

Circuit flip_flop(double gain) {
  Matrix w(2, 2);
  w << 0.0, 1.0, 1.0, 0.0;
  return test::plain_circuit(w, gain);
}

/// Largest |u − expected| over the sampled states of one trajectory.
double sample_error(const Circuit& circuit, const json& trajectory) {
  ReferenceOptions options = tight();
  options.sample_times = trajectory.at("t").get<std::vector<double>>();
  options.t_end = options.sample_times.back();
  options.stop_when_settled = false;
  const ReferenceRun run = integrate(circuit, vector_of(trajectory.at("u0")), options);
  double worst = 0.0;
  for (std::size_t k = 0; k < options.sample_times.size(); ++k) {
    const Vector expected = vector_of(trajectory.at("u").at(k));
    worst = std::max(worst, (run.samples.row(static_cast<Index>(k)).transpose() - expected).cwiseAbs().maxCoeff());
  }
  return worst;
}

TEST(FlipFlop, TrajectoriesAgreeWithOtherSolversTo1e8) {
  const json expected = test::read_json(data() / "flipflop" / "expected.json");
  double worst = 0.0;
  int rows = 0;
  for (const json& c : expected.at("cases")) {
    for (const json& trajectory : c.at("trajectories")) {
      worst = std::max(worst, sample_error(flip_flop(c.at("gain")), trajectory));
      ++rows;
    }
  }
  std::cout << "flipflop: trajectories " << rows << ", worst error of u " << worst << "\n";
  EXPECT_EQ(rows, 24);
  EXPECT_LE(worst, 1e-8);
}

TEST(FlipFlop, EndsInTheClosedFormFixedPointWithItsEigenvaluesAndEnergy) {
  const json expected = test::read_json(data() / "flipflop" / "expected.json");
  double worst_u = 0.0;
  double worst_eigenvalue = 0.0;
  double worst_energy = 0.0;
  for (const json& c : expected.at("cases")) {
    const Circuit circuit = flip_flop(c.at("gain"));
    for (const json& trajectory : c.at("trajectories")) {
      const ReferenceRun run = integrate(circuit, vector_of(trajectory.at("u0")), {});
      ASSERT_EQ(run.reason, EndReason::settled);
      const Equilibrium end = polish(circuit, run.u, true);
      ASSERT_TRUE(end.converged && end.stable);
      worst_u = std::max(worst_u, (end.u - vector_of(trajectory.at("u_final"))).cwiseAbs().maxCoeff());
      const Vector eigenvalues = vector_of(c.at("eig_at_fixed_point"));
      worst_eigenvalue = std::max(worst_eigenvalue, (end.eigenvalues.real() - eigenvalues).cwiseAbs().maxCoeff());
      worst_energy = std::max(worst_energy, std::abs(energy(circuit, end.u) - trajectory.at("E_final").get<double>()));
    }
  }
  std::cout << "flipflop: worst error of u* " << worst_u << ", of an eigenvalue " << worst_eigenvalue << ", of E "
            << worst_energy << "\n";
  EXPECT_LE(worst_u, 1e-8);
  EXPECT_LE(worst_eigenvalue, 1e-8);
  EXPECT_LE(worst_energy, 1e-8);
}

TEST(FlipFlop, SettlingTimesAgreeTo1Percent) {
  const json expected = test::read_json(data() / "flipflop" / "expected.json");
  double worst = 0.0;
  for (const json& c : expected.at("cases")) {
    for (const json& trajectory : c.at("trajectories")) {
      if (trajectory.at("settle_0p01").is_null()) continue;
      const double settle = trajectory.at("settle_0p01");
      const ReferenceRun run = integrate(flip_flop(c.at("gain")), vector_of(trajectory.at("u0")), {});
      worst = std::max(worst, std::abs(run.settle_time - settle) / std::max(settle, 1e-9));
    }
  }
  std::cout << "flipflop: worst settling time error " << worst << "\n";
  EXPECT_LE(worst, 0.01);
}

TEST(RingOscillator, PeriodsAgreeTo1e6AndRingsBelowTheHopfGainDecay) {
  const json expected = test::read_json(data() / "ring_osc" / "expected.json");
  double worst = 0.0;
  int oscillating = 0;
  int decaying = 0;
  for (const json& c : expected.at("cases")) {
    ReferenceOptions options = tight();
    const Circuit circuit = test::plain_circuit(matrix_of(c.at("T")), c.at("gain"));
    const ReferenceRun run = integrate(circuit, vector_of(c.at("u0")), options);
    if (c.at("period").is_null()) {
      ++decaying;
      EXPECT_EQ(run.reason, EndReason::settled);
      EXPECT_LE(run.u.cwiseAbs().maxCoeff(), 1e-8);
      EXPECT_FALSE(run.period.has_value());
      continue;
    }
    ++oscillating;
    ASSERT_EQ(run.reason, EndReason::oscillating) << "gain " << c.at("gain");
    worst = std::max(worst, std::abs(run.period.value() / c.at("period").get<double>() - 1.0));
  }
  std::cout << "ring_osc: oscillating " << oscillating << ", decaying " << decaying << ", worst period error " << worst
            << "\n";
  EXPECT_EQ(oscillating, 5);
  EXPECT_EQ(decaying, 1);
  EXPECT_LE(worst, 1e-6);
}

TEST(RingOscillator, SampledStatesAgreeTo1e8) {
  const json expected = test::read_json(data() / "ring_osc" / "expected.json");
  double worst = 0.0;
  for (const json& c : expected.at("cases")) {
    json trajectory = {{"u0", c.at("u0")}, {"t", json::array()}, {"u", json::array()}};
    for (const json& sample : c.at("u_at_t")) {
      trajectory["t"].push_back(sample.at(0));
      trajectory["u"].push_back(sample.at(1));
    }
    worst = std::max(worst, sample_error(test::plain_circuit(matrix_of(c.at("T")), c.at("gain")), trajectory));
  }
  std::cout << "ring_osc: worst error of a sampled u " << worst << "\n";
  EXPECT_LE(worst, 1e-8);
}

}  // namespace
}  // namespace basin
