#include "sim/reference/estimate.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>

#include "models/design/random.hpp"
#include "sim/compare/verification.hpp"
#include "sim/golden/golden_engine.hpp"
#include "sim/reference/pipeline.hpp"
#include "sim/reference/simulation.hpp"
#include "tests/unit/compare/designs.hpp"

namespace basin {
namespace {

/// Random memories by Hebb's rule, with cues of a fifth flipped.
Design recall(int neurons, int memories, int cues) {
  Design design = test::plain_design(neurons);
  design.circuit.gain.setConstant(4.0);
  design.memory.rule = Rule::hebb;
  design.memory.patterns.resize(memories, neurons);
  Random random(1, Stream::test, 0);
  for (double& entry : design.memory.patterns.reshaped()) entry = random.sign();
  for (int m = 0; m < memories; ++m) design.memory.names.push_back(std::to_string(m));
  design.cues.present = true;
  design.cues.flip = 0.2;
  design.cues.count = cues;
  return design;
}

TEST(Estimate, GrowsWithEverySizeOfTheDesign) {
  const Design small = recall(256, 8, 10);
  Design longer = small;
  longer.simulate.t_end = 1000.0;
  Design sampled = small;
  sampled.simulate.samples = 1000;
  const Estimate base = estimate_simulation(small, 1, false);
  const Estimate cues = estimate_simulation(recall(256, 8, 20), 1, false);
  const Estimate neurons = estimate_simulation(recall(512, 8, 10), 1, false);
  const Estimate memories = estimate_simulation(recall(256, 16, 10), 1, false);
  EXPECT_GT(cues.seconds, base.seconds);
  EXPECT_GT(cues.bytes, base.bytes);
  EXPECT_GT(neurons.seconds, 4.0 * base.seconds);
  EXPECT_GT(neurons.bytes, 3.0 * base.bytes);
  EXPECT_GT(memories.seconds, base.seconds);
  EXPECT_GE(memories.bytes, base.bytes);
  EXPECT_GT(estimate_simulation(longer, 1, false).seconds, base.seconds);
  EXPECT_GT(estimate_simulation(sampled, 1, false).bytes, base.bytes);
  EXPECT_GT(estimate_simulation(sampled, 1, true).bytes, estimate_simulation(sampled, 1, false).bytes);
}

TEST(Estimate, TradesTimeForMemoryWithThreadsUpToOneACue) {
  const Design design = recall(256, 8, 2);
  const Estimate one = estimate_simulation(design, 1, false);
  const Estimate two = estimate_simulation(design, 2, false);
  const Estimate many = estimate_simulation(design, 64, false);
  EXPECT_LT(two.seconds, one.seconds);
  EXPECT_GT(two.bytes, one.bytes);
  EXPECT_EQ(many.bytes, two.bytes);
  EXPECT_EQ(many.seconds, two.seconds);
}

// A step of Heun's method takes two evaluations.
TEST(Estimate, CountsTheStepsOfNoisyRunsThatDelaysMakeLonger) {
  Design design = recall(8, 1, 1);
  design.noise.temperature = 1e-4;
  design.circuit.delay = Vector::Constant(8, 2.5);
  const Simulation found = simulate(design, {});
  ASSERT_EQ(found.cues.size(), 1U);
  EXPECT_NEAR(noisy_evaluations(design), 2.0 * static_cast<double>(found.cues[0].steps), 2.0);
}

TEST(Estimate, OfAVerificationGrowsWithNeuronsCuesAndSimulators) {
  const Estimate base = estimate_verification(recall(64, 4, 10), 1, 2);
  EXPECT_LT(estimate_verification(recall(64, 4, 10), 1, 0).seconds, base.seconds);
  EXPECT_GT(estimate_verification(recall(64, 4, 20), 1, 2).seconds, base.seconds);
  EXPECT_GT(estimate_verification(recall(128, 4, 10), 1, 2).bytes, base.bytes);
}

/// The automatic step of steep units is as fine as quantise() makes it; a given one stays.
TEST(Estimate, OfAVerificationFollowsTheAutomaticStep) {
  for (const double gain : {4.0, 800.0}) {
    for (const Order order : {Order::one, Order::two}) {
      Design design = recall(64, 8, 4);
      design.circuit.gain.setConstant(gain);
      design.hardware.order = order;
      design.hardware.automatic_step = true;
      const Estimate automatic = estimate_verification(design, 1, 1);
      const int chosen = prepare(design).quantised.network.step_exponent;
      EXPECT_EQ(chosen > 5, gain > 4.0);
      design.hardware.automatic_step = false;
      design.hardware.step_exponent = chosen;
      design.hardware.max_steps <<= chosen - 5;
      EXPECT_EQ(automatic.seconds, estimate_verification(design, 1, 1).seconds) << "gain " << gain;
      EXPECT_EQ(automatic.bytes, estimate_verification(design, 1, 1).bytes) << "gain " << gain;
    }
  }
}

TEST(Estimate, OfAVerificationCountsTheStepsOfThePhases) {
  Design design = recall(64, 4, 10);
  const Estimate none = estimate_verification(design, 1, 1);
  design.recall.hold = {Held::visible};
  design.recall.hold_time = {100.0};   // some five times as long as the recall
  const Estimate held = estimate_verification(design, 1, 1);
  EXPECT_GT(held.seconds, 4.0 * none.seconds);
  EXPECT_GT(held.bytes, 3.0 * none.bytes);
}

TEST(Estimate, KnowsThePhasesThatHiddenUnitsBring) {
  Design design = recall(8, 4, 10);
  design.memory.rule = Rule::any;
  const Estimate automatic = estimate_verification(design, 1, 1);
  design.recall.hold = {Held::visible, Held::hidden};
  EXPECT_EQ(automatic.seconds, estimate_verification(design, 1, 1).seconds);
  design.recall.hold->clear();
  EXPECT_GT(automatic.seconds, 1.5 * estimate_verification(design, 1, 1).seconds);
}

Design factored(int neurons, int memories, int cues) {
  Design design = recall(neurons, memories, cues);
  design.hardware.form = "factored";
  return design;
}

TEST(Estimate, OfTheFactoredFormGrowsWithNeuronsTimesMemories) {
  const Estimate dense = estimate_verification(recall(8192, 4, 1), 1, 1);
  const Estimate one = estimate_verification(factored(8192, 4, 1), 1, 1);
  const Estimate twice = estimate_verification(factored(16384, 4, 1), 1, 1);
  EXPECT_LT(one.seconds, dense.seconds / 100.0);
  EXPECT_LT(one.bytes, dense.bytes / 20.0);
  EXPECT_LT(twice.seconds, 2.5 * one.seconds + 4.0);   // 4 s: Σ|W_ij| takes N² products
  EXPECT_LT(twice.bytes, 2.5 * one.bytes);
}

/// Most memory that a process of its own takes when it runs `work`; bytes.
double peak_of(const std::function<void()>& work) {
  const pid_t child = fork();
  if (child == 0) {
    work();
    _exit(0);
  }
  int status = 0;
  rusage usage{};
  wait4(child, &status, 0, &usage);
  EXPECT_EQ(status, 0);
  return 1024.0 * static_cast<double>(usage.ru_maxrss);
}

TEST(Estimate, OfALargeRecallByFactorsHoldsNoMatrix) {
  EXPECT_LT(estimate_simulation(recall(8192, 4, 1), 1, false).bytes, 8.0 * 8192.0 * 8192.0 / 10.0);
  EXPECT_GT(estimate_verification(recall(8192, 4, 1), 1, 0).bytes, 8.0 * 8192.0 * 8192.0);
}

#if !defined(__SANITIZE_ADDRESS__)  // its freed blocks stay
TEST(Estimate, IsWithinAFactorOfTwoOfTheMemoryThatARunTakes) {
  const double process = peak_of([] { simulate(recall(8, 1, 1), {}); });
  const double measured = peak_of([] { simulate(recall(448, 8, 1), {}); }) - process;
  const double estimated = estimate_simulation(recall(448, 8, 1), 1, false).bytes;
  EXPECT_GT(estimated, 0.5 * measured);
  EXPECT_LT(estimated, 2.0 * measured);
}

TEST(Estimate, OfAFactoredVerificationIsWithinAFactorOfTwoOfTheMemoryThatItTakes) {
  VerificationOptions options;
  options.engines = {"golden"};
  options.make_engine = [](const std::string&, const FixedNetwork& network) { return make_golden_engine(network, 1); };
  const double process = peak_of([&] { run_verification(factored(8, 1, 1), options); });
  const double measured = peak_of([&] { run_verification(factored(2048, 8, 2), options); }) - process;
  const double estimated = estimate_verification(factored(2048, 8, 2), 1, 0).bytes;
  EXPECT_GT(estimated, 0.5 * measured);
  EXPECT_LT(estimated, 2.0 * measured) << measured;
}
#endif

}  // namespace
}  // namespace basin
