#include "sim/compare/verification.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "models/design/error.hpp"
#include "sim/compare/engine_set.hpp"
#include "sim/golden/golden_engine.hpp"
#include "tests/unit/compare/designs.hpp"
#include "tests/unit/compare/fake_engine.hpp"

namespace basin {
namespace {

using test::Fault;
using test::SpoiledEngine;

/// Golden, and as "other" golden with a fault.
VerificationOptions options_with(Fault fault) {
  VerificationOptions options;
  options.engines = {"other"};
  options.make_engine = [fault](const std::string& name, const FixedNetwork& network) -> std::unique_ptr<Engine> {
    auto golden = make_golden_engine(network, 0x1234);
    if (name == "golden") return golden;
    return std::make_unique<SpoiledEngine>(std::move(golden), name, fault);
  };
  return options;
}

bool mentions(const Verification& found, const std::string& text) {
  return std::any_of(found.reasons.begin(), found.reasons.end(),
                     [&](const std::string& reason) { return reason.find(text) != std::string::npos; });
}

TEST(Verification, PassesOnOrthogonalPatterns) {
  const Verification found = run_verification(test::hebb_design(), options_with({}));
  EXPECT_EQ(found.verdict, Verdict::pass) << (found.reasons.empty() ? "" : found.reasons.front());
  EXPECT_EQ(found.cues.count, 9);
  EXPECT_EQ(found.cues.same_attractor, 9);
  EXPECT_EQ(found.cues.recalled, 9);   // 2 of 16 flips, Hamming distance of the patterns 8
  ASSERT_EQ(found.memories.size(), 3U);
  for (const MemoryReport& memory : found.memories) {
    EXPECT_EQ(memory.stored, true) << memory.name;
    EXPECT_NEAR(memory.margin, 1.0 - 3.0 / 16.0, 1e-12);   // Hebb, orthogonal patterns, zero diagonal
    EXPECT_FALSE(memory.certified.has_value());
  }
  EXPECT_EQ(found.recalls[4].target, "b");
  EXPECT_EQ(found.recalls[4].attractor, "b");
  EXPECT_EQ(found.recalls[4].status, "recalled");
  EXPECT_EQ(found.recalls[4].signs, "++--++--++--++--");
  EXPECT_EQ(found.hardware_id, 0x1234U);
}

TEST(Verification, OfTheFactoredFormAgreesWithThatOfTheDenseOne) {
  // Hebb's rule is exact in both forms: the same integers, so the same recalls.
  Design factored = test::hebb_design();
  factored.hardware.form = "factored";
  const Verification found = run_verification(factored, options_with({}));
  const Verification dense = run_verification(test::hebb_design(), options_with({}));
  EXPECT_EQ(found.verdict, Verdict::pass) << (found.reasons.empty() ? "" : found.reasons.front());
  EXPECT_EQ(found.prepared.circuit.weights.size(), 0);
  ASSERT_EQ(found.recalls.size(), dense.recalls.size());
  for (std::size_t c = 0; c < found.recalls.size(); ++c) {
    EXPECT_EQ(found.recalls[c].signs, dense.recalls[c].signs) << c;
    EXPECT_EQ(found.recalls[c].steps, dense.recalls[c].steps) << c;
    EXPECT_NEAR(found.recalls[c].deviation, dense.recalls[c].deviation, 1e-9) << c;
  }
}

TEST(Verification, FindsOneFlippedBitOfAnEngineAndLocatesIt) {
  const Verification found = run_verification(test::hebb_design(), options_with({.step = 17, .neuron = 5, .flip = 1}));
  EXPECT_EQ(found.verdict, Verdict::fail);
  ASSERT_EQ(found.engines.size(), 2U);
  EXPECT_TRUE(found.engines[0].bit_exact);
  EXPECT_FALSE(found.engines[1].bit_exact);
  ASSERT_TRUE(found.engines[1].mismatch.has_value());
  EXPECT_EQ(found.engines[1].mismatch->cue, 0);
  EXPECT_EQ(found.engines[1].mismatch->step, 17);
  EXPECT_EQ(found.engines[1].mismatch->neuron, 5);
  EXPECT_TRUE(mentions(found, "other differs from golden first at cue 0, step 17, neuron 5"));
}

TEST(Verification, WeighsTheDefaultEnginesByTheCuesThereAre) {
  Design design = test::hebb_design();
  design.verify.icarus_cues = 1000000;
  VerificationOptions options = options_with({});
  options.engines = {};
  const Verification found = run_verification(design, options);
  EXPECT_EQ(found.engines.size(), 5U);
  EXPECT_TRUE(found.left_out.empty());
  for (const EngineReport& engine : found.engines) EXPECT_EQ(engine.cues.size(), 9U) << engine.name;
}

TEST(Verification, RunsASlowEngineOnSpreadCuesAloneWhateverTheJobs) {
  for (const int jobs : {1, 3}) {
    VerificationOptions options = options_with({});
    options.engines = {"other", "icarus"};
    options.jobs = jobs;
    const Verification found = run_verification(test::hebb_design(), options);
    ASSERT_EQ(found.engines.size(), 3U);
    EXPECT_EQ(found.engines[1].cues.size(), 9U);
    EXPECT_EQ(found.engines[2].cues, (std::vector<int>{0, 3, 5, 7}));
    EXPECT_TRUE(found.engines[2].bit_exact);
    ASSERT_EQ(found.traces.u_raw.size(), 2U);   // those that ran every cue
  }
}

TEST(SlowEngines, RunEvenlySpreadCues) {
  std::vector<std::size_t> cues;
  for (std::size_t cue = 0; cue < 120; ++cue) {
    if (slow_engines_run(cue, 120, 4)) cues.push_back(cue);
  }
  EXPECT_EQ(cues, (std::vector<std::size_t>{0, 30, 60, 90}));
}

TEST(SlowEngines, RunEveryCueOfAFew) {
  for (std::size_t cue = 0; cue < 3; ++cue) EXPECT_TRUE(slow_engines_run(cue, 3, 4)) << cue;
}

TEST(Verification, FailsWhenAnEngineOverflows) {
  const Verification found = run_verification(test::hebb_design(), options_with({.step = 3, .overflow = true}));
  EXPECT_EQ(found.verdict, Verdict::fail);
  EXPECT_TRUE(mentions(found, "overflow"));
}

TEST(Verification, FailsWhenAnEngineReportsAnotherIdentity) {
  VerificationOptions options = options_with({});
  options.make_engine = [](const std::string& name, const FixedNetwork& network) -> std::unique_ptr<Engine> {
    return std::make_unique<SpoiledEngine>(make_golden_engine(network, name == "golden" ? 1U : 2U), name, Fault{});
  };
  const Verification found = run_verification(test::hebb_design(), options);
  EXPECT_EQ(found.verdict, Verdict::fail);
  EXPECT_TRUE(mentions(found, "hardware.id is 00000002, expected 00000001"));
}

TEST(Verification, FailsWhenTheDeviationExceedsItsLimit) {
  Design design = test::hebb_design();
  design.hardware.step_exponent = 2;   // about 0.65/16 of u: far above 1e-3
  const Verification found = run_verification(design, options_with({}));
  EXPECT_EQ(found.verdict, Verdict::fail);
  EXPECT_GT(found.deviation.normalised, design.verify.max_state_deviation);
  EXPECT_TRUE(mentions(found, "exceeds max_state_deviation"));
}

TEST(Verification, FailsWhenTheTotalDeviationExceedsItsLimit) {
  Design design = test::hebb_design();
  design.memory.rule = Rule::pseudo_inverse;
  design.memory.patterns(0, 3) *= -1.0;   // no longer orthogonal: weights that 4 bits do not hold
  design.hardware.weight_bits = 4;
  design.verify.max_total_deviation = 1e-4;
  const Verification found = run_verification(design, options_with({}));
  EXPECT_GT(found.deviation.total, 1e-4);
  EXPECT_TRUE(mentions(found, "exceeds max_total_deviation"));
}

TEST(Verification, DeviationIsThatOfTheCueNeuronAndStepItNames) {
  const Design design = test::hebb_design();
  const Verification found = run_verification(design, options_with({}));
  const DeviationPlace& at = found.deviation.at;
  EXPECT_EQ(found.recalls[static_cast<std::size_t>(at.cue)].deviation, found.deviation.max);
  const CircuitSpec& spec = design.circuit;
  ASSERT_EQ(spec.units, Units::normalised);
  ReferenceOptions options;
  const double t = static_cast<double>(at.step) * found.prepared.quantised.network.dt;
  options.sample_times = {t};
  const Cue& cue = found.prepared.cues[static_cast<std::size_t>(at.cue)];
  const double u = integrate(found.prepared.realised, cue.start, options).samples(0, at.neuron);
  const auto& words = *found.traces.u_raw.front().second;
  const std::size_t place = (static_cast<std::size_t>(at.cue) * found.traces.steps + static_cast<std::size_t>(at.step)) *
                                found.traces.neurons + static_cast<std::size_t>(at.neuron);
  EXPECT_NEAR(std::abs(words[place] * found.lsb_state - u) / found.bound, found.deviation.max, 1e-9);
}

TEST(Verification, IsTheSameForAnyNumberOfThreads) {
  VerificationOptions options = options_with({});
  const Design design = test::hebb_design();
  const Verification one = run_verification(design, options);
  options.jobs = 3;
  const Verification three = run_verification(design, options);
  ASSERT_EQ(one.recalls.size(), three.recalls.size());
  for (std::size_t c = 0; c < one.recalls.size(); ++c) {
    EXPECT_EQ(one.recalls[c].deviation, three.recalls[c].deviation);
    EXPECT_EQ(one.recalls[c].amplification, three.recalls[c].amplification);
    EXPECT_EQ(one.recalls[c].attractor, three.recalls[c].attractor);
    EXPECT_EQ(one.recalls[c].energy, three.recalls[c].energy);
  }
  EXPECT_EQ(one.deviation.rms, three.deviation.rms);
  EXPECT_EQ(one.deviation.blame.step, three.deviation.blame.step);
  EXPECT_EQ(one.traces.u, three.traces.u);
  EXPECT_EQ(one.engines[1].steps, three.engines[1].steps);
}

TEST(Verification, TracesHoldEveryCueFromItsStartToItsEnd) {
  const Verification found = run_verification(test::hebb_design(), options_with({}));
  const Traces& traces = found.traces;
  EXPECT_EQ(traces.cues, 9U);
  EXPECT_EQ(traces.t.size(), traces.samples);
  EXPECT_EQ(traces.u.size(), 9 * traces.samples * 16);
  EXPECT_EQ(traces.v.size(), traces.u.size());
  EXPECT_EQ(traces.energy.size(), 9 * traces.samples);
  EXPECT_EQ(traces.weights.size(), 256U);
  EXPECT_DOUBLE_EQ(traces.t[1], 0.125);   // eight a τ
  ASSERT_EQ(traces.u_raw.size(), 2U);
  EXPECT_EQ(traces.u_raw[1].first, "other");
  EXPECT_EQ(traces.u_raw[0].second->size(), 9 * traces.steps * 16);
  for (std::size_t i = 0; i < 16; ++i) {
    EXPECT_DOUBLE_EQ(traces.u[i], found.prepared.cues[0].start[static_cast<Index>(i)]);
    EXPECT_NEAR((*traces.u_raw[0].second)[i] * found.lsb_state, traces.u[i], found.lsb_state);
  }
}

TEST(Verification, JudgesCuesGivenAsInputs) {
  Design design = test::hebb_design();
  design.cues.as = CueUse::input;
  const Verification found = run_verification(design, options_with({}));
  EXPECT_EQ(found.verdict, Verdict::pass) << (found.reasons.empty() ? "" : found.reasons.front());
  EXPECT_EQ(found.cues.recalled, 9);
}

TEST(Verification, PassesOnTheSameCycle) {
  // Three inverting stages in a ring: gain 4 > 2, so it oscillates (Barkhausen).
  Design design = test::plain_design(3);
  design.circuit.weights = Matrix::Zero(3, 3);
  for (Index i = 0; i < 3; ++i) (*design.circuit.weights)(i, (i + 2) % 3) = -1.0;
  design.circuit.initial << 0.3, -0.1, 0.05;
  design.hardware.max_steps = 3000;
  design.hardware.state_bits = 20;
  const Verification found = run_verification(design, options_with({}));
  EXPECT_EQ(found.verdict, Verdict::pass) << (found.reasons.empty() ? "" : found.reasons.front());
  EXPECT_TRUE(found.recalls[0].same_attractor);
  EXPECT_LT(found.recalls[0].judged_steps, 200);   // once round, 3.4 τ of 32 steps: later the phases drift apart
  EXPECT_EQ(found.recalls[0].status, "unsettled");
  EXPECT_EQ(found.recalls[0].reason, EndReason::oscillating);
  ASSERT_TRUE(found.recalls[0].period.has_value());
  ReferenceOptions options;
  const ReferenceRun run = integrate(found.prepared.realised, design.circuit.initial, options);
  ASSERT_TRUE(run.period.has_value());
  EXPECT_NEAR(*found.recalls[0].period / *run.period, 1.0, 0.01);
}

TEST(Verification, RefusesCuesThatClampEveryNeuron) {
  Design design = test::hebb_design();
  design.cues.as = CueUse::clamp;
  EXPECT_THROW(run_verification(design, options_with({})), InputError);
}

TEST(Verification, LetsAnEnginesErrorThrough) {
  VerificationOptions options;
  options.engines = {"nonsense"};
  EXPECT_THROW(run_verification(test::hebb_design(), options), InputError);
}

TEST(Verification, ReportsItsProgressInOrder) {
  VerificationOptions options = options_with({});
  std::vector<std::size_t> done;
  options.jobs = 2;
  options.progress = [&](std::string_view stage, std::size_t item, std::size_t) {
    if (stage == "comparing") done.push_back(item);
  };
  run_verification(test::hebb_design(), options);
  EXPECT_EQ(done, (std::vector<std::size_t>{1, 2, 3, 4, 5, 6, 7, 8, 9}));
}

TEST(EngineNames, PutGoldenFirstAndEachOnce) {
  EXPECT_EQ(engine_names({"verilator", "golden", "verilator"}), (std::vector<std::string>{"golden", "verilator"}));
  EXPECT_EQ(engine_names({}), (std::vector<std::string>{"golden"}));
}

}  // namespace
}  // namespace basin
