#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <regex>

#include "tests/cli/program.hpp"

// What stands on standard output and in the result folder, whatever the verb. Simulate stands for all: it needs no
// tool.
namespace basin::test {
namespace {

const std::string design = std::string(BASIN_SOURCE_DIR) + "/examples/letters";

std::vector<std::string> simulate(std::vector<std::string> more) {
  std::vector<std::string> arguments{"simulate", design, "--set", "cues.count=12"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

TEST(Output, IsOneJsonDocumentAndTheFileHasTheSameBytes) {
  const Folder folder;
  const Outcome outcome = basin({.arguments = simulate({"--json"}), .folder = folder.path()});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(nlohmann::json::parse(outcome.out)["verb"], "simulate");
  EXPECT_EQ(outcome.out, content(folder.path() / "out/letters/results.json"));
}

TEST(Output, HasTheSameBytesForAnyNumberOfJobsButTheTime) {
  const Folder folder;
  const Outcome one = basin({.arguments = simulate({"--json", "--jobs", "1"}), .folder = folder.path()});
  const std::string arrays = content(folder.path() / "out/letters/results.h5");
  const Outcome two = basin({.arguments = simulate({"--json", "--jobs", "2"}), .folder = folder.path()});
  ASSERT_NE(without_elapsed(one.out), one.out);
  EXPECT_EQ(without_elapsed(one.out), without_elapsed(two.out));
  EXPECT_EQ(arrays, content(folder.path() / "out/letters/results.h5"));
}

TEST(Output, DependsOnTheSeed) {
  const Folder folder;
  const Outcome one = basin({.arguments = simulate({"--json", "--seed", "1"}), .folder = folder.path()});
  const Outcome two = basin({.arguments = simulate({"--json", "--seed", "2"}), .folder = folder.path()});
  EXPECT_NE(nlohmann::json::parse(one.out)["recalls"], nlohmann::json::parse(two.out)["recalls"]);
}

TEST(Output, FitsEightyColumnsAndHasNoColoursWithoutATerminal) {
  const Folder folder;
  const Outcome outcome = basin({.arguments = simulate({}), .folder = folder.path()});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("Memories"), std::string::npos);
  EXPECT_EQ(lines_over_80_columns(outcome.out), std::vector<std::string>{});
  EXPECT_EQ(outcome.out.find('\x1b'), std::string::npos);
  EXPECT_EQ(outcome.err, "");
}

TEST(Output, HasColoursOnATerminalUnlessToldNot) {
  const Folder folder;
  const std::pair<std::string, std::string> terminal{"TERM", "xterm"};
  const auto run = [&](std::vector<std::string> more, std::vector<std::pair<std::string, std::string>> environment) {
    return basin({.arguments = simulate(std::move(more)),
                  .environment = std::move(environment),
                  .folder = folder.path(),
                  .terminal = true});
  };
  EXPECT_NE(run({}, {terminal, {"NO_COLOR", ""}}).out.find("\x1b["), std::string::npos);
  EXPECT_EQ(run({}, {terminal, {"NO_COLOR", "1"}}).out.find('\x1b'), std::string::npos);
  EXPECT_EQ(run({"--no-color"}, {terminal, {"NO_COLOR", ""}}).out.find('\x1b'), std::string::npos);
  EXPECT_EQ(run({}, {{"TERM", "dumb"}, {"NO_COLOR", ""}}).out.find('\x1b'), std::string::npos);
}

TEST(Output, IsEmptyWhenQuiet) {
  const Folder folder;
  const Outcome outcome = basin({.arguments = simulate({"--quiet"}), .folder = folder.path()});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_EQ(outcome.out + outcome.err, "");
  EXPECT_TRUE(std::filesystem::exists(folder.path() / "out/letters/results.json"));
}

TEST(Output, EndsWithFiveWhenItCannotBeWritten) {
  const Folder folder;
  EXPECT_EQ(basin({.arguments = simulate({}), .folder = folder.path(), .standard_output = "/dev/full"}).code, 5);
  EXPECT_EQ(basin({.arguments = simulate({"--json"}), .folder = folder.path(), .standard_output = "/dev/full"}).code,
            5);
  EXPECT_EQ(basin({.arguments = simulate({}), .folder = folder.path(), .output_closed = true}).code, 5);
  EXPECT_EQ(basin({.arguments = {"--help"}, .standard_output = "/dev/full"}).code, 5);
}

TEST(Output, EndsWithFiveWhenTheFolderIsAFile) {
  const Folder folder;
  folder.write("taken", "a file");
  const Outcome outcome = basin({.arguments = simulate({"--out", "taken/here"}), .folder = folder.path()});
  EXPECT_EQ(outcome.code, 5);
  EXPECT_NE(outcome.err.find("taken"), std::string::npos);
  EXPECT_EQ(folder.files(), std::vector<std::string>{"taken"});
}

TEST(Output, WritesSamplesAsCsv) {
  const Folder folder;
  const Outcome outcome =
      basin({.arguments = {"simulate", std::string(BASIN_SOURCE_DIR) + "/examples/flipflop", "--csv", "--set",
                           "simulate.samples=3", "--set", "simulate.t_end=6", "--out", "o"},
             .folder = folder.path()});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const std::string csv = content(folder.path() / "o/samples.csv");
  EXPECT_EQ(csv.substr(0, csv.find('\n')), "cue,t,u0,u1,V0,V1");
  EXPECT_NE(csv.find("\n0,0,0.3,0.1,"), std::string::npos);  // the first cue starts at (0.3, 0.1)
  EXPECT_NE(csv.find("\n0,2,"), std::string::npos);          // times 0, 2, 4, 6
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 1 + 4 * 4);
}

TEST(Output, AsksForSamplesBeforeItWritesCsv) {
  const Folder folder;
  const Outcome outcome = basin({.arguments = simulate({"--csv"}), .folder = folder.path()});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_NE(outcome.err.find("simulate.samples"), std::string::npos);
  EXPECT_EQ(folder.files(), std::vector<std::string>{});
}

#if !defined(__SANITIZE_ADDRESS__)  // its shadow memory needs more address space than can be limited
/// Two memories of 2,048 neurons: some twelve matrices of 32 MiB on one thread.
Outcome large_run(const Folder& folder, const std::string& verb, std::size_t memory_limit) {
  std::string rows;
  for (int row = 0; row < 2; ++row) {
    for (int i = 0; i < 2048; ++i) rows += std::string(i == 0 ? "" : ",") + (i % 2 < row ? "-1" : "1");
    rows += '\n';
  }
  folder.write("patterns.csv", rows);
  const auto file = folder.write("design.toml",
                                 "[circuit]\nunits = \"normalised\"\ngain = 4.0\n[memory]\npatterns = \"patterns.csv\"\n"
                                 "rule = \"storkey\"\n[cues]\nfrom = \"patterns\"\ncount = 2\n");
  return basin({.arguments = {verb, file.string(), "--jobs", "1"}, .folder = folder.path(), .memory_limit = memory_limit});
}

TEST(Output, RefusesWhatTheMemoryCannotHoldInOneLineBeforeItWritesAnything) {
  for (const std::string verb : {"simulate", "verify"}) {
    const Folder folder;
    const Outcome outcome = large_run(folder, verb, std::size_t{256} << 20);
    EXPECT_EQ(outcome.code, 5);
    EXPECT_TRUE(std::regex_match(outcome.err, std::regex("basin: " + verb + " needs about [0-9]+ MiB of memory; "
                                                         "[0-9]+ MiB are left here\n"))) << outcome.err;
    EXPECT_EQ(outcome.out, "");
    EXPECT_EQ(folder.files(), (std::vector<std::string>{"design.toml", "patterns.csv"}));
  }
}
#endif

}  // namespace
}  // namespace basin::test
