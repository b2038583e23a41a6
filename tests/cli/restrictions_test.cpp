#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tests/cli/program.hpp"

// What [memory] restricts, as the user of the program meets it.
namespace basin::test {
namespace {

using nlohmann::json;

std::string letters(const std::string& memory) {
  return "[circuit]\nunits = \"normalised\"\n[memory]\npatterns = \"" + std::string(BASIN_SOURCE_DIR) +
         "/examples/letters/letters.txt\"\n" + memory +
         "[cues]\nflip = 0.1\ncount = 4\n[hardware]\nlanes = 8\nstep = \"1/32\"\n";
}

/// Exit code `code` and one line that says `says`; bad input (2) leaves nothing behind.
void expect_refused(const std::string& design, int code, const std::string& says) {
  const Folder folder;
  folder.write("d.toml", design);
  const Outcome outcome = basin({.arguments = {"simulate", "d.toml"}, .folder = folder.path()});
  EXPECT_EQ(outcome.code, code) << outcome.err;
  EXPECT_NE(outcome.err.find(says), std::string::npos) << outcome.err;
  EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
  EXPECT_EQ(outcome.out, "");
  if (code == 2) {
    EXPECT_EQ(folder.files(), std::vector<std::string>{"d.toml"});
  }
}

TEST(Restrictions, ThatMakeStoringImpossibleEndWithTheirProof) {
  expect_refused("[circuit]\nunits = \"normalised\"\n[memory]\nrule = \"max-margin\"\ntopology = \"band\"\nradius = 1\n"
                 "patterns = [[1, 1, 1, 1, 1, 1], [-1, 1, 1, 1, 1, -1]]\n",
                 1, "1 × (neuron 0, memory 0) + 1 × (neuron 0, memory 1) no weight can help");
}

TEST(Restrictions, OfTooFewBitsEndWithTheNumberThatSuffices) {
  expect_refused(letters("rule = \"perceptron\"\ntopology = \"grid\"\nradius = 3\nweight_bits = 2\n"), 1, "3 bits suffice");
}

TEST(Restrictions, ThatTheRuleCantKeepAreBadInput) {
  expect_refused(letters("rule = \"storkey\"\nweight_bits = 4\n"), 2, "can't be kept by rule = \"storkey\"");
}

// The learned integers are the core's own: verify has nothing to round.
TEST(Restrictions, OfFourBitsOnAGridAreTheWeightsOfTheRtl) {
  const Folder folder;
  folder.write("d.toml", letters("rule = \"max-margin\"\ntopology = \"grid\"\nradius = 3\nweight_bits = 4\n"));
  const Outcome outcome =
      basin({.arguments = {"verify", "d.toml", "--engines", "golden,verilator", "--json"}, .folder = folder.path()});
  ASSERT_EQ(outcome.code, 0) << outcome.err << outcome.out;
  const json result = json::parse(outcome.out);
  EXPECT_EQ(result["engines"]["verilator"]["bit_exact"], true);
  EXPECT_EQ(result["cues"]["moved_by_weights"], 0);
  EXPECT_LT(result["deviation"]["total"], result["deviation"]["limit"]);
  for (const json& memory : result["memories"]) EXPECT_EQ(memory["stored"], true) << memory;
  const std::string remark = result["learning"]["remarks"][0];
  EXPECT_NE(remark.find("weights of 4 bits"), std::string::npos) << remark;
}

TEST(Learning, OfAPerceptronReportsItsMistakesAndTheirBound) {
  const Folder folder;
  folder.write("d.toml", letters("rule = \"perceptron\"\nsymmetric = false\n"));
  const Outcome outcome = basin({.arguments = {"simulate", "d.toml", "--json"}, .folder = folder.path()});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const json learning = json::parse(outcome.out)["learning"];
  EXPECT_EQ(learning["rule"], "perceptron");
  EXPECT_GT(learning["mistakes"], 64);
  EXPECT_LE(learning["mistakes"], learning["most_mistakes"]);
}

TEST(Sequences, OfDependentPatternsAreRefusedWithTheirRank) {
  expect_refused("[circuit]\nunits = \"normalised\"\n[memory]\nrule = \"sequence\"\n"
                 "patterns = [[1, 1, 1, 1, 1, 1], [-1, 1, 1, 1, -1, 1], [-1, -1, -1, -1, -1, -1]]\n",
                 1, "the 3 patterns are linearly dependent (rank 2)");
}

TEST(Sequences, ThatTheGainCantHoldAreRefusedWithTheMargin) {
  expect_refused("[circuit]\nunits = \"normalised\"\ngain = 1\n[memory]\nrule = \"sequence\"\n"
                 "patterns = [[1, 1, 1, 1, 1, 1], [-1, 1, 1, 1, -1, 1]]\n",
                 1, "is not held at this gain: its least margin is ");
}

TEST(Sequences, OfOnePatternAreBadInput) {
  expect_refused("[circuit]\nunits = \"normalised\"\n[memory]\nrule = \"sequence\"\npatterns = [[1, 1, 1]]\n", 2,
                 "memory.patterns: has 1 pattern; allowed with rule = \"sequence\": 2 to ");
}

TEST(Sequences, KeepTheirKeyToThemselves) {
  expect_refused(letters("rule = \"hebb\"\ntau_slow = 4\n"), 2, "memory.tau_slow: belongs to rule = \"sequence\"");
  expect_refused(letters("rule = \"sequence\"\ntau_slow = 300\n"), 2, "memory.tau_slow: 300 is too large");
  expect_refused(letters("rule = \"sequence\"\nrow_sum = 1\n"), 2, "memory.row_sum: is not used by rule = \"sequence\"");
}

}  // namespace
}  // namespace basin::test
