#include "sim/cli/words.hpp"

#include <gtest/gtest.h>

namespace basin::cli {
namespace {

TEST(Counted, KnowsTheSingularAndThePlural) {
  EXPECT_EQ(counted(1, "memory"), "1 memory");
  EXPECT_EQ(counted(12, "memory"), "12 memories");
  EXPECT_EQ(counted(0, "cue"), "0 cues");
}

TEST(Grouped, SetsThousandsApart) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1000), "1,000");
  EXPECT_EQ(grouped(1234567), "1,234,567");
}

TEST(ShortNumber, KeepsThreeDigits) {
  EXPECT_EQ(short_number(0), "0");
  EXPECT_EQ(short_number(0.2), "0.200");
  EXPECT_EQ(short_number(0.000363), "3.63e-4");
  EXPECT_EQ(short_number(-123.4), "-123");
  EXPECT_EQ(short_number(999.9), "1.00e+3");
  EXPECT_EQ(short_number(1.5e-12), "1.50e-12");
}

TEST(Quantity, ChoosesThePrefix) {
  EXPECT_EQ(quantity(1.3e-6, "s"), "1.3 µs");
  EXPECT_EQ(quantity(1e-6, "s"), "1 µs");
  EXPECT_EQ(quantity(2.7, "V"), "2.7 V");
  EXPECT_EQ(quantity(-1.498e-4, "W", 4), "-149.8 µW");
  EXPECT_EQ(quantity(12.5, "τ"), "12.5 τ");
  EXPECT_EQ(quantity(0, "V"), "0 V");
}

TEST(StepText, IsAFraction) {
  EXPECT_EQ(step_text(0), "1");
  EXPECT_EQ(step_text(5), "1/32");
}

}  // namespace
}  // namespace basin::cli
