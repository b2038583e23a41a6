// Four designs that each have one dominating cause of error, and a fifth that has two: the cause is named.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "sim/compare/verification.hpp"
#include "sim/io/design_reader.hpp"

namespace basin {
namespace {

/// The deviation of the letters with 14-bit weights and these keys of [hardware].
Deviation deviation_with(const std::vector<std::string>& overrides) {
  std::vector<std::string> all{"cues.count=24", "cues.seed=1", "hardware.weight=14"};
  all.insert(all.end(), overrides.begin(), overrides.end());
  const Design design = read_design(BASIN_SOURCE_DIR "/examples/letters/design.toml", all);
  VerificationOptions options;
  options.engines = {"golden"};
  options.jobs = 2;
  options.keep_traces = false;
  return run_verification(design, options).deviation;
}

void print(const char* design, const Deviation& deviation) {
  const Blame& blame = deviation.blame;
  fmt::print("{:<16} max {:.1e} total {:.1e} | step {:9.1e} weights {:9.1e} table {:9.1e} state {:9.1e} | {}\n", design,
             deviation.max, deviation.total, blame.step, blame.weights, blame.table, blame.state, blame.largest());
}

TEST(Blame, FallsOnTheStepWhenItIsHalfATimeConstant) {
  const Deviation found = deviation_with({"hardware.step=1/2", "hardware.order=1"});
  print("K = 1", found);
  EXPECT_STREQ(found.blame.largest(), "step");
  EXPECT_GT(found.blame.step, 0.8 * found.max);
}

TEST(Blame, FallsOnTheWeightsWhenTheyHaveFourBits) {
  const Deviation found = deviation_with({"hardware.weight=4"});
  print("4-bit weights", found);
  EXPECT_STREQ(found.blame.largest(), "weights");
  EXPECT_LT(found.blame.step, 0.1 * found.blame.weights);
}

TEST(Blame, FallsOnTheTableWhenItHasEightSegments) {
  const Deviation found = deviation_with({"hardware.activation_table=8"});
  print("8 segments", found);
  EXPECT_STREQ(found.blame.largest(), "table");
  EXPECT_GT(found.blame.table, 0.8 * found.max);
}

TEST(Blame, FallsOnTheStateWhenItHasEightBits) {
  const Deviation found = deviation_with({"hardware.state=8"});
  print("8-bit state", found);
  EXPECT_STREQ(found.blame.largest(), "state");
  EXPECT_GT(found.blame.state, 0.8 * found.max);
}

TEST(Blame, OfTheWeightsIsWhatTotalHasAboveMaxWhenTheyAreAllThatIsCoarse) {
  // One cue, so that max and total are of the same one; three bits fewer than the next cause of error would notice.
  const Deviation found = deviation_with({"hardware.weight=6", "cues.count=1", "verify.max_borderline=1"});
  print("6-bit weights", found);
  EXPECT_STREQ(found.blame.largest(), "weights");
  EXPECT_GT(found.total, 10.0 * found.max);
  EXPECT_LE(found.blame.weights, found.total);
}

}  // namespace
}  // namespace basin
