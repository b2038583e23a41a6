#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>

#include "tests/numeric/tube_runs.hpp"

namespace basin {
namespace {

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

struct Tally {
  int granted = 0;
  std::vector<double> final_ratio, supremum_ratio;
};

Tally judge(int each, TubeVersion version) {
  Tally tally;
  for (const test::TubeRun& run : test::tube_runs(each)) {
    const auto t0 = std::chrono::steady_clock::now();
    const test::TubeOutcome outcome = test::judge_tube(run, version);
    const Tube& tube = outcome.tube();
    EXPECT_LT(outcome.worst_excess, 0.0) << run.group;
    EXPECT_LT(outcome.later_excess, 0.0) << run.group;
    EXPECT_LT(outcome.between_excess, 0.0) << run.group;
    if (tube.is_granted()) {
      ++tally.granted;
      tally.final_ratio.push_back(tube.final_radius() / outcome.true_final);
      tally.supremum_ratio.push_back(tube.supremum() / outcome.true_supremum);
    }
    fmt::print("{:<9} {} steps, true sup {:.2e} final {:.2e}; tube sup {:.2e} final {:.2e} between {:.1e} defect {:.1e} order {} {} {:.2f} s\n", run.group,
               outcome.run.trace.steps(), outcome.true_supremum, outcome.true_final, tube.supremum(), tube.final_radius(), tube.between, tube.largest_defect, tube.least_order,
               why_not(tube), std::chrono::duration<double>(std::chrono::steady_clock::now() - t0).count());
  }
  return tally;
}

TEST(Tube, HoldsTheTrueErrorOfTwentyRunsOfEachKind) {
  const Tally tally = judge(20, TubeVersion::realised);
  fmt::print("granted {} of 100, median final ratio {:.3f}, median supremum ratio {:.2f}\n", tally.granted,
             median(tally.final_ratio), median(tally.supremum_ratio));
  EXPECT_GE(tally.granted, 80);
  EXPECT_LE(median(tally.final_ratio), 1.5);
}

}  // namespace
}  // namespace basin
