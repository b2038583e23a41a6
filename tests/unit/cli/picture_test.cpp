#include "sim/cli/picture.hpp"

#include <gtest/gtest.h>

namespace basin::cli {
namespace {

TEST(Sheet, StacksTwoPixelsInACharacter) {
  const Picture picture{
      "++--"
      "+-+0"
      "----"
      "++++",
      4};
  EXPECT_EQ(sheet({"A"}, {{"cue", {picture}}}),
            (std::vector<std::string>{"           A", "  cue      █▀▄?", "           ▄▄▄▄"}));
}

TEST(Sheet, DrawsAnOddLastRow) {
  EXPECT_EQ(sheet({""}, {{"x", {Picture{"+-+", 1}}}}), (std::vector<std::string>{"", "  x        ▀", "           ▀"}));
}

TEST(Sheet, SetsRowsApart) {
  EXPECT_EQ(sheet({""}, {{"a", {Picture{"+", 1}}}, {"b", {Picture{"+", 1}}}}),
            (std::vector<std::string>{"", "  a        ▀", "", "  b        ▀"}));
}

TEST(PicturesAcross, FillsEightyColumnsWithoutPassingThem) {
  EXPECT_EQ(pictures_across(8, 80), 6);  // 11 + 6·8 + 5·3 = 74; a seventh would end in column 85
  EXPECT_EQ(pictures_across(100, 80), 0);
}

}  // namespace
}  // namespace basin::cli
