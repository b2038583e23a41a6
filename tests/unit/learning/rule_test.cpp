#include "models/learning/rule.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>
#include <string>

#include "tests/support/case_files.hpp"
#include "tests/unit/learning/patterns.hpp"

namespace basin {
namespace {

using test::data;
using test::memory;
using test::patterns_of;
using test::random_patterns;

constexpr const char* image_sets[] = {"5x7_digits", "7x13_upper13", "digits8x8_medoid", "vga8x8_AtoL"};

TEST(Hebb, AgreesWithTheMatricesOfAnotherProgram) {
  for (const std::string set : image_sets) {
    const Learned learned = learn(memory(Rule::hebb, patterns_of(set)));
    const Matrix expected = test::read_npy(data() / "am" / set / "T_hebb.npy");
    EXPECT_LE((learned.weights - expected).cwiseAbs().maxCoeff(), 1e-14) << set;
  }
}

TEST(Hebb, WeightsAreWholeMultiplesOfTheExactScale) {
  const Learned learned = learn(memory(Rule::hebb, random_patterns(1, 7, 30)));
  EXPECT_EQ(learned.exact_scale, 1.0 / 30.0);
  const Matrix counts = learned.weights / learned.exact_scale;
  EXPECT_LE((counts - Matrix(counts.array().round())).cwiseAbs().maxCoeff(), 1e-13);
  EXPECT_TRUE(learned.weights.diagonal().isZero());
}

TEST(Hebb, KeptDiagonalIsTheLoad) {
  const Learned learned = learn(memory(Rule::hebb, random_patterns(2, 6, 24), Diagonal::keep));
  EXPECT_LE((learned.weights.diagonal().array() - 6.0 / 24.0).abs().maxCoeff(), 1e-15);
}

TEST(PseudoInverse, AgreesWithTheMatricesOfAnotherProgram) {
  for (const std::string set : image_sets) {
    const Learned learned = learn(memory(Rule::pseudo_inverse, patterns_of(set)));
    const Matrix expected = test::read_npy(data() / "am" / set / "T_pinv.npy");
    EXPECT_LE((learned.weights - expected).cwiseAbs().maxCoeff(), 1e-12) << set;
  }
  const Learned kept = learn(memory(Rule::pseudo_inverse, patterns_of("5x7_digits"), Diagonal::keep));
  const Matrix expected = test::read_npy(data() / "am" / "5x7_digits" / "T_pinv_diag.npy");
  EXPECT_LE((kept.weights - expected).cwiseAbs().maxCoeff(), 1e-12);
}

TEST(PseudoInverse, KeptDiagonalReproducesEveryPatternWithMarginOne) {
  for (const Index count : {1, 30, 60, 90, 99}) {
    const Learned learned = learn(memory(Rule::pseudo_inverse, random_patterns(3, count, 100), Diagonal::keep));
    EXPECT_LE((learned.margins.array() - 1.0).abs().maxCoeff(), 1e-9) << count;
  }
}

// Every neuron of every pattern, not the weakest alone.
TEST(PseudoInverse, ZeroedDiagonalLeavesTheMarginOneMinusTheDiagonal) {
  const Matrix patterns = random_patterns(4, 90, 100);
  const Learned kept = learn(memory(Rule::pseudo_inverse, patterns, Diagonal::keep));
  const Learned zeroed = learn(memory(Rule::pseudo_inverse, patterns));
  const double weakest = 1.0 - kept.weights.diagonal().maxCoeff();
  for (Index m = 0; m < 90; ++m) EXPECT_NEAR(zeroed.margins[m], weakest, 1e-9);
  EXPECT_GT(zeroed.margins.minCoeff(), 0.0);   // all 90 of 100 units are fixed
  const Matrix own = (patterns * zeroed.weights).cwiseProduct(patterns);
  const Matrix expected = Vector::Ones(90) * (1.0 - kept.weights.diagonal().array()).matrix().transpose();
  EXPECT_LE((own - expected).cwiseAbs().maxCoeff(), 1e-9);
}

TEST(PseudoInverse, HandlesDependentPatternsByTheirRank) {
  Matrix patterns = random_patterns(5, 6, 40);
  patterns.row(4) = patterns.row(1);   // a copy
  patterns.row(5) = -patterns.row(2);  // an inverse
  const Learned learned = learn(memory(Rule::pseudo_inverse, patterns, Diagonal::keep));
  const Learned independent = learn(memory(Rule::pseudo_inverse, patterns.topRows(4), Diagonal::keep));
  EXPECT_LE((learned.weights - independent.weights).cwiseAbs().maxCoeff(), 1e-12);
  EXPECT_NEAR(learned.weights.trace(), 4.0, 1e-10);  // a projector's trace is its rank
  ASSERT_EQ(learned.remarks.size(), 1U);
  EXPECT_NE(learned.remarks[0].find("rank 4"), std::string::npos) << learned.remarks[0];
}

TEST(PseudoInverse, SaysWhichNeuronZeroingTheDiagonalDisconnects) {
  // Two patterns that differ in neuron 2 alone: their difference is that neuron's own axis, so W_22 = 1 and its row is empty.
  Matrix patterns = Matrix::Ones(2, 6);
  patterns(1, 2) = -1.0;
  const Learned learned = learn(memory(Rule::pseudo_inverse, patterns));
  ASSERT_FALSE(learned.remarks.empty());
  EXPECT_EQ(learned.remarks[0], "neuron 2: zeroing the diagonal disconnects it");
  EXPECT_NEAR(learned.margins[0], 0.0, 1e-12);
  EXPECT_EQ(learned.weakest[0], 2);
  EXPECT_TRUE(learn(memory(Rule::pseudo_inverse, patterns, Diagonal::keep)).remarks.empty());
}

TEST(PseudoInverse, WarnsOfANeuronThatIsNearlyDisconnected) {
  const Learned learned = learn(memory(Rule::pseudo_inverse, patterns_of("5x7_digits")));
  const Matrix kept = test::read_npy(data() / "am" / "5x7_digits" / "T_pinv_diag.npy");
  std::size_t expected = 0;
  for (Index i = 0; i < kept.rows(); ++i) expected += 1.0 - kept(i, i) < 0.05 ? 1 : 0;
  EXPECT_EQ(learned.remarks.size(), expected);
}

TEST(Perceptron, ReachesItsMarginOnCorrelatedImages) {
  for (const std::string set : image_sets) {
    const Learned learned = learn(memory(Rule::perceptron, patterns_of(set)));
    EXPECT_TRUE(learned.converged) << set;
    EXPECT_GE(learned.margins.minCoeff(), 0.5 - 1e-12) << set;
    EXPECT_EQ(learned.weights, Matrix(learned.weights.transpose())) << set;
    EXPECT_TRUE(learned.weights.diagonal().isZero()) << set;
    EXPECT_GT(learned.epochs, 1) << set;
    EXPECT_LE(learned.epochs, 100) << set;
    const Matrix counts = learned.weights / learned.exact_scale;
    EXPECT_LE((counts - Matrix(counts.array().round())).cwiseAbs().maxCoeff(), 1e-11) << set;
  }
}

TEST(Perceptron, ReachesALargerMarginOnRequest) {
  MemorySpec spec = memory(Rule::perceptron, patterns_of("vga8x8_AtoL"));
  spec.margin = 2.0;
  EXPECT_GE(learn(spec).margins.minCoeff(), 2.0 - 1e-12);
}

TEST(Perceptron, SaysThatEvenParityCannotBeStored) {
  // Even parity on three bits: no weights without a diagonal hold all four with a positive margin.
  Matrix parity(4, 3);
  parity << 1, 1, 1, 1, -1, -1, -1, 1, -1, -1, -1, 1;
  MemorySpec spec = memory(Rule::perceptron, parity);
  spec.max_epochs = 50;
  const Learned learned = learn(spec);
  EXPECT_FALSE(learned.converged);
  EXPECT_EQ(learned.epochs, 50);
  EXPECT_LE(learned.margins.minCoeff(), 0.0);
  ASSERT_EQ(learned.remarks.size(), 1U);
  EXPECT_NE(learned.remarks[0].find("50 epochs"), std::string::npos) << learned.remarks[0];
}

TEST(Storkey, AgreesWithTheMatricesOfAnotherProgram) {
  for (const std::string set : image_sets) {
    const Learned learned = learn(memory(Rule::storkey, patterns_of(set)));
    const Matrix expected = test::read_npy(data() / "am" / set / "T_storkey.npy");
    EXPECT_LE((learned.weights - expected).cwiseAbs().maxCoeff(), 1e-12) << set;
  }
}

// The rule as it is written, one weight at a time.
Matrix storkey_by_hand(const Matrix& patterns) {
  const Index size = patterns.cols();
  Matrix weights = Matrix::Zero(size, size);
  for (Index m = 0; m < patterns.rows(); ++m) {
    const auto h = [&](Index i, Index j) {
      double sum = 0.0;
      for (Index k = 0; k < size; ++k) sum += k == i || k == j ? 0.0 : weights(i, k) * patterns(m, k);
      return sum;
    };
    Matrix next = weights;
    for (Index i = 0; i < size; ++i) {
      for (Index j = 0; j < size; ++j) {
        next(i, j) += (patterns(m, i) * patterns(m, j) - patterns(m, i) * h(j, i) - h(i, j) * patterns(m, j)) /
                      static_cast<double>(size);
      }
    }
    weights = next;
  }
  return weights;
}

TEST(Storkey, KeepsTheDiagonalThatTheRuleMakes) {
  const Matrix patterns = random_patterns(7, 5, 16);
  const Learned learned = learn(memory(Rule::storkey, patterns, Diagonal::keep));
  EXPECT_LE((learned.weights - storkey_by_hand(patterns)).cwiseAbs().maxCoeff(), 1e-13);
}

/// The most of `patterns`, in order, that the rule stores with every margin positive, averaged over draws of 100 units.
double mean_most_stored(Rule rule, Index most) {
  double sum = 0.0;
  constexpr int draws = 8;
  for (std::uint32_t draw = 0; draw < draws; ++draw) {
    const Matrix patterns = random_patterns(100 + draw, most, 100);
    Index stored = 0;
    for (Index count = 1; count <= most; ++count) {
      if (learn(memory(rule, patterns.topRows(count))).margins.minCoeff() > 0.0) stored = count;
    }
    sum += static_cast<double>(stored);
  }
  return sum / draws;
}

// Another program measured 10.3 ± 1.3 over its own draws.
TEST(Hebb, StoresSomeTenRandomPatternsOfAHundredUnits) { EXPECT_NEAR(mean_most_stored(Rule::hebb, 25), 10.3, 3.0); }

// McEliece's N/√(2 ln N) = 33.0 for N = 100; another program measured 31.5 ± 1.3 over its own draws.
TEST(Storkey, StoresSomeThirtyRandomPatternsOfAHundredUnits) { EXPECT_NEAR(mean_most_stored(Rule::storkey, 60), 31.5, 6.0); }

// One pattern added to what the others left: what the rule's locality means.
TEST(Storkey, OfOnePatternMoreIsTheUpdateOfTheWeightsBefore) {
  const Matrix patterns = random_patterns(8, 6, 16);
  const Matrix before = learn(memory(Rule::storkey, patterns.topRows(5))).weights;
  Matrix after = before;
  const auto h = [&](Index i, Index j) {
    double sum = 0.0;
    for (Index k = 0; k < 16; ++k) sum += k == i || k == j ? 0.0 : before(i, k) * patterns(5, k);
    return sum;
  };
  for (Index i = 0; i < 16; ++i) {
    for (Index j = 0; j < 16; ++j) {
      if (i != j) after(i, j) += (patterns(5, i) * patterns(5, j) - patterns(5, i) * h(j, i) - h(i, j) * patterns(5, j)) / 16.0;
    }
  }
  EXPECT_LE((learn(memory(Rule::storkey, patterns)).weights - after).cwiseAbs().maxCoeff(), 1e-13);
}

// Greville 1960: a projection grows by its next vector's part outside it.
TEST(PseudoInverse, IsItsIncrementalForm) {
  const Matrix patterns = random_patterns(19, 12, 40);
  Matrix weights = Matrix::Zero(40, 40);
  for (Index m = 0; m < 12; ++m) {
    const Vector pattern = patterns.row(m).transpose();
    const Vector outside = pattern - weights * pattern;
    weights += outside * outside.transpose() / outside.squaredNorm();
    const Learned batch = learn(memory(Rule::pseudo_inverse, patterns.topRows(m + 1), Diagonal::keep));
    EXPECT_LE((batch.weights - weights).cwiseAbs().maxCoeff(), 1e-12) << m;
  }
}

/// κ/‖W‖: what scaling W leaves alone.
double relative_margin(const Learned& learned) { return learned.margins.minCoeff() / learned.weights.norm(); }

TEST(MaxMargin, OfOnePatternIsHebbsRule) {
  const Matrix pattern = random_patterns(6, 1, 20);
  const Learned learned = learn(memory(Rule::max_margin, pattern));
  const Learned hebb = learn(memory(Rule::hebb, pattern));
  EXPECT_LE((learned.weights / learned.margins[0] - hebb.weights / hebb.margins[0]).cwiseAbs().maxCoeff(), 1e-4);   // a gap of 1e-6 allows 1e-3 of the norm
}

TEST(MaxMargin, IsAtLeastThatOfEveryOtherRuleWithoutBiases) {
  for (const std::string set : image_sets) {
    const Learned learned = learn(memory(Rule::max_margin, patterns_of(set)));
    EXPECT_TRUE(learned.converged) << set;
    EXPECT_NEAR(learned.margins.minCoeff(), 0.5, 1e-9) << set;
    EXPECT_EQ(learned.weights, Matrix(learned.weights.transpose())) << set;
    EXPECT_TRUE(learned.weights.diagonal().isZero()) << set;
    for (const Rule other : {Rule::hebb, Rule::storkey, Rule::pseudo_inverse, Rule::perceptron, Rule::unlearning}) {
      EXPECT_GE(relative_margin(learned), relative_margin(learn(memory(other, patterns_of(set)))) * (1 - 1e-6)) << set;
    }
  }
}

// Two patterns of three units that differ in one: units 0 and 1 agree, unit 2 can't follow both.
TEST(MaxMargin, SaysWhenItFindsNone) {
  Matrix patterns = Matrix::Ones(2, 3);
  patterns(1, 2) = -1.0;
  MemorySpec spec = memory(Rule::max_margin, patterns);
  spec.max_epochs = 50;
  const Learned learned = learn(spec);
  EXPECT_FALSE(learned.converged);
  ASSERT_EQ(learned.remarks.size(), 1U);
  EXPECT_NE(learned.remarks[0].find("1 × (neuron 2, memory 0) + 1 × (neuron 2, memory 1)"), std::string::npos)
      << learned.remarks[0];
}

TEST(Margins, AreTheWeakestLocalFieldAndItsNeuron) {
  Learned learned;
  learned.weights = (Matrix(3, 3) << 0.0, 1.0, 0.5, 1.0, 0.0, -2.0, 0.25, -2.0, 0.0).finished();
  learned.bias = (Vector(3) << 0.1, 0.0, -0.3).finished();
  Matrix patterns(2, 3);
  patterns << 1, 1, -1, -1, 1, 1;
  set_margins(learned, patterns);
  // ξ = (1, 1, −1): fields 0.6, 3, −2.05 → κ = 0.6, 3, 2.05. ξ = (−1, 1, 1): fields 1.6, −3, −2.55 → κ = −1.6, −3, −2.55.
  EXPECT_NEAR(learned.margins[0], 0.6, 1e-15);
  EXPECT_EQ(learned.weakest[0], 0);
  EXPECT_NEAR(learned.margins[1], -3.0, 1e-15);
  EXPECT_EQ(learned.weakest[1], 1);
}

TEST(Learn, RefusesADesignWithoutARule) {
  EXPECT_THROW(learn(memory(Rule::none, Matrix::Ones(1, 2))), std::invalid_argument);
}

TEST(Keep, FactorsAloneGiveTheSameMarginsRowSumsAndRemarks) {
  for (const Rule rule : {Rule::hebb, Rule::pseudo_inverse}) {
    for (const Diagonal diagonal : {Diagonal::zero, Diagonal::keep}) {
      Matrix patterns = random_patterns(9, 5, 60);
      patterns.col(7) << 1, -1, 1, -1, 1;
      const MemorySpec spec = memory(rule, patterns, diagonal);
      const Learned whole = learn(spec);
      const Learned factored = learn(spec, Keep::factors);
      EXPECT_EQ(factored.weights.size(), 0);
      EXPECT_LT((factored.factors->dense() - whole.weights).cwiseAbs().maxCoeff(), 1e-14);
      EXPECT_LT((factored.margins - whole.margins).cwiseAbs().maxCoeff(), 1e-13);
      EXPECT_EQ(factored.remarks, whole.remarks);
      const Vector rows = whole.weights.cwiseAbs().rowwise().sum();
      EXPECT_LT((factored.factors->row_sums - rows).cwiseAbs().maxCoeff(), 1e-13);
    }
  }
  EXPECT_THROW(learn(memory(Rule::storkey, random_patterns(9, 5, 60)), Keep::factors), std::invalid_argument);
}

}  // namespace
}  // namespace basin
