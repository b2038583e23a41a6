#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <nlohmann/json.hpp>

#include "tests/cli/program.hpp"

namespace basin::test {
namespace {

const std::string flipflop = std::string(BASIN_SOURCE_DIR) + "/examples/flipflop";

/// A program that stands where a tool is looked for.
void install(const Folder& folder, const std::string& name, const std::string& script) {
  const auto file = folder.write(name, "#!/bin/sh\n" + script);
  std::filesystem::permissions(file, std::filesystem::perms::owner_all);
}

/// Nothing of Basin's own environment: no tool but what is in `path`.
std::vector<std::pair<std::string, std::string>> only(const std::filesystem::path& path, const Folder& cache) {
  return {{"PATH", path.string()},
          {"BASIN_CACHE", (cache.path() / "cache").string()},
          {"BASIN_VENV", (cache.path() / "venv").string()}};
}

TEST(Verify, HasTheSameBytesForAnyNumberOfJobsButTheTime) {
  const Folder folder;
  const auto run = [&](const std::string& jobs) {
    return basin(
        {.arguments = {"verify", flipflop, "--engines", "golden", "--json", "--jobs", jobs}, .folder = folder.path()});
  };
  const Outcome one = run("1");
  ASSERT_EQ(one.code, 0) << one.err << one.out;
  EXPECT_EQ(without_elapsed(one.out), without_elapsed(run("2").out));
}

TEST(Verify, FitsEightyColumnsAndEndsWithItsVerdict) {
  const Folder folder;
  const Outcome outcome = basin({.arguments = {"verify", "--engines", "golden", flipflop}, .folder = folder.path()});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(lines_over_80_columns(outcome.out), std::vector<std::string>{});
  EXPECT_NE(outcome.out.find("PASS"), std::string::npos);
}

TEST(Verify, CompletesAClampedCueOnTheHardware) {
  const Folder folder;
  const auto file = folder.write("partial.toml",
                                 "[circuit]\nunits = \"normalised\"\n"
                                 "[memory]\nrule = \"hebb\"\npatterns = [[1, 1, 1, 1, 1, 1], [1, -1, 1, -1, 1, -1]]\n"
                                 "[cues]\nas = \"clamp\"\namplitude = 1\nfrom = [[1, 1, 0, 0, 0, 0], [-1, 1, 0, 0, 0, 0]]\n"
                                 "[recall]\nhold = [\"visible\"]\nhold_time = 1\n");
  const Outcome outcome = basin({.arguments = {"verify", file.string(), "--engines", "golden,verilator", "--json"},
                                 .folder = folder.path()});
  ASSERT_EQ(outcome.code, 0) << outcome.err << outcome.out;
  const auto results = nlohmann::json::parse(outcome.out);
  EXPECT_EQ(results["recalls"][0]["attractor"], "0");
  EXPECT_EQ(results["recalls"][1]["attractor"], "-1");
  for (const auto& recall : results["recalls"]) EXPECT_GE(recall["settle_time"], 1.0);
}

TEST(Verify, EndsWithOneAndSaysWhyWhenALimitIsPassed) {
  const Folder folder;
  const Outcome outcome = basin(
      {.arguments = {"verify", flipflop, "--engines", "golden", "--json", "--set", "verify.max_state_deviation=1e-9",
                     "--set", "hardware.state=16", "--set", "hardware.weight=8"},
       .folder = folder.path()});
  ASSERT_EQ(outcome.code, 1) << outcome.err;
  const auto result = nlohmann::json::parse(outcome.out);
  EXPECT_EQ(result["status"], "fail");
  EXPECT_FALSE(result["reasons"].empty());
}

TEST(Verify, EndsWithOneWhenTheStepIsUnstable) {
  const Folder
      folder;  // W = [[0, −1], [−1, 0]], gain 4, order 2: stable below h = 1/(1 + 4) = 0.2 (arithmetic: 1/4 is not)
  folder.write("w.csv", "0,-1\n-1,0\n");
  folder.write("design.toml",
               "name = \"anti\"\n[circuit]\nunits = \"normalised\"\ngain = 4.0\nweights = \"w.csv\"\n"
               "initial = [0.3, 0.2]\n[hardware]\nstep = \"1/4\"\norder = 2\n");
  const Outcome outcome =
      basin({.arguments = {"verify", "design.toml", "--engines", "golden", "--json"}, .folder = folder.path()});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_EQ(nlohmann::json::parse(outcome.out)["status"], "fail");
  EXPECT_NE(outcome.err.find("1/8"), std::string::npos) << outcome.err;  // the largest step that holds
}

TEST(Verify, EndsWithTwoForAnEngineThatIsNone) {
  const Folder folder;
  const Outcome outcome =
      basin({.arguments = {"verify", flipflop, "--engines", "golden,abacus"}, .folder = folder.path()});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_NE(outcome.err.find("abacus"), std::string::npos) << outcome.err;
  EXPECT_EQ(folder.files(), std::vector<std::string>{});
}

TEST(Verify, EndsWithThreeAndAHintWithoutVerilator) {
  const Folder folder;
  const Folder empty;
  const Outcome outcome =
      basin({.arguments = {"verify", flipflop}, .environment = only(empty.path(), folder), .folder = folder.path()});
  EXPECT_EQ(outcome.code, 3) << outcome.err;
  EXPECT_NE(outcome.err.find("verilator"), std::string::npos) << outcome.err;
  EXPECT_NE(outcome.err.find("install"), std::string::npos) << outcome.err;
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "out"));
}

TEST(Verify, ShowsTheLastLinesOfAToolThatFailed) {
  const Folder folder;
  const Folder tools;
  install(tools, "verilator",
          "case $1 in --version) echo 'Verilator 5.006';; *) echo 'the disk sang'; exit 7;; esac\n");
  const Outcome outcome = basin({.arguments = {"verify", flipflop},
                                 .environment = only(tools.path().string() + ":/usr/bin:/bin", folder),
                                 .folder = folder.path()});
  EXPECT_EQ(outcome.code, 3) << outcome.err;
  EXPECT_NE(outcome.err.find("the disk sang"), std::string::npos) << outcome.err;
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "out"));
}

/// Whether a process is gone, within ten seconds.
bool ends(pid_t pid) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (kill(pid, 0) == 0 && std::chrono::steady_clock::now() < deadline) usleep(1000);
  return kill(pid, 0) != 0 && errno == ESRCH;
}

TEST(Verify, LeavesNoFileAndNoProcessWhenInterrupted) {
  const Folder folder;
  const Folder tools;
  const std::filesystem::path started = tools.path() / "started";
  ASSERT_EQ(mkfifo(started.c_str(), 0600), 0);
  install(tools, "verilator",
          "case $1 in --version) echo 'Verilator 5.006'; exit;; esac\necho $$ > '" + started.string() +
              "'\nexec sleep 1000\n");
  Running running({.arguments = {"verify", flipflop, "--json"},
                   .environment = only(tools.path().string() + ":/usr/bin:/bin", folder),
                   .folder = folder.path()});
  const std::string tool = content(started);  // waits until the tool runs
  ASSERT_FALSE(tool.empty());
  kill(running.pid(), SIGINT);
  const Outcome outcome = running.wait(30);
  EXPECT_EQ(outcome.code, 130);
  EXPECT_EQ(outcome.out, "");
  EXPECT_TRUE(ends(std::stoi(tool)));
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "out"));
}

}  // namespace
}  // namespace basin::test
