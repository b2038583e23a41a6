#include "sim/cli/results.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace basin::cli {
namespace {

TEST(Number, WritesNullForWhatJsonCannotHold) {
  EXPECT_TRUE(number(std::numeric_limits<double>::quiet_NaN()).is_null());
  EXPECT_TRUE(number(std::numeric_limits<double>::infinity()).is_null());
  EXPECT_TRUE(number(std::optional<double>()).is_null());
  EXPECT_EQ(number(0.25), Json(0.25));
}

TEST(HexId, KeepsLeadingZeros) { EXPECT_EQ(hex_id(0x1AU), "0000001a"); }

TEST(TextOf, KeepsTheOrderAndRepairsText) {
  EXPECT_EQ(text_of(Json{{"z", 1}, {"a", "\xFF"}}), "{\n  \"z\": 1,\n  \"a\": \"\xEF\xBF\xBD\"\n}\n");
}

}  // namespace
}  // namespace basin::cli
