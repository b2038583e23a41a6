#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "models/design/error.hpp"
#include "models/learning/margin_program.hpp"
#include "models/learning/mistake_bound.hpp"
#include "models/learning/rule.hpp"
#include "tests/unit/learning/patterns.hpp"

namespace basin {
namespace {

using test::memory;
using test::patterns_of;
using test::random_patterns;

/// The message of the ClaimError that learning causes, or "".
std::string refusal(const MemorySpec& spec) {
  try {
    learn(spec);
  } catch (const ClaimError& error) {
    return error.what();
  }
  return "";
}

/// 1 where |i − j| ≤ reach.
Matrix band(Index size, Index reach) {
  Matrix mask = Matrix::Zero(size, size);
  for (Index i = 0; i < size; ++i) {
    for (Index j = 0; j < size; ++j) mask(i, j) = std::abs(i - j) <= reach ? 1.0 : 0.0;
  }
  return mask;
}

constexpr Rule learners[] = {Rule::perceptron, Rule::max_margin};

TEST(Topology, KeepsWeightsWhereItHasThemAndStoresEveryMemory) {
  for (const Rule rule : learners) {
    for (const bool symmetric : {true, false}) {
      MemorySpec spec = memory(rule, random_patterns(11, 4, 40));
      spec.mask = band(40, 8);
      spec.symmetric = symmetric;
      const Learned learned = learn(spec);
      EXPECT_TRUE((learned.weights.array() * (1.0 - spec.mask.array()) == 0.0).all());
      EXPECT_TRUE(learned.weights.diagonal().isZero());
      EXPECT_GE(learned.margins.minCoeff(), 0.5 - 1e-9);
      EXPECT_EQ(learned.weights == Matrix(learned.weights.transpose()), symmetric);
    }
  }
}

TEST(Topology, CutsHebbsWeightsAndNoMore) {
  MemorySpec spec = memory(Rule::hebb, random_patterns(12, 3, 20));
  const Matrix whole = learn(spec).weights;
  spec.mask = band(20, 4);
  const Learned cut = learn(spec);
  EXPECT_EQ(cut.weights, Matrix(whole.cwiseProduct(spec.mask)));
  EXPECT_EQ(cut.factors, nullptr);
}

// Unit 0 of a chain hears unit 1 alone, which is the same in both memories while unit 0 is not.
TEST(Topology, ProvesThatANeuronWithTooFewInputsCantStore) {
  Matrix patterns = Matrix::Ones(2, 4);
  patterns(1, 0) = patterns(1, 3) = -1.0;
  for (const Rule rule : learners) {
    for (const bool symmetric : {true, false}) {
      MemorySpec spec = memory(rule, patterns);
      spec.mask = band(4, 1);
      spec.symmetric = symmetric;
      spec.max_epochs = 200;
      const std::string message = refusal(spec);
      EXPECT_NE(message.find("1 × (neuron 0, memory 0) + 1 × (neuron 0, memory 1)"), std::string::npos) << message;
      spec.mask = Matrix();
      EXPECT_EQ(refusal(spec), "");   // with all weights unit 3 tells unit 0
    }
  }
}

TEST(Topology, ProvesThatANeuronWithoutInputsCantStore) {
  MemorySpec spec = memory(Rule::max_margin, Matrix::Ones(1, 3));
  spec.mask = Matrix::Ones(3, 3);
  spec.mask.row(1).setZero();
  spec.mask.col(1).setZero();
  EXPECT_NE(refusal(spec).find("1 × (neuron 1, memory 0)"), std::string::npos) << refusal(spec);
}

TEST(Polarity, GivesEveryNeuronsWeightsItsSign) {
  for (const Rule rule : learners) {
    MemorySpec spec = memory(rule, random_patterns(13, 5, 60));
    spec.symmetric = false;
    spec.polarity = Vector::Ones(60);
    spec.polarity.tail(20).setConstant(-1.0);   // inhibitory
    const Learned learned = learn(spec);
    EXPECT_GE(learned.weights.leftCols(40).minCoeff(), 0.0);
    EXPECT_LE(learned.weights.rightCols(20).maxCoeff(), 0.0);
    EXPECT_GE(learned.margins.minCoeff(), 0.5 - 1e-9);
  }
}

TEST(Polarity, SymmetricWeightsBetweenNeuronsOfUnlikeSignAreZero) {
  MemorySpec spec = memory(Rule::perceptron, random_patterns(14, 2, 30));
  spec.polarity = Vector::Ones(30);
  spec.polarity.tail(15).setConstant(-1.0);
  const Learned learned = learn(spec);
  EXPECT_TRUE(learned.weights.topRightCorner(15, 15).isZero());
  EXPECT_EQ(learned.weights, Matrix(learned.weights.transpose()));
  EXPECT_GE(learned.margins.minCoeff(), 0.5);
}

// Unit 0 is −1 where all others are +1: no sum of non-negative weights is negative there.
TEST(Polarity, ProvesThatNonNegativeWeightsCantStore) {
  Matrix patterns = Matrix::Ones(2, 5);
  patterns(0, 0) = -1.0;
  patterns(1, 2) = -1.0;
  MemorySpec spec = memory(Rule::perceptron, patterns);
  spec.polarity = Vector::Ones(5);
  spec.max_epochs = 100;
  EXPECT_NE(refusal(spec).find("1 × (neuron 0, memory 0)"), std::string::npos) << refusal(spec);
}

TEST(WeightBits, AreWholeNumbersWithinTheirRangeAndStoreEveryMemory) {
  for (const Rule rule : learners) {
    for (const bool symmetric : {true, false}) {
      for (const int bits : {3, 4, 8}) {
        MemorySpec spec = memory(rule, random_patterns(15, 6, 48));
        spec.weight_bits = bits;
        spec.symmetric = symmetric;
        const Learned learned = learn(spec);
        const Matrix counts = learned.weights / learned.exact_scale;
        EXPECT_LE((counts - Matrix(counts.array().round())).cwiseAbs().maxCoeff(), 1e-9);
        EXPECT_LE(counts.cwiseAbs().maxCoeff(), std::ldexp(1.0, bits - 1) - 1.0 + 1e-9);
        EXPECT_NEAR(learned.margins.minCoeff(), 0.5, 1e-9);
        EXPECT_EQ(learned.weights == Matrix(learned.weights.transpose()), symmetric);
      }
    }
  }
}

// Of real weights the norms are below 1, of counts above.
TEST(WeightBits, HaveNoLargerMarginOverTheirNormThanTheBestRealWeights) {
  for (const bool symmetric : {true, false}) {
    for (std::uint32_t draw = 0; draw < 5; ++draw) {
      MemorySpec spec = memory(Rule::max_margin, random_patterns(60 + draw, 6, 48));
      spec.weight_bits = 8;
      spec.symmetric = symmetric;
      const std::string remark = learn(spec).remarks.at(0);
      const std::size_t share = remark.find("κ/‖W‖ is ");
      ASSERT_NE(share, std::string::npos) << remark;
      const int percent = std::stoi(remark.substr(share + std::string("κ/‖W‖ is ").size()));
      EXPECT_LE(percent, 100) << remark;
      EXPECT_GE(percent, 90) << remark;   // 8 bits round the largest weight by 0.4 %
    }
  }
}

// By hand: margins 2 and 4 over norms √2 and √8, whatever the unit; a symmetric pair of 3 has a margin of 3 and, once, a norm of 3.
TEST(UnitMargins, AreMarginsOverNorms) {
  const Matrix pattern = Matrix::Ones(1, 3);
  WeightSpace space{.neurons = 3, .symmetric = false, .low = {}, .high = {}};
  const Matrix weights = (Matrix(3, 3) << 0, 1, 1, 2, 0, 2, 0, 0, 0).finished();
  const Vector own = unit_margins(pattern, space, weights * 1e-3);
  EXPECT_NEAR(own[0], std::sqrt(2.0), 1e-12);
  EXPECT_NEAR(own[1], std::sqrt(2.0), 1e-12);
  EXPECT_EQ(own[2], 0.0);
  space = {.neurons = 2, .symmetric = true, .low = {}, .high = {}};
  const Vector joint = unit_margins(Matrix::Ones(1, 2), space, (Matrix(2, 2) << 0, 3, 3, 0).finished());
  ASSERT_EQ(joint.size(), 1);
  EXPECT_NEAR(joint[0], 1.0, 1e-12);
}

/// Whether any symmetric integer weights of `limit` store the patterns, by trying every one.
bool exist_by_trying(const Matrix& patterns, int limit) {
  const Index n = patterns.cols();
  const Index pairs = n * (n - 1) / 2;
  std::vector<int> digits(static_cast<std::size_t>(pairs), -limit);
  while (true) {
    Matrix weights = Matrix::Zero(n, n);
    std::size_t next = 0;
    for (Index i = 0; i < n; ++i) {
      for (Index j = 0; j < i; ++j) weights(i, j) = weights(j, i) = digits[next++];
    }
    if ((patterns * weights).cwiseProduct(patterns).minCoeff() > 0.0) return true;
    std::size_t place = 0;
    while (place < digits.size() && digits[place] == limit) digits[place++] = -limit;
    if (place == digits.size()) return false;
    ++digits[place];
  }
}

// Five units, ten weights: three values each can all be tried. What trying finds is learned, but for two draws at most, and only that.
TEST(WeightBits, OfTwoBitsAreFoundInAllButTwoOfTheDrawsWhereTryingAllFindsThem) {
  int possible = 0, refused = 0;
  for (std::uint32_t draw = 0; draw < 40; ++draw) {
    MemorySpec spec = memory(Rule::max_margin, random_patterns(200 + draw, 3, 5));
    spec.weight_bits = 2;
    const bool exists = exist_by_trying(spec.patterns, 1);
    const std::string message = refusal(spec);
    EXPECT_TRUE(exists || !message.empty()) << draw;
    EXPECT_FALSE(exists && message.find("can store") != std::string::npos) << message;
    possible += exists ? 1 : 0;
    refused += message.empty() ? 0 : 1;
  }
  EXPECT_GT(possible, 5);
  EXPECT_LT(possible, 40);
  EXPECT_GE(refused, 40 - possible);
  EXPECT_LE(refused, 40 - possible + 2);
}

TEST(WeightBits, TooFewNameTheNumberThatSuffices) {
  MemorySpec spec = memory(Rule::perceptron, patterns_of("vga8x8_AtoL"));
  spec.weight_bits = 2;
  const std::string message = refusal(spec);
  ASSERT_NE(message.find(" bits suffice"), std::string::npos) << message;
  spec.weight_bits = message[message.find(" bits suffice") - 1] - '0';
  EXPECT_GT(learn(spec).margins.minCoeff(), 0.0);
  --*spec.weight_bits;
  EXPECT_NE(refusal(spec), "");
}

TEST(RowSum, IsKeptByEveryRuleAndLeavesTheSignsOfTheMargins) {
  for (const Rule rule : {Rule::hebb, Rule::storkey, Rule::pseudo_inverse, Rule::perceptron, Rule::max_margin,
                          Rule::unlearning, Rule::covariance}) {
    MemorySpec spec = memory(rule, random_patterns(16, 4, 50));
    const Learned free = learn(spec);
    spec.row_sum = 0.75;
    const Learned kept = learn(spec);
    const Vector rows = kept.weights.cwiseAbs().rowwise().sum() + kept.bias.cwiseAbs();
    EXPECT_NEAR(rows.maxCoeff(), 0.75, 1e-12);
    const double scale = kept.margins[0] / free.margins[0];
    EXPECT_LT((kept.margins - scale * free.margins).cwiseAbs().maxCoeff(), 1e-12);
    if (kept.factors) {
      EXPECT_LT((kept.factors->dense() - kept.weights).cwiseAbs().maxCoeff(), 1e-13);
    }
  }
}

TEST(MaxMargin, OfEveryNeuronAloneIsAtLeastThePerceptrons) {
  MemorySpec spec = memory(Rule::max_margin, random_patterns(17, 12, 40));
  spec.symmetric = false;
  const Learned best = learn(spec);
  EXPECT_TRUE(best.converged);
  spec.rule = Rule::perceptron;
  const Learned other = learn(spec);
  const auto relative = [&](const Learned& learned) {
    const Matrix fields = (spec.patterns * learned.weights.transpose()).cwiseProduct(spec.patterns);
    return Vector(fields.colwise().minCoeff().transpose().cwiseQuotient(learned.weights.rowwise().norm()));
  };
  EXPECT_GE((relative(best) - relative(other)).minCoeff(), -1e-6);
  // Free of symmetry, no neuron's margin is below that of the symmetric optimum either.
  spec.rule = Rule::max_margin;
  spec.symmetric = true;
  EXPECT_GE((relative(best) - relative(learn(spec))).minCoeff(), -1e-6);
}

TEST(Perceptron, MakesNoMoreMistakesThanItsBoundAllows) {
  for (const std::string set : {"5x7_digits", "vga8x8_AtoL"}) {
    for (const bool symmetric : {true, false}) {
      for (const double margin : {0.0, 0.5}) {
        MemorySpec spec = memory(Rule::perceptron, patterns_of(set));
        spec.symmetric = symmetric;
        spec.margin = margin;
        const Learned learned = learn(spec);
        const double bound = mistake_bound(spec, learned);
        EXPECT_TRUE(learned.converged);
        EXPECT_GT(learned.margins.minCoeff(), 0.0);
        EXPECT_GT(learned.mistakes, 0);
        EXPECT_LE(static_cast<double>(learned.mistakes), bound) << set << " symmetric " << symmetric;
        EXPECT_LE(bound, 1e4 * static_cast<double>(learned.mistakes));   // a bound, not a platitude
      }
    }
  }
}

// R² = N − 1 and, by hand, γ = √(N − 1) for one pattern of N units: one mistake a neuron at most, and one is made.
TEST(Perceptron, BoundOfOnePatternIsOneMistakeANeuron) {
  MemorySpec spec = memory(Rule::perceptron, random_patterns(18, 1, 12));
  spec.symmetric = false;
  spec.margin = 0.0;
  const Learned learned = learn(spec);
  EXPECT_EQ(learned.mistakes, 12);
  EXPECT_NEAR(mistake_bound(spec, learned), 12.0, 1e-9);
}

}  // namespace
}  // namespace basin
