#include "tests/cli/readme.hpp"

#include <gtest/gtest.h>

#include <iterator>
#include <sstream>

#include "tests/cli/program.hpp"

namespace basin::test {
namespace {

using nlohmann::json;

/// A fenced block of a README: the command after "$ scripts/basin", and lines that it prints.
struct Shown {
  std::vector<std::string> arguments;
  std::vector<std::string> lines;
};

std::vector<Shown> shown_in(const std::filesystem::path& readme) {
  const std::string prompt = "$ scripts/basin ";
  std::istringstream text(content(readme));
  std::vector<Shown> blocks;
  bool fenced = false;
  for (std::string line; std::getline(text, line);) {
    if (line.rfind("```", 0) == 0) {
      fenced = line == "```text";
    } else if (fenced && line.rfind(prompt, 0) == 0) {
      std::istringstream words(line.substr(prompt.size()));
      blocks.push_back({{std::istream_iterator<std::string>(words), {}}, {}});
    } else if (fenced && !line.empty() && line != "…") {
      blocks.back().lines.push_back(line);
    }
  }
  return blocks;
}

}  // namespace

void expect_agreement(const json& result) {
  EXPECT_EQ(result["status"], "pass");
  for (const auto& [name, engine] : result["engines"].items()) EXPECT_EQ(engine["bit_exact"], true) << name;
  EXPECT_GT(result["engines"]["verilator"]["cycles"], 0);
  EXPECT_LE(result["deviation"]["normalised"], result["deviation"]["limit"]);
  for (const json& recall : result["recalls"]) EXPECT_TRUE(recall["same_attractor"] || recall["borderline"]) << recall;
}

void expect_shown_output(const std::string& example) {
  const Folder folder;
  std::filesystem::create_directory_symlink(std::filesystem::path(BASIN_SOURCE_DIR) / "examples",
                                            folder.path() / "examples");
  const std::vector<Shown> blocks = shown_in(std::filesystem::path(BASIN_SOURCE_DIR) / "examples" / example / "README.md");
  EXPECT_FALSE(blocks.empty());
  for (const Shown& shown : blocks) {
    const Outcome outcome = basin({.arguments = shown.arguments, .folder = folder.path()});
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_GT(shown.lines.size(), 10U);
    if (shown.arguments[0] == "verify") {
      expect_agreement(json::parse(content(folder.path() / "out" / example / "results.json")));
    }
    for (const std::string& line : shown.lines) EXPECT_NE(outcome.out.find(line + "\n"), std::string::npos) << line;
  }
}

}  // namespace basin::test
