#include "models/design/units.hpp"

#include <gtest/gtest.h>

namespace basin {
namespace {

double value(std::string_view text, Dimension dimension) {
  const Quantity quantity = parse_quantity(text, dimension);
  EXPECT_EQ(quantity.error, "") << text;
  return quantity.value;
}

std::string error(std::string_view text, Dimension dimension) { return parse_quantity(text, dimension).error; }

}  // namespace

// The expected numbers are literals: the compiler rounds them, not the parser.
TEST(Units, GiveTheDoubleNearestToTheDecimalValue) {
  EXPECT_EQ(value("10 pF", Dimension::farad), 1e-11);
  EXPECT_EQ(value("9.35 pF", Dimension::farad), 9.35e-12);
  EXPECT_EQ(value("100 kohm", Dimension::ohm), 1e5);
  EXPECT_EQ(value("88.361 kohm", Dimension::ohm), 88361.0);
  EXPECT_EQ(value("1 us", Dimension::second), 1e-6);
  EXPECT_EQ(value("2 mS", Dimension::siemens), 2e-3);
  EXPECT_EQ(value("3 V", Dimension::volt), 3.0);
  EXPECT_EQ(value("-5 nA", Dimension::ampere), -5e-9);
  EXPECT_EQ(value("1.5 GOhm", Dimension::ohm), 1.5e9);
  EXPECT_EQ(value("2 TS", Dimension::siemens), 2e12);
  EXPECT_EQ(value("7 fF", Dimension::farad), 7e-15);
}

TEST(Units, TakeNoBlankAnExponentAndTheOmegaSigns) {
  EXPECT_EQ(value("100kΩ", Dimension::ohm), 1e5);
  EXPECT_EQ(value("100 k\u2126", Dimension::ohm), 1e5);
  EXPECT_EQ(value("1e3 ohm", Dimension::ohm), 1e3);
  EXPECT_EQ(value("1.5e-1 pF", Dimension::farad), 0.15e-12);
  EXPECT_EQ(value("  +2  µs ", Dimension::second), 2e-6);
  EXPECT_EQ(value("2 \u03bcs", Dimension::second), 2e-6);
  EXPECT_EQ(value(".5V", Dimension::volt), 0.5);
}

TEST(Units, TellMilliFromMega) {
  EXPECT_EQ(value("1 mohm", Dimension::ohm), 1e-3);
  EXPECT_EQ(value("1 Mohm", Dimension::ohm), 1e6);
}

TEST(Units, TellSecondsFromSiemens) {
  EXPECT_EQ(error("1 S", Dimension::second), "has the wrong unit \"S\"");
  EXPECT_EQ(error("1 ms", Dimension::siemens), "has the wrong unit \"ms\"");
}

TEST(Units, RefuseWhatIsNoQuantity) {
  EXPECT_EQ(error("10", Dimension::farad), "has no unit");
  EXPECT_EQ(error("pF", Dimension::farad), "is not a number with a unit");
  EXPECT_EQ(error("", Dimension::farad), "is not a number with a unit");
  EXPECT_EQ(error("1.2.3 pF", Dimension::farad), "is not a number with a unit");
  EXPECT_EQ(error("1,5 pF", Dimension::farad), "has the wrong unit \",5 pF\"");
  EXPECT_EQ(error("10 xF", Dimension::farad), "has the wrong unit \"xF\"");
  EXPECT_EQ(error("10 pF F", Dimension::farad), "has the wrong unit \"pF F\"");
  EXPECT_EQ(error("0x10 F", Dimension::farad), "has the wrong unit \"x10 F\"");
  EXPECT_EQ(error("nan F", Dimension::farad), "is not a number with a unit");
  EXPECT_EQ(error("1e999 F", Dimension::farad), "has the wrong unit \"e999 F\"");
}

TEST(Units, NameTheUnitsThatAreAllowed) {
  EXPECT_EQ(unit_help(Dimension::farad),
            "text with a unit, F with or without a prefix f p n u m k M G T, as in \"10 nF\"");
}

}  // namespace basin
