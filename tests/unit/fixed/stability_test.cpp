#include "models/fixed/stability.hpp"

#include <gtest/gtest.h>

#include <Eigen/Cholesky>
#include <cmath>

#include "models/design/error.hpp"
#include "tests/support/fixed_circuits.hpp"

namespace basin {
namespace {

StepRule rule_for(const Matrix& weights, double slope, Order order) {
  const Vector ones = Vector::Ones(weights.rows());
  return StepRules(weights, ones, ones, ones, order).at(slope);
}

// Λ = 1: order 1 h < 2/(1 + β), order 2 h < 1/(1 + β).
TEST(StepRule, IsTheClosedFormForTwoInhibitoryUnits) {
  for (const double slope : {1.5, 4.0, 10.0}) {
    EXPECT_NEAR(rule_for(test::inhibition(), slope, Order::one).below, 2.0 / (1.0 + slope), 1e-12);
    EXPECT_NEAR(rule_for(test::inhibition(), slope, Order::two).below, 1.0 / (1.0 + slope), 1e-12);
  }
}

TEST(StepRule, IsCappedAtOneAndAHalfWhenNothingInhibits) {
  const Matrix excitation = Matrix::Identity(3, 3);
  EXPECT_EQ(rule_for(excitation, 4.0, Order::one).limit(), 1.0);
  EXPECT_EQ(rule_for(excitation, 4.0, Order::two).limit(), 0.5);
  EXPECT_TRUE(rule_for(excitation, 4.0, Order::two).holds(0.5));
  EXPECT_FALSE(rule_for(excitation, 4.0, Order::two).holds(0.6));
}

TEST(StepRule, IsStrictAtItsBound) {
  const StepRule rule = rule_for(test::inhibition(), 3.0, Order::two);   // 1/4, which a step can be exactly
  EXPECT_TRUE(rule.holds(0.25 - 1e-9));
  EXPECT_FALSE(rule.holds(0.25 + 1e-9));
}

/// diag((c τ_i/dt − 1) d_i/β_i) + D W ≻ 0 by its definition: positive pivots just below the bound, one negative above.
TEST(StepRule, IsWhereTheUnequalFormStopsBeingPositive) {
  constexpr std::uint64_t seed = 8;
  for (std::uint32_t k = 0; k < 40; ++k) {
    Random random(seed, Stream::test, k);
    constexpr Index n = 6;
    const Matrix conductance = test::gaussian(n, random);
    Vector d(n), slopes(n), shares(n);
    for (Index i = 0; i < n; ++i) {
      d[i] = 0.5 + random.uniform();
      slopes[i] = 1.0 + 5.0 * random.uniform();
      shares[i] = 0.25 + 0.75 * random.uniform();
    }
    const Matrix weights = d.cwiseInverse().asDiagonal() * conductance;
    const Order order = k % 2 == 0 ? Order::one : Order::two;
    const double c = order == Order::one ? 2.0 : 1.0;
    const StepRule rule = StepRules(weights, d, slopes / 3.0, shares, order).at(3.0);
    const auto positive = [&](double h) {
      Matrix form = d.asDiagonal() * weights;
      form.diagonal().array() += ((c / (h * shares.array())) - 1.0) * d.array() / slopes.array();
      return Eigen::LLT<Matrix>(form).info() == Eigen::Success;
    };
    EXPECT_TRUE(positive(rule.below * (1.0 - 1e-9))) << "seed " << seed << ", draw " << k;
    EXPECT_FALSE(positive(rule.below * (1.0 + 1e-9))) << "seed " << seed << ", draw " << k;
  }
}

TEST(StepRule, NamesTheLargestStepThatHolds) {
  const StepRule rule = rule_for(test::inhibition(), 10.0, Order::two);   // h < 1/11
  EXPECT_NO_THROW(require_stable(rule, 4, Order::two));
  try {
    require_stable(rule, 3, Order::two);
    FAIL() << "step 1/8 was let through";
  } catch (const ClaimError& refusal) {
    const std::string text = refusal.what();
    EXPECT_NE(text.find("step 1/8 breaks the stability rule"), std::string::npos) << text;
    EXPECT_NE(text.find("the largest that holds is 1/16"), std::string::npos) << text;
  }
}

TEST(StepRule, RefusesNothingWithoutAnEnergyArgument) {
  const StepRule rule = no_step_rule("W is not symmetric");
  EXPECT_EQ(rule.note, "no energy argument: W is not symmetric");
  EXPECT_NO_THROW(require_stable(rule, 0, Order::two));
}

}  // namespace
}  // namespace basin
