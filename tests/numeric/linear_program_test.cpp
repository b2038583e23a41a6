// Tank & Hopfield's linear-programming circuit: steady states of other solvers, the rule of its violations, the RTL.
#include <gtest/gtest.h>

#include <cmath>
#include <iostream>
#include <sstream>

#include "models/design/error.hpp"
#include "sim/compare/verification.hpp"
#include "sim/reference/simulation.hpp"
#include "tests/support/case_files.hpp"
#include "tests/support/toml_design.hpp"

namespace basin {
namespace {

using nlohmann::json;

/// A program as a design with C = 1 F.
std::string program(const json& cost, const json& constraints, const json& bounds, double resistance, double penalty,
                    const std::string& more = "") {
  std::ostringstream text;
  text << "[circuit]\nunits = \"physical\"\ncapacitance = 1\nresistance = " << resistance << "\n[problem]\nkind = \"lp\"\ncost = "
       << cost.dump() << "\nconstraints = " << constraints.dump() << "\nbounds = " << bounds.dump() << "\npenalty = " << penalty << "\n"
       << more;
  return text.str();
}

std::string program(const json& c, const std::string& more = "") {
  return program(c.at("A"), c.at("D"), c.at("B"), c.at("R"), c.at("K"), more);
}

TEST(LinearProgram, SettlesInTheSteadyStateOfTheCases) {
  for (const char* name : {"lp2a", "lp2b"}) {
    const json expected = test::read_json(test::data() / "ht_lp" / name / "expected.json");
    for (const double tau : {1e-3, 1e-2}) {
      const Simulation found = simulate(test::toml_design(program(expected, "tau_constraint = " + std::to_string(tau) + "\n")), {});
      ASSERT_EQ(found.cues[0].reason, EndReason::settled) << name;
      ASSERT_TRUE(found.solution.has_value());
      double worst = 0.0;
      for (Index i = 0; i < 2; ++i) {
        worst = std::max(worst, std::abs(found.solution->state[i] - expected.at("circuit_steady_state")[static_cast<std::size_t>(i)].get<double>()));
      }
      std::cout << "ht_lp " << name << ": tau_constraint " << tau << ", worst error of the steady state " << worst << "\n";
      EXPECT_LE(worst, 1e-6);
      EXPECT_NEAR(found.solution->value, expected.at("circuit_value").get<double>(), 1e-6);
      for (Index j = 0; j < 4; ++j) {
        EXPECT_EQ(found.solution->residual[j] < 0.0, expected.at("active")[static_cast<std::size_t>(j)].get<bool>()) << j;
        EXPECT_NEAR(found.solution->dual[j], 100.0 * std::max(0.0, -found.solution->residual[j]), 1e-12);
      }
    }
  }
}

// The transient of the case has constraint amplifiers without a time constant; what a slow one adds is of its order.
TEST(LinearProgram, FollowsTheCasesTransient) {
  const json expected = test::read_json(test::data() / "ht_lp" / "lp2a" / "expected.json");
  Design design = test::toml_design(program(expected, "tau_constraint = 1e-5\n[simulate]\nt_end = 1.0\nsamples = 20\n"));
  const Simulation found = simulate(design, {});
  for (const std::size_t k : {0U, 1U, 2U}) {
    const double t = expected.at("transient_t")[k];
    const auto row = static_cast<Index>(std::lround(20.0 * t));
    for (Index i = 0; i < 2; ++i) {
      EXPECT_NEAR(found.cues[0].samples(row, i), expected.at("transient_V")[k][static_cast<std::size_t>(i)].get<double>(), 2e-3) << t;
    }
  }
}

/// Of max x0 + 2 x1 so that x0 + x1 <= 1, x0 <= 0.7, x1 <= 0.6: optimum (0.4, 0.6), cost -1.6, duals 1, 0, 1.
Simulation standard(double penalty) {
  return simulate(test::toml_design(program({-1, -2}, {{-1, -1}, {-1, 0}, {0, -1}}, {-1.0, -0.7, -0.6}, 1e4, penalty)), {});
}

TEST(LinearProgram, IsViolatedByTheDualOverThePenalty) {
  for (const double penalty : {10.0, 100.0, 1000.0}) {
    const Simulation found = standard(penalty);
    ASSERT_TRUE(found.solution.has_value());
    const Vector dual = (Vector(3) << 1.0, 0.0, 1.0).finished();
    EXPECT_LE((found.solution->dual - dual).cwiseAbs().maxCoeff(), 5e-4) << penalty;   // the leak takes x/R = 1e-4
    const double cost_error = found.solution->value + 1.6;
    EXPECT_NEAR(cost_error * penalty, -2.0, 5e-3) << penalty;                           // −Σ dual²/K
    EXPECT_NEAR(found.solution->state[0], 0.4 , 1e-2 / std::sqrt(penalty)) << penalty;
  }
}

// C u' = -u/R - A - D'f(D V - B) with V = g(50 u), R = 10 differs from x = u by its saturation; the published costs are
// those of the exact rule: -1.6 - 2/K.
TEST(LinearProgram, HasTheTabulatedCosts) {
  const double costs[] = {-1.799915, -1.619996, -1.602000};
  const double penalties[] = {10.0, 100.0, 1000.0};
  for (int k = 0; k < 3; ++k) EXPECT_NEAR(standard(penalties[k]).solution->value, costs[k], 2e-4) << penalties[k];
}

TEST(LinearProgram, IsSolvedByTheRtlToo) {
  for (const char* name : {"lp2a", "lp2b"}) {
    const json expected = test::read_json(test::data() / "ht_lp" / name / "expected.json");
    const Design design = test::toml_design(program(
        expected, (name == std::string("lp2a") ? "largest = 5\n" : "largest = 8\n") +
                      std::string("tau_constraint = 0.00390625\n[hardware]\nstep = \"1/64\"\nweight = 16\nstate = \"s30.14\"\n"
                                  "max_steps = 65536\n[verify]\nmax_state_deviation = 2.5e-4\nmax_borderline = 1\n")));
    const Verification found = run_verification(design, {});   // golden and Verilator
    EXPECT_EQ(found.verdict, Verdict::pass) << (found.reasons.empty() ? "" : found.reasons.front());
    const bool rests = name == std::string("lp2a");   // lp2b has duals of a few output codes: the core hunts between two
    EXPECT_EQ(found.recalls[0].reason == EndReason::settled, rests);
    EXPECT_EQ(found.recalls[0].same_attractor, rests);
    ASSERT_TRUE(found.solution && found.reference_solution);
    const double error = (found.solution->state - found.reference_solution->state).cwiseAbs().maxCoeff();
    std::cout << "ht_lp " << name << ": RTL " << found.solution->state.transpose() << ", circuit "
              << found.reference_solution->state.transpose() << ", steps " << found.recalls[0].steps << "\n";
    EXPECT_LE(error, 5e-4);
    EXPECT_LE(std::abs(found.reference_solution->state[0] - expected.at("circuit_steady_state")[0].get<double>()), 1e-6);
  }
}

TEST(LinearProgram, SaysWhatACoreCannotHold) {
  const json expected = test::read_json(test::data() / "ht_lp" / "lp2a" / "expected.json");
  EXPECT_THROW(prepare(test::toml_design(program(expected))), ClaimError);   // τ of 1 : 1000
}

}  // namespace
}  // namespace basin
