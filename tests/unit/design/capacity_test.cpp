#include <gtest/gtest.h>

#include "tests/unit/design/design_text.hpp"

namespace basin {
namespace {

void expect_refusal(const std::string& text, const std::vector<std::string>& parts) {
  const std::string message = refusal(text);
  for (const std::string& part : parts) EXPECT_NE(message.find(part), std::string::npos) << part << " is not in: " << message;
}

const std::string circuit = "[circuit]\nunits = \"normalised\"\ngain = 3\n";

}  // namespace

TEST(CapacitySection, NeedsNoMemoriesAndNoCircuit) {
  const Design design = resolved("[capacity]\nneurons = 100\npatterns = [20, 10]\n");
  EXPECT_TRUE(design.capacity.present);
  EXPECT_EQ(design.circuit.units, Units::normalised);
  EXPECT_EQ(design.capacity.patterns, (std::vector<std::vector<int>>{{10, 20}}));
  EXPECT_EQ(design.capacity.rules, std::vector<Rule>{Rule::hebb});
  EXPECT_EQ(design.capacity.engines, std::vector<std::string>{"reference"});
  EXPECT_EQ(design.capacity.trials, 20);
  EXPECT_FALSE(design.capacity.sign);
}

TEST(CapacitySection, TakesWhatTheOtherSectionsSayAsItsDefaults) {
  const Design design = resolved(circuit + "neurons = 50\n[memory]\nrule = \"storkey\"\n[cues]\nflip = 0.1\n[capacity]\nloads = 0.1\n");
  EXPECT_EQ(design.capacity.neurons, std::vector<int>{50});
  EXPECT_EQ(design.capacity.patterns, (std::vector<std::vector<int>>{{5}}));
  EXPECT_EQ(design.capacity.rules, std::vector<Rule>{Rule::storkey});
  EXPECT_EQ(design.capacity.gains, std::vector<double>{3.0});
  EXPECT_EQ(design.capacity.flips, std::vector<double>{0.1});
}

TEST(CapacitySection, RoundsLoadsToWholeMemoriesOfEveryNumberOfNeurons) {
  const Design design = resolved("[capacity]\nneurons = [30, 10]\nloads = [0.149, 0.151, 0.01]\n");
  EXPECT_EQ(design.capacity.neurons, (std::vector<int>{10, 30}));
  EXPECT_EQ(design.capacity.patterns, (std::vector<std::vector<int>>{{1, 2}, {1, 4, 5}}));
}

TEST(CapacitySection, ChangesTheIdentityWhereThereIsOne) {
  const std::string memory = circuit + "[memory]\nrule = \"hebb\"\npatterns = [[1, -1, 1], [1, 1, -1]]\n";
  EXPECT_EQ(resolved(memory).id, resolved(memory + "[capacity]\n").id);
  EXPECT_NE(resolved("[capacity]\nneurons = 3\npatterns = 2\n").id, resolved("[capacity]\nneurons = 3\npatterns = 3\n").id);
}

TEST(CapacitySection, RefusesWhatContradictsItself) {
  expect_refusal("[capacity]\nneurons = 9\npatterns = 2\nloads = 0.1\n", {"d.toml:4", "capacity.loads", "one of the two"});
  expect_refusal("[capacity]\nneurons = 9\npatterns = []\n", {"capacity.patterns", "is empty"});
  expect_refusal("[capacity]\nneurons = 9\npatterns = [2, 2]\n", {"capacity.patterns", "2 is there twice"});
  expect_refusal("[capacity]\nneurons = 9\npatterns = 0\n", {"capacity.patterns", "0 is too small", "1 to 16384"});
  expect_refusal("[capacity]\nneurons = 3\npatterns = 9\n", {"capacity.patterns", "9 different patterns of 3 neurons", "at most 8"});
  expect_refusal("[capacity]\nneurons = [9, 4000]\nloads = [0.1, 5]\n",
                 {"d.toml:3", "capacity.loads", "5 of 4000 neurons is 20000 patterns", "at most 16384"});
  expect_refusal("[capacity]\npatterns = 9\n", {"circuit.neurons", "is missing"});
  expect_refusal("[capacity]\nneurons = 9\npatterns = 2\ndynamics = \"sign\"\nengines = \"golden\"\n", {"capacity.engines", "\"reference\""});
  expect_refusal("[capacity]\nneurons = 9\npatterns = 2\ndynamics = \"sign\"\ngains = 2\n", {"capacity.gains", "analog"});
  expect_refusal("[capacity]\nneurons = 9\npatterns = 2\nweight_bits = 4\n", {"capacity.weight_bits", "golden"});
  expect_refusal("[capacity]\nneurons = 9\npatterns = 2\nweight_bits = 17\nengines = \"golden\"\n", {"17 is too large"});
  expect_refusal("[capacity]\nneurons = 9\npatterns = 2\nweight_bits = \"fewest\"\nengines = [\"golden\", \"reference\"]\n",
                 {"capacity.engines", "\"golden\", \"verilator\""});
  expect_refusal("[capacity]\nneurons = 9\npatterns = 2\nrules = \"hebbb\"\n", {"capacity.rules", "\"hebbb\"", "\"storkey\""});
  expect_refusal("[capacity]\nneurons = 9\npattern = 2\n", {"capacity.pattern", "did you mean patterns?"});
  expect_refusal("[memory]\nrule = \"any\"\n[capacity]\nneurons = 9\npatterns = 2\n", {"d.toml:2", "memory.rule", "\"hebb\""});
  expect_refusal(circuit + "tau = [1, 2]\n[capacity]\npatterns = 2\n", {"circuit.tau", "one value for all"});
  expect_refusal(circuit + "activation = \"hard\"\nneurons = 9\n[capacity]\npatterns = 2\n", {"circuit.activation", "sign"});
  for (const char* key : {"weight_bits = 3", "row_sum = 1", "symmetric = false", "topology = \"band\"", "radius = 2", "density = 0.5",
                          "patterns = [[1, -1]]", "patterns = \"none.txt\"", "names = [\"a\", \"b\"]"}) {
    expect_refusal("[memory]\nrule = \"perceptron\"\n" + std::string(key) + "\n[capacity]\nneurons = 9\npatterns = 2\n",
                   {"d.toml:3: memory.", "beside [capacity]"});
  }
  expect_refusal(circuit + "initial = [0, 1]\n[capacity]\npatterns = 2\n", {"circuit.initial", "beside [capacity]"});
  expect_refusal("[cues]\ncount = 3\n[capacity]\nneurons = 9\npatterns = 2\n", {"d.toml:2: cues.count", "beside [capacity]"});
  const std::string search = "[capacity]\nneurons = 9\npatterns = 2\nengines = \"golden\"\nweight_bits = \"fewest\"\n";
  expect_refusal(search + "recalls = 3\n", {"d.toml:6: capacity.recalls", "fewest"});
  expect_refusal(search + "flips = 0.1\n", {"d.toml:6: capacity.flips", "fewest"});
  expect_refusal(search + "[cues]\nflip = 0.1\n", {"d.toml:7: cues.flip", "fewest"});
  expect_refusal("[recall]\nhold = [\"visible\"]\n[capacity]\nneurons = 9\npatterns = 2\n", {"recall.hold", "beside [capacity]"});
  expect_refusal(circuit + "weights = [[0, 1], [1, 0]]\n[capacity]\npatterns = 2\n", {"circuit.weights", "one of the two"});
}

}  // namespace basin
