#include "sim/reference/phases.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "models/design/error.hpp"
#include "models/fixed/fixed_number.hpp"
#include "models/fixed/quantise.hpp"
#include "sim/compare/cue_comparison.hpp"
#include "sim/compare/probes.hpp"
#include "sim/compare/verification.hpp"
#include "sim/golden/golden_engine.hpp"
#include "sim/reference/recall.hpp"
#include "sim/reference/simulation.hpp"
#include "tests/support/fixed_circuits.hpp"
#include "tests/unit/compare/designs.hpp"

namespace basin {
namespace {

const double on = std::atanh(1.0 - std::ldexp(1.0, -17));   // λu of a tanh unit that shows ±1

std::string problem_of(const Design& design) {
  try {
    (void)prepare(design);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

VerificationOptions golden_alone() {
  VerificationOptions options;
  options.engines = {"golden"};
  options.make_engine = [](const std::string&, const FixedNetwork& network) { return make_golden_engine(network, 1); };
  return options;
}

/// Neuron 0 is visible and drives neuron 1, hidden, by 0.8; neuron 1 drives neuron 0 by −0.5.
Circuit pair() {
  Matrix weights(2, 2);
  weights << 0.0, -0.5, 0.8, 0.0;
  Circuit circuit = test::circuit_of(weights, 4.0);
  circuit.hidden = 1;
  return circuit;
}

// Each phase is linear: what moves relaxes towards a constant drive. Phase 0, V_0 = 1: u_1 = 0.8 (1 − e^−t). Phase 1,
// V_1 = tanh(4 u_1(2)): u_0 = D + (u_0(0) − D) e^−t, D = −V_1/2.
TEST(Recall, FollowsTheClosedFormOfEveryPhaseAndHandsTheStatesOver) {
  const Circuit circuit = pair();
  const HoldPhases phases{{2.0, {true, false}}, {3.0, {false, true}}};
  ReferenceOptions options;
  options.sample_times = {0.0, 0.5, 2.0, 2.5, 5.0, 5.1};
  const Vector u0 = (Vector(2) << on / 4.0, 0.0).finished();
  const ReferenceRun run = recall(ClampedCircuit(circuit, {}), u0, phases, options);
  ASSERT_EQ(run.times, options.sample_times);
  const double hidden = 0.8 * (1.0 - std::exp(-2.0)), drive = -0.5 * std::tanh(4.0 * hidden);
  const auto visible = [&](double t) { return drive + (u0[0] - drive) * std::exp(-t); };
  const double expected[][2] = {{u0[0], 0.0}, {u0[0], 0.8 * (1.0 - std::exp(-0.5))}, {u0[0], hidden},
                                {visible(0.5), hidden}, {visible(3.0), hidden}};
  for (Index k = 0; k < 5; ++k) {
    for (Index i = 0; i < 2; ++i) EXPECT_NEAR(run.samples(k, i), expected[k][i], 1e-7) << "sample " << k << ", neuron " << i;
  }
  EXPECT_LT(run.samples(5, 1), hidden);   // V_0 is below 1 now
  EXPECT_EQ(run.reason, EndReason::settled);
  EXPECT_GE(run.settle_time, 5.0);
  EXPECT_LT(run.u.cwiseAbs().maxCoeff(), 1e-6);   // u = 0 is the only equilibrium: W_01 W_10 < 0
}

TEST(Recall, OfAClampHoldsItsOutputThroughAllPhases) {
  const Circuit circuit = pair();
  ReferenceOptions options;
  Vector clamp(2);
  clamp << 0.25, std::nan("");
  const ReferenceRun run = recall(ClampedCircuit(circuit, clamp), Vector::Zero(2), {{1.0, {false, true}}}, options);
  EXPECT_EQ(run.u[0], 0.0);                // its state stays
  EXPECT_NEAR(run.u[1], 0.8 * 0.25, 1e-7);
}

TEST(Recall, EndsBeforeNoReleaseThatIsAskedFor) {
  ReferenceOptions options;
  options.t_end = 1.0;
  const Circuit circuit = pair();
  EXPECT_THROW(recall(ClampedCircuit(circuit, {}), Vector::Zero(2), {{1.0, {true, false}}}, options), std::invalid_argument);
}

TEST(HoldPhases, HoldTheVisibleThenTheHiddenUnitsWhereThereAreSome) {
  const HoldPhases phases = hold_phases(test::plain_design(1), pair());
  ASSERT_EQ(phases.size(), 2U);
  EXPECT_EQ(phases[0].held, (std::vector<bool>{true, false}));
  EXPECT_EQ(phases[1].held, (std::vector<bool>{false, true}));
  EXPECT_EQ(phases[0].duration, 12.0);
  EXPECT_TRUE(hold_phases(test::hebb_design(), test::circuit_of(Matrix::Zero(16, 16), 4.0)).empty());
}

TEST(HoldPhases, RefuseHiddenUnitsThatAreNotThere) {
  Design design = test::hebb_design();
  design.recall.hold = {Held::visible, Held::hidden};
  EXPECT_NE(problem_of(design).find("recall.hold"), std::string::npos) << problem_of(design);
}

TEST(HoldPhases, MustEndBeforeTheStepLimitAndTheEndOfASimulation) {
  Design design = test::hebb_design();
  design.recall.hold = {Held::visible};
  design.hardware.max_steps = 384;   // 12 τ of 32 steps
  EXPECT_NE(problem_of(design).find("hardware.max_steps"), std::string::npos) << problem_of(design);
  design.hardware.max_steps = 385;
  EXPECT_EQ(problem_of(design), "");
  design.recall.hold_time = {0.01};
  EXPECT_NE(problem_of(design).find("recall.hold_time"), std::string::npos) << problem_of(design);
  design.recall.hold_time = {2.0};
  design.simulate.t_end = 2.0;
  EXPECT_THROW(simulate(design, {}), InputError);
}

/// §2.4 and §8.3 of the storage theorem: one hidden ±1 unit a pattern, weights ξ/2 both ways, hidden bias −(N − 1)/2, gain
/// 4 and 8 (2·4 − ½ ≥ ln(8·3·4)): each of the four even-parity states of 3 bits is an equilibrium, with its own unit on.
Circuit parity(Matrix& patterns) {
  patterns.resize(4, 3);
  patterns << 1, 1, 1, 1, -1, -1, -1, 1, -1, -1, -1, 1;
  Matrix weights = Matrix::Zero(7, 7);
  weights.topRightCorner(3, 4) = 0.5 * patterns.transpose();
  weights.bottomLeftCorner(4, 3) = 0.5 * patterns;
  Circuit circuit = test::circuit_of(weights, 4.0);
  circuit.gain.tail(4).setConstant(8.0);
  circuit.bias.tail(4).setConstant(-1.0);
  circuit.hidden = 4;
  return circuit;
}

/// prepare() of a circuit that no design makes.
Prepared prepared_of(const Design& design, const Circuit& circuit) {
  Prepared prepared;
  prepared.circuit = circuit;
  prepared.core = to_core(circuit);
  for (Index m = 0; m < design.memory.patterns.rows(); ++m) {
    Vector start = Vector::Zero(circuit.size());
    start.head(circuit.visible()) = 0.5 * design.memory.patterns.row(m).transpose();
    prepared.cues.push_back({static_cast<int>(m), start, {}, {}});
  }
  show_held(design, circuit, prepared.cues);
  QuantiseOptions options;
  options.hardware = design.hardware;
  options.largest_start = on / 4.0;
  prepared.quantised = quantise(prepared.core, options);
  prepared.phases = hold_phases(design, circuit);
  set_phases(design, false, prepared.phases, prepared.quantised.network);
  prepared.realised = std::move(prepared.quantised.realised);
  return prepared;
}

TEST(ThreePhases, RecallStatesThatNeedHiddenUnitsAsTheCircuitDoes) {
  Design design = test::plain_design(3);
  design.memory.names = {"a", "b", "c", "d"};
  design.cues.present = true;
  const Circuit circuit = parity(design.memory.patterns);
  const Prepared prepared = prepared_of(design, circuit);
  const FixedNetwork& network = prepared.quantised.network;
  ASSERT_EQ(network.core.phases, 3);
  ASSERT_EQ(network.phase_steps, (std::vector<std::uint32_t>{384, 384}));
  const Judgement judgement{.prepared = prepared, .keep_trace = true};
  std::vector<std::unique_ptr<Engine>> engines;
  engines.push_back(make_golden_engine(network));
  const Prober prober(judgement);
  const std::vector<CueComparison> cues =
      compare_cues(judgement, prober, 0, 4, [&](int) { return CueEngines{engines, {}}; });
  for (int m = 0; m < 4; ++m) {
    const CueComparison& found = cues[static_cast<std::size_t>(m)];
    EXPECT_TRUE(found.lockstep.settled);
    EXPECT_TRUE(found.same_attractor);
    EXPECT_EQ(found.borderline, "");
    EXPECT_FALSE(found.moved_by_weights);
    EXPECT_LE(found.deviation.value, 1e-3 * judgement.bound() * std::max(1.0, found.amplification)) << m;
    for (Index i = 0; i < 3; ++i) EXPECT_GT(found.hardware_end[i] * design.memory.patterns(m, i), 0.0) << m;
    for (Index h = 0; h < 4; ++h) EXPECT_GT(found.hardware_end[3 + h] * (h == m ? 1.0 : -1.0), 0.0) << m;
    ASSERT_TRUE(found.settle_time && found.reference_settle_time);
    EXPECT_GE(*found.settle_time, 24.0);
    EXPECT_NEAR(*found.settle_time, *found.reference_settle_time, 0.1);
    const RawTrace& trace = found.lockstep.trace;
    for (std::size_t k = 0; k <= 768; ++k) {
      const std::size_t begin = k <= 384 ? 0 : 384;
      for (std::size_t i = begin == 0 ? 0 : 3; i < (begin == 0 ? 3U : 7U); ++i) {
        ASSERT_EQ(trace.row(k)[i], trace.row(begin)[i]) << "step " << k << ", neuron " << i;
      }
    }
  }
}

/// While they are held the outputs of the cue are exactly ±1, at any width of the codes.
TEST(ThreePhases, ShowTheCueAsFullCodes) {
  Design design = test::plain_design(3);
  design.cues.present = true;
  const Circuit circuit = parity(design.memory.patterns);
  for (const int bits : {4, 9, 16}) {
    design.hardware.drive_bits = bits;
    const Prepared prepared = prepared_of(design, circuit);
    const FixedNumber number(prepared.quantised.network);
    const CueSetup setup = make_setup(prepared, 1);
    for (std::size_t i = 0; i < 3; ++i) {
      EXPECT_EQ(number.activate(i, setup.raw.state[i]), design.memory.patterns(1, static_cast<Index>(i)) *
                                                            prepared.quantised.network.core.full_code()) << bits;
    }
  }
}

/// Ten of sixteen known outputs of each pattern.
Design partial_cues(double amplitude) {
  Design design = test::hebb_design();
  design.cues.from = CueSource::file;
  design.cues.as = CueUse::clamp;
  design.cues.amplitude = amplitude;
  design.cues.given = design.memory.patterns;
  design.cues.given.rightCols(6).setZero();
  design.cues.count = 3;
  return design;
}

TEST(ClampedCues, AreCompletedByTheHardwareAsByTheCircuit) {
  for (const double amplitude : {1.0, 0.7}) {
    const Verification found = run_verification(partial_cues(amplitude), golden_alone());
    EXPECT_EQ(found.verdict, Verdict::pass) << (found.reasons.empty() ? "" : found.reasons.front());
    ASSERT_EQ(found.recalls.size(), 3U);
    for (int m = 0; m < 3; ++m) {
      const Recall& recall = found.recalls[static_cast<std::size_t>(m)];
      EXPECT_EQ(recall.attractor, std::string(1, static_cast<char>('a' + m)));
      EXPECT_EQ(recall.reference_attractor, recall.attractor);
      EXPECT_EQ(recall.designed_attractor, recall.attractor);
      EXPECT_TRUE(recall.same_attractor);
    }
    EXPECT_GE(found.deviation.at.neuron, 10);   // a free one
    const FixedNetwork& network = found.prepared.quantised.network;
    EXPECT_EQ(network.core.phases, 1);
    EXPECT_TRUE(network.phase_steps.empty());
  }
}

/// tanh(4u) = 0.7 at u = atanh(0.7)/4; codes are 1/full apart.
TEST(ClampedCues, HoldTheStateOfTheNearestCode) {
  const Prepared prepared = prepare(partial_cues(0.7));
  const FixedNetwork& network = prepared.quantised.network;
  const FixedNumber number(network);
  const CueSetup setup = make_setup(prepared, 0);
  const double full = network.core.full_code();
  for (std::size_t i = 0; i < 10; ++i) {
    const double sign = prepared.cues[0].clamp[static_cast<Index>(i)] > 0.0 ? 1.0 : -1.0;
    const auto code = static_cast<double>(number.activate(i, setup.raw.state[i]));
    EXPECT_LE(std::abs(code - sign * 0.7 * full), 0.5) << i;
    EXPECT_DOUBLE_EQ(setup.realised_clamp[static_cast<Index>(i)], code / full);
    EXPECT_NEAR(setup.raw.state[i] * network.lsb_state, sign * std::atanh(0.7) / 4.0, 1e-3);
    EXPECT_EQ(setup.raw.clamp[i], 1);
  }
  for (std::size_t i = 10; i < 16; ++i) {
    EXPECT_EQ(setup.raw.state[i], 0);
    EXPECT_EQ(setup.raw.clamp[i], 0);
  }
}

TEST(ClampedCues, MayBeHeldBesideTheVisibleUnits) {
  Design design = partial_cues(1.0);
  design.recall.hold = {Held::visible};
  design.recall.hold_time = {1.0};
  const Verification found = run_verification(design, golden_alone());
  EXPECT_EQ(found.verdict, Verdict::pass) << (found.reasons.empty() ? "" : found.reasons.front());
  EXPECT_EQ(found.cues.recalled, 3);
  EXPECT_EQ(found.prepared.quantised.network.phase_steps, std::vector<std::uint32_t>{32});
}

TEST(ClampedCues, AreRefusedWhereNoUnitHasTheirOutput) {
  EXPECT_NE(problem_of(partial_cues(1.5)).find("cues.amplitude"), std::string::npos);
  Design hard = partial_cues(0.5);
  hard.circuit.activation = ActivationKind::hard;
  hard.hardware.allow_unstable_step = true;
  EXPECT_NE(problem_of(hard).find("cues.amplitude"), std::string::npos) << problem_of(hard);
  Design slow = test::hebb_design();
  slow.circuit.activation = ActivationKind::arctan;
  slow.recall.hold = {Held::visible};
  EXPECT_NE(problem_of(slow).find("recall.hold"), std::string::npos) << problem_of(slow);
  Design all = partial_cues(1.0);
  all.cues.given = all.memory.patterns;
  EXPECT_NE(problem_of(all).find("holds every output"), std::string::npos) << problem_of(all);
}

TEST(Simulation, GoesThroughThePhases) {
  Design design = test::hebb_design();
  design.recall.hold = {Held::visible};
  design.recall.hold_time = {20.0};
  design.simulate.samples = 4;
  design.simulate.t_end = 40.0;
  const Simulation found = simulate(design, {});
  for (const SimulatedCue& cue : found.cues) {
    EXPECT_EQ(cue.status, "recalled");
    EXPECT_EQ(cue.samples.row(2), cue.samples.row(0)) << "20 τ";
    EXPECT_NEAR(cue.samples(0, 0), std::copysign(on / 4.0, cue.samples(0, 0)), 1e-9);
    ASSERT_TRUE(cue.settle_time);
    EXPECT_NE(cue.samples.row(3), cue.samples.row(0));
    EXPECT_GE(*cue.settle_time, 20.0);
    for (std::size_t k = 1; k < cue.energies.size(); ++k) EXPECT_LE(cue.energies[k], cue.energies[k - 1] + 1e-9);
  }
}

}  // namespace
}  // namespace basin
