#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/cli/program.hpp"

// The program on files made to break it (tests/data/hostile) and in environments that refuse. Nothing may be written
// but what was asked for, no command of a file may run, and time and memory are limited.

namespace basin::test {
namespace {

using Json = nlohmann::json;

#if defined(__SANITIZE_ADDRESS__)
constexpr bool sanitized = true;  // its shadow memory needs more address space than there is
#else
constexpr bool sanitized = false;
#endif
constexpr double cpu_limit_s = sanitized ? 20.0 : 2.0;
constexpr double hang_limit_s = 60.0;
constexpr std::size_t memory_limit = sanitized ? 0 : std::size_t{256} << 20;
const std::filesystem::path bait = "/tmp/basin_pwned";  // what the files' commands would make

constexpr const char* valid_design =
    "[circuit]\ncapacitance = 1e-11\nresistance = 1e4\nweights = [[0, 1e-4], [1e-4, 0]]\ninitial = [0.1, -0.2]\n";

double cpu_of_children_s() {
  rusage usage{};
  getrusage(RUSAGE_CHILDREN, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// Runs it within the limits of time and memory.
Outcome limited(Invocation invocation) {
  invocation.memory_limit = memory_limit;
  const double before = cpu_of_children_s();
  Outcome outcome = Running(invocation).wait(hang_limit_s);
  EXPECT_LT(cpu_of_children_s() - before, cpu_limit_s);
  return outcome;
}

/// Exit code 2, one line that says `says`, nothing on standard output.
void expect_refused(const Outcome& outcome, const std::string& says) {
  EXPECT_EQ(outcome.code, 2) << outcome.err;
  EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
  EXPECT_NE(outcome.err.find(says), std::string::npos) << says << " is not in: " << outcome.err;
  EXPECT_EQ(outcome.out, "");
}

/// The design that meets the file of `hostile`, in `folder` beside that file.
std::filesystem::path design_for(const Json& hostile, const Folder& folder) {
  const std::string file = hostile["file"];
  const std::string bytes = content(std::filesystem::path(BASIN_TEST_DATA) / "hostile" / file);
  if (hostile["as"] == "design") return folder.write(file, bytes);
  folder.write(file, bytes);
  std::string design = "[circuit]\ncapacitance = 1e-11\nresistance = 1e4\n";
  if (hostile["as"] == "weights") design += "weights = \"" + file + "\"\ninitial = 0.1\n";
  if (hostile["as"] == "patterns")
    design += "[memory]\nrule = \"pseudo-inverse\"\npatterns = \"" + file + "\"\n[cues]\nflip = 0\n";
  return folder.write("design.toml", design);
}

std::vector<Json> cases() {
  std::vector<Json> all;
  for (const Json& each : Json::parse(content(BASIN_TEST_DATA "/hostile/cases.json"))) all.push_back(each);
  return all;
}

std::string test_name(const testing::TestParamInfo<Json>& info) {
  std::string name = info.param["file"];
  std::replace_if(
      name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return name;
}

class Hostile : public testing::TestWithParam<Json> {
 protected:
  void TearDown() override { EXPECT_FALSE(std::filesystem::exists(bait)); }
};

}  // namespace

TEST_P(Hostile, IsRefusedInOneLineOrRead) {
  const Json& hostile = GetParam();
  const Folder folder;
  const std::string design = design_for(hostile, folder).filename();
  const std::vector<std::string> before = folder.files();
  const Outcome simulated = limited({.arguments = {"simulate", design, "--json"}, .folder = folder.path()});
  if (hostile["expect"] == "reject") {
    const std::string says = hostile["says"];
    expect_refused(simulated, design + ":");
    expect_refused(simulated, hostile["file"]);
    expect_refused(simulated, says);
    expect_refused(limited({.arguments = {"verify", design}, .folder = folder.path()}), says);
    EXPECT_EQ(folder.files(), before);
    return;
  }
  const bool may_fail = hostile["expect"] == "either";
  EXPECT_TRUE(simulated.code == 0 || (may_fail && (simulated.code == 1 || simulated.code == 2))) << simulated.err;
  EXPECT_EQ(simulated.out.find("nan"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(File, Hostile, testing::ValuesIn(cases()), test_name);

TEST(HostileCsv, MeansTheSameInEverySpelling) {
  std::vector<std::string> ids;
  for (const char* file : {"csv_crlf.csv", "csv_bom.csv", "csv_no_final_newline.csv"}) {
    const Folder folder;
    const std::string design = design_for({{"file", file}, {"as", "patterns"}}, folder);
    ids.push_back(
        Json::parse(basin({.arguments = {"simulate", design, "--json"}, .folder = folder.path()}).out)["design"]["id"]);
  }
  EXPECT_EQ(ids[0], ids[1]);
  EXPECT_EQ(ids[0], ids[2]);
}

TEST(HostileEnvironment, RefusesWhatIsNoRegularFileWithoutWaiting) {
  const Folder folder;
  std::filesystem::create_directory(folder.path() / "empty");
  ASSERT_EQ(mkfifo((folder.path() / "pipe").c_str(), 0600), 0);
  std::filesystem::create_symlink("nowhere", folder.path() / "dangling.toml");
  const auto run = [&](const std::string& design) {
    return limited({.arguments = {"simulate", design}, .folder = folder.path()});
  };
  expect_refused(run("empty"), "empty/design.toml: cannot be opened");
  expect_refused(run("pipe"), "pipe: is a pipe");
  expect_refused(run("/dev/zero"), "/dev/zero: is a device");
  expect_refused(run("dangling.toml"), "dangling.toml: cannot be opened");
  expect_refused(run("absent\nline.toml"), "absent\\x0aline.toml: cannot be opened");
}

TEST(HostileEnvironment, ReadsFileNamesWithBlanksLineBreaksAndDashes) {
  const Folder folder;
  for (const std::string name : {"a b.toml", "a\nb.toml", "-rf.toml"}) {
    folder.write(name, valid_design);
    EXPECT_EQ(limited({.arguments = {"simulate", "./" + name, "--quiet"}, .folder = folder.path()}).code, 0) << name;
  }
}

TEST(HostileEnvironment, GivesTheSameResultWhateverLocaleAndHome) {
  const Folder folder;
  folder.write("design.toml", valid_design);
  const auto result = [&](const std::vector<std::pair<std::string, std::string>>& environment) {
    const Outcome outcome = limited(
        {.arguments = {"simulate", "design.toml", "--json"}, .environment = environment, .folder = folder.path()});
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    Json document = Json::parse(outcome.out);
    document.erase("elapsed_s");
    return document;
  };
  const Json plain = result({});
  EXPECT_EQ(result({{"LC_ALL", "de_DE.UTF-8"}, {"LC_NUMERIC", "de_DE.UTF-8"}}), plain);
  const std::string home = std::getenv("HOME") != nullptr ? std::getenv("HOME") : "";
  unsetenv("HOME");
  EXPECT_EQ(result({}), plain);
  setenv("HOME", home.c_str(), 1);
}

TEST(HostileEnvironment, EndsInCodeFiveWhereOutputCannotBeWritten) {
  const Folder folder;
  folder.write("design.toml", valid_design);
  folder.write("file", "");
  const auto run = [&](const std::vector<std::string>& options, const std::string& output = "", bool closed = false) {
    std::vector<std::string> arguments{"simulate", "design.toml"};
    arguments.insert(arguments.end(), options.begin(), options.end());
    return limited(
               {.arguments = arguments, .folder = folder.path(), .standard_output = output, .output_closed = closed})
        .code;
  };
  EXPECT_EQ(run({}, "/dev/full"), 5);
  EXPECT_EQ(run({"--json"}, "/dev/full"), 5);
  EXPECT_EQ(run({}, "", true), 5);
  EXPECT_EQ(run({"--out", "file/below"}), 5);
  EXPECT_EQ(run({"--out", "/proc/basin"}), 5);  // a folder that nobody, root included, can write to
}

#if !defined(__SANITIZE_ADDRESS__)  // no memory limit can be set there
// 4096 neurons need 134 MB a matrix: more than the limit allows beside each other.
TEST(HostileEnvironment, SaysThatMemoryIsRefused) {
  const Folder folder;
  folder.write("design.toml",
               "[circuit]\nneurons = 4096\ncapacitance = 1e-11\nresistance = 1e4\n[memory]\nrule = \"hebb\"\npatterns "
               "= \"p.pbm\"\n");
  folder.write("p.pbm", "P4 64 64\n" + std::string(512, '\x5a'));
  const Outcome outcome = limited({.arguments = {"simulate", "design.toml"}, .folder = folder.path()});
  EXPECT_EQ(outcome.code, 5) << outcome.err;
  EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
}
#endif

}  // namespace basin::test
