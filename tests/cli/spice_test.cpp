#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "sim/toolchain/process.hpp"
#include "tests/cli/program.hpp"

// Spice and import as the user of the program meets them.
namespace basin::test {
namespace {

using nlohmann::json;

const std::string examples = std::string(BASIN_SOURCE_DIR) + "/examples/";
const std::string decks = std::string(BASIN_TEST_DATA) + "/spice/";

json result_of(const Folder& folder, std::vector<std::string> arguments, int code = 0) {
  arguments.emplace_back("--json");
  const Outcome outcome = basin({.arguments = arguments, .folder = folder.path()});
  EXPECT_EQ(outcome.code, code) << outcome.err;
  return outcome.code == code ? json::parse(outcome.out) : json();
}

/// ngspice on an exported bench as it stands.
void expect_runs(const std::filesystem::path& folder) {
  const ProcessResult run = run_process({.arguments = {"ngspice", "-b", "bench.ngspice.cir"}, .folder = folder, .environment = {},
                                         .timeout_s = 1200, .log = {}});
  EXPECT_NE(std::find_if(run.last_lines.begin(), run.last_lines.end(),
                         [](const std::string& line) { return line.find("basin-bench-finished") != std::string::npos; }),
            run.last_lines.end());
  EXPECT_GT(std::filesystem::file_size(folder / "result.raw"), 1000U);
}

class SpiceExample : public testing::TestWithParam<std::string> {};

TEST_P(SpiceExample, AgreesAndItsDeckRunsAsItIs) {
  const Folder folder;
  std::vector<std::string> arguments{"spice", examples + GetParam(), "--cues", "1", "--out", "o", "--set", "recall.hold=[]"};
  if (GetParam().starts_with("chaos")) arguments.insert(arguments.end(), {"--set", "simulate.t_end=20"});
  const json result = result_of(folder, arguments);
  EXPECT_EQ(result["status"], "pass");
  EXPECT_LE(result["spice"]["max_difference"], 1e-3);
  EXPECT_TRUE(result["spice"]["at"].contains("neuron"));
  expect_runs(folder.path() / "o");
}

INSTANTIATE_TEST_SUITE_P(Examples, SpiceExample,
                         testing::Values("flipflop", "letters", "random", "digits", "parity", "delay", "adc", "lp", "ring", "signal",
                                         "chaos3", "chaos4"));
// Minutes in ngspice: a gain of 1.6e5 takes steps as fine, 69 neurons go round and round, and 1,024 are many.
INSTANTIATE_TEST_SUITE_P(LargeExamples, SpiceExample, testing::Values("adc8", "sequence", "glyphs32"));

TEST(Spice, SaysFromWhenOnARunIsApart) {
  const Folder folder;
  const Outcome shown =
      basin({.arguments = {"spice", examples + "chaos3", "--out", "o", "--set", "simulate.t_end=200"}, .folder = folder.path()});
  EXPECT_EQ(shown.code, 1);
  EXPECT_NE(shown.out.find("\n  apart from     "), std::string::npos) << shown.out;
  EXPECT_EQ(content(folder.path() / "o/spice.svg").find("10⁻⁶"), std::string::npos);   // parts in a million are for what agrees
  // Up to half of that time the same run agrees.
  const json written = json::parse(content(folder.path() / "o/results.json"));
  const double apart = written["runs"][0]["apart_from"];
  EXPECT_GT(apart, 20e-6);
  EXPECT_LT(apart, 200e-6);
  const std::string before = "simulate.t_end=" + std::to_string(0.5 * apart / 1e-6);
  EXPECT_EQ(result_of(folder, {"spice", examples + "chaos3", "--out", "o", "--set", before})["runs"][0]["apart_from"], nullptr);
}

// A rescaled circuit: what resistors alone can't make is said, with the gain that makes up for it.
TEST(Spice, SaysTheRescalingAndTheGainThatItNeeds) {
  const Folder folder;
  folder.write("d.toml", "[circuit]\nunits = \"normalised\"\ngain = 3\nweights = [[0, 2.5], [2.5, 0]]\ninitial = [0.2, 0.1]\n");
  const json result = result_of(folder, {"spice", "d.toml"});
  EXPECT_EQ(result["physical"]["scale"], 2.5);
  EXPECT_EQ(result["physical"]["gain"][0], 7.5);
  const Outcome text = basin({.arguments = {"spice", "d.toml"}, .folder = folder.path()});
  EXPECT_NE(text.out.find("s = 2.5"), std::string::npos) << text.out;
  EXPECT_NE(text.out.find("7.5 V/V"), std::string::npos) << text.out;
  EXPECT_TRUE(lines_over_80_columns(text.out).empty()) << text.out;
  const std::string waves = content(folder.path() / "out" / "d" / "spice.csv");
  EXPECT_TRUE(waves.starts_with("t,u0,u1,V0,V1,u0_ngspice,u1_ngspice,V0_ngspice,V1_ngspice\n")) << waves.substr(0, 80);
  EXPECT_EQ(std::count(waves.begin(), waves.end(), '\n'), 401);
}

TEST(Spice, WithPreferredValuesShowsWhatTheyDoToTheMargins) {
  const Folder folder;
  const json result = result_of(folder, {"spice", examples + "letters", "--cues", "1", "--set", "physical.series=E12"});
  EXPECT_EQ(result["physical"]["exact"], false);
  int moved = 0;
  for (const json& memory : result["memories"]) moved += memory["margin"] != memory["margin_of_parts"];
  EXPECT_GT(moved, 0);
  for (const json& part : result["parts"]) {
    if (part["part"] != "resistor") continue;
    const double decade = std::pow(10.0, std::floor(std::log10(part["value"].get<double>())) - 1.0);
    const double two_digits = part["value"].get<double>() / decade;
    EXPECT_NEAR(two_digits, std::round(two_digits), 1e-6) << part;
  }
  EXPECT_LE(result["spice"]["max_difference"], 1e-3);
}

// The letters by 12 overlap amplifiers are the same circuit, of a third of the resistors.
TEST(Spice, AgreesOnOverlapAmplifiersAndTheirDeckRunsAsItIs) {
  const Folder folder;
  const std::vector<std::string> overlaps{"spice", examples + "letters", "--cues", "2", "--out", "o", "--set", "physical.network=overlaps"};
  const json result = result_of(folder, overlaps);
  EXPECT_LE(result["spice"]["max_difference"], 1e-3);
  std::map<std::string, int> count;
  for (const json& part : result["parts"]) count[part["part"]] += part["count"].get<int>();
  EXPECT_EQ(count["amplifier"], 64 + 12);
  EXPECT_EQ(result["physical"]["overlap_amplifiers"], 12);
  EXPECT_LE(count["resistor"], 2 * 64 * 12 + 2 * 64);
  EXPECT_GE(count["resistor"], 2 * 64 * 12 + 64);
  for (const json& memory : result["memories"]) EXPECT_TRUE(memory["stored"]) << memory;
  const Outcome text = basin({.arguments = overlaps, .folder = folder.path()});
  EXPECT_NE(text.out.find("12 overlap amplifiers of gain"), std::string::npos) << text.out;
  EXPECT_TRUE(lines_over_80_columns(text.out).empty()) << text.out;
  expect_runs(folder.path() / "o");
  ASSERT_EQ(basin({.arguments = {"import", "o/bench.ngspice.cir", "--out", "i"}, .folder = folder.path()}).code, 0);
  EXPECT_LE(result_of(folder, {"spice", "i/design.toml"})["spice"]["max_difference"], 1e-3);
  const json parts = result_of(folder, {"spice", examples + "letters", "--cues", "1", "--set", "physical.network=overlaps",
                                        "--set", "physical.series=E24"});
  EXPECT_LE(parts["spice"]["max_difference"], 1e-3);
}

TEST(Spice, RefusesOverlapAmplifiersThatCantMakeTheCircuit) {
  const std::pair<const char*, const char*> cases[] = {{"memory.rule=storkey", "needs weights that are kept by their memories"},
                                                       {"amplifier.output_resistance=75", "has ideal amplifiers"},
                                                       {"circuit.delay=1e-7", "hears outputs at once"},
                                                       {"noise.temperature=0.001", "has no noise of its own"},
                                                       {"tolerance.resistors=0.01", "is of parts as they are"}};
  for (const auto& [setting, says] : cases) {
    const Folder folder;
    const Outcome outcome = basin({.arguments = {"spice", examples + "letters", "--set", "physical.network=overlaps", "--set", setting},
                                   .folder = folder.path()});
    EXPECT_EQ(outcome.code, 2) << setting;
    EXPECT_NE(outcome.err.find(std::string("physical.network: \"overlaps\" ") + says), std::string::npos) << outcome.err;
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
    EXPECT_TRUE(folder.files().empty()) << setting;
  }
}

TEST(Spice, NeedsAnAmplifierSectionForRealAmplifiers) {
  const Folder folder;
  const Outcome outcome = basin({.arguments = {"spice", examples + "flipflop", "--model", "opamp"}, .folder = folder.path()});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_NE(outcome.err.find("amplifier: has nothing that real amplifiers do"), std::string::npos) << outcome.err;
  EXPECT_TRUE(folder.files().empty());
}

TEST(Spice, ClampsInputsAndHeldOutputsAsTheReferenceDoes) {
  for (const std::string as : {"input", "clamp"}) {
    for (const std::string model : {"ideal", "opamp"}) {
      const Folder folder;
      folder.write("d.toml", "[circuit]\nunits = \"normalised\"\ngain = 3\nweights = [[0, 1, 0.5], [1, 0, -0.5], [0.5, -0.5, 0]]\n"
                             "[cues]\nfrom = [[0.5, 0, -0.25]]\namplitude = 1\nas = \"" + as + "\"\n[simulate]\nt_end = 5\n"
                             "[amplifier]\ngain_bandwidth = \"10 MHz\"\noutput_resistance = \"1 kohm\"\n");
      const json result = result_of(folder, {"spice", "d.toml", "--model", model});
      EXPECT_LE(result["spice"]["max_difference"], 1e-3) << as << " " << model;
    }
  }
}

TEST(Spice, WithoutNgspiceSaysHowToInstallItWithTheDeckWritten) {
  const Folder folder;
  const Outcome outcome = basin({.arguments = {"spice", examples + "flipflop", "--out", "o"},
                                 .environment = {{"PATH", folder.path().string()}, {"BASIN_VENV", folder.path().string()}},
                                 .folder = folder.path()});
  EXPECT_EQ(outcome.code, 3);
  EXPECT_NE(outcome.err.find("ngspice"), std::string::npos) << outcome.err;
  EXPECT_NE(outcome.err.find("apt-get install ngspice"), std::string::npos) << outcome.err;
  EXPECT_EQ(folder.files(), (std::vector<std::string>{"o/bench.ngspice.cir", "o/circuit.cir"}));
}

TEST(Spice, WritesTheBenchOfTheDialectAndTheSameDeck) {
  const Folder folder;
  std::string deck;
  for (const std::string dialect : {"ngspice", "xyce", "ltspice"}) {
    result_of(folder, {"spice", examples + "flipflop", "--cues", "1", "--out", dialect, "--dialect", dialect});
    const std::filesystem::path out = folder.path() / dialect;
    EXPECT_TRUE(std::filesystem::exists(out / ("bench." + dialect + ".cir")));
    const std::string text = content(out / "circuit.cir");
    if (deck.empty()) deck = text;
    EXPECT_EQ(text, deck);
    EXPECT_EQ(text.find(".control"), std::string::npos);
  }
}

// Export, import, export: one circuit. The second export is of the first one's numbers, so at most their last digit moves.
TEST(Import, OfAnExportedDeckIsTheSameCircuit) {
  for (const std::string name : {"random", "flipflop"}) {
    const Folder folder;
    const json first = result_of(folder, {"spice", examples + name, "--cues", "1", "--out", "a"});
    result_of(folder, {"import", "a/bench.ngspice.cir", "--out", "b"});
    const json second = result_of(folder, {"spice", "b/design.toml", "--out", "c"});
    EXPECT_EQ(second["physical"]["scale"], 1.0) << name;
    ASSERT_EQ(first["parts"].size(), second["parts"].size()) << name;
    for (std::size_t k = 0; k < first["parts"].size(); ++k) {
      EXPECT_EQ(first["parts"][k]["count"], second["parts"][k]["count"]);
      const double a = first["parts"][k]["value"], b = second["parts"][k]["value"];
      EXPECT_NEAR(b / a, 1.0, 1e-9);
    }
    EXPECT_NEAR(second["runs"][0]["t_end"].get<double>() / first["runs"][0]["t_end"].get<double>(), 1.0, 1e-12);
    EXPECT_LE(second["spice"]["max_difference"], 1e-3);
  }
}

// Lines bring V of a delay ago, and before the start V(0).
TEST(Import, OfADeckWithDelaysIsTheSameCircuit) {
  const Folder folder;
  result_of(folder, {"spice", examples + "delay", "--cues", "1", "--out", "o"});
  result_of(folder, {"import", "o/bench.ngspice.cir", "--out", "again"});
  const std::string design = content(folder.path() / "again/design.toml");
  EXPECT_NE(design.find("\ndelay = 2e-06\n"), std::string::npos) << design;
  EXPECT_EQ(result_of(folder, {"spice", "again/design.toml"})["status"], "pass");
  // The deck without its bench starts at 0, where its outputs were never what its lines say.
  const Outcome started = basin({.arguments = {"import", "o/circuit.cir", "--out", "never"}, .folder = folder.path()});
  EXPECT_EQ(started.code, 2);
  EXPECT_NE(started.err.find("vs0: makes the past 0.53"), std::string::npos) << started.err;
  std::string deck = content(folder.path() / "o/circuit.cir");
  const std::string whole = deck;
  const std::size_t late = deck.find("TD=2e-06");
  ASSERT_NE(late, std::string::npos);
  folder.write("o/circuit.cir", deck.replace(late, 8, "TD=1e-15"));
  const Outcome short_line = basin({.arguments = {"import", "o/bench.ngspice.cir", "--out", "never"}, .folder = folder.path()});
  EXPECT_EQ(short_line.code, 2);
  EXPECT_TRUE(short_line.err.starts_with("o/bench.ngspice.cir, as a design: circuit.delay: 1e-15 is out of range; "
                                         "allowed: 0, and 1e-10 to 0.001 ")) << short_line.err;
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "never"));
  deck = whole;
  const std::size_t past = deck.find(" s0 DC 0.53");
  ASSERT_NE(past, std::string::npos);
  deck.replace(past, 11, " s0 DC 0.54");
  folder.write("o/circuit.cir", deck);
  const Outcome refused = basin({.arguments = {"import", "o/bench.ngspice.cir", "--out", "never"}, .folder = folder.path()});
  EXPECT_EQ(refused.code, 2);
  EXPECT_NE(refused.err.find("edp0: stands on another voltage than is before the line t0"), std::string::npos) << refused.err;
}

