#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/cli/program.hpp"

// Every example runs as its README says.
namespace basin::test {
namespace {

using nlohmann::json;

std::filesystem::path example(const std::string& name) {
  return std::filesystem::path(BASIN_SOURCE_DIR) / "examples" / name;
}

/// The result of `verb` on an example; its exit code must be `code`.
json result_of(const std::string& verb, const std::string& name, std::vector<std::string> more = {}, int code = 0) {
  const Folder folder;
  std::vector<std::string> arguments{verb, example(name).string(), "--json"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  const Outcome outcome = basin({.arguments = arguments, .folder = folder.path()});
  EXPECT_EQ(outcome.code, code) << outcome.err;
  return json::parse(outcome.out);
}

/// Every cue that is not borderline ended where the realised circuit did, and every engine made the same bits.
void expect_agreement(const json& result) {
  EXPECT_EQ(result["status"], "pass");
  for (const auto& [name, engine] : result["engines"].items()) EXPECT_EQ(engine["bit_exact"], true) << name;
  EXPECT_GT(result["engines"]["verilator"]["cycles"], 0);
  EXPECT_LE(result["deviation"]["normalised"], result["deviation"]["limit"]);
  for (const json& recall : result["recalls"]) EXPECT_TRUE(recall["same_attractor"] || recall["borderline"]) << recall;
}

TEST(Letters, AreRecalledAlikeByCircuitAndHardware) {
  const json result = result_of("verify", "letters");
  EXPECT_EQ(result["cues"]["count"], 120);
  expect_agreement(result);
}

TEST(Letters, ComeBackAtThreeQuartersWithThePseudoInverse) {
  const json cues = result_of("simulate", "letters")["cues"];
  EXPECT_GE(cues["recalled"], 90);
}

TEST(Letters, AreLostByHebbsRuleWhichItsMarginsSay) {
  const json result = result_of("simulate", "letters", {"--set", "memory.rule=hebb"});
  EXPECT_EQ(result["cues"]["recalled"], 0);
  for (const json& memory : result["memories"]) {
    EXPECT_LT(memory["margin"], 0) << memory;
    EXPECT_EQ(memory["stored"], false) << memory;
  }
}

TEST(Digits, AreRecalledAlikeByCircuitAndHardware) {
  const json result = result_of("verify", "digits");
  EXPECT_EQ(result["cues"]["count"], 100);
  expect_agreement(result);
}

TEST(Random, RecallsWithUnequalTimeConstants) {
  const json result = result_of("verify", "random");
  expect_agreement(result);
  EXPECT_EQ(result["cues"]["recalled"], result["cues"]["count"]);
}

// v = tanh(λv) at λ = 2: v* = 0.957504024077…, u* = v*; E* = −½·2·v*² + 2·∫g⁻¹ with ∫ = v·u − ln cosh(λu)/λ.
TEST(Flipflop, EndsAtTheClosedForm) {
  double v = 1.0;
  for (int i = 0; i < 200; ++i) v = std::tanh(2.0 * v);
  const double energy = -v * v + 2.0 * (v * v - std::log(std::cosh(2.0 * v)) / 2.0);
  EXPECT_NEAR(energy, -0.3265238874, 1e-10);      // published figure for the same circuit
  const json result = result_of("simulate", "flipflop");
  ASSERT_EQ(result["equilibria"].size(), 2U);
  for (const json& end : result["equilibria"]) {
    EXPECT_EQ(end["stable"], true);
    EXPECT_NEAR(std::abs(end["u"][0].get<double>()), v, 1e-12);
    EXPECT_EQ(end["u"][0], end["u"][1]);
    EXPECT_NEAR(end["energy"].get<double>(), energy, 1e-12);
    EXPECT_NEAR(end["eigenvalues"][0][0].get<double>(), -1.0 + 2.0 * (1.0 - v * v), 1e-9);
  }
  expect_agreement(result_of("verify", "flipflop"));
}

TEST(Flipflop, DividesThePlaneAlongTheAntidiagonal) {
  for (const json& recall : result_of("simulate", "flipflop")["recalls"]) {
    const std::vector<const char*> ends{"++", "--", "++", "--"};      // the sign of u1 + u2 of each line of cues.csv
    EXPECT_EQ(recall["signs"], ends[recall["cue"]]);
  }
}

/// The indented and fenced lines that a README shows as output.
std::vector<std::string> shown_lines(const std::filesystem::path& readme) {
  std::istringstream text(content(readme));
  std::vector<std::string> lines;
  bool fenced = false;
  for (std::string line; std::getline(text, line);) {
    if (line.rfind("```", 0) == 0) {
      fenced = !fenced && line == "```text";
    } else if (fenced && !line.empty() && line != "…" && line[0] != '$') {
      lines.push_back(line);
    }
  }
  return lines;
}

class Readme : public testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(Readme, ShowsWhatTheProgramPrints) {
  const auto [name, verb] = GetParam();
  const Folder folder;
  const std::string root = BASIN_SOURCE_DIR;
  const Outcome outcome = basin({.arguments = {verb, std::string("examples/") + name, "--out", folder.path().string()},
                                 .folder = root});
  const std::vector<std::string> lines = shown_lines(example(name) / "README.md");
  EXPECT_GT(lines.size(), 10U);
  for (const std::string& line : lines) EXPECT_NE(outcome.out.find(line + "\n"), std::string::npos) << line;
}

INSTANTIATE_TEST_SUITE_P(Examples, Readme,
                         testing::Values(std::pair{"letters", "verify"}, std::pair{"digits", "verify"},
                                         std::pair{"random", "verify"}, std::pair{"flipflop", "simulate"}),
                         [](const auto& test) { return std::string(test.param.first); });

}  // namespace
}  // namespace basin::test
