// Circuits whose neurons have different activations, through reference, golden model and Verilated RTL: dense associative
// memories beside their own discrete dynamics, and a mixture of amplifiers.
#include <gtest/gtest.h>

#include <cmath>
#include <iostream>

#include "sim/compare/verification.hpp"
#include "tests/support/pattern_sets.hpp"
#include "tests/support/toml_design.hpp"

namespace basin {
namespace {

constexpr std::uint64_t seed = 29;
constexpr int degree = 4;

/// −Σ_μ max(0, ξ^μ·s)^n.
double dense_energy(const Matrix& patterns, const Vector& s) {
  return -(patterns * s).unaryExpr([](double m) { return std::pow(std::max(m, 0.0), degree); }).sum();
}

/// The update of Krotov & Hopfield 2016: each neuron in turn takes the sign of the lower energy, until none turns.
Vector settled(const Matrix& patterns, Vector s) {
  for (bool turned = true; turned;) {
    turned = false;
    for (Index i = 0; i < s.size(); ++i) {
      Vector flipped = s;
      flipped[i] = -s[i];
      if (!(dense_energy(patterns, flipped) < dense_energy(patterns, s))) continue;
      s = flipped;
      turned = true;
    }
  }
  return s;
}

/// Memories are twice as many as neurons; `flip` is the share of a cue's signs that are wrong.
void expect_recalls_like_the_discrete_form(Index neurons, int cues, double flip, int least) {
  const Index memories = 2 * neurons;
  const Matrix patterns = test::distinct_patterns(seed, 0, memories, neurons);
  const Design design = test::toml_design(
      "[circuit]\nunits = \"normalised\"\ngain = 4\n[memory]\nrule = \"polynomial\"\ndegree = 4\npatterns = " +
      test::rows_text(patterns) + "\n[cues]\nfrom = \"patterns\"\nflip = " + std::to_string(flip) + "\ncount = " +
      std::to_string(cues) + "\n[hardware]\nlanes = 8\n");
  VerificationOptions options;
  options.keep_traces = false;
  const Verification found = run_verification(design, options);   // golden and Verilator
  EXPECT_EQ(found.verdict, Verdict::pass) << (found.reasons.empty() ? "" : found.reasons.front());
  EXPECT_EQ(found.prepared.quantised.network.core.tables, 2);
  int discrete = 0;
  for (std::size_t c = 0; c < found.recalls.size(); ++c) {
    const Vector cue = found.prepared.cues[c].start.head(neurons).cwiseSign();
    discrete += settled(patterns, cue) == Vector(patterns.row(static_cast<Index>(c) % memories)) ? 1 : 0;
  }
  std::cout << "seed " << seed << ": " << found.cues.recalled << " of " << cues << " cues recalled, " << discrete
            << " by the discrete form; deviation " << found.deviation.normalised << "\n";
  EXPECT_GE(found.cues.recalled, discrete - 4);
  EXPECT_GT(discrete, least);
}

TEST(DenseMemory, RecallsTwiceAsManyMemoriesAsNeuronsLikeItsDiscreteForm) {
  expect_recalls_like_the_discrete_form(32, 128, 0.09375, 110);
}

TEST(DenseMemory, OfSixteenNeuronsRecallsThirtyTwoMemoriesLikeItsDiscreteForm) {
  expect_recalls_like_the_discrete_form(16, 32, 0.0625, 28);
}

TEST(MixedActivations, PassVerificationWithATableEach) {
  const Design design = test::toml_design(
      "[circuit]\nunits = \"normalised\"\nactivation = [\"tanh\", \"arctan\", \"clipped-linear\", \"tanh\"]\ngain = [3, 2, 1.5, 1]\n"
      "weights = [[0, 0.8, -0.3, 0.2], [0.8, 0, 0.5, -0.6], [-0.3, 0.5, 0, 0.7], [0.2, -0.6, 0.7, 0]]\n"
      "bias = [0.05, 0, -0.02, 0]\ninitial = [0.3, -0.2, 0.4, 0.1]\n[hardware]\nlanes = 2\n");
  VerificationOptions options;
  options.keep_traces = false;
  const Verification found = run_verification(design, options);
  EXPECT_EQ(found.verdict, Verdict::pass) << (found.reasons.empty() ? "" : found.reasons.front());
  EXPECT_EQ(found.prepared.quantised.network.core.tables, 3);
  EXPECT_EQ(found.prepared.quantised.network.selectors, (std::vector<std::uint8_t>{0, 1, 2, 0}));
  EXPECT_TRUE(found.prepared.quantised.network.core.gain);   // two gains among the tanh units alone
}

}  // namespace
}  // namespace basin
