#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <regex>
#include <thread>

#include "tests/cli/program.hpp"

// basin capacity as its user meets it.
namespace basin::test {
namespace {

using nlohmann::json;

const std::string signs = "name = \"cap\"\n[capacity]\ndynamics = \"sign\"\nneurons = [100, 200]\nloads = [0.05, 0.15, 0.3]\ntrials = 6\n";

Outcome campaign(const Folder& folder, const std::string& text, std::vector<std::string> more = {}) {
  folder.write("cap.toml", text);
  std::vector<std::string> arguments{"capacity", "cap.toml"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return basin({.arguments = arguments, .folder = folder.path()});
}

/// Waits for a file or folder, half a minute at most.
bool comes_to_be(const std::filesystem::path& path) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (!std::filesystem::exists(path)) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return true;
}

TEST(Capacity, WritesARowACellWithTheContractsKeys) {
  const Folder folder;
  const Outcome outcome = campaign(folder, signs, {"--json"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const json result = json::parse(outcome.out);
  EXPECT_EQ(result["status"], "pass");
  ASSERT_EQ(result["capacity"].size(), 6U);
  EXPECT_EQ(result["capacity"][0]["neurons"], 100);
  EXPECT_EQ(result["capacity"][0]["patterns"], 5);
  for (const json& row : result["capacity"]) {
    EXPECT_EQ(row["dynamics"], "sign");
    EXPECT_EQ(row["engine"], "reference");
    EXPECT_FALSE(row.contains("gain"));
    for (const char* key : {"mean_overlap", "sem", "fraction_recalled", "fraction_low", "fraction_high"}) {
      EXPECT_TRUE(row[key].is_number()) << key << " " << row;
    }
    EXPECT_LE(row["fraction_low"], row["fraction_recalled"]);
    EXPECT_GE(row["fraction_high"], row["fraction_recalled"]);
  }
  EXPECT_GT(result["capacity"][0]["mean_overlap"], result["capacity"][2]["mean_overlap"]);
  EXPECT_NEAR(result["capacity"][0]["theory"]["critical_load"].get<double>(), 0.137905566, 1e-8);
  const std::string svg = content(folder.path() / "out/cap/capacity.svg");
  EXPECT_NE(svg.find("prefers-color-scheme:dark"), std::string::npos);
  EXPECT_NE(svg.find("N = 200"), std::string::npos);
  EXPECT_EQ(content(folder.path() / "out/cap/results.h5").substr(1, 3), "HDF");
}

TEST(Capacity, HasTheSameBytesForAnyNumberOfJobsButTheTime) {
  const std::string analog = "name = \"cap\"\n[capacity]\nneurons = 40\npatterns = [2, 4]\ntrials = 4\nrecalls = 2\n"
                             "engines = [\"reference\", \"golden\"]\n[cues]\nflip = 0.1\n";
  const Folder one;
  const Folder two;
  EXPECT_EQ(campaign(one, analog, {"--jobs", "1"}).code, 0);
  EXPECT_EQ(campaign(two, analog, {"--jobs", "2"}).code, 0);
  EXPECT_EQ(one.files(), two.files());
  for (const char* file : {"results.h5", "capacity.svg"}) {
    EXPECT_EQ(content(one.path() / "out/cap" / file), content(two.path() / "out/cap" / file)) << file;
  }
  EXPECT_EQ(without_elapsed(content(one.path() / "out/cap/results.json")), without_elapsed(content(two.path() / "out/cap/results.json")));
}

TEST(Capacity, GoesOnAfterAnInterruptWhereItStopped) {
  const std::string text = "name = \"cap\"\n[capacity]\ndynamics = \"sign\"\nneurons = [100, 1000]\nloads = [0.05, 0.3]\ntrials = 100\n";
  const Folder folder;
  folder.write("cap.toml", text);
  {
    Running running({.arguments = {"capacity", "cap.toml", "--jobs", "1"}, .folder = folder.path()});
    ASSERT_TRUE(comes_to_be(folder.path() / "out/cap/cells"));
    kill(running.pid(), SIGINT);
    const Outcome outcome = running.wait();
    EXPECT_EQ(outcome.code, 130) << outcome.err;
    EXPECT_NE(outcome.err.find("finished cells are kept in out/cap/cells"), std::string::npos) << outcome.err;
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "out/cap/results.json"));
  }
  const Outcome again = campaign(folder, text, {});
  EXPECT_EQ(again.code, 0) << again.err;
  EXPECT_TRUE(std::regex_search(again.out, std::regex("kept +[1-4] cells? from an earlier run"))) << again.out;
  const Folder fresh;
  EXPECT_EQ(campaign(fresh, text).code, 0);
  EXPECT_EQ(without_elapsed(content(folder.path() / "out/cap/results.json")), without_elapsed(content(fresh.path() / "out/cap/results.json")));
}

TEST(Capacity, FitsEightyColumns) {
  const Folder folder;
  const Outcome outcome = campaign(folder, signs);
  EXPECT_EQ(lines_over_80_columns(outcome.out), std::vector<std::string>{});
  EXPECT_EQ(outcome.err, "");
}

TEST(Capacity, ExitsTwoWithOneLineAndWritesNothingForBadInput) {
  for (const auto& [text, part] : std::vector<std::pair<std::string, std::string>>{
           {"[circuit]\nunits = \"normalised\"\nweights = [[0, 1], [1, 0]]\n", "cap.toml: capacity.patterns: is missing"},
           {"[capacity]\nneurons = 10\npatterns = 0\n", "cap.toml:3: capacity.patterns: 0 is too small"},
           {"[capacity]\nneurons = 4\npatterns = 17\n", "allowed: at most 16"},
           {"[capacity]\nneurons = 10\npatterns = 2\ntrials = 0\n", "capacity.trials"},
           {"[memory]\npatterns = [[1, -1]]\n[capacity]\nneurons = 10\npatterns = 2\n", "cap.toml:2: memory.patterns: is given beside"},
           {"[capacity]\nneurons = 10\npatterns = 2\nflips = 1.5\n", "capacity.flips: 1.5 is too large"}}) {
    const Folder folder;
    const Outcome outcome = campaign(folder, text);
    EXPECT_EQ(outcome.code, 2) << text;
    EXPECT_NE(outcome.err.find(part), std::string::npos) << outcome.err;
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
    EXPECT_EQ(folder.files(), std::vector<std::string>{"cap.toml"});
  }
}

TEST(Capacity, ExitsOneWithTheNumberThatWouldDoForTooManyMemories) {
  const Folder folder;
  const Outcome outcome = campaign(folder, "name = \"cap\"\n[capacity]\nneurons = 10\npatterns = 12\nrules = \"pseudo-inverse\"\n");
  EXPECT_EQ(outcome.code, 1);
  EXPECT_NE(outcome.err.find("at most 9"), std::string::npos) << outcome.err;
}

TEST(Capacity, LeavesOtherVerbsToAskForMemories) {
  const Folder folder;
  folder.write("cap.toml", signs);
  for (const char* verb : {"simulate", "verify"}) {
    const Outcome outcome = basin({.arguments = {verb, "cap.toml"}, .folder = folder.path()});
    EXPECT_EQ(outcome.code, 2) << verb;
    EXPECT_NE(outcome.err.find("memory.patterns: is missing"), std::string::npos) << outcome.err;
  }
}

}  // namespace
}  // namespace basin::test
