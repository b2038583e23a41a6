#include "models/fixed/table.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "models/fixed/fixed_number.hpp"

namespace basin {
namespace {

constexpr double gain = 4.0;
constexpr double lsb_state = 1.0 / 16384;

/// 13-bit codes; 2^domain states of 2^-14 in `segments` pieces.
CoreConfig core_of(int domain, int segments, bool odd = true) {
  return {.neurons = 1, .lanes = 1, .state_bits = 18, .weight_bits = 8, .drive_bits = 13, .bias_bits = 8,
          .state_shift = 0, .table_domain = domain, .table_segments = segments, .slope_bits = 17, .tables = 1,
          .table_odd = odd};
}

/// V at every state as the golden model reads the table.
FixedNumber reader(const CoreConfig& core, Table table) {
  FixedNetwork network;
  network.core = core;
  network.neurons = 1;
  network.weights = {0};
  network.biases = {0};
  network.tables = {std::move(table)};
  return FixedNumber(network);
}

double worst_error(const Activation& activation, const CoreConfig& core) {
  const TableFunction function{activation, gain, lsb_state};
  const FixedNumber number = reader(core, make_table(function, core));
  double worst = 0.0;
  for (std::int64_t u = -core.max_state() - 1; u <= core.max_state(); ++u) {
    const double v = static_cast<double>(number.activate(0, u)) / core.full_code();
    worst = std::max(worst, std::abs(v - function.value(static_cast<double>(u))));
  }
  return worst;
}

/// d² max|g″|/8 with max|tanh″| = 4/(3√3) = 0.7698, and half an LSB_V each at the nodes, at the output and at the end.
double tanh_bound(const CoreConfig& core) {
  const double d = std::ldexp(lsb_state, core.segment_shift());
  return d * d * 0.7698004 * gain * gain / 8.0 + 1.0 / core.full_code();
}

TEST(Table, OfTanhStaysWithinTheInterpolationBound) {
  for (const int segments : {8, 16, 64, 256, 1024}) {
    const CoreConfig core = core_of(15, segments);   // |u| < 2, where 1 − tanh(8) is far below half a code
    const double worst = worst_error(Activation(ActivationKind::tanh), core);
    EXPECT_LE(worst, tanh_bound(core)) << segments;
    if (segments <= 64) {   // and it is the bound of this many segments, not a looser one
      EXPECT_GE(worst, 0.8 * (tanh_bound(core) - 1.0 / core.full_code())) << segments;
    }
  }
}

TEST(Table, IsAsGoodWhenItCoversBothSigns) {
  const CoreConfig core = core_of(15, 512, false);
  EXPECT_LE(worst_error(Activation(ActivationKind::tanh), core), tanh_bound(core));
}

TEST(Table, PredictsTheCostOfItsSegments) {
  const Activation tanh(ActivationKind::tanh);
  for (const int segments : {8, 32, 128}) {
    const CoreConfig core = core_of(15, segments);
    const double d = std::ldexp(lsb_state, core.segment_shift());
    const double predicted = interpolation_error({tanh, gain, lsb_state}, core);
    EXPECT_LE(predicted, d * d * 0.7698004 * gain * gain / 8.0);
    EXPECT_LE(worst_error(tanh, core), predicted * (1.0 + 1.0 / 64) + 1.0 / core.full_code());
  }
}

TEST(Table, EndsInTheFullCodeWhereTheFunctionSaturates) {
  for (const ActivationKind kind : {ActivationKind::tanh, ActivationKind::erf, ActivationKind::clipped_linear}) {
    const CoreConfig core = core_of(15, 64);
    const FixedNumber number = reader(core, make_table({Activation(kind), gain, lsb_state}, core));
    for (const std::int64_t u : {std::int64_t{32768}, std::int64_t{100000}, core.max_state()}) {
      EXPECT_EQ(number.activate(0, u), core.full_code());
      EXPECT_EQ(number.activate(0, -u), -core.full_code());
    }
  }
}

TEST(Table, JoinsItsSegments) {
  for (const bool odd : {true, false}) {
    const CoreConfig core = core_of(15, 64, odd);
    const Table table = make_table({Activation(ActivationKind::algebraic), gain, lsb_state}, core);
    for (std::size_t c = 0; c + 1 < table.size(); ++c) EXPECT_EQ(table[c].base + table[c].rise, table[c + 1].base);
  }
}

TEST(Table, OfAClippedLineIsExactWhenTheKinkIsItsEnd) {
  const CoreConfig core = core_of(12, 8);   // 2^12 states of 2^-14 are 1/4 = 1/gain
  EXPECT_LE(worst_error(Activation(ActivationKind::clipped_linear), core), 1.0 / core.full_code());
}

TEST(Table, OfHardUnitsSwitchesAtZeroUpwards) {
  const CoreConfig core = core_of(1, 1);
  const FixedNumber number = reader(core, make_table({Activation(ActivationKind::hard), gain, lsb_state}, core));
  EXPECT_EQ(number.activate(0, 0), core.full_code());
  EXPECT_EQ(number.activate(0, 1), core.full_code());
  EXPECT_EQ(number.activate(0, -1), -core.full_code());
}

TEST(Table, OfAFunctionThatIsNotOddFollowsIt) {
  Matrix points(3, 2);
  points << -2.0, -0.25, 0.0, 0.5, 1.0, 1.0;   // kinks at a multiple of a segment
  const Activation activation(points);
  const CoreConfig core = core_of(15, 64, false);
  EXPECT_LE(worst_error(activation, core), 1.0 / core.full_code());
}

TEST(LargestSlope, IsThatOfTheFunctionAtItsSteepest) {
  const CoreConfig core = core_of(15, 256);
  const Table table = make_table({Activation(ActivationKind::tanh), gain, lsb_state}, core);
  const double d = std::ldexp(lsb_state, core.segment_shift());
  const double code = 1.0 / core.full_code() / d;   // a node may be half a code off
  EXPECT_NEAR(largest_slope(table, core, lsb_state), std::tanh(gain * d) / d, code);
}

TEST(SlopeBits, HoldTheLargestRise) {
  EXPECT_EQ(slope_bits({{0, 127}}), 8);
  EXPECT_EQ(slope_bits({{0, 128}}), 9);
  EXPECT_EQ(slope_bits({{5, 0}}), 2);
}

}  // namespace
}  // namespace basin
