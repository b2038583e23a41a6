// Whole recalls of the letters on the gates of both bitstreams, in the vendor's cells: 24 cues, two of each letter, every bit
// of every step against the golden model.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <thread>

#include "sim/compare/verification.hpp"
#include "sim/io/design_reader.hpp"

namespace basin {
namespace {

class LettersOnGates : public testing::TestWithParam<const char*> {};

TEST_P(LettersOnGates, GiveEveryBitOfEveryRecall) {
  constexpr int cues = 24;
  const Design design = read_design(
      BASIN_SOURCE_DIR "/examples/letters/design.toml",
      {std::string("hardware.target=") + GetParam(), fmt::format("cues.count={}", cues), fmt::format("verify.icarus_cues={}", cues)});
  VerificationOptions options;
  options.engines = {"golden", "gate"};
  options.jobs = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  options.keep_traces = false;
  const Verification found = run_verification(design, options);
  ASSERT_EQ(found.engines.size(), 2U);
  const EngineReport& gate = found.engines.back();
  fmt::print("{}: {} recalls, {} steps, {} clocks, recalled {}\n", GetParam(), gate.cues.size(), gate.steps, gate.cycles,
             found.cues.recalled);
  EXPECT_TRUE(gate.bit_exact);
  EXPECT_EQ(gate.identity_problem, "");
  EXPECT_EQ(gate.cues.size(), static_cast<std::size_t>(cues));
  EXPECT_EQ(gate.steps, found.engines.front().steps);
  EXPECT_EQ(found.cues.unsettled, 0);
}

INSTANTIATE_TEST_SUITE_P(Devices, LettersOnGates, testing::Values("ice40-hx8k", "ice40-up5k"),
                         [](const auto& test) { return std::string(test.param).substr(6); });

}  // namespace
}  // namespace basin
