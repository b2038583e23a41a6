#include "models/learning/storability.hpp"

#include <gtest/gtest.h>

#include "models/learning/sign_system.hpp"
#include "tests/support/pattern_sets.hpp"

namespace basin {
namespace {

// One pattern: all N − 1 weights and the bias pull one way, |t| ≤ 1 each.
TEST(LargestMargin, OfOnePatternIsTheNumberOfUnknowns) {
  const Matrix patterns = test::distinct_patterns(7, 0, 1, 9);
  EXPECT_NEAR(largest_margin(neuron_system(patterns, 4)).margin, 9.0, 1e-9);
}

// Two patterns that differ at neuron 0 and at one other: the weight from there is all that tells them apart, so κ = 1, and
// every other unknown must cancel.
TEST(LargestMargin, OfTwoPatternsADistanceOfTwoApartIsOne) {
  Matrix patterns(2, 6);
  patterns << 1, 1, 1, 1, 1, 1, -1, -1, 1, 1, 1, 1;
  EXPECT_NEAR(largest_margin(neuron_system(patterns, 0)).margin, 1.0, 1e-9);
}

TEST(Storability, EvenParityOfThreeBitsIsImpossibleAtEveryNeuronWithAProof) {
  const Storability found = storability(test::even_parity());
  EXPECT_EQ(found.impossible, (std::vector<Index>{0, 1, 2}));
  ASSERT_TRUE(found.impossibility);
  EXPECT_TRUE(holds(*found.impossibility, test::even_parity()));
  EXPECT_EQ(found.impossibility->multipliers.size(), 4U);   // all four: any three of them can be stored
  for (const auto& part : found.impossibility->multipliers) EXPECT_EQ(part.value, "1");
}

TEST(Storability, APairADistanceOfOneApartIsImpossibleAtTheBitThatTellsThemApart) {
  Matrix pair(2, 5);
  pair << 1, -1, 1, 1, -1, 1, -1, -1, 1, -1;
  const Storability found = storability(pair);
  EXPECT_EQ(found.impossible, std::vector<Index>{2});
  ASSERT_TRUE(found.impossibility);
  EXPECT_TRUE(holds(*found.impossibility, pair));
}

TEST(Storability, AnAlteredProofDoesNotHold) {
  const Impossibility proof = *storability(test::even_parity()).impossibility;
  Impossibility heavier = proof, shorter = proof, negative = proof, elsewhere = proof;
  heavier.multipliers[1].value = "2";
  shorter.multipliers.pop_back();
  for (auto& part : negative.multipliers) part.value = "-" + part.value;
  elsewhere.multipliers[0].neuron = (elsewhere.multipliers[0].neuron + 1) % 3;
  for (const Impossibility& altered : {heavier, shorter, negative, elsewhere, Impossibility{}}) {
    EXPECT_FALSE(holds(altered, test::even_parity()));
  }
}

// Of every neuron that can: its own row has a positive margin.
TEST(Storability, GivesTheWeightsOfEveryNeuronThatIsServed) {
  Matrix pair = test::distinct_patterns(7, 3, 1, 9).replicate(2, 1);
  pair(1, 4) = -pair(1, 4);
  const Storability found = storability(pair);
  EXPECT_EQ(found.impossible, std::vector<Index>{4});
  EXPECT_TRUE(found.solution.weights.diagonal().isZero());
  const Matrix fields = (pair * found.solution.weights.transpose()).rowwise() + found.solution.bias.transpose();
  const Vector margins = fields.cwiseProduct(pair).colwise().minCoeff().transpose();
  for (Index i = 0; i < 9; ++i) EXPECT_EQ(margins[i] > 0.0, i != 4) << i;
}

// A proof for one neuron is one for symmetric weights too.
TEST(SymmetricImpossibility, HoldsForEvenParity) {
  Solution solution;
  const auto proof = symmetric_impossibility(test::even_parity(), solution);
  ASSERT_TRUE(proof);
  EXPECT_TRUE(proof->symmetric);
  EXPECT_TRUE(holds(*proof, test::even_parity()));
}

TEST(SymmetricImpossibility, GivesSymmetricWeightsWhereThereAreSome) {
  const Matrix patterns = test::distinct_patterns(7, 1, 5, 12);
  Solution solution;
  ASSERT_FALSE(symmetric_impossibility(patterns, solution));
  const auto& [weights, bias] = solution;
  EXPECT_EQ(weights, weights.transpose());
  EXPECT_TRUE(weights.diagonal().isZero());
  const Matrix fields = (patterns * weights.transpose()).rowwise() + bias.transpose();
  EXPECT_GT(fields.cwiseProduct(patterns).minCoeff(), 0.0);
}

// Duals that are no small multiples of one another are solved for: 64 random states of 16 neurons.
TEST(Storability, FindsExactProofsWhoseMultipliersAreLarge) {
  const Matrix patterns = test::distinct_patterns(7, 2, 64, 16);
  const Storability found = storability(patterns);
  ASSERT_TRUE(found.impossibility);
  EXPECT_TRUE(holds(*found.impossibility, patterns));
  std::size_t digits = 0;
  for (const auto& part : found.impossibility->multipliers) digits = std::max(digits, part.value.size());
  EXPECT_GT(digits, 2U);
}

}  // namespace
}  // namespace basin
