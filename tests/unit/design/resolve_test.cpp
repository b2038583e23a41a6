#include "models/design/resolve.hpp"

#include <gtest/gtest.h>

#include "tests/unit/design/design_text.hpp"

namespace basin {
namespace {

const std::string normalised = "[circuit]\nunits = \"normalised\"\n";
const std::string physical = "[circuit]\ncapacitance = \"10 pF\"\nresistance = \"100 kohm\"\n";
const std::string two = "weights = [[0, 1], [1, 0]]\n";
const std::string memory = "[memory]\nrule = \"hebb\"\npatterns = [[1, -1, 1], [1, 1, -1]]\n";

/// Every message must say all of `parts`.
void expect_parts(const std::string& message, const std::vector<std::string>& parts) {
  for (const std::string& part : parts)
    EXPECT_NE(message.find(part), std::string::npos) << part << " is not in: " << message;
  EXPECT_EQ(message.find('\n'), std::string::npos);
}

}  // namespace

TEST(Resolve, FillsInTheDefaults) {
  const Design design = resolved(physical + memory);
  EXPECT_EQ(design.name, "d");
  EXPECT_EQ(design.neurons, 3);
  EXPECT_EQ(design.circuit.capacitance, Vector::Constant(3, 1e-11));
  EXPECT_EQ(design.circuit.gain, Vector::Constant(3, 4.0));
  EXPECT_EQ(design.circuit.bias, Vector::Zero(3));
  EXPECT_FALSE(design.circuit.weights.has_value());
  EXPECT_EQ(design.memory.names, (std::vector<std::string>{"0", "1"}));
  EXPECT_FALSE(design.cues.present);
  EXPECT_FALSE(design.simulate.t_end.has_value());
  EXPECT_EQ(design.hardware.step_exponent, 5);
  EXPECT_EQ(design.hardware.order, Order::two);
  EXPECT_FALSE(design.hardware.weight_bits.has_value());
  EXPECT_EQ(design.verify.max_state_deviation, 1e-3);
}

TEST(Resolve, ReadsEveryNeuronsOwnValues) {
  FakeData data;
  data.matrices["gain.csv"] = (Matrix(2, 1) << 3, 5).finished();
  const Design design =
      resolved(normalised + two + "tau = [1, 2.5]\ngain = \"gain.csv\"\nrange = [\"bipolar\", \"unipolar\"]\n", data);
  EXPECT_EQ(design.circuit.tau, (Vector(2) << 1, 2.5).finished());
  EXPECT_EQ(design.circuit.gain, (Vector(2) << 3, 5).finished());
  EXPECT_EQ(design.circuit.unipolar, (std::vector<bool>{false, true}));
}

TEST(Resolve, ReadsHardwareFormats) {
  const Design design = resolved(normalised + two +
                                 "[hardware]\nstate = \"s16.12\"\nstep = \"1/1\"\nweight = 4\n"
                                 "activation_table = 8\nlanes = 2\n");
  EXPECT_EQ(design.hardware.state_bits, 16);
  EXPECT_EQ(design.hardware.state_fraction, 12);
  EXPECT_EQ(design.hardware.step_exponent, 0);
  EXPECT_EQ(design.hardware.weight_bits, 4);
  EXPECT_EQ(design.hardware.table_segments, 8);
}

TEST(Resolve, TakesStepsThatArePowersOfTwoOnly) {
  const auto exponent = [](const std::string& step) {
    return resolved(normalised + two + "[hardware]\nstep = " + step + "\n").hardware.step_exponent;
  };
  EXPECT_EQ(exponent("\"1/32768\""), 15);
  EXPECT_EQ(exponent("0.125"), 3);
  EXPECT_EQ(exponent("1"), 0);
  for (const char* step :
       {"\"1/65536\"", "\"1/3\"", "0.3", "0", "-0.5", "\"2\"", "\"1/\"", "\"1/-2\"", "\"1/2 \"", "nan", "true"}) {
    expect_parts(refusal(normalised + two + "[hardware]\nstep = " + step + "\n"),
                 {"d.toml:5: hardware.step", "power of two"});
  }
}

TEST(Resolve, KeepsCueRowsAndTheirCount) {
  const Design design =
      resolved(normalised + two + "[cues]\nfrom = [[0.5, 0], [-1, 1], [1, 1]]\ncount = 2\namplitude = 1.0\n");
  EXPECT_EQ(design.cues.from, CueSource::file);
  EXPECT_EQ(design.cues.given, (Matrix(2, 2) << 0.5, 0, -1, 1).finished());
  EXPECT_EQ(design.cues.count, 2);
}

TEST(Resolve, MakesOneCueAMemoryByDefault) {
  EXPECT_EQ(resolved(physical + memory + "[cues]\nflip = 0.2\n").cues.count, 2);
}

TEST(Resolve, JoinsPatternFilesAndKeepsTheirPictureSize) {
  FakeData data;
  data.sets["a.pbm"] = {(Matrix(1, 4) << 1, -1, 1, 1).finished(), {}, 2, 2};
  data.sets["b.pbm"] = {(Matrix(1, 4) << 1, 1, -1, 1).finished(), {}, 2, 2};
  const Design design = resolved(physical + "[memory]\nrule = \"hebb\"\npatterns = [\"a.pbm\", \"b.pbm\"]\n", data);
  EXPECT_EQ(design.memory.patterns.rows(), 2);
  EXPECT_EQ(design.memory.image_width, 2);
  EXPECT_EQ(design.memory.patterns(1, 2), -1.0);
}

TEST(Resolve, LogisticIsUnipolar) {
  EXPECT_TRUE(resolved(normalised + two + "activation = \"logistic\"\n").circuit.unipolar.front());
  expect_parts(refusal(normalised + two + "activation = \"logistic\"\nrange = \"bipolar\"\n"),
               {"d.toml:5: circuit.range"});
}

TEST(Resolve, TakesExplicitWeightsBesidePatternsWithoutARule) {
  const Design design = resolved(normalised + two + "[memory]\npatterns = [[1, 1]]\n");
  EXPECT_EQ(design.memory.rule, Rule::none);
  EXPECT_TRUE(design.circuit.weights.has_value());
}

struct Refusal {
  std::string text;
  std::vector<std::string> parts;  // of the message
};

class Refused : public testing::TestWithParam<Refusal> {};

TEST_P(Refused, NamesLineKeyValueAndWhatIsAllowed) { expect_parts(refusal(GetParam().text), GetParam().parts); }

INSTANTIATE_TEST_SUITE_P(
    Design, Refused,
    testing::Values(
        Refusal{physical + two + "gian = 5\n", {"d.toml:5: circuit.gian: unknown key", "did you mean gain?"}},
        Refusal{"[circiut]\n", {"d.toml:1: circiut: unknown key", "did you mean circuit?"}},
        Refusal{"circuit = 3\n", {"d.toml:1: circuit: 3 is not a section"}},
        Refusal{physical + two + "zeal = 1\n",
                {"d.toml:5: circuit.zeal: unknown key; allowed in [circuit]: units, neurons"}},
        Refusal{physical + two + "[verify]\nspice_cues = 4\n",
                {"d.toml:6: verify.spice_cues: unknown key", "max_borderline"}},
        Refusal{"", {"d.toml:1: circuit.capacitance: is missing"}},
        Refusal{"[circuit]\ncapacitance = 0\n", {"d.toml:2: circuit.capacitance: 0 is too small; allowed", "1e-24"}},
        Refusal{"[circuit]\ncapacitance = -1e-11\n", {"circuit.capacitance: -1e-11 is too small"}},
        Refusal{"[circuit]\ncapacitance = \"10 nA\"\n", {"\"10 nA\" has the wrong unit \"nA\"; allowed", "\"10 nF\""}},
        Refusal{"[circuit]\ncapacitance = 1e-11\nresistance = nan\n",
                {"d.toml:3: circuit.resistance: nan is not finite"}},
        Refusal{"[circuit]\ncapacitance = 1e-11\nresistance = inf\n", {"circuit.resistance: inf is not finite"}},
        Refusal{"[circuit]\ncapacitance = 1e-11\n", {"circuit.resistance: is missing"}},
        Refusal{physical + two + "input_resistance = 1e6\n",
                {"d.toml:5: circuit.input_resistance: is given besides resistance"}},
        Refusal{physical + two + "tau = 1\n", {"circuit.tau: belongs to normalised designs"}},
        Refusal{normalised + two + "capacitance = 1\n", {"circuit.capacitance: belongs to physical designs"}},
        Refusal{physical + two + "gain = 0\n", {"d.toml:5: circuit.gain: 0 is too small"}},
        Refusal{physical + two + "gain = \"high\"\n", {"circuit.gain: \"high\" is not a number; allowed: a number"}},
        Refusal{physical + two + "gain = [1, -1]\n", {"circuit.gain: -1 is too small"}},
        Refusal{physical + two + "gain = [1, 2, 3]\n",
                {"circuit.gain: has 3 values; allowed: 2", "circuit.weights (line 4)"}},
        Refusal{physical + two + "gain = true\n", {"circuit.gain: true is not a number"}},
        Refusal{physical + two + "neurons = 2.0\n", {"circuit.neurons: 2 is not a whole number"}},
        Refusal{physical + "neurons = 0\n",
                {"d.toml:4: circuit.neurons: 0 is too small; allowed: a whole number from 1 to 16384"}},
        Refusal{physical + "neurons = 9000000000000\n",
                {"circuit.neurons: 9000000000000 is too large", "EB", "12.9 GB"}},
        Refusal{physical + "neurons = 4\n", {"circuit.weights: is missing; allowed: weights, or a rule"}},
        Refusal{physical + two + memory, {"d.toml:4: circuit.weights: is given besides memory.rule"}},
        Refusal{normalised + "weights = [[0, 1], [2]]\n", {"circuit.weights", "of 1 numbers follows rows of 2"}},
        Refusal{normalised + "weights = [[0, 1]]\n", {"has 1 rows of 2 numbers; allowed: as many rows as columns"}},
        Refusal{normalised + "weights = [[0, inf], [1, 0]]\n", {"circuit.weights: inf is not finite"}},
        Refusal{normalised + "weights = []\n", {"circuit.weights: a list is not allowed"}},
        Refusal{normalised + "symmetric = true\nweights = [[0, 1, 2], [1, 0, 3], [2, 4, 0]]\n",
                {"row 3, column 2 is 4 but row 2, column 3 is 3"}},
        Refusal{normalised + two + "activation = \"relu\"\n",
                {"circuit.activation: \"relu\" is not allowed", "\"arctan\""}},
        Refusal{normalised + two + "activation = \"table\"\n", {"\"table\" needs activation_table"}},
        Refusal{normalised + two + "activation = \"table\"\nactivation_table = [[0, 0], [0, 1]]\n",
                {"row 2: λu does not rise"}},
        Refusal{normalised + two + "activation = \"table\"\nactivation_table = [[0, 0.5], [1, 0.4]]\n",
                {"row 2: g falls"}},
        Refusal{normalised + two + "activation = \"table\"\nactivation_table = [[0, 0], [1, 1.5]]\n", {"g = 1.5"}},
        Refusal{normalised + two + "activation = [\"tanh\", \"hard\"]\n", {"has \"hard\" beside others"}},
        Refusal{normalised + two + "activation = [\"tanh\", \"relu\"]\n", {"circuit.activation: \"relu\" is not allowed"}},
        Refusal{normalised + two + "activation = [\"tanh\", \"erf\", \"arctan\"]\n", {"allowed: 3, the number of neurons by circuit.activation"}},
        Refusal{normalised + two + "activation = []\n", {"circuit.activation: a list is not allowed"}},
        Refusal{physical + memory + "degree = 4\n", {"memory.degree", "allowed with rule = \"polynomial\""}},
        Refusal{physical + "[memory]\nrule = \"polynomial\"\npatterns = [[1, -1], [1, 1]]\ndiagonal = \"zero\"\n",
                {"memory.diagonal: is given besides rule = \"polynomial\""}},
        Refusal{physical + "[memory]\nrule = \"storkley\"\npatterns = [[1]]\n",
                {"d.toml:5: memory.rule: \"storkley\" is not allowed; allowed: \"hebb\", \"storkey\", "
                 "\"pseudo-inverse\", \"perceptron\", \"max-margin\", \"unlearning\", \"covariance\", \"polynomial\", \"any\" or \"sequence\""}},
        Refusal{physical + "[memory]\nrule = \"hebb\"\n", {"memory.patterns: is missing"}},
        Refusal{physical + "[memory]\nrule = \"hebb\"\npatterns = [[1, 0.5]]\n",
                {"has 0.5 in row 1, column 2; allowed: 1 or -1"}},
        Refusal{physical + "[memory]\nrule = \"hebb\"\npatterns = [[1, -1], [-1, 1], [1, -1]]\n",
                {"has row 3 repeating row 1"}},
        Refusal{physical + memory + "names = [\"A\"]\n", {"memory.names: has 1 names for 2 patterns"}},
        Refusal{physical + memory + "names = [\"A\", \"A\"]\n", {"\"A\" names two patterns"}},
        Refusal{physical + memory + "names = [\"A\", \"-A\"]\n", {"\"-A\" is not a pattern name"}},
        Refusal{physical + memory + "names = [\"A\", \"\\u202eB\"]\n", {"\\xe2\\x80\\xaeB"}},
        Refusal{physical + memory + "[cues]\nflip = 1.5\n",
                {"cues.flip: 1.5 is too large; allowed: a number from 0 to 1"}},
        Refusal{physical + memory + "[cues]\ncount = 0\n", {"cues.count: 0 is too small"}},
        Refusal{physical + memory + "[cues]\nas = \"held\"\n",
                {"\"held\" is not allowed; allowed: \"state\", \"input\" or \"clamp\""}},
        Refusal{physical + memory + "[cues]\nfrom = [[1, 1]]\n",
                {"cues.from: has 2 columns; allowed: 3, one a neuron"}},
        Refusal{physical + memory + "[cues]\nfrom = [[1, 1, 0]]\ncount = 2\n",
                {"cues.count: 2 is too large; allowed: 1 to 1"}},
        Refusal{physical + memory + "[cues]\nfrom = [[1, 1, 0]]\nflip = 0.1\n",
                {"cues.flip: turns entries of patterns"}},
        Refusal{physical + two + "[cues]\nflip = 0.1\n", {"\"patterns\" needs memory.patterns"}},
        Refusal{physical + two + "[simulate]\nt_end = 1e300\n", {"d.toml:6: simulate.t_end: 1e+300 is too large"}},
        Refusal{physical + two + "[simulate]\nt_end = \"2 s\"\n", {"\"2 s\" is too long; allowed: at most 1 s"}},
        Refusal{normalised + two + "[simulate]\nt_end = \"2 us\"\n", {"simulate.t_end: \"2 us\" is not a number"}},
        Refusal{physical + two + "[simulate]\nrtol = 0\n", {"simulate.rtol: 0 is too small"}},
        Refusal{physical + two + "[hardware]\nlanes = 3\n", {"hardware.lanes: 3 is too large; allowed: 1 to 2"}},
        Refusal{physical + two + "[hardware]\nstate = \"s16.-70\"\n", {"hardware.state: \"s16.-70\" is not allowed"}},
        Refusal{physical + two + "[hardware]\nactivation_table = 12\n", {"12 is not a power of two"}},
        Refusal{physical + two + "[hardware]\nweight = \"wide\"\n",
                {"hardware.weight: \"wide\" is not allowed; allowed: \"auto\""}},
        Refusal{physical + two + "[hardware]\ntarget = \"ecp5-25k\"\n", {"allowed: \"ice40-hx8k\", \"ice40-up5k\" or \"sim\""}},
        Refusal{physical + two + "[hardware]\nform = \"event\"\n", {"allowed: \"dense\""}},
        Refusal{physical + two + "[hardware]\nallow_unstable_step = 1\n", {"1 is not allowed; allowed: true or false"}},
        Refusal{"name = \"..\"\n", {"d.toml:1: name: \"..\" is not a name; allowed: 1 to 64 characters"}},
        Refusal{"name = \"a\\nb\"\n", {"name: \"a\\x0ab\" is not a name"}}));

TEST(Resolve, TakesTheNameFromTheFileWhereItIsOne) {
  const std::string text = normalised + two;
  EXPECT_EQ(resolve_design(parse_toml(text, "some/flip-flop.toml"), FakeData()).name, "flip-flop");
  EXPECT_EQ(resolve_design(parse_toml(text, "8 neurons.toml"), FakeData()).name, "design");
}

TEST(Resolve, RefusesDataOfMoreNeuronsThanFit) {
  FakeData data;
  data.sets["long.csv"] = {Matrix::Ones(1, 20000), {}, 0, 0};
  expect_parts(refusal(physical + "[memory]\nrule = \"hebb\"\npatterns = \"long.csv\"\n", data),
               {"d.toml:6: memory.patterns: \"long.csv\" has patterns of 20000 entries", "19.2 GB", "16384"});
}

TEST(Resolve, RefusesFileEntriesOutOfRangeByTheirPlace) {
  FakeData data;
  data.matrices["c.csv"] = (Matrix(2, 1) << 1e-11, 0).finished();
  expect_parts(refusal("[circuit]\ncapacitance = \"c.csv\"\nresistance = 1e5\n" + two, data),
               {"d.toml:2: circuit.capacitance: 0 in row 2, column 1 of \"c.csv\" is out of range"});
}

TEST(Resolve, ReadsThePhasesOfARecall) {
  const Design usual = resolved(physical + memory);
  EXPECT_FALSE(usual.recall.hold.has_value());
  EXPECT_TRUE(usual.recall.hold_time.empty());
  const Design none = resolved(physical + memory + "[recall]\nhold = []\n");
  EXPECT_TRUE(none.recall.hold.has_value() && none.recall.hold->empty());
  const Design given = resolved(physical + memory + "[recall]\nhold = [\"visible\", \"hidden\"]\nhold_time = [\"2 us\", 1e-6]\n");
  EXPECT_EQ(*given.recall.hold, (std::vector<Held>{Held::visible, Held::hidden}));
  EXPECT_EQ(given.recall.hold_time, (std::vector<double>{2e-6, 1e-6}));
}

TEST(Resolve, RefusesPhasesThatAreNone) {
  const auto refused = [](const std::string& lines) { return refusal(physical + memory + "[recall]\n" + lines + "\n"); };
  expect_parts(refused("hold = \"visible\""), {"d.toml:8", "recall.hold", "\"auto\", a list of at most 3"});
  expect_parts(refused("hold = [\"visible\", \"all\"]"), {"recall.hold", "\"all\" is not allowed"});
  expect_parts(refused("hold = [\"visible\", \"hidden\", \"visible\", \"hidden\"]"), {"too many phases"});
  expect_parts(refused("hold = [\"visible\"]\nhold_time = [1e-6, 1e-6]"), {"recall.hold_time", "2 times for 1 phases"});
  expect_parts(refused("hold_time = [1e-6, 1e-6]"), {"recall.hold_time", "\"auto\" phases"});
  expect_parts(refused("hold_time = 0.0011"), {"recall.hold_time", "too long", "0.001 s"});
  expect_parts(refused("hold_time = 0"), {"recall.hold_time", "too small"});
  expect_parts(refused("hold = [\"visible\"]\n[cues]\nas = \"input\""), {"recall.hold", "cues.as"});
}

}  // namespace basin
