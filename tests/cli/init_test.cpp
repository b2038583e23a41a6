#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/cli/program.hpp"

namespace basin::test {
namespace {

TEST(Init, WritesADesignThatSimulatesAsItStands) {
  const Folder folder;
  EXPECT_EQ(basin({.arguments = {"init", "mine"}, .folder = folder.path()}).code, 0);
  EXPECT_TRUE(std::filesystem::exists(folder.path() / "mine" / "design.toml"));
  EXPECT_TRUE(std::filesystem::exists(folder.path() / "mine" / "patterns.txt"));
  const Outcome outcome = basin({.arguments = {"simulate", "mine", "--json"}, .folder = folder.path()});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const auto result = nlohmann::json::parse(outcome.out);
  EXPECT_EQ(result["design"]["name"], "mine");
  EXPECT_EQ(result["memories"].size(), 3U);  // the pictures came from patterns.txt
  EXPECT_GT(result["cues"]["recalled"], 0);
}

TEST(Init, ReadsThePicturesFromTheFileItWrote) {
  const Folder folder;
  basin({.arguments = {"init", "mine"}, .folder = folder.path()});
  folder.write("mine/patterns.txt", "name: P\n##\n..\n\nname: Q\n#.\n#.\n");
  const Outcome outcome =
      basin({.arguments = {"simulate", "mine", "--json", "--set", "hardware.lanes=2"}, .folder = folder.path()});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(nlohmann::json::parse(outcome.out)["memories"][1]["name"], "Q");
}

TEST(Init, RefusesAFolderWithFilesInIt) {
  const Folder folder;
  folder.write("mine/notes", "mine");
  const Outcome outcome = basin({.arguments = {"init", "mine"}, .folder = folder.path()});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_NE(outcome.err.find("mine"), std::string::npos);
  EXPECT_EQ(folder.files(), std::vector<std::string>{"mine/notes"});
}

TEST(Init, TakesTheOutputFolderWhenNoneIsNamed) {
  const Folder folder;
  EXPECT_EQ(basin({.arguments = {"init", "--out", "here"}, .folder = folder.path()}).code, 0);
  EXPECT_EQ(folder.files(), (std::vector<std::string>{"here/design.toml", "here/patterns.txt", "here/results.json"}));
}

}  // namespace
}  // namespace basin::test
