#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "tests/cli/program.hpp"
#include "tests/cli/readme.hpp"

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

// Row c of cues.csv shows the digit c mod 10. The nearest memory by overlap is the right digit for 76 of the hundred.
TEST(Digits, EndInTheirOwnDigitAboutAsOftenAsTheNearestMemory) {
  int own = 0;
  const json result = result_of("simulate", "digits");
  for (const json& recall : result["recalls"])
    own += recall["attractor"] == std::to_string(recall["cue"].get<int>() % 10);
  EXPECT_GE(own, 70);
  EXPECT_LE(own, 80);
}

// v = tanh(λv) at λ = 2: v* = 0.957504024077…, u* = v*; E* = −½·2·v*² + 2·∫g⁻¹ with ∫ = v·u − ln cosh(λu)/λ.
TEST(Flipflop, EndsAtTheClosedForm) {
  double v = 1.0;
  for (int i = 0; i < 200; ++i) v = std::tanh(2.0 * v);
  const double energy = -v * v + 2.0 * (v * v - std::log(std::cosh(2.0 * v)) / 2.0);
  EXPECT_NEAR(energy, -0.3265238874, 1e-10);  // published figure for the same circuit
  const json result = result_of("simulate", "flipflop");
  ASSERT_EQ(result["equilibria"].size(), 2U);
  for (const json& end : result["equilibria"]) {
    EXPECT_EQ(end["stable"], true);
    EXPECT_NEAR(std::abs(end["u"][0].get<double>()), v, 1e-12);
    EXPECT_NEAR(end["u"][0].get<double>(), end["u"][1].get<double>(), 1e-12);
    EXPECT_NEAR(end["energy"].get<double>(), energy, 1e-12);
    EXPECT_NEAR(end["eigenvalues"][0][0].get<double>(), -1.0 + 2.0 * (1.0 - v * v), 1e-9);
  }
}

TEST(Flipflop, AgreesInEveryEngineThatIsRunUnasked) {
  const json result = result_of("verify", "flipflop");
  expect_agreement(result);
  EXPECT_EQ(result["engines"].size(), 5U) << result["engines"];
  EXPECT_EQ(result["engines"]["systemc"]["cues"], result["engines"]["golden"]["cues"]);
  EXPECT_EQ(result["engines"]["icarus"]["cues"], 4);
  EXPECT_EQ(result["engines"]["gate"]["cues"], 4);
}

TEST(Flipflop, DividesThePlaneAlongTheAntidiagonal) {
  const std::vector<const char*> ends{"set", "reset", "set", "reset"};  // the sign of u1 + u2 of each line of cues.csv
  for (const json& recall : result_of("simulate", "flipflop")["recalls"]) {
    EXPECT_EQ(recall["attractor"], ends[recall["cue"]]);
  }
}

/// The number that the signs of a converter's recall stand for.
int code_of(const json& recall) {
  const std::string signs = recall["signs"];
  int code = 0;
  for (std::size_t bit = 0; bit < signs.size(); ++bit) code += signs[bit] == '+' ? 1 << bit : 0;
  return code;
}

std::vector<int> codes_of(const json& result) {
  std::vector<int> codes;
  for (const json& recall : result["recalls"]) codes.push_back(code_of(recall));
  return codes;
}

// x = 0.05, 0.15, … 14.95, up and down again.
TEST(Converter, HasHysteresisWithoutAResetAlone) {
  const std::vector<int> reset = codes_of(result_of("simulate", "adc"));
  const std::vector<int> carried = codes_of(result_of("simulate", "adc", {"--set", "cues.carry=true"}));
  ASSERT_EQ(reset.size(), 300U);
  ASSERT_EQ(carried.size(), 300U);
  int differing = 0;
  for (std::size_t k = 0; k < 150; ++k) {
    const double x = 0.05 + 0.1 * static_cast<double>(k);
    EXPECT_LT(std::abs(reset[k] - x), 1.0) << x;
    EXPECT_EQ(reset[k], reset[299 - k]) << x;
    EXPECT_LE(carried[k], carried[299 - k]) << x;   // coming up it lags below, coming down above
    differing += carried[k] < carried[299 - k] ? 1 : 0;
  }
  EXPECT_GT(differing, 50);
}

TEST(EightBitConverter, ConvertsToTheNearestNumberInTheCircuit) {
  EXPECT_EQ(codes_of(result_of("simulate", "adc8")), (std::vector<int>{0, 30, 60, 90, 120, 150, 180, 210, 240}));
}

TEST(ChaosOfFour, HasALyapunovExponentAboveZero) {
  const json found = result_of("simulate", "chaos4", {"--lyapunov"})["recalls"][0]["lyapunov"];
  EXPECT_GT(found["largest"], 3.0 * found["standard_error"].get<double>());
}

class Readme : public testing::TestWithParam<const char*> {};

TEST_P(Readme, ShowsWhatTheProgramPrints) { expect_shown_output(GetParam()); }

INSTANTIATE_TEST_SUITE_P(Examples, Readme, testing::Values("letters", "digits", "random", "flipflop", "capacity", "delay", "parity", "sequence", "signal", "ring", "lp", "chaos3"),
                         [](const auto& test) { return std::string(test.param); });

}  // namespace
}  // namespace basin::test