// With a pole the lines start empty, and output resistances come after them.
TEST(Import, OfADeckWithRealAmplifiersThatAnswerLateIsTheSameCircuit) {
  for (const char* key : {"amplifier.gain_bandwidth=3 MHz", "amplifier.saturation=300 mV"}) {
    const Folder folder;
    result_of(folder, {"spice", examples + "delay", "--cues", "1", "--model", "opamp", "--set", key, "--set",
                       "amplifier.output_resistance=500 ohm", "--out", "o"});
    result_of(folder, {"import", "o/bench.ngspice.cir", "--out", "again"});
    const std::string design = content(folder.path() / "again/design.toml");
    EXPECT_NE(design.find("\ndelay = 2e-06\n"), std::string::npos) << design;
    EXPECT_NE(design.find("output_resistance = 500\n"), std::string::npos) << design;
    EXPECT_EQ(result_of(folder, {"spice", "again/design.toml", "--model", "opamp", "--out", "p"})["status"], "pass");
    EXPECT_NE(content(folder.path() / "p/circuit.cir").find("\nRhn1 dn1 hn1 500\n"), std::string::npos) << key;
  }
}

TEST(Import, OfHandWrittenDecksRunsInNgspiceAgain) {
  const std::vector<std::pair<std::string, std::string>> cases{{"hop4", "ideal"}, {"opamp4", "opamp"}, {"ring3", "ideal"}};
  for (const auto& [name, model] : cases) {
    const Folder folder;
    result_of(folder, {"import", decks + name + ".cir", "--out", "d"});
    const json result = result_of(folder, {"spice", "d/design.toml", "--model", model});
    EXPECT_LE(result["spice"]["max_difference"], 1e-3) << name;
    EXPECT_EQ(result["physical"]["scale"], 1.0);
  }
}

