#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "tests/cli/program.hpp"

// Delays and noise as a user meets them.
namespace basin::test {
namespace {

using nlohmann::json;

const std::string delayed = std::string(BASIN_SOURCE_DIR) + "/examples/delay";
const std::string undelayed = std::string(BASIN_SOURCE_DIR) + "/examples/flipflop";

Outcome run(const Folder& folder, std::vector<std::string> arguments) {
  return basin({.arguments = std::move(arguments), .folder = folder.path()});
}

TEST(Delays, AreRefusedInOneLineByEveryVerbThatHasNone) {
  for (const char* verb : {"learn", "capacity", "atlas", "certify"}) {
    const Folder folder;
    const Outcome outcome = run(folder, {verb, delayed, "--out", "o"});
    EXPECT_EQ(outcome.code, 2) << verb;
    EXPECT_NE(outcome.err.find("design.toml: circuit.delay"), std::string::npos) << outcome.err;
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "o")) << verb;
  }
}

// With delays of 2 τ: whether what is stored is stable, and how fast it settles, follow from them.
TEST(Delays, DecideWhatIsStable) {
  const Folder folder;
  ASSERT_EQ(run(folder, {"simulate", delayed, "--out", "o"}).code, 0);
  const json result = json::parse(content(folder.path() / "o/results.json"));
  EXPECT_EQ(result["memories"][0]["stored"], true);
  EXPECT_EQ(result["equilibria"][0]["stable"], true);
  // s + 1 = ±μ e^(−2s) at the slopes of the memory, μ = 3(1 − V²), V = tanh 3V.
  const double v = result["equilibria"][0]["u"][0], mu = 3.0 * (1.0 - v * v), s = result["equilibria"][0]["eigenvalues"][0][0];
  EXPECT_NEAR(std::abs(s + 1.0), mu * std::exp(-2.0 * s), 1e-9);
  // Every neuron inhibits every other one and 0 is the only equilibrium: stable with a delay below 1.0 τ, an oscillator above.
  folder.write("ring.toml", "name = \"ring\"\n[circuit]\nunits = \"normalised\"\ngain = 0.9\nweights = [[0, -1, -1], [-1, 0, -1], "
                            "[-1, -1, 0]]\ninitial = [0, 0, 0]\ndelay = 0.5\n");
  for (const auto& [delay, stable] : {std::pair("0.5", true), {"5", false}}) {
    ASSERT_EQ(run(folder, {"simulate", "ring.toml", "--set", std::string("circuit.delay=") + delay, "--out", "r"}).code, 0);
    EXPECT_EQ(json::parse(content(folder.path() / "r/results.json"))["equilibria"][0]["stable"], stable) << delay;
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
  const Outcome outcome = run(folder, {"simulate", undelayed, "--set", "noise.temperature=0.01"});
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
  const Outcome outcome = run(folder, {"verify", undelayed, "--engines", "golden", "--set", "noise.temperature=0.01"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_NE(outcome.err.find("basin: verify leaves [noise] out"), std::string::npos) << outcome.err;
}

}  // namespace
}  // namespace basin::test
