#include "sim/compare/blame.hpp"

#include <gtest/gtest.h>

#include "models/fixed/fixed_number.hpp"
#include "models/fixed/quantise.hpp"
#include "models/fixed/stepper.hpp"
#include "sim/compare/cue_comparison.hpp"
#include "sim/compare/mixed_model.hpp"
#include "sim/reference/pipeline.hpp"
#include "tests/unit/compare/designs.hpp"

namespace basin {
namespace {

/// The integers of golden and of the mixed model with nothing made exact, over `steps` steps from the first cue.
void expect_equal_integers(const Design& design, int steps) {
  const Prepared prepared = prepare(design);
  const FixedNetwork& network = prepared.quantised.network;
  Stepper<FixedNumber> golden{FixedNumber(network)};
  const std::vector<std::uint8_t> masks = make_setup(prepared, 0).raw.clamp;
  MixedModel mixed(network, prepared.core, {network.biases, masks.empty() ? network.clamps : masks}, {});
  const CueSetup setup = make_setup(prepared, 0);
  if (!setup.raw.clamp.empty()) golden.number().set_clamps(setup.raw.clamp);
  const std::vector<std::int64_t> start(setup.raw.state.begin(), setup.raw.state.end());
  golden.load(start);
  mixed.load(setup.start);
  for (int k = 0; k <= steps; ++k) {
    const Vector raw = mixed.state() / network.lsb_state;
    for (std::size_t i = 0; i < start.size(); ++i) {
      ASSERT_EQ(static_cast<double>(golden.state()[i]), std::round(raw[static_cast<Index>(i)])) << "step " << k << ", neuron " << i;
    }
    golden.step();
    mixed.step();
  }
}

/// Where the mixed model with `exact` is after one τ, less where the designed circuit is.
double error_after(const Design& design, Exact exact) {
  const Prepared prepared = prepare(design);
  const FixedNetwork& network = prepared.quantised.network;
  MixedModel mixed(network, prepared.core, {network.biases, network.clamps}, exact);
  mixed.load(prepared.cues[0].start);
  for (int k = 0; k < 1 << network.step_exponent; ++k) mixed.step();
  ReferenceOptions options;
  options.t_end = 1.0;
  options.stop_when_settled = false;
  return (mixed.state() - integrate(prepared.core, prepared.cues[0].start, options).u).cwiseAbs().maxCoeff();
}

TEST(MixedModel, ComputesGoldensIntegersWhenNothingIsExact) { expect_equal_integers(test::hebb_design(), 200); }

TEST(MixedModel, ComputesGoldensIntegersAtOrderOne) {
  Design design = test::hebb_design();
  design.hardware.order = Order::one;
  expect_equal_integers(design, 200);
}

TEST(MixedModel, ComputesGoldensIntegersWithUnequalTimeConstantsGainsAndBiases) {
  Design design = test::hebb_design();
  for (Index i = 0; i < 16; ++i) {
    design.circuit.tau[i] = 1.0 + 0.13 * static_cast<double>(i);
    design.circuit.gain[i] = 4.0 - 0.2 * static_cast<double>(i);
    design.circuit.bias[i] = 0.01 * static_cast<double>(i) - 0.07;
  }
  expect_equal_integers(design, 300);
}

/// Delays of 0, ¼ and 1.5 τ.
Design delayed_design() {
  Design design = test::hebb_design();
  design.circuit.delay = Vector::Zero(16);
  for (Index i = 0; i < 16; ++i) design.circuit.delay[i] = i % 3 == 0 ? 0.0 : i % 3 == 1 ? 0.25 : 1.5;
  return design;
}

TEST(MixedModel, ComputesGoldensIntegersWithDelays) { expect_equal_integers(delayed_design(), 200); }

TEST(MixedModel, IsTheDelayedCircuitWhenAllIsExact) {
  // Between substeps outputs lie on a line: (1/256 τ)² / 8 of V″.
  const Exact all{.step = true, .weights = true, .table = true, .state = true};
  EXPECT_LT(error_after(delayed_design(), all), 1e-5);
  Design design = delayed_design();
  design.circuit.delay[5] = 0.3;   // not whole steps
  EXPECT_LT(error_after(design, all), 1e-5);
}

TEST(MixedModel, ComputesGoldensIntegersThroughThePhasesOfAClampedCue) {
  Design design = test::hebb_design();
  design.cues.as = CueUse::clamp;
  design.cues.amplitude = 0.6;
  design.cues.from = CueSource::file;
  design.cues.given = Matrix::Zero(1, 16);
  design.cues.given.leftCols(5).setOnes();
  design.recall.hold = {Held::visible, Held::visible};
  design.recall.hold_time = {0.5, 1.0};
  expect_equal_integers(design, 200);
  design.cues.as = CueUse::state;
  expect_equal_integers(design, 200);
}

TEST(MixedModel, IsTheCircuitWhenAllIsExact) {
  // Eight Runge–Kutta substeps of 1/256 τ: (1/256)^4 per τ times the fifth derivative, far below 1e-7.
  EXPECT_LT(error_after(test::hebb_design(), {.step = true, .weights = true, .table = true, .state = true}), 1e-7);
}

TEST(MixedModel, IsTheStepAloneWhenAllElseIsExact) {
  // Adams–Bashforth of order 2 has a quarter of the error at half the step; the order-1 start keeps it near.
  Design design = test::hebb_design();
  const Exact all_but_step{.weights = true, .table = true, .state = true};
  design.hardware.step_exponent = 5;
  const double coarse = error_after(design, all_but_step);
  design.hardware.step_exponent = 6;
  const double fine = error_after(design, all_but_step);
  EXPECT_GT(coarse, 1e-5);
  EXPECT_NEAR(coarse / fine, 4.0, 0.4);
}

TEST(Blame, NamesTheLargest) {
  EXPECT_STREQ((Blame{.step = 3, .weights = 2, .table = 1, .state = 0}.largest()), "step");
  EXPECT_STREQ((Blame{.step = 1, .weights = 2, .table = 1, .state = 0}.largest()), "weights");
  EXPECT_STREQ((Blame{.step = 1, .weights = 2, .table = 4, .state = 0}.largest()), "table");
  EXPECT_STREQ((Blame{.step = -1, .weights = -2, .table = -4, .state = 0}.largest()), "state");
}

}  // namespace
}  // namespace basin
