#include <gtest/gtest.h>

#include <cmath>

#include "sim/reference/simulation.hpp"
#include "tests/unit/compare/designs.hpp"

// Above 4,096 neurons simulate() holds W as factors. Orthogonal memories under Hebb's rule have a closed form.
namespace basin {
namespace {

constexpr double gain = 4.0;

/// `memories` Walsh patterns of `neurons` units, a cue each with a tenth flipped.
Design walsh_design(int neurons, int memories) {
  Design design = test::plain_design(neurons);
  design.circuit.gain.setConstant(gain);
  design.memory.rule = Rule::hebb;
  design.memory.patterns.resize(memories, neurons);
  for (int m = 0; m < memories; ++m) {
    for (Index i = 0; i < neurons; ++i) design.memory.patterns(m, i) = ((i >> m) & 1) != 0 ? -1.0 : 1.0;
    design.memory.names.push_back(std::to_string(m));
  }
  design.cues.present = true;
  design.cues.flip = 0.1;
  design.cues.count = memories;
  return design;
}

TEST(LargeSimulation, HoldsFactorsOnlyWhereTheRuleThePatternsAndTheUnitsAllow) {
  EXPECT_EQ(kept_for_simulation(walsh_design(4096, 3)), Keep::matrix);
  EXPECT_EQ(kept_for_simulation(walsh_design(4104, 3)), Keep::factors);
  Design design = walsh_design(4104, 3);
  design.memory.rule = Rule::storkey;
  EXPECT_EQ(kept_for_simulation(design), Keep::matrix);
  design.memory.rule = Rule::pseudo_inverse;
  EXPECT_EQ(kept_for_simulation(design), Keep::factors);
  design.circuit.activation = ActivationKind::hard;
  EXPECT_EQ(kept_for_simulation(design), Keep::matrix);
  design.circuit.activation = ActivationKind::tanh;
  design.memory.patterns.resize(514, 4104);
  EXPECT_EQ(kept_for_simulation(design), Keep::matrix);
}

/// u = aξ with a = κ tanh λa, κ = 1 − M/N; the Jacobian is λ(1 − tanh² λa) W − 1 there, W's largest eigenvalue κ.
TEST(LargeSimulation, FindsTheClosedFormOfOrthogonalMemories) {
  constexpr int neurons = 8192;
  constexpr int memories = 3;
  const Simulation found = simulate(walsh_design(neurons, memories), {});
  EXPECT_EQ(found.designed.circuit.weights.size(), 0);
  const double margin = 1.0 - static_cast<double>(memories) / neurons;
  double a = 1.0;
  for (int i = 0; i < 200; ++i) a = margin * std::tanh(gain * a);
  const double slope = gain * (1.0 - std::pow(std::tanh(gain * a), 2));
  ASSERT_EQ(found.cues.size(), 3U);
  for (const SimulatedCue& cue : found.cues) {
    EXPECT_EQ(cue.status, "recalled");
    EXPECT_EQ(cue.form, std::string("factored"));
  }
  ASSERT_EQ(found.equilibria.size(), 3U);
  for (const ReachedEquilibrium& end : found.equilibria) {
    EXPECT_TRUE(end.stable);
    EXPECT_NEAR(end.u.cwiseAbs().maxCoeff(), a, 1e-9);  // the residual is below 1e-10 of B
    EXPECT_NEAR(end.u.cwiseAbs().minCoeff(), a, 1e-9);
    ASSERT_EQ(end.eigenvalues.size(), 1);
    EXPECT_NEAR(end.eigenvalues[0].real(), slope * margin - 1.0, 1e-8);
  }
  for (const SimulatedMemory& memory : found.memories) {
    EXPECT_TRUE(memory.stored);
    EXPECT_NEAR(memory.margin, margin, 1e-12);
  }
  EXPECT_TRUE(found.symmetric);
  EXPECT_TRUE(found.energy_never_rises);
}

/// One output held: its row and column leave the factors.
TEST(LargeSimulation, RecallsWithOutputsHeld) {
  Design design = walsh_design(4608, 2);
  design.cues.count = 0;
  design.cues.from = CueSource::file;
  design.cues.as = CueUse::clamp;
  design.cues.amplitude = 1.0;
  design.cues.given = design.memory.patterns.row(0);
  design.cues.given.rightCols(1000).setZero();
  const Simulation found = simulate(design, {});
  ASSERT_EQ(found.cues.size(), 1U);
  EXPECT_EQ(found.cues[0].status, "recalled");
}

}  // namespace
}  // namespace basin
