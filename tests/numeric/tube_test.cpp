#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "sim/golden/golden_engine.hpp"
#include "tests/numeric/tube_runs.hpp"

namespace basin {
namespace {

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

struct Tally {
  int runs = 0, granted = 0;
  std::vector<double> final_ratios, supremum_ratios;
};

/// Judges every run; a true error outside a tube fails the test.
std::map<std::string, Tally> judge(int each, TubeVersion version) {
  std::map<std::string, Tally> tallies;
  for (const test::TubeRun& run : test::tube_runs(each)) {
    const test::TubeOutcome outcome = test::judge_tube(run, version);
    EXPECT_LT(outcome.worst_excess, 0.0) << run.group;
    EXPECT_LT(outcome.later_excess, 0.0) << run.group;
    EXPECT_LT(outcome.between_excess, 0.0) << run.group;
    for (Tally* tally : {&tallies[run.group], &tallies["all"]}) {
      ++tally->runs;
      if (!outcome.tube().is_granted()) continue;
      ++tally->granted;
      tally->final_ratios.push_back(outcome.tube().final_radius() / outcome.true_final);
      tally->supremum_ratios.push_back(outcome.tube().supremum() / outcome.true_supremum);
    }
  }
  for (const auto& [group, tally] : tallies) {
    fmt::print("{:<9} {:>3} of {:>3} granted, over the true error: final {:.3f}, supremum {:.2f} (medians)\n", group, tally.granted,
               tally.runs, tally.final_ratios.empty() ? 0.0 : median(tally.final_ratios),
               tally.supremum_ratios.empty() ? 0.0 : median(tally.supremum_ratios));
  }
  return tallies;
}

#ifdef BASIN_ALL_TUBES
constexpr int each = 20;
#else
constexpr int each = 2;
#endif

// dopri5 at rtol 1e-12 is as good as exact here: an LSB is 1e-5 or more.
TEST(Tube, HoldsTheErrorAgainstTheRealisedCircuitAndIsHardlyWider) {
  const Tally tally = judge(each, TubeVersion::realised).at("all");
  EXPECT_GE(tally.granted, 4 * tally.runs / 5);
  EXPECT_LE(median(tally.final_ratios), 1.5);
}

TEST(Tube, HoldsTheErrorAgainstTheDesignedCircuit) {
  const Tally tally = judge(each, TubeVersion::designed).at("all");
  EXPECT_GE(tally.granted, tally.runs / 2);
}

/// Runs the first cue on a core that is not the one of the design.
CertifiedRun run_on(const Design& design, const std::function<void(FixedNetwork&)>& spoil) {
  CertifyRunsOptions options;
  options.versions = {TubeVersion::realised};
  options.cues = {0};
  options.make_engine = [&](const std::string&, const FixedNetwork& network) {
    FixedNetwork other = network;
    spoil(other);
    return make_golden_engine(other);
  };
  return certify_runs(design, options).runs.front();
}

TEST(Tube, IsVoidWhenASignOfTheLargestWeightOfARowIsFlipped) {
  const Design design = test::tube_runs(1).at(1).design;
  ASSERT_TRUE(run_on(design, [](FixedNetwork&) {}).tubes.front().tube.is_granted());
  for (const int row : {0, 7, 31}) {
    const CertifiedRun run = run_on(design, [row](FixedNetwork& network) {
      const auto first = network.weights.begin() + static_cast<std::ptrdiff_t>(row) * network.neurons;
      auto largest = std::max_element(first, first + network.neurons, [](int a, int b) { return std::abs(a) < std::abs(b); });
      *largest = -*largest;
    });
    const Tube& tube = run.tubes.front().tube;
    EXPECT_EQ(tube.end, TubeEnd::not_as_specified);
    EXPECT_EQ(tube.neuron, row);
    EXPECT_EQ(tube.step, 0U);
  }
}

TEST(Tube, IsVoidWhenAWeightIsOffByFourUnits) {
  const Design design = test::tube_runs(1).at(1).design;
  const CertifiedRun run = run_on(design, [](FixedNetwork& network) { network.weights[1] += network.weights[1] > 0 ? -4 : 4; });
  EXPECT_EQ(run.tubes.front().tube.end, TubeEnd::not_as_specified);
}

TEST(Tube, IsVoidWhenABitOfAStateIsStuck) {
  const test::TubeRun given = test::tube_runs(1).at(0);
  CertifyRunsOptions options;
  options.versions = {TubeVersion::realised};
  const CertifiedRuns all = certify_runs(given.design, options);
  Trace trace = all.runs.front().trace;
  for (std::size_t k = 0; k <= trace.steps(); ++k) trace.words[k * trace.neurons + 3] |= 1 << 6;
  const VersionedTube& made = all.runs.front().tubes.front();
  const Circuit circuit = all.circuit_of(made);
  const SpecifiedStep rule = step_rule(all.prepared.quantised.network, circuit);
  EXPECT_EQ(make_tube(CircuitField(circuit), made.start, trace, {.rule = &rule}).end, TubeEnd::not_as_specified);
}

TEST(Tube, IsNotGrantedToARunThatHasNotComeToRest) {
  Design design = test::tube_runs(1).at(0).design;
  design.hardware.max_steps = 20;
  EXPECT_EQ(run_on(design, [](FixedNetwork&) {}).tubes.front().tube.end, TubeEnd::unsettled);
}

// Both saddle branches of the flip-flop are within reach of a start that is not known to a thousandth of its distance.
TEST(Tube, IsNotGrantedAcrossASaddle) {
  const Design design = test::tube_runs(1).at(0).design;
  CertifyRunsOptions options;
  options.versions = {TubeVersion::realised};
  const CertifiedRuns all = certify_runs(design, options);
  const VersionedTube& made = all.runs.front().tubes.front();
  const Circuit circuit = all.circuit_of(made);
  const Tube tube = make_tube(CircuitField(circuit), -made.start, all.runs.front().trace, {});
  EXPECT_FALSE(tube.is_granted());
  EXPECT_NE(why_not(tube), "");
}

TEST(CertifiedRuns, DoNotDependOnTheNumberOfJobs) {
  Design design = test::tube_runs(1).at(0).design;
  design.cues.count = 3;
  CertifyRunsOptions one, two;
  two.jobs = 2;
  const CertifiedRuns a = certify_runs(design, one), b = certify_runs(design, two);
  for (std::size_t k = 0; k < a.runs.size(); ++k) {
    for (std::size_t t = 0; t < 2; ++t) EXPECT_EQ(a.runs[k].tubes[t].tube.radii, b.runs[k].tubes[t].tube.radii);
  }
  EXPECT_EQ(a.deviation_bound(TubeVersion::realised), b.deviation_bound(TubeVersion::realised));
}

}  // namespace
}  // namespace basin
