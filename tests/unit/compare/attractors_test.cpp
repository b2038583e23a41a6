#include "sim/reference/attractors.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/unit/compare/designs.hpp"

namespace basin {
namespace {

Equilibrium at(const Vector& u, bool stable = true) {
  Equilibrium equilibrium;
  equilibrium.converged = true;
  equilibrium.stable = stable;
  equilibrium.u = u;
  return equilibrium;
}

/// sign(x a + y b + z c) of the three patterns of hebb_design().
Vector signed_sum(const MemorySpec& memory, double x, double y, double z) {
  const Vector sum = x * memory.patterns.row(0) + y * memory.patterns.row(1) + z * memory.patterns.row(2);
  return sum.cwiseSign();
}

/// τ u̇ = −u + 2 tanh(u): equilibria ±1.9150, and 0, which is unstable.
Circuit bistable() {
  Circuit circuit;
  circuit.weights = Matrix::Constant(1, 1, 2.0);
  circuit.bias = Vector::Zero(1);
  circuit.tau = circuit.resistance = circuit.gain = Vector::Ones(1);
  circuit.threshold = Vector::Zero(1);
  circuit.unipolar = {false};
  return circuit;
}

Vector one(double u) { return Vector::Constant(1, u); }

TEST(MemoryName, IsTheMemoryWhoseSignsTheStateHas) {
  const MemorySpec memory = test::hebb_design().memory;
  EXPECT_EQ(memory_name(0.3 * memory.patterns.row(1).transpose(), memory), "b");
  EXPECT_EQ(memory_name(-2.0 * memory.patterns.row(2).transpose(), memory), "-c");
}

TEST(MemoryName, IsAMixtureForTheSignsOfASumOfThree) {
  const MemorySpec memory = test::hebb_design().memory;
  EXPECT_EQ(memory_name(signed_sum(memory, 1, 1, 1), memory), "mixture:a+b+c");
  EXPECT_EQ(memory_name(signed_sum(memory, 1, 1, -1), memory), "mixture:a+b-c");
  EXPECT_EQ(memory_name(signed_sum(memory, -1, 1, 1), memory), "mixture:-a+b+c");
}

TEST(MemoryName, IsEmptyForAnythingElse) {
  const MemorySpec memory = test::hebb_design().memory;
  Vector off = memory.patterns.row(0);
  off[5] = -off[5];
  EXPECT_EQ(memory_name(off, memory), "");
  off[5] = 0.0;
  EXPECT_EQ(memory_name(off, memory), "");
}

TEST(AttractorNames, NumbersSpuriousOnesInTheOrderTheyAreMet) {
  const MemorySpec memory = test::hebb_design().memory;
  AttractorNames names(memory, 2.0);
  Vector first = memory.patterns.row(0);
  first[5] = -first[5];
  Vector second = first;
  second[6] = -second[6];
  EXPECT_EQ(names.name(at(first)), "spurious:1");
  EXPECT_EQ(names.name(at(second)), "spurious:2");
  EXPECT_EQ(names.name(at(first)), "spurious:1");
}

TEST(AttractorNames, TellsStatesApartByMoreThanTheirSigns) {
  const MemorySpec memory = test::hebb_design().memory;
  AttractorNames names(memory, 2.0);
  Vector state = memory.patterns.row(0);
  state[5] = -state[5];
  Vector same = state, other = state;
  same[0] += 1.9e-6;    // 1e-6 B = 2e-6
  other[0] += 2.1e-6;
  EXPECT_EQ(names.name(at(state)), "spurious:1");
  EXPECT_EQ(names.name(at(same)), "spurious:1");
  EXPECT_EQ(names.name(at(other)), "spurious:2");
}

TEST(AttractorNames, GivesAMemorysNameToStableStatesAlone) {
  const MemorySpec memory = test::hebb_design().memory;
  AttractorNames names(memory, 2.0);
  EXPECT_EQ(names.name(at(memory.patterns.row(0), false)), "spurious:1");
  EXPECT_EQ(names.name(Equilibrium{}), "unsettled");
}

TEST(RecallStatus, JudgesTheEndByTheTarget) {
  const MemorySpec memory = test::hebb_design().memory;
  EXPECT_EQ(recall_status("b", memory, 1), "recalled");
  EXPECT_EQ(recall_status("a", memory, 1), "other");
  EXPECT_EQ(recall_status("-b", memory, 1), "other");
  EXPECT_EQ(recall_status("mixture:a+b-c", memory, 1), "spurious");
  EXPECT_EQ(recall_status("spurious:3", memory, 1), "spurious");
  EXPECT_EQ(recall_status("unsettled", memory, 1), "unsettled");
}

TEST(RecallStatus, TakesAnyMemoryWhenThereIsNoTarget) {
  const MemorySpec memory = test::hebb_design().memory;
  EXPECT_EQ(recall_status("a", memory, -1), "recalled");
  EXPECT_EQ(recall_status("-a", memory, -1), "other");
}

TEST(Overlap, IsOfTheTargetOrElseTheLargest) {
  const MemorySpec memory = test::hebb_design().memory;
  const Vector v = 0.5 * memory.patterns.row(1);
  EXPECT_DOUBLE_EQ(*overlap(v, memory, 1), 0.5);
  EXPECT_DOUBLE_EQ(*overlap(v, memory, 0), 0.0);   // Walsh patterns are orthogonal
  EXPECT_DOUBLE_EQ(*overlap(v, memory, -1), 0.5);
  EXPECT_FALSE(overlap(v, MemorySpec{}, -1).has_value());
}

TEST(StoredEquilibrium, ExistsWhereTheGainHoldsThePatternAndNotBelow) {
  const auto stored = stored_equilibrium(bistable(), one(1.0));
  ASSERT_TRUE(stored.has_value());
  EXPECT_NEAR((*stored)[0], 2.0 * std::tanh((*stored)[0]), 1e-12);
  EXPECT_GT((*stored)[0], 1.9);
  Circuit weak = bistable();
  weak.gain[0] = 0.4;   // 2·0.4 < 1: 0 is the only equilibrium
  EXPECT_FALSE(stored_equilibrium(weak, one(1.0)).has_value());
}

TEST(PolishedEnd, KnowsEndsThatPolishToIt) {
  const Circuit circuit = bistable();
  const PolishedEnd end(circuit, one(1.8), 2.0);
  ASSERT_TRUE(end.equilibrium().converged);
  EXPECT_TRUE(end.same(circuit, end.equilibrium().u + one(1e-4)));
  EXPECT_TRUE(end.same(circuit, one(1.7)));
  EXPECT_FALSE(end.same(circuit, one(-1.9)));
  EXPECT_FALSE(end.same(circuit, one(0.01)));   // polishes to the saddle at 0
}

}  // namespace
}  // namespace basin
