#include <gtest/gtest.h>

#include <cmath>

#include "models/capacity/sign_dynamics.hpp"
#include "models/design/random.hpp"

namespace basin::test {
namespace {

SignMatrix drawn(Index memories, Index neurons, std::uint32_t which) {
  Random random(11, Stream::test, which);
  SignMatrix signs(memories, neurons);
  for (Index m = 0; m < memories; ++m) {
    for (Index i = 0; i < neurons; ++i) signs(m, i) = random.sign() > 0 ? 1 : -1;
  }
  return signs;
}

/// The same dynamics as plainly as it can be said: every field summed anew.
SignRecall plain(const Matrix& weights, Signs state, int most_sweeps) {
  SignRecall recall{std::move(state), 0, false};
  while (!recall.settled && recall.sweeps < most_sweeps) {
    recall.settled = true;
    ++recall.sweeps;
    for (Index i = 0; i < recall.state.size(); ++i) {
      const double field = weights.row(i) * recall.state.cast<double>();
      if (field * recall.state[i] >= 0.0) continue;
      recall.state[i] = static_cast<std::int8_t>(-recall.state[i]);
      recall.settled = false;
    }
  }
  return recall;
}

TEST(HebbSigns, HasTheWeightsOfTheOuterProducts) {
  const SignMatrix patterns = drawn(70, 33, 0);   // more than one word a neuron
  Matrix expected = patterns.cast<double>().transpose() * patterns.cast<double>() / 33.0;
  EXPECT_LT((HebbSigns(patterns, Diagonal::keep).weights() - expected).cwiseAbs().maxCoeff(), 1e-14);
  expected.diagonal().setZero();
  EXPECT_LT((HebbSigns(patterns, Diagonal::zero).weights() - expected).cwiseAbs().maxCoeff(), 1e-14);
}

TEST(HebbSigns, RecallsStepForStepLikeThePlainSum) {
  for (std::uint32_t which = 1; which <= 20; ++which) {
    // 64 neurons: every field is a multiple of 1/64, exact in doubles; odd and even numbers of memories, with fields of 0.
    const SignMatrix patterns = drawn(5 + which, 64, which);
    const HebbSigns hebb(patterns, which % 2 == 0 ? Diagonal::zero : Diagonal::keep);
    const Signs start = drawn(1, 64, 100 + which).row(0).transpose();
    const SignRecall expected = plain(hebb.weights(), start, 50);
    const SignRecall found = hebb.recall(start, 50);
    EXPECT_EQ(found.state, expected.state) << which;
    EXPECT_EQ(found.sweeps, expected.sweeps) << which;
    EXPECT_TRUE(found.settled) << which;
    const SignRecall dense = recall_signs(hebb.weights(), Vector::Zero(64), start, 50);
    EXPECT_EQ(dense.state, expected.state) << which;
  }
}

TEST(HebbSigns, StopsAtTheLimitOfSweeps) {
  Matrix turning(2, 2);
  turning << 0, 1, -1, 0;   // no symmetry, no rest
  const SignRecall recall = recall_signs(turning, Vector::Zero(2), Signs::Ones(2), 17);
  EXPECT_EQ(recall.sweeps, 17);
  EXPECT_FALSE(recall.settled);
}

// N = 1000, M = 185: published share of neurons of memories that one step turns 1.00e-2 ± 5e-4. At finite N the field of a
// neuron is N − 1 against a scatter of √((N − 1)(M − 1)), so α is 184/999; a set scatters by 3.8e-4, four errors of the mean
// of forty are 2.4e-4.
TEST(HebbSigns, OneStepTurnsTheShareThatTheoryNames) {
  constexpr int sets = 40;
  double turned = 0.0;
  for (std::uint32_t set = 0; set < sets; ++set) {
    const SignMatrix patterns = drawn(185, 1000, 200 + set);
    const HebbSigns hebb(patterns, Diagonal::zero);
    int wrong = 0;
    for (Index m = 0; m < patterns.rows(); ++m) {
      const Signs pattern = patterns.row(m).transpose();
      const std::vector<std::int32_t> fields = hebb.fields(pattern);
      for (Index i = 0; i < pattern.size(); ++i) wrong += fields[static_cast<std::size_t>(i)] * pattern[i] < 0 ? 1 : 0;
    }
    turned += wrong / (185.0 * 1000.0) / sets;
  }
  EXPECT_NEAR(turned, 1.00e-2, 5e-4) << "seed 11";
  // The noise of the other 184 memories is normal: ½ erfc(1/√(2α)).
  EXPECT_NEAR(turned, 0.5 * std::erfc(1.0 / std::sqrt(2.0 * 184.0 / 999.0)), 2.4e-4) << "seed 11";
}

}  // namespace
}  // namespace basin::test
