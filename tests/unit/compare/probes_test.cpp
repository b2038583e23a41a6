#include "sim/compare/probes.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <optional>

#include "tests/unit/compare/designs.hpp"

namespace basin {
namespace {

/// A design's only cue, its reference and what the probes say.
struct Probed {
  Prepared prepared;
  Sensitivity found;
};

Probed probe_design(const Design& design, std::int64_t steps) {
  Probed probed{prepare(design), {}};
  const Judgement judgement{.prepared = probed.prepared};
  const CueSetup setup = make_setup(probed.prepared, 0);
  const ClampedCircuit released(setup.realised, setup.realised_clamp);
  const ReferenceRun reference = run_reference(judgement, released, setup.start, steps);
  std::optional<PolishedEnd> end;
  if (reference.reason == EndReason::settled) end.emplace(setup.realised, reference.u, judgement.bound());
  const ProbedCue cue{&setup, &released, &reference.samples, end ? &*end : nullptr};
  probed.found = Prober(judgement).probe({&cue, 1}).front();
  return probed;
}

/// u̇ = −u + 1.5 clamp(u): an exact exponential e^{t/2} in |u| < 1, and e^{−t} towards ±1.5 beyond.
Design clipped_unit(double u0) {
  Design design = test::plain_design(1);
  design.circuit.activation = ActivationKind::clipped_linear;
  design.circuit.gain[0] = 1.0;
  design.circuit.weights = Matrix::Constant(1, 1, 1.5);
  design.circuit.initial[0] = u0;
  return design;
}

TEST(Probe, FindsTheAmplificationOfAnExponentialExactly) {
  // From 0.2 to 1 the difference of two trajectories grows by exactly 5; the one that leaves the linear range first stops
  // growing there, so the largest difference is within δ/u0 = 1.5 % of that.
  const Probed probed = probe_design(clipped_unit(0.2), 640);
  EXPECT_NEAR(probed.found.amplification, 5.0, 0.015 * 5.0);
  EXPECT_EQ(probed.found.borderline, "");
}

TEST(Probe, FindsNoAmplificationWhereTheFlowContracts) {
  const Probed probed = probe_design(clipped_unit(1.2), 640);
  EXPECT_NEAR(probed.found.amplification, 1.0, 1e-6);   // the shift itself, at step 0
  EXPECT_EQ(probed.found.borderline, "");
}

TEST(Probe, CallsACueNextToTheSeparatrixBorderline) {
  // 2e-3 B = 3e-3: a start of 2e-3 changes side.
  const Probed probed = probe_design(clipped_unit(0.002), 640);
  EXPECT_NE(probed.found.borderline.find("ends elsewhere when u0 moves"), std::string::npos) << probed.found.borderline;
}

TEST(Probe, CallsACueThatAmplifiesFiftyTimesBorderline) {
  // 1/0.01 = 100 > 50, and no draw of 3e-3 changes its side.
  const Probed probed = probe_design(clipped_unit(0.01), 640);
  EXPECT_GT(probed.found.amplification, 50.0);
  EXPECT_NE(probed.found.borderline.find("amplifies a change of u0"), std::string::npos) << probed.found.borderline;
}

TEST(Probe, CallsACueBorderlineThatTheDriveErrorTurns) {
  // b moves the saddle to ∓2b. With coarse states e_f is 32·LSB_u > u0/2, while u0 itself is out of reach of 2e-3 B.
  Design design = clipped_unit(0.05);
  design.hardware.state_bits = 9;
  const Probed probed = probe_design(design, 640);
  const double shift = Judgement{.prepared = probed.prepared}.bias_shift();
  ASSERT_GT(shift, 0.03);
  EXPECT_NE(probed.found.borderline.find("quantisation error"), std::string::npos) << probed.found.borderline;
}

TEST(Judgement, ShiftsTheDriveByTheErrorOfStatesAndOutputs) {
  const Prepared prepared = prepare(clipped_unit(0.2));
  const Judgement judgement{.prepared = prepared};
  const FixedNetwork& network = prepared.quantised.network;
  EXPECT_DOUBLE_EQ(judgement.bias_shift(), 32.0 * network.lsb_state + 0.5 * prepared.quantised.bound * network.lsb_drive);
  EXPECT_DOUBLE_EQ(judgement.start_shift(), 0.002 * prepared.quantised.bound);
}

}  // namespace
}  // namespace basin