TEST(Import, RefusesWhatItCantRecogniseAndWritesNothing) {
  const std::string neuron = "t\nC0 u0 0 1p\nR0 u0 0 10k\nB0 p0 0 V=tanh(4*V(u0))\nR1 p0 u0 20k\n";
  const std::vector<std::pair<std::string, std::string>> cases{
      {neuron + ".control\nshell touch /tmp/basin_pwned\n.endc\n", "d.cir:7: .control: \"shell\""},
      {neuron + ".include /etc/passwd\n", "d.cir:6: .include:"},
      {neuron + "Q1 a b c model\n", "d.cir:6: q1:"},
      {neuron + "R2 u0 q 1k\n", "d.cir:6: r2:"},
      {std::string("\0\1\2", 3), "d.cir:1: has a control character"},
      {"t\nB0 p0 0 V=tanh(1e30*V(u0))\nC0 u0 0 1p\nR0 p0 u0 1k\n", "circuit.gain"},
      {"t\nB0 p0 0 V=tanh(4*V(u0))\nC0 u0 0 1e300\nR0 p0 u0 1k\n", "circuit.capacitance"},
      {"", "has no amplifier"}};
  for (const auto& [text, says] : cases) {
    const Folder folder;
    folder.write("d.cir", text);
    const Outcome outcome = basin({.arguments = {"import", "d.cir"}, .folder = folder.path()});
    EXPECT_EQ(outcome.code, 2) << says << outcome.err;
    EXPECT_NE(outcome.err.find(says), std::string::npos) << outcome.err;
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
    EXPECT_EQ(folder.files(), std::vector<std::string>{"d.cir"});
  }
  EXPECT_FALSE(std::filesystem::exists("/tmp/basin_pwned"));
}

}  // namespace
}  // namespace basin::test
