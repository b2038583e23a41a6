// verify --engine board as its user runs it.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/board/simulated_board.hpp"
#include "tests/cli/program.hpp"

namespace basin::board_test {
namespace {

std::vector<std::string> verify_at(const std::string& port, const test::Folder& out, std::vector<std::string> more) {
  std::vector<std::string> arguments{"verify", "--engine", "board", "--port", port, "--out", out.path().string()};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

TEST(VerifyOnABoard, RecallsALetterBitForBit) {
  const SimulatedBoard board;
  const test::Folder out;
  const test::Outcome outcome =
      test::basin({.arguments = verify_at(board.port(), out, {"--json", "--set", "cues.count=1"})});
  ASSERT_EQ(outcome.code, 0) << outcome.out << outcome.err;
  const auto results = nlohmann::json::parse(outcome.out);
  EXPECT_EQ(results["engines"]["board"]["bit_exact"], true);
  EXPECT_EQ(results["cues"]["recalled"], 1);
  EXPECT_GT(results["engines"]["board"]["cycles"], 0);
  EXPECT_FALSE(results["engines"].contains("verilator"));
}

TEST(VerifyOnABoard, EndsWithFiveWithoutThePort) {
  const test::Folder out;
  const test::Outcome outcome = test::basin({.arguments = verify_at("/nowhere/tty", out, {})});
  EXPECT_EQ(outcome.code, 5);
  EXPECT_NE(outcome.err.find("can't open /nowhere/tty"), std::string::npos) << outcome.err;
}

TEST(VerifyOnABoard, EndsWithTwoWithoutTheOption) {
  const test::Folder out;
  const test::Outcome outcome = test::basin({.arguments = {"verify", "--engines", "board", "--out", out.path().string()}});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_NE(outcome.err.find("--port"), std::string::npos) << outcome.err;
}

TEST(VerifyOnABoard, EndsWithThreeWhenTheBitstreamIsOfAnotherDesign) {
  const SimulatedBoard board;
  const test::Folder out;
  const test::Outcome outcome = test::basin({.arguments = verify_at(board.port(), out, {"--set", "hardware.lanes=16"})});
  EXPECT_EQ(outcome.code, 3);
  EXPECT_NE(outcome.err.find("hardware.id"), std::string::npos) << outcome.err;
}

}  // namespace
}  // namespace basin::board_test
