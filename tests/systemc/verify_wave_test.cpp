// `basin verify --wave`: the bench's waveform among the results.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/systemc/programs.hpp"
#include "tests/systemc/vcd.hpp"

namespace basin::test {
namespace {

namespace fs = std::filesystem;

const std::string flipflop = std::string(BASIN_SOURCE_DIR) + "/examples/flipflop";

Outcome verify(const fs::path& folder, std::vector<std::string> more, Variables environment = {}) {
  std::vector<std::string> arguments{BASIN_PROGRAM, "verify", flipflop, "--engines", "golden", "--out", "found"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return run(std::move(arguments), folder, std::move(environment));
}

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

TEST(VerifyWave, PutsTheCueOfTheDesignAsAskedForBesideTheResults) {
  const Folder folder;
  const Outcome outcome = verify(folder.path(), {"--wave", "2", "--set", "cues.amplitude=0.5"});
  ASSERT_EQ(outcome.code, 0) << outcome.text;
  EXPECT_NE(outcome.text.find("found/cue-2.fst"), std::string::npos) << outcome.text;
  EXPECT_EQ(names_in(folder.path() / "found"),
            (std::vector<std::string>{"cue-2.fst", "cue-2.gtkw", "report.html", "results.h5", "results.json"}));
  const auto wave = nlohmann::json::parse(content(folder.path() / "found/results.json"))["wave"];
  EXPECT_EQ(wave, (nlohmann::json{{"cue", 2}, {"file", "cue-2.fst"}, {"view", "cue-2.gtkw"}}));
  const std::string page = content(folder.path() / "found/report.html");
  EXPECT_NE(page.find("cue-2.fst"), std::string::npos);
  EXPECT_NE(page.find("--wave 2"), std::string::npos);
  // cues.csv holds 0.6, −0.1 in its third row; the amplitude halves them.
  const Vcd recorded(read_back(folder.path() / "found", "cue-2.fst"));
  EXPECT_EQ(recorded.of("SystemC.analog.u_0").at(1).value, 0.3);
  EXPECT_EQ(recorded.of("SystemC.analog.u_1").at(1).value, -0.05);
}

TEST(VerifyWave, RefusesACueThatTheDesignLacksBeforeItWorks) {
  const Folder folder;
  for (const char* cue : {"4", "-1", "1000000"}) {
    const Outcome outcome = verify(folder.path(), {"--wave", cue});
    EXPECT_EQ(outcome.code, 2) << outcome.text;
    EXPECT_NE(outcome.text.find("0 to 3"), std::string::npos) << outcome.text;
    EXPECT_EQ(count(outcome.text, "\n"), 1) << outcome.text;
  }
  EXPECT_EQ(names_in(folder.path()), std::vector<std::string>{});
}

TEST(VerifyWave, SaysHowToInstallTheToolThatIsMissing) {
  const Folder folder, empty;
  const Outcome outcome = verify(folder.path(), {"--wave", "0"},
                                 {{"PATH", empty.path().string()}, {"BASIN_VENV", (empty.path() / "venv").string()}});
  EXPECT_EQ(outcome.code, 3) << outcome.text;
  EXPECT_NE(outcome.text.find("apt-get install gtkwave"), std::string::npos) << outcome.text;
  EXPECT_EQ(names_in(folder.path()), std::vector<std::string>{});
}

}  // namespace
}  // namespace basin::test
