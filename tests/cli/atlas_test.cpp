#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/cli/program.hpp"

// basin atlas as its user meets it.
namespace basin::test {
namespace {

using nlohmann::json;

const std::string flipflop_design =
    "name = \"ff\"\n[circuit]\nunits = \"normalised\"\ngain = 2.0\nweights = [[0, 1], [1, 0]]\nsymmetric = true\n"
    "[memory]\npatterns = [[1, 1], [-1, -1]]\nnames = [\"set\", \"reset\"]\n[hardware]\nstep = \"1/64\"\n";

Outcome atlas_of(const Folder& folder, const std::string& text, std::vector<std::string> more = {}) {
  folder.write("ff.toml", text);
  std::vector<std::string> arguments{"atlas", "ff.toml", "--starts", "20"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return basin({.arguments = arguments, .folder = folder.path()});
}

TEST(AtlasProgram, WritesItsKeysAndPictures) {
  const Folder folder;
  const Outcome outcome = atlas_of(folder, flipflop_design, {"--json"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const json result = json::parse(outcome.out);
  EXPECT_EQ(result["status"], "pass");
  const json& atlas = result["atlas"];
  EXPECT_EQ(atlas["distance"].size(), 2U);   // 0 and 1 of two signs
  EXPECT_EQ(atlas["distance"][0]["reference"]["share"], 1.0);
  EXPECT_EQ(atlas["volumes"]["box"]["attractors"].size(), 2U);
  EXPECT_EQ(atlas["slices"][0]["file"], "slice-set-reset.svg");
  EXPECT_EQ(atlas["disagreement"]["starts"], (2 + atlas["amplitude"].size()) * 20 + 160 + 160);
  EXPECT_EQ(result["engines"]["golden"]["bit_exact"], true);
  for (const char* file : {"atlas.svg", "slice-set-reset.svg"}) {
    EXPECT_NE(content(folder.path() / "out/ff" / file).find("prefers-color-scheme:dark"), std::string::npos) << file;
  }
  EXPECT_EQ(content(folder.path() / "out/ff/results.h5").substr(1, 3), "HDF");
}

TEST(AtlasProgram, HasTheSameBytesForAnyNumberOfJobsAndWhenItGoesOn) {
  const Folder one;
  const Folder two;
  EXPECT_EQ(atlas_of(one, flipflop_design, {"--jobs", "1"}).code, 0);
  EXPECT_EQ(atlas_of(two, flipflop_design, {"--jobs", "2"}).code, 0);
  const std::string first = without_elapsed(content(one.path() / "out/ff/results.json"));
  EXPECT_EQ(first, without_elapsed(content(two.path() / "out/ff/results.json")));
  EXPECT_EQ(one.files(), two.files());
  for (const std::string& file : one.files()) {
    if (file.ends_with("results.json")) continue;
    EXPECT_EQ(content(one.path() / file), content(two.path() / file)) << file;
  }
  EXPECT_EQ(atlas_of(one, flipflop_design).code, 0);   // every block kept
  EXPECT_EQ(first, without_elapsed(content(one.path() / "out/ff/results.json")));
}

TEST(AtlasProgram, FitsEightyColumnsAndSaysWhereTheTwoDiffer) {
  const Folder folder;
  const Outcome outcome = atlas_of(folder, flipflop_design);
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(lines_over_80_columns(outcome.out), std::vector<std::string>());
  for (const char* part : {"Memories recalled, by signs turned", "Basin volumes, 160 starts", "Equilibria and cycles found",
                           "Where hardware and circuit end differently", "slice-set-reset.svg"}) {
    EXPECT_NE(outcome.out.find(part), std::string::npos) << part;
  }
}

TEST(AtlasProgram, RefusesInOneLine) {
  const Folder folder;
  const Outcome slice = atlas_of(folder, flipflop_design, {"--slice", "set,on"});
  EXPECT_EQ(slice.code, 2);
  EXPECT_EQ(slice.err, "--slice set,on: no memory \"on\"; allowed: two or three different memories of set, reset\n");
  const Outcome starts = atlas_of(folder, flipflop_design, {"--starts", "0"});
  EXPECT_EQ(starts.code, 2);
  const Outcome cues = atlas_of(folder, flipflop_design + "[cues]\nas = \"input\"\n");
  EXPECT_EQ(cues.code, 2);
  EXPECT_NE(cues.err.find("ff.toml: cues.as: an atlas is of starts u(0)"), std::string::npos) << cues.err;
}

TEST(AtlasProgram, AnEngineConfirmsASampleBitForBit) {
  const Folder folder;
  const Outcome outcome = atlas_of(folder, flipflop_design, {"--engines", "golden,verilator", "--json"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const json engine = json::parse(outcome.out)["engines"]["verilator"];
  EXPECT_EQ(engine["bit_exact"], true);
  EXPECT_EQ(engine["cues"], 64);
  EXPECT_GT(engine["cycles"], 0);
}

}  // namespace
}  // namespace basin::test
