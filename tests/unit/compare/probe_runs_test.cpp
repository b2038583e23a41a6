#include "sim/compare/probe_runs.hpp"

#include <gtest/gtest.h>

#include <deque>

#include "models/design/random.hpp"
#include "sim/compare/probes.hpp"
#include "tests/unit/compare/designs.hpp"

namespace basin {
namespace {

/// Runs of every cue from starts moved at random, beside 100 steps of the cue's own reference.
struct MovedRuns {
  explicit MovedRuns(const Judgement& judgement) {
    Random random(75, Stream::test, 1);
    const auto count = judgement.prepared.cues.size();
    for (std::size_t c = 0; c < count; ++c) setups.push_back(make_setup(judgement.prepared, static_cast<int>(c)));
    for (const CueSetup& setup : setups) circuits.emplace_back(setup.realised, Vector());
    for (std::size_t c = 0; c < count; ++c) {
      references.push_back(run_reference(judgement, circuits[c], setups[c].start, 100).samples);
    }
    for (std::size_t c = 0; c < count; ++c) {
      for (int draw = 0; draw < 6; ++draw) {
        Vector start = setups[c].start;
        for (double& u : start) u += 0.01 * random.sign();
        Vector shift = Vector::Zero(start.size());
        for (double& b : shift) b = 0.01 * random.sign();
        runs.push_back({&circuits[c], start, shift, false, &references[c]});
      }
    }
  }
  std::vector<CueSetup> setups;
  std::deque<ClampedCircuit> circuits;   // of the setups
  std::vector<Matrix> references;
  std::vector<ProbeRun> runs;
};

TEST(ProbeRuns, MadeTogetherEndAndDifferAsTheReferenceOfEach) {
  SCOPED_TRACE("seed 75");
  const Prepared prepared = prepare(test::hebb_design());
  const Judgement judgement{.prepared = prepared};
  const MovedRuns moved(judgement);
  const std::vector<ProbeEnd> ends = ProbeRuns(judgement).run(moved.runs);
  ASSERT_EQ(ends.size(), moved.runs.size());
  for (std::size_t k = 0; k < ends.size(); ++k) {
    const ProbeRun& run = moved.runs[k];
    Circuit circuit = run.circuit->whole();
    circuit.bias += run.bias_shift;
    const ReferenceRun reference = run_reference(judgement, ClampedCircuit(circuit, {}), run.start, 100);
    EXPECT_EQ(ends[k].reason, reference.reason) << k;
    EXPECT_LE((ends[k].u - reference.u).cwiseAbs().maxCoeff(), 1e-6) << k;
    EXPECT_NEAR(ends[k].difference, largest_difference(reference.samples, *run.beside), 1e-6) << k;
    EXPECT_GT(ends[k].difference, 5e-3) << k;
  }
}

TEST(ProbeRuns, EndTheSameInAnyCompany) {
  const Prepared prepared = prepare(test::hebb_design());
  const Judgement judgement{.prepared = prepared};
  const MovedRuns moved(judgement);
  const ProbeRuns probes(judgement);
  const std::vector<ProbeEnd> together = probes.run(moved.runs);
  for (const std::size_t k : {0U, 17U, 53U}) {
    const ProbeEnd alone = probes.run({&moved.runs[k], 1}).front();
    EXPECT_EQ(alone.u, together[k].u) << k;
    EXPECT_EQ(alone.difference, together[k].difference) << k;
  }
}

TEST(ProbeRuns, CallARunThatCyclesOscillating) {
  // Three inverters in a ring: the origin is unstable at a gain above 2, and nothing else is at rest.
  Design design = test::plain_design(3);
  Matrix ring = Matrix::Zero(3, 3);
  for (Index i = 0; i < 3; ++i) ring(i, (i + 1) % 3) = -1.0;
  design.circuit.weights = ring;
  design.circuit.initial << 0.1, -0.2, 0.05;
  design.hardware.max_steps = 400;
  const Prepared prepared = prepare(design);
  const Judgement judgement{.prepared = prepared};
  const CueSetup setup = make_setup(prepared, 0);
  const ClampedCircuit circuit(setup.realised, {});
  const ProbeRun run{&circuit, setup.start, {}, false, nullptr};
  EXPECT_EQ(ProbeRuns(judgement).run({&run, 1}).front().reason, EndReason::oscillating);
}

TEST(ProbeRuns, OfHardUnitsAreMadeOneByOne) {
  Design design = test::hebb_design();
  design.circuit.activation = ActivationKind::hard;
  const Prepared prepared = prepare(design);
  const Judgement judgement{.prepared = prepared};
  const CueSetup setup = make_setup(prepared, 0);
  const ProbeRuns probes(judgement);
  EXPECT_EQ(probes.cues_together(), 1U);
  const ClampedCircuit circuit(setup.realised, {});
  const ProbeRun run{&circuit, setup.start, {}, false, nullptr};
  EXPECT_EQ(probes.run({&run, 1}).front().reason, EndReason::settled);
}

}  // namespace
}  // namespace basin
