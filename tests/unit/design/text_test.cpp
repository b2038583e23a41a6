#include "models/design/text.hpp"

#include <gtest/gtest.h>

#include "models/design/error.hpp"

namespace basin {

TEST(Printable, ShowsControlAndForeignBytesAsHex) {
  EXPECT_EQ(printable("a\nb\x1b[31m\xe2\x80\xae"), "a\\x0ab\\x1b[31m\\xe2\\x80\\xae");
}

TEST(Printable, CutsWhatIsTooLong) { EXPECT_EQ(printable("abcdef", 3), "abc…"); }

TEST(NumberText, IsTheShortestThatReadsBack) {
  EXPECT_EQ(number_text(0.1), "0.1");
  EXPECT_EQ(number_text(1e-11), "1e-11");
  EXPECT_EQ(number_text(1.0 / 3.0), "0.3333333333333333");
}

// What printf writes for %.3g.
TEST(ThreeDigits, AreThoseOfTheShorterForm) {
  EXPECT_EQ(three_digits(0.0), "0");
  EXPECT_EQ(three_digits(11.5612), "11.6");
  EXPECT_EQ(three_digits(-0.00012345), "-0.000123");
  EXPECT_EQ(three_digits(9.996), "10");
  EXPECT_EQ(three_digits(1665.0), "1.66e+03");
  EXPECT_EQ(three_digits(3.2e-07), "3.2e-07");
}

TEST(Grouped, SetsThousandsApart) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1000), "1,000");
  EXPECT_EQ(grouped(1234567), "1,234,567");
}

TEST(Percent, HasOneDecimal) {
  EXPECT_EQ(percent(0.025), "2.5 %");
  EXPECT_EQ(percent(1.0), "100.0 %");
}

TEST(Quantity, ChoosesThePrefix) {
  EXPECT_EQ(quantity(1.3e-6, "s"), "1.3 µs");
  EXPECT_EQ(quantity(1e-6, "s"), "1 µs");
  EXPECT_EQ(quantity(2.7, "V"), "2.7 V");
  EXPECT_EQ(quantity(-1.498e-4, "W", 4), "-149.8 µW");
  EXPECT_EQ(quantity(12.5, "τ"), "12.5 τ");
  EXPECT_EQ(quantity(0, "V"), "0 V");
  EXPECT_EQ(quantity(2.1e18, "Hz"), "2.1e+18 Hz");
  EXPECT_EQ(quantity(0.25, ""), "0.25");
}

TEST(EditDistance, CountsInsertionsDeletionsAndSubstitutions) {
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
  EXPECT_EQ(edit_distance("", "abc"), 3U);
  EXPECT_EQ(edit_distance("gain", "gain"), 0U);
}

TEST(Nearest, FindsATypoAndLeavesForeignWordsAlone) {
  EXPECT_EQ(nearest("gian", {"name", "gain", "tau"}), "gain");
  EXPECT_EQ(nearest("frobnicate", {"name", "gain", "tau"}), "");
}

TEST(InputError, IsOneLineNamingFileLineAndKey) {
  EXPECT_STREQ(InputError({"d.toml", 7}, "circuit.gain", "0 is too small").what(),
               "d.toml:7: circuit.gain: 0 is too small");
  EXPECT_STREQ(InputError({"a\nb", 0}, "", "is a directory").what(), "a\\x0ab: is a directory");
}

}  // namespace basin
