#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "models/learning/rule.hpp"
#include "tests/unit/learning/patterns.hpp"

namespace basin {
namespace {

using test::memory;
using test::random_patterns;

Index stored(const Learned& learned) { return (learned.margins.array() > 0.0).count(); }

TEST(Covariance, StoresBiasedPatternsWhereHebbsRuleFails) {
  for (const double activity : {0.1, 0.2, 0.3}) {
    const Matrix patterns = random_patterns(31, 15, 400, activity);
    const Learned learned = learn(memory(Rule::covariance, patterns));
    EXPECT_EQ(stored(learned), 15) << activity;
    EXPECT_LT(stored(learn(memory(Rule::hebb, patterns))), 3) << activity;
  }
}

TEST(Covariance, OfEvenPatternsIsHebbsRule) {
  Matrix patterns = random_patterns(32, 4, 30);
  patterns.conservativeResize(8, 30);
  patterns.bottomRows(4) = -patterns.topRows(4);   // the mean entry is exactly 0
  const Learned learned = learn(memory(Rule::covariance, patterns));
  EXPECT_LE((learned.weights - learn(memory(Rule::hebb, patterns)).weights).cwiseAbs().maxCoeff(), 1e-15);
  EXPECT_LE(learned.bias.cwiseAbs().maxCoeff(), 1e-14);   // on and off fields mirror each other
}

// The bias is the best common one: moving all biases either way lowers the least margin.
TEST(Covariance, ChoosesTheThresholdOfTheLargestLeastMargin) {
  const MemorySpec spec = memory(Rule::covariance, random_patterns(33, 10, 200, 0.2));
  const Learned learned = learn(spec);
  for (const double shift : {-0.01, 0.01}) {
    Learned moved = learned;
    moved.bias.array() += shift;
    set_margins(moved, spec.patterns);
    EXPECT_NEAR(moved.margins.minCoeff(), learned.margins.minCoeff() - 0.01, 1e-12);
  }
}

TEST(Covariance, SaysThatPatternsOfOneSignCarryNothing) {
  const Learned learned = learn(memory(Rule::covariance, Matrix::Ones(1, 4)));
  EXPECT_TRUE(learned.weights.isZero());
  ASSERT_EQ(learned.remarks.size(), 1U);
}

MemorySpec unlearned(const Matrix& patterns, int count) {
  MemorySpec spec = memory(Rule::unlearning, patterns);
  spec.unlearning_count = count;
  return spec;
}

// Hopfield, Feinstein & Palmer 1983: ε = 0.01, and memories that Hebb's rule loses come back.
TEST(Unlearning, StoresMoreMemoriesThanHebbsRule) {
  Index before = 0, after = 0;
  for (std::uint32_t draw = 0; draw < 5; ++draw) {
    const Matrix patterns = random_patterns(40 + draw, 20, 100);
    before += stored(learn(memory(Rule::hebb, patterns)));
    after += stored(learn(unlearned(patterns, 600)));
  }
  EXPECT_LT(before, 60);   // of 100
  EXPECT_GT(after, 90);
}

TEST(Unlearning, OfNothingIsHebbsRule) {
  const Matrix patterns = random_patterns(34, 3, 30);
  EXPECT_LE((learn(unlearned(patterns, 0)).weights - learn(memory(Rule::hebb, patterns)).weights).cwiseAbs().maxCoeff(), 1e-15);
}

// With one memory every start ends in it or its inverse, so that each time takes ε from the weight 1.
TEST(Unlearning, TakesItsShareFromTheOnlyMemory) {
  const Matrix pattern = random_patterns(35, 1, 31);
  const Learned learned = learn(unlearned(pattern, 20));
  const Matrix hebb = learn(memory(Rule::hebb, pattern)).weights;
  EXPECT_LE((learned.weights - (1.0 - 20 * 0.01) * hebb).cwiseAbs().maxCoeff(), 1e-12);
  ASSERT_EQ(learned.remarks.size(), 1U);
  EXPECT_NE(learned.remarks[0].find("20 of them memories"), std::string::npos) << learned.remarks[0];
}

TEST(Unlearning, DependsOnItsSeedAlone) {
  MemorySpec spec = unlearned(random_patterns(36, 8, 40), 50);
  const Matrix first = learn(spec).weights;
  EXPECT_EQ(learn(spec).weights, first);
  spec.seed = 2;
  EXPECT_NE(learn(spec).weights, first);
}

}  // namespace
}  // namespace basin
