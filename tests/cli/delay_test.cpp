#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tests/cli/program.hpp"

// Delays and noise as a user meets them.
namespace basin::test {
namespace {

using nlohmann::json;

const std::string delayed = std::string(BASIN_SOURCE_DIR) + "/examples/delay";
const std::string flipflop = std::string(BASIN_SOURCE_DIR) + "/examples/flipflop";

Outcome run(const Folder& folder, std::vector<std::string> arguments) {
  return basin({.arguments = std::move(arguments), .folder = folder.path()});
}

TEST(Delays, AreRefusedInOneLineByEveryVerbThatHasNone) {
  for (const char* verb : {"learn", "capacity", "yield", "atlas", "certify"}) {
    const Folder folder;
    const Outcome outcome = run(folder, {verb, delayed, "--out", "o"});
    EXPECT_EQ(outcome.code, 2) << verb;
    EXPECT_NE(outcome.err.find("design.toml: circuit.delay"), std::string::npos) << outcome.err;
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "o")) << verb;
  }
}

TEST(Delays, AreRefusedForHardUnits) {
  const Folder folder;
  const Outcome outcome = run(folder, {"simulate", delayed, "--set", "circuit.activation=hard"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_NE(outcome.err.find("circuit.delay"), std::string::npos) << outcome.err;
}

TEST(Noise, EndsEveryRunByTheClockAndSaysSo) {
  const Folder folder;
  const Outcome outcome = run(folder, {"simulate", flipflop, "--set", "noise.temperature=0.01"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("4 to 100 τ: noise leaves none at rest"), std::string::npos) << outcome.out;
  const json result = json::parse(content(folder.path() / "out/flipflop/results.json"));
  EXPECT_EQ(result["noise"]["step"], 0.01);
  EXPECT_EQ(result["noise"]["rms"], 0.1);
  for (const json& recall : result["recalls"]) {
    EXPECT_EQ(recall["reason"], "time-limit");
    EXPECT_TRUE(recall["settle_time"].is_null());
  }
}

TEST(Noise, IsLeftOutWithAWordByAVerbThatHasNone) {
  const Folder folder;
  const Outcome outcome = run(folder, {"verify", flipflop, "--engines", "golden", "--set", "noise.temperature=0.01"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_NE(outcome.err.find("basin: verify leaves [noise] out"), std::string::npos) << outcome.err;
}

}  // namespace
}  // namespace basin::test
