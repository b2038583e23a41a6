#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "models/design/error.hpp"
#include "sim/compare/cue_comparison.hpp"
#include "sim/compare/verification.hpp"
#include "sim/golden/golden_engine.hpp"
#include "sim/reference/raw_cue.hpp"
#include "sim/reference/simulation.hpp"
#include "tests/unit/compare/designs.hpp"

namespace basin {
namespace {

VerificationOptions golden_alone() {
  VerificationOptions options;
  options.engines = {"golden"};
  options.make_engine = [](const std::string&, const FixedNetwork& network) { return make_golden_engine(network, 1); };
  return options;
}

/// The flipflop whose first neuron a cue clamps, sampled at 0, ½, 1, … 8 τ.
Design clamped_flipflop(double cue, double amplitude) {
  Design design = test::flipflop_design(0.0, 0.0);
  design.cues.present = true;
  design.cues.from = CueSource::file;
  design.cues.as = CueUse::clamp;
  design.cues.amplitude = amplitude;
  design.cues.given.resize(1, 2);
  design.cues.given << cue, 0.0;
  design.cues.count = 1;
  design.simulate.t_end = 8.0;
  design.simulate.samples = 16;
  return design;
}

/// E of a tanh unit of gain 4 with input b at state u: −b V + ∫₀^V atanh(x)/4 dx, in closed form.
double energy_of_one(double u, double b) {
  const double v = std::tanh(4.0 * u);
  return -b * v + 0.25 * (v * std::atanh(v) + 0.5 * std::log(1.0 - v * v));
}

// With V_0 = c held, u_1 = c(1 − e^−t), and the circuit that is left is neuron 1 with input c.
TEST(ClampedSamples, OfASimulationShowTheHeldOutputAndTheEnergyOfTheCircuitThatIsLeft) {
  for (const double amplitude : {1.0, 0.5}) {
    const Simulation found = simulate(clamped_flipflop(-1.0, amplitude), {});
    const SimulatedCue& cue = found.cues[0];
    const Matrix v = sampled_outputs(found, 0);
    ASSERT_EQ(v.rows(), 17);
    ASSERT_EQ(cue.energies.size(), 17U);
    for (Index k = 0; k < v.rows(); ++k) {
      const double u = -amplitude * (1.0 - std::exp(-found.times[static_cast<std::size_t>(k)]));
      EXPECT_EQ(v(k, 0), -amplitude) << "sample " << k;
      EXPECT_NEAR(v(k, 1), std::tanh(4.0 * u), 1e-6) << "sample " << k;
      EXPECT_NEAR(cue.energies[static_cast<std::size_t>(k)], energy_of_one(u, -amplitude), 1e-6) << "sample " << k;
    }
    EXPECT_NEAR(cue.energy, cue.energies.back(), 1e-12);
  }
}

// A phase of 2 τ that holds neuron 1 at V = 0 puts everything off by 2 τ.
TEST(ClampedSamples, OfARecallWithPhasesAreTheSameLaterOn) {
  Design design = clamped_flipflop(-1.0, 1.0);
  design.recall.hold = {Held::visible};
  design.recall.hold_time = {2.0};
  const Simulation found = simulate(design, {});
  const Matrix v = sampled_outputs(found, 0);
  for (std::size_t k = 0; k < 17; ++k) {
    const double u = -(1.0 - std::exp(-std::max(found.times[k] - 2.0, 0.0)));
    EXPECT_EQ(v(static_cast<Index>(k), 0), -1.0) << "sample " << k;
    EXPECT_NEAR(v(static_cast<Index>(k), 1), std::tanh(4.0 * u), 1e-6) << "sample " << k;
    EXPECT_NEAR(found.cues[0].energies[k], energy_of_one(u, -1.0), 1e-6) << "sample " << k;
  }
}

TEST(ClampedSamples, OfAVerificationShowTheSameOfTheRealisedCircuit) {
  const Design design = clamped_flipflop(-1.0, 1.0);
  const Verification found = run_verification(design, golden_alone());
  const Traces& traces = found.traces;
  ASSERT_GT(traces.samples, 8U);
  for (std::size_t k = 0; k < traces.samples; ++k) {
    EXPECT_EQ(traces.v[2 * k], -1.0) << "sample " << k;
    EXPECT_NEAR(traces.v[2 * k + 1], std::tanh(4.0 * traces.u[2 * k + 1]), 1e-12) << "sample " << k;
    EXPECT_NEAR(traces.energy[k], energy_of_one(traces.u[2 * k + 1], -1.0), 1e-6) << "sample " << k;
  }
}

/// A neuron that a phase holds where it is fully on shows ±1 there, and what its state gives after the release.
TEST(HeldSamples, ShowWhatAPhaseHoldsUntilItsEnd) {
  Design design = test::hebb_design();
  design.recall.hold = {Held::visible};
  design.recall.hold_time = {20.0};
  design.simulate.samples = 4;
  design.simulate.t_end = 40.0;
  const Simulation found = simulate(design, {});
  const Matrix v = sampled_outputs(found, 0);
  for (Index k = 0; k < 3; ++k) EXPECT_EQ(v.row(k).cwiseAbs().minCoeff(), 1.0) << "at " << 10 * k << " τ";
  EXPECT_LT(v.row(3).cwiseAbs().minCoeff(), 1.0);
}

// The clamp of a unipolar flipflop, V in (0, 1): T = 1, gain 4. Neuron 1 gets V_0 = (1 + c)/2 and settles there.
TEST(ClampedCues, OfUnipolarUnitsHoldTheirRangesEnds) {
  for (const double cue : {-1.0, 1.0}) {
    for (const double amplitude : {1.0, 0.5}) {
      Design design = clamped_flipflop(cue, amplitude);
      design.circuit.unipolar.assign(2, true);
      design.simulate.t_end.reset();
      const double held = 0.5 * (1.0 + amplitude * cue);
      const Simulation simulated = simulate(design, {});
      EXPECT_EQ(simulated.cues[0].v[0], held);
      EXPECT_NEAR(simulated.cues[0].u[1], held, 1e-6);
      const Verification verified = run_verification(design, golden_alone());
      EXPECT_EQ(verified.verdict, Verdict::pass) << (verified.reasons.empty() ? "" : verified.reasons.front());
      EXPECT_NEAR(verified.prepared.cues[0].clamp[0], amplitude * cue, 1e-15);   // core coordinates
      const Traces& traces = verified.traces;
      const double code = verified.prepared.quantised.network.lsb_drive;
      for (std::size_t k = 0; k < traces.samples; ++k) EXPECT_NEAR(traces.v[2 * k], amplitude * cue, 0.5 * code + 1e-12);
      EXPECT_NEAR(verified.recalls[0].energy, simulated.cues[0].energy, 1e-3);
      EXPECT_EQ(verified.recalls[0].signs, simulated.cues[0].signs);
    }
  }
}

TEST(ClampedCues, OfMixedRangesHoldEachUnitOnItsOwn) {
  Design design = clamped_flipflop(-1.0, 1.0);
  design.circuit.unipolar = {false, true};
  EXPECT_EQ(simulate(design, {}).cues[0].v[0], -1.0);
  design.circuit.unipolar = {true, false};
  EXPECT_EQ(simulate(design, {}).cues[0].v[0], 0.0);
}

TEST(ClampedCues, BeyondEveryOutputAreRefusedByBothVerbs) {
  for (const bool unipolar : {false, true}) {
    Design design = clamped_flipflop(-1.0, 1.5);
    design.circuit.unipolar.assign(2, unipolar);
    EXPECT_THROW(simulate(design, {}), InputError);
    EXPECT_THROW(prepare(design), InputError);
    design.cues.amplitude = 1.0;
    EXPECT_NO_THROW(simulate(design, {}));
    EXPECT_NO_THROW(prepare(design));
  }
}

/// Biases 5.4 and a cue that adds 0.4 LSB: their sum rounds to 6, the two apart to 5 + 0.
TEST(RawCue, RoundsTheSumOfTheBiasAndWhatTheCueAdds) {
  FixedNetwork network;
  network.neurons = 1;
  network.biases = {5};
  Cue cue;
  cue.start = Vector::Constant(1, 2.5);
  const Vector bias = Vector::Constant(1, 5.4);
  EXPECT_TRUE(raw_cue(network, bias, cue).bias.empty());
  EXPECT_EQ(raw_cue(network, bias, cue).state, std::vector<std::int32_t>{3});
  cue.bias = Vector::Constant(1, 0.4);
  EXPECT_EQ(raw_cue(network, bias, cue).bias, std::vector<std::int32_t>{6});
}

/// Held neurons' factors leave the circuit, and the row sums with them: as the dense weights' do.
TEST(ClampedCircuit, OfFactorsIsThatOfTheirMatrix) {
  Circuit factored;
  const Index n = 6;
  Factors factors{Matrix(2, n), Matrix::Identity(2, 2) / 6.0, Vector::Constant(n, -2.0 / 6.0), Vector::Ones(n)};
  factors.patterns << 1, 1, 1, -1, -1, -1, 1, -1, 1, -1, 1, 1;
  factors.row_sums = factors.absolute_row_sums();
  factored.bias = Vector::LinSpaced(n, -0.1, 0.2);
  factored.tau = factored.resistance = Vector::Ones(n);
  factored.gain = Vector::Constant(n, 4.0);
  factored.threshold = Vector::Zero(n);
  factored.unipolar.assign(static_cast<std::size_t>(n), false);
  Circuit dense = factored;
  dense.weights = factors.dense();
  factored.factors = std::make_shared<const Factors>(factors);
  Vector held = Vector::Constant(n, std::numeric_limits<double>::quiet_NaN());
  held[1] = 0.5;
  held[4] = -1.0;
  const ClampedCircuit one(factored, held), other(dense, held);
  EXPECT_LE((one.free_circuit().bias - other.free_circuit().bias).cwiseAbs().maxCoeff(), 1e-15);
  EXPECT_LE((one.free_circuit().factors->dense() - other.free_circuit().weights).cwiseAbs().maxCoeff(), 1e-15);
  EXPECT_LE((absolute_row_sums(one.free_circuit()) - absolute_row_sums(other.free_circuit())).cwiseAbs().maxCoeff(), 1e-15);
  const Vector u = Vector::LinSpaced(4, -0.2, 0.3);
  EXPECT_LE((one.expand(u) - other.expand(u)).cwiseAbs().maxCoeff(), 1e-15);

  Circuit moved = dense;
  moved.bias.array() += 0.25;
  const ClampedCircuit again(other, moved);
  EXPECT_EQ(again.free_circuit().bias, Vector(ClampedCircuit(moved, held).free_circuit().bias));
  EXPECT_EQ(&ClampedCircuit(dense, {}).free_circuit(), &dense);   // no copy where nothing is held
}

}  // namespace
}  // namespace basin
