#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "models/learning/margin_program.hpp"
#include "models/learning/rule.hpp"
#include "tests/unit/learning/patterns.hpp"

namespace basin {
namespace {

using test::memory;
using test::random_patterns;

Matrix distinct(const Matrix& patterns) {
  std::set<std::string> seen;
  std::vector<Index> kept;
  for (Index m = 0; m < patterns.rows(); ++m) {
    std::string signs;
    for (const double entry : patterns.row(m)) signs += entry > 0.0 ? '+' : '-';
    if (seen.insert(signs).second) kept.push_back(m);
  }
  return patterns(kept, Eigen::all);
}

Matrix hypercube(Index size) {
  Matrix patterns(Index{1} << size, size);
  for (Index m = 0; m < patterns.rows(); ++m) {
    for (Index i = 0; i < size; ++i) patterns(m, i) = (m >> i & 1) != 0 ? 1.0 : -1.0;
  }
  return patterns;
}

/// Each pattern one entry from the one before.
Matrix chain(std::uint32_t draw, Index count, Index size) {
  Matrix patterns = random_patterns(300 + draw, count, size);
  for (Index m = 1; m < count; ++m) {
    patterns.row(m) = patterns.row(m - 1);
    patterns(m, (m * 5 + draw) % size) *= -1.0;
  }
  return distinct(patterns);
}

Matrix hostile(std::uint32_t draw) {
  const Index size = 3 + draw % 6;
  if (draw % 10 == 0) return hypercube(std::min<Index>(size, 8));
  if (draw % 3 == 0) return chain(draw, 1 + draw % 4, size);
  return distinct(random_patterns(400 + draw, 1 + draw % 4 + (draw % 5 == 0 ? 4 : 0), size + 4));
}

/// Four restrictions, of which each draw has one.
MemorySpec restricted(std::uint32_t draw) {
  MemorySpec spec = memory(Rule::max_margin, hostile(draw));
  const Index size = spec.patterns.cols();
  spec.symmetric = draw % 2 == 0;
  if (draw % 4 >= 2) {
    spec.mask = Matrix::Ones(size, size);
    for (Index i = 0; i < size; ++i) {
      for (Index j = 0; j < size; ++j) spec.mask(i, j) = std::abs(i - j) <= 3 ? 1.0 : 0.0;
    }
  }
  if (draw % 8 >= 4) {
    spec.polarity = Vector::Ones(size);
    if (draw % 3 == 1) spec.polarity[size / 2] = -1.0;
  }
  return spec;
}

/// Whether the conditions, added up as often as they say, leave every weight that the design allows without a coefficient that
/// could help: written anew from [memory], one weight at a time.
bool cancel(const MemorySpec& spec, const std::vector<Condition>& conditions) {
  const Index size = spec.patterns.cols();
  const auto sign_of = [&](Index j) { return spec.polarity.size() > 0 ? spec.polarity[j] : 0.0; };
  const auto exists = [&](Index i, Index j) {
    return i != j && (spec.mask.size() == 0 || spec.mask(i, j) > 0.0) &&
           (!spec.symmetric || sign_of(i) * sign_of(j) >= 0.0);
  };
  for (Index i = 0; i < size; ++i) {
    for (Index j = 0; j < size; ++j) {
      if (!exists(i, j) || (spec.symmetric && j < i)) continue;
      std::int64_t coefficient = 0;
      for (const Condition& condition : conditions) {
        const bool here = condition.neuron == i || (spec.symmetric && condition.neuron == j);
        const auto product = static_cast<std::int64_t>(spec.patterns(condition.memory, i) * spec.patterns(condition.memory, j));
        if (here) coefficient += condition.times * product;
      }
      const double sign = sign_of(j) != 0.0 || !spec.symmetric ? sign_of(j) : sign_of(i);
      if (coefficient != 0 && static_cast<double>(coefficient) * sign >= 0.0) return false;
    }
  }
  return true;
}

TEST(Certificate, OrAPositiveMarginEndsEveryHostileSet) {
  int stored = 0, refuted = 0;
  for (std::uint32_t draw = 0; draw < 200; ++draw) {
    const MemorySpec spec = restricted(draw);
    const WeightSpace space = weight_space(spec);
    MarginProgram program(spec.patterns, space);
    program.run(1e-3, 10000);
    if (program.margins().minCoeff() > 0.0) {
      EXPECT_TRUE(program.impossibility().empty()) << draw;
      ++stored;
      continue;
    }
    ASSERT_FALSE(program.impossibility().empty()) << "draw " << draw << ", seed 41:\n" << spec.patterns;
    for (const Condition& condition : program.impossibility()) EXPECT_GT(condition.times, 0);
    EXPECT_TRUE(cancel(spec, program.impossibility())) << impossibility_text(program.impossibility(), spec);
    ++refuted;
  }
  EXPECT_GT(stored, 30);
  EXPECT_GT(refuted, 30);
}

TEST(Certificate, SaysHowManyConditionsItLeavesOutAndWhereAllAre) {
  const MemorySpec spec = memory(Rule::max_margin, random_patterns(2, 14, 3));
  std::vector<Condition> conditions;
  for (Index m = 0; m < 12; ++m) conditions.push_back({m, 1, 1});
  EXPECT_EQ(impossibility_text(conditions, spec).find("more"), std::string::npos);
  for (Index m = 12; m < 14; ++m) conditions.push_back({m, 1, 1});
  EXPECT_NE(impossibility_text(conditions, spec).find("(neuron 1, memory 11) + 2 more no weight can help (results.json has all 14)"),
            std::string::npos)
      << impossibility_text(conditions, spec);
}

// A refusal hands its conditions on, all of them.
TEST(Certificate, OfARestrictionIsInTheRefusal) {
  MemorySpec spec = memory(Rule::max_margin, hypercube(3));
  spec.mask = Matrix::Ones(3, 3);
  try {
    learn(spec);
    FAIL();
  } catch (const ContradictionError& error) {
    EXPECT_TRUE(cancel(spec, error.conditions()));
    EXPECT_FALSE(error.conditions().empty());
    EXPECT_EQ(error.names(), spec.names);
  }
}

TEST(MarginProgram, GoesOnWhereItStopped) {
  const MemorySpec spec = memory(Rule::max_margin, random_patterns(51, 6, 24));
  MarginProgram once(spec.patterns, weight_space(spec)), twice(spec.patterns, weight_space(spec));
  EXPECT_EQ(once.run(0.0, 30), 30);
  EXPECT_EQ(twice.run(0.0, 20), 20);
  EXPECT_EQ(twice.run(0.0, 30), 30);
  EXPECT_EQ(twice.weights(), once.weights());
  EXPECT_EQ(twice.run(1.0, 40), 30);   // close enough already
}

// Weak duality: every pass's dual value lies below the norm of weights of margin 1, of whichever rule they are.
TEST(MarginProgram, NeverHasADualValueAboveTheNormOfWeightsOfMarginOne) {
  for (const bool symmetric : {true, false}) {
    MemorySpec spec = memory(Rule::perceptron, random_patterns(50, 6, 24));
    spec.symmetric = symmetric;
    const Learned other = learn(spec);
    const double norm = 0.5 * (symmetric ? 0.5 : 1.0) * other.weights.squaredNorm() / std::pow(other.margins.minCoeff(), 2);
    MarginProgram program(spec.patterns, weight_space(spec));
    for (int pass = 0; pass < 60; ++pass) {
      program.pass();
      EXPECT_LE(program.dual(), norm);
    }
    EXPECT_LT(program.gap(), 1e-2);
    EXPECT_GT(program.dual(), 0.0);
  }
}

}  // namespace
}  // namespace basin
