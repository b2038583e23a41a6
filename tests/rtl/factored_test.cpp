// The parts of the factored form that add: one lane of y = X V, and Xᵀ z + D̂ V of all lanes, against sums made in C++. Sizes and
// widths are those of the configuration Factors: 4 lanes, 6 memories in two groups.
#include <gtest/gtest.h>

#include <array>

#include "VExpand.h"
#include "VOverlap.h"
#include "tests/rtl/bench.hpp"

namespace basin::rtl_test {
namespace {

constexpr CoreConfig core = configuration("Factors");
constexpr int lanes = 4, groups = 2, steps = 400;
static_assert(core.used_lanes() == lanes && core.memory_groups() == groups);
constexpr unsigned seed = 20261128;

std::int64_t within(std::mt19937& random, std::int64_t limit) {
  if (std::bernoulli_distribution(0.2)(random)) return std::bernoulli_distribution(0.5)(random) ? limit : -limit;
  return std::uniform_int_distribution<std::int64_t>(-limit, limit)(random);
}

template <class Model>
void clock(Model& model) {
  model.clk_i = 0;
  model.eval();
  model.clk_i = 1;
  model.eval();
}

TEST(Overlap, AddsOrSubtractsEveryOutputForEachGroup) {
  std::mt19937 random(seed);
  VerilatedContext context;
  VOverlap model(&context);
  model.clear_i = 1;
  clock(model);
  model.clear_i = 0;
  model.turn_i = 0;
  std::array<std::int64_t, groups> expected{};
  for (int j = 0; j < core.neurons; ++j) {
    const std::int64_t drive = within(random, core.full_code());
    for (int h = 0; h < groups; ++h) {
      const bool minus = std::bernoulli_distribution(0.5)(random);
      expected[static_cast<std::size_t>(h)] += minus ? -drive : drive;
      model.valid_i = 1;
      model.minus_i = minus;
      model.drive_i = static_cast<std::uint16_t>(drive & ((1 << core.drive_bits) - 1));
      clock(model);
    }
    model.valid_i = 0;   // outputs need not follow one another
    for (int pause = static_cast<int>(random() % 3); pause > 0; --pause) clock(model);
  }
  clock(model);
  model.turn_i = 1;
  for (int turn = 0; turn < 2 * groups; ++turn) {
    EXPECT_EQ(signed_value(model.overlap_o, core.overlap_bits()), expected[static_cast<std::size_t>(turn % groups)]) << "turn " << turn;
    clock(model);
  }
  model.turn_i = 0;
  model.clear_i = 1;
  clock(model);
  EXPECT_EQ(model.overlap_o, 0U);
}

/// Puts `bits` of a value at bit `at` of a wide port.
template <class Wide>
void put(Wide& wide, int at, int bits, std::int64_t value) {
  for (int k = 0; k < bits; ++k) {
    const std::uint32_t mask = 1U << ((at + k) % 32);
    auto& word = wide[static_cast<std::size_t>((at + k) / 32)];
    word = (value >> k & 1) != 0 ? word | mask : word & ~mask;
  }
}

TEST(Expand, GivesTheSumOfEveryNeuronAndItsDiagonal) {
  std::mt19937 random(seed);
  VerilatedContext context;
  VExpand model(&context);
  constexpr int factor_delay = 1, sum_latency = 5;   // of a product of 13 bits, and a tree of two levels and a sum over groups
  const std::int64_t largest = (std::int64_t{1} << (core.mixed_bits() - 1)) - 1, own = 36LL << 9;
  std::vector<std::int64_t> expected(steps), drives(steps + 1), diagonals(steps + 1);
  for (auto& drive : drives) drive = within(random, core.full_code());
  for (auto& diagonal : diagonals) diagonal = within(random, own);
  for (int t = 0; t < groups * steps; ++t) {
    const int neuron = t / groups, last = groups - 1;
    std::uint32_t signs = 0;
    for (int p = 0; p < lanes; ++p) {
      const bool minus = std::bernoulli_distribution(0.5)(random);
      const std::int64_t z = within(random, largest);
      signs |= static_cast<std::uint32_t>(minus) << p;
      put(model.mixed_i, p * core.mixed_bits(), core.mixed_bits(), z);
      expected[static_cast<std::size_t>(neuron)] += minus ? -z : z;
    }
    model.signs_i = static_cast<std::uint8_t>(signs);
    model.first_i = t % groups == 0;
    // The output comes factor_delay before the last word of its neuron, the diagonal a clock after it.
    model.drive_i = static_cast<std::uint16_t>(drives[static_cast<std::size_t>((t + factor_delay) / groups)] & ((1 << core.drive_bits) - 1));
    model.diagonal_i = static_cast<std::uint32_t>(diagonals[static_cast<std::size_t>(neuron)] & ((1 << core.diagonal_bits()) - 1));
    model.clk_i = 0;
    model.eval();
    const int at = t - sum_latency - last;
    if (at >= 0 && at % groups == 0) {
      const auto of = static_cast<std::size_t>(at / groups);
      const std::int64_t sum = signed_value(model.dot_o, core.dot_bits()) + (model.carry_o != 0);
      ASSERT_EQ(sum, expected[of] + drives[of] * diagonals[of]) << "neuron " << of << ", seed " << seed;
    }
    model.clk_i = 1;
    model.eval();
  }
}

}  // namespace
}  // namespace basin::rtl_test
