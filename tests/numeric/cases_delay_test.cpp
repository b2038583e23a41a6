// Delay oscillators of tests/data/delay, and the delay at which they begin.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <vector>

#include "models/ode/reference.hpp"
#include "tests/support/case_files.hpp"

namespace basin {
namespace {

using nlohmann::json;

/// Every neuron inhibits every other one.
Circuit all_inhibitory(Index n, double gain, double delay) {
  Matrix w = Matrix::Constant(n, n, -1.0);
  w.diagonal().setZero();
  Circuit circuit = test::plain_circuit(w, gain);
  circuit.delay = Vector::Constant(n, delay);
  return circuit;
}

/// u_0 at 0, 1e-3, … `t_end`.
Vector path(const Circuit& circuit, const Vector& u0, double t_end) {
  ReferenceOptions options;
  options.t_end = t_end;
  options.stop_when_settled = false;
  options.record_energy = false;
  for (int k = 0; k <= static_cast<int>(1e3 * t_end); ++k) options.sample_times.push_back(1e-3 * k);
  return integrate(circuit, u0, options).samples.col(0);
}

/// Mean of the last three times between upward zero crossings, each on the straight line between two samples.
double last_periods(const Vector& u) {
  std::vector<double> crossings;
  for (Index k = 0; k + 1 < u.size(); ++k) {
    if (u[k] < 0.0 && u[k + 1] >= 0.0) crossings.push_back(1e-3 * (static_cast<double>(k) + u[k] / (u[k] - u[k + 1])));
  }
  return (crossings.back() - crossings[crossings.size() - 4]) / 3.0;
}

TEST(DelayOscillator, StatesPeriodsAndAmplitudesAgreeWithOtherSolvers) {
  const json expected = test::read_json(test::data() / "delay" / "expected.json");
  double worst_u = 0.0, worst_period = 0.0, worst_amplitude = 0.0;
  int oscillating = 0, settled = 0;
  for (const json& c : expected.at("cases")) {
    const Index n = c.at("N");
    const Circuit circuit = all_inhibitory(n, c.at("gain"), c.at("tau"));
    const Vector u0 = Vector::Constant(n, c.at("u0_history").get<double>());
    const Vector u = path(circuit, u0, 60.0);
    for (const json& row : c.at("u_at")) {
      const auto k = static_cast<Index>(std::lround(1e3 * row.at(0).get<double>()));
      worst_u = std::max(worst_u, std::abs(u[k] - row.at(1).get<double>()));
    }
    const ReferenceRun run = integrate(circuit, u0, {});
    if (!c.at("oscillates").get<bool>()) {
      EXPECT_EQ(run.reason, EndReason::settled);
      ++settled;
      continue;
    }
    EXPECT_EQ(run.reason, EndReason::oscillating);
    ++oscillating;
    worst_period = std::max(worst_period, std::abs(last_periods(u) / c.at("period").get<double>() - 1.0));
    const double largest = u.tail(15'000).cwiseAbs().maxCoeff();
    worst_amplitude = std::max(worst_amplitude, std::abs(largest / c.at("amplitude").get<double>() - 1.0));
  }
  std::cout << "delay: " << oscillating << " oscillate, " << settled << " settle; worst error of u " << worst_u
            << ", of a period " << worst_period << ", of an amplitude " << worst_amplitude << "\n";
  EXPECT_EQ(oscillating, 4);
  EXPECT_EQ(settled, 1);
  EXPECT_LE(worst_u, 1e-6);
  EXPECT_LE(worst_period, 1e-4);
  EXPECT_LE(worst_amplitude, 1e-4);
}

TEST(DelayOscillator, PeriodIsThatOfTheCycleEvenWhereItIsReachedSlowly) {
  const ReferenceRun run = integrate(all_inhibitory(2, 1.5, 3.0), Vector::Constant(2, 0.2), {});
  ASSERT_EQ(run.reason, EndReason::oscillating);
  EXPECT_NEAR(run.period.value() / 7.665286460, 1.0, 1e-6);   // tests/data/delay/limit.py
}

/// Whether a small oscillation in phase grows: the largest |u| of t in [30, 40] beside that of [20, 30].
bool grows(Index n, double gain, double delay) {
  ReferenceOptions options;
  options.t_end = 40.0;
  options.stop_when_settled = false;
  options.atol = 1e-14;
  for (int k = 0; k <= 2000; ++k) options.sample_times.push_back(20.0 + 0.01 * k);
  const ReferenceRun run = integrate(all_inhibitory(n, gain, delay), Vector::Constant(n, 1e-4), options);
  return run.samples.bottomRows(1000).cwiseAbs().maxCoeff() > run.samples.topRows(1000).cwiseAbs().maxCoeff();
}

/// The delay between decay and growth, by bisection.
double critical_delay(Index n, double gain) {
  double decays = 0.05, rises = 3.0;
  for (int k = 0; k < 16; ++k) {
    const double middle = 0.5 * (decays + rises);
    (grows(n, gain, middle) ? rises : decays) = middle;
  }
  return 0.5 * (decays + rises);
}

TEST(DelayOscillator, BeginsAtTheCriticalDelayOfTheLinearMode) {
  // (s + 1)e^{sd} = −β(N − 1) has s = iω at ω = √(β²(N − 1)² − 1), d = (π − atan ω)/ω.
  const struct {
    Index n;
    double gain, critical;
  } cases[] = {{3, 2.0, 0.470820}, {5, 2.0, 0.213692}, {3, 1.0, 1.209200}};
  for (const auto& c : cases) {
    const double found = critical_delay(c.n, c.gain);
    std::cout << "delay: N = " << c.n << ", gain " << c.gain << ": begins at " << found << ", expected " << c.critical << "\n";
    EXPECT_NEAR(found / c.critical, 1.0, 0.01);
  }
}

}  // namespace
}  // namespace basin
