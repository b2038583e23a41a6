// All letters of the example on the Verilated board: minutes, hence alone.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/board/simulated_board.hpp"
#include "tests/cli/program.hpp"

namespace basin::board_test {
namespace {

TEST(AllLetters, AreRecalledOnTheBoardBitForBit) {
  const SimulatedBoard board;
  const test::Folder out;
  // With a twentieth of the pixels wrong every cue has its own letter for a target and an end.
  constexpr double limit_s = 850;
  test::Running program({.arguments = {"verify", "--engine", "board", "--port", board.port(), "--json", "--out", out.path().string(),
                                 "--set", "cues.count=12", "--set", "cues.flip=0.05"}});
  const test::Outcome outcome = program.wait(limit_s);
  ASSERT_EQ(outcome.code, 0) << outcome.out << outcome.err;
  const auto results = nlohmann::json::parse(outcome.out);
  EXPECT_EQ(results["engines"]["board"]["bit_exact"], true);
  EXPECT_EQ(results["engines"]["board"]["cues"], 12);
  EXPECT_EQ(results["cues"]["recalled"], 12);
}

}  // namespace
}  // namespace basin::board_test
