#include "sim/cli/words.hpp"

#include <gtest/gtest.h>

namespace basin::cli {
namespace {

TEST(Counted, KnowsTheSingularAndThePlural) {
  EXPECT_EQ(counted(1, "memory"), "1 memory");
  EXPECT_EQ(counted(12, "memory"), "12 memories");
  EXPECT_EQ(counted(0, "cue"), "0 cues");
}

TEST(ShortNumber, KeepsThreeDigits) {
  EXPECT_EQ(short_number(0), "0");
  EXPECT_EQ(short_number(0.2), "0.200");
  EXPECT_EQ(short_number(0.000363), "3.63e-4");
  EXPECT_EQ(short_number(-123.4), "-123");
  EXPECT_EQ(short_number(999.9), "1.00e+3");
  EXPECT_EQ(short_number(1.5e-12), "1.50e-12");
}

TEST(UpToThreeDigits, IsNoLess) {
  EXPECT_DOUBLE_EQ(up_to_three_digits(9.5416e-4), 9.55e-4);
  EXPECT_DOUBLE_EQ(up_to_three_digits(0.125), 0.125);
  EXPECT_DOUBLE_EQ(up_to_three_digits(99.91), 100.0);
  EXPECT_DOUBLE_EQ(up_to_three_digits(1234.0), 1240.0);
  EXPECT_EQ(up_to_three_digits(0.0), 0.0);
}

TEST(StepText, IsAFraction) {
  EXPECT_EQ(step_text(0), "1");
  EXPECT_EQ(step_text(5), "1/32");
}

}  // namespace
}  // namespace basin::cli
