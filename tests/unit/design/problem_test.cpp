#include <gtest/gtest.h>

#include "tests/unit/design/design_text.hpp"

namespace basin {
namespace {

const std::string circuit = "[circuit]\nunits = \"physical\"\ncapacitance = 1\nresistance = 50\n";
const std::string weights = circuit + "weights = [[0, 1], [1, 0]]\n";

}  // namespace

TEST(Problem, MakesLinearAmplifiersUpToTheLargestVariable) {
  const Design design = resolved(circuit + "[problem]\nkind = \"lp\"\ncost = [-3, -2]\nconstraints = [[-1, -1]]\nbounds = [-4]\nlargest = 5\n");
  EXPECT_EQ(design.neurons, 2);
  EXPECT_EQ(design.circuit.activation, ActivationKind::clipped_linear);
  EXPECT_EQ(design.circuit.gain, Vector::Constant(2, 0.2));
}

// The starter shows the defaults of all keys, commented out.
TEST(Problem, IsNoneWhereTheSectionHasDefaultsAlone) {
  EXPECT_EQ(resolved(weights + "[problem]\npenalty = 100.0\nlargest = 10.0\ntau_constraint = 1e-3\n").id, resolved(weights).id);
}

TEST(Problem, IsRefusedWhereItIsIncompleteOrContradictsTheRest) {
  const std::string cost = "[problem]\nkind = \"lp\"\ncost = [-3, -2]\n", rows = cost + "constraints = [[-1, -1]]\n";
  const std::pair<std::string, std::string> cases[] = {
      {weights + "[problem]\npenalty = 50\n", "d.toml:7: problem.penalty: is not used; allowed with problem.kind only"},
      {weights + "[problem]\ntau_constraint = 1e-2\n", "d.toml:7: problem.tau_constraint: is not used"},
      {circuit + "[problem]\ncost = [-3, -2]\n", "problem.kind: is missing; allowed: \"lp\""},
      {circuit + "[problem]\nkind = \"qp\"\n", "d.toml:6: problem.kind"},
      {circuit + "[problem]\nkind = \"lp\"\n", "problem.cost: is missing"},
      {circuit + cost, "problem.constraints: is missing"},
      {circuit + rows, "problem.bounds: is missing"},
      {circuit + rows + "bounds = [1, 2]\n", "d.toml:9: problem.bounds: has 2 entries; allowed: 1, one a row"},
      {circuit + cost + "constraints = [[1, 2, 3]]\nbounds = [1]\n", "problem.constraints: has rows of 3 numbers; allowed: 2"},
      {weights + rows + "bounds = [1]\n", "circuit.weights: is given besides [problem]"},
      {circuit + "gain = 2\n" + rows + "bounds = [1]\n", "circuit.gain: is given besides [problem]"}};
  for (const auto& [text, says] : cases) EXPECT_NE(refusal(text).find(says), std::string::npos) << refusal(text) << "\n" << text;
}

}  // namespace basin
