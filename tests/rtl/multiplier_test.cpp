// Every pair of operands, for factors of one, three, five and seven digits.
#include <gtest/gtest.h>

#include "VMultiplier1.h"
#include "VMultiplier3.h"
#include "VMultiplier5.h"
#include "VMultiplier7.h"
#include "tests/rtl/bench.hpp"

namespace basin::rtl_test {
namespace {

template <class ModelType, int Factor, int Value>
struct Shape {
  using Model = ModelType;
  static constexpr int factor_bits = Factor, value_bits = Value;
};

/// basin_pkg::multiplier_latency: recode, rows, and a register for every level of the tree.
int latency(int factor_bits) {
  int levels = 0;
  for (int rows = (factor_bits + 1) / 2; rows > 1; rows = (rows + 1) / 2) ++levels;
  return 2 + levels;
}

template <class Port>
void set(Port& port, std::int64_t word) {
  port = static_cast<Port>(word);
}

template <class S>
class Multiplier : public testing::Test {};
using Shapes = testing::Types<Shape<VMultiplier1, 2, 5>, Shape<VMultiplier3, 6, 5>, Shape<VMultiplier5, 9, 4>,
                              Shape<VMultiplier7, 13, 3>>;
TYPED_TEST_SUITE(Multiplier, Shapes);

TYPED_TEST(Multiplier, GivesEveryProductAPairAClock) {
  constexpr int factor_bits = TypeParam::factor_bits, value_bits = TypeParam::value_bits;
  VerilatedContext context;
  typename TypeParam::Model model(&context);
  std::vector<std::int64_t> expected;
  const std::int64_t f_end = 1 << (factor_bits - 1), v_end = 1 << (value_bits - 1);
  std::int64_t waiting_value = 0;   // belongs to the factor of the clock before
  std::size_t checked = 0;
  const auto clock = [&](std::int64_t factor) {
    set(model.factor_i, factor & (2 * f_end - 1));
    set(model.value_i, waiting_value & (2 * v_end - 1));
    model.clk_i = 0;
    model.eval();
    const int age = static_cast<int>(expected.size()) - latency(factor_bits);
    if (age >= 0) {
      const std::int64_t product = signed_value(model.product_o, factor_bits + value_bits - 1) + (model.carry_o != 0);
      EXPECT_EQ(product, expected[static_cast<std::size_t>(age)]) << "pair " << age;
      ++checked;
    }
    model.clk_i = 1;
    model.eval();
  };
  for (std::int64_t factor = -f_end; factor < f_end; ++factor) {
    for (std::int64_t value = -v_end + 1; value < v_end; ++value) {   // never the most negative value
      clock(factor);
      expected.push_back(factor * value);
      waiting_value = value;
      if (this->HasFailure()) return;
    }
  }
  EXPECT_EQ(checked, static_cast<std::size_t>(2 * f_end * (2 * v_end - 1) - latency(factor_bits)));
}

}  // namespace
}  // namespace basin::rtl_test
