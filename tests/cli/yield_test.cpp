#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "tests/cli/program.hpp"

// Yield and real amplifiers as the user of the program meets them.
namespace basin::test {
namespace {

using nlohmann::json;

const std::string head = "[circuit]\nunits = \"normalised\"\ngain = 3\n[memory]\nrule = \"hebb\"\npatterns = [[1, 1, 1, 1, -1, -1, -1, -1], "
                         "[1, -1, 1, -1, 1, -1, 1, -1]]\n[cues]\nfrom = \"patterns\"\nflip = 0.125\ncount = 6\n";

json result_of(const Folder& folder, std::vector<std::string> arguments, int code = 0) {
  arguments.emplace_back("--json");
  const Outcome outcome = basin({.arguments = arguments, .folder = folder.path()});
  EXPECT_EQ(outcome.code, code) << outcome.err;
  return outcome.code == code ? json::parse(outcome.out) : json();
}

}  // namespace

TEST(YieldVerb, WritesOneRowAFaultAndOnePairAnActivation) {
  const Folder folder;
  folder.write("d.toml", head + "[tolerance]\nresistors = 0.1\n[amplifier]\nsaturation = 0.9\n");
  const json result = result_of(folder, {"yield", "d.toml", "--runs", "5", "--out", "o"});
  std::vector<std::string> names;
  for (const json& row : result["yield"]["rows"]) names.push_back(row["activation"].get<std::string>() + " " + row["name"].get<std::string>());
  EXPECT_EQ(names, (std::vector<std::string>{"tanh nominal", "tanh tolerance.resistors", "tanh amplifier.saturation", "tanh all",
                                             "erf nominal", "erf all", "algebraic nominal", "algebraic all", "arctan nominal",
                                             "arctan all", "clipped-linear nominal", "clipped-linear all"}));
  const json& random = result["yield"]["rows"][1];
  EXPECT_EQ(random["circuits"], 5);
  EXPECT_EQ(random["recalled"].size(), 5U);
  EXPECT_LE(random["low"], random["yield"]);
  EXPECT_GE(random["high"], random["yield"]);
  EXPECT_EQ(result["yield"]["rows"][0]["low"], nullptr);
  EXPECT_EQ(result["tolerance"]["resistors"], 0.1);
  EXPECT_EQ(result["amplifier"]["saturation"][0], 0.9);
  EXPECT_NE(content(folder.path() / "o" / "yield.svg").find("</svg>"), std::string::npos);
}

TEST(YieldVerb, FitsTheTerminalAndSaysWhatIsKept) {
  const Folder folder;
  folder.write("d.toml", head + "[tolerance]\nresistors = 0.1\ninput_offset = \"12.5 mV\"\n[amplifier]\ngain_bandwidth = \"80 MHz\"\n");
  const Outcome first = basin({.arguments = {"yield", "d.toml", "--runs", "4"}, .folder = folder.path()});
  EXPECT_EQ(first.code, 0) << first.err;
  EXPECT_TRUE(lines_over_80_columns(first.out).empty()) << first.out;
  EXPECT_EQ(first.out.find("from an earlier run"), std::string::npos);
  const Outcome second = basin({.arguments = {"yield", "d.toml", "--runs", "4"}, .folder = folder.path()});
  EXPECT_NE(second.out.find("13 cases from an earlier run"), std::string::npos) << second.out;
}

TEST(YieldVerb, WithNothingOffSaysWhichKeysSayWhatIs) {
  const Folder folder;
  folder.write("d.toml", head);
  const Outcome outcome = basin({.arguments = {"yield", "d.toml"}, .folder = folder.path()});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("tolerance.resistors"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("clipped-linear"), std::string::npos) << outcome.out;
}

TEST(YieldVerb, RefusesInOneLineWithNothingWritten) {
  const struct { std::string text, says; } cases[] = {
      {"[circuit]\nunits = \"normalised\"\nweights = [[0, 1], [1, 0]]\n", "memory.patterns: is missing"},
      {head.substr(0, head.find("[cues]")) + "[cues]\nfrom = [[1, 1, 1, 1, -1, -1, -1, 1]]\n", "cues.from: gives cues that belong to no memory"},
      {"[circuit]\nactivation = \"hard\"\n" + head.substr(head.find("units")), "circuit.activation: \"hard\" is no amplifier"},
  };
  for (const auto& each : cases) {
    const Folder folder;
    folder.write("d.toml", each.text);
    const Outcome outcome = basin({.arguments = {"yield", "d.toml", "--out", "o"}, .folder = folder.path()});
    EXPECT_EQ(outcome.code, 2) << each.says << outcome.err;
    EXPECT_NE(outcome.err.find(each.says), std::string::npos) << outcome.err;
    EXPECT_EQ(folder.files(), std::vector<std::string>{"d.toml"});
  }
}

TEST(RealAmplifiers, AreAppliedBySimulateAndLeftOutByVerifyWithAWarning) {
  const Folder folder;
  folder.write("ideal.toml", head);
  folder.write("real.toml", head + "[amplifier]\nsaturation = 0.7\nopen_loop_gain = 20\n");
  const json ideal = result_of(folder, {"simulate", "ideal.toml", "--out", "a"});
  const json real = result_of(folder, {"simulate", "real.toml", "--out", "b"});
  EXPECT_FALSE(ideal.contains("amplifier"));
  EXPECT_EQ(real["amplifier"]["saturation"][0], 0.7);
  EXPECT_EQ(real["amplifier"]["applied"], true);
  // Two memories of Hebb's rule, rows |W| of 3/4: at ±0.7 every |u| is 0.7 times what the ideal amplifiers' ±1 would make.
  const double u = real["equilibria"][0]["u"][0].get<double>(), full = ideal["equilibria"][0]["u"][0].get<double>();
  EXPECT_LT(std::abs(u), std::abs(full));
  const Outcome verify = basin({.arguments = {"verify", "real.toml", "--engines", "golden", "--out", "c"}, .folder = folder.path()});
  EXPECT_NE(verify.out.find("[amplifier] is left out"), std::string::npos) << verify.out;
}

}  // namespace basin::test
