#include "sim/report/curves.hpp"

#include <gtest/gtest.h>

namespace basin::report {
namespace {

Panel panel() {
  return {"Title <b>", "x", "y", {{"measured", 1, false, {0.0, 1.0}, {2.0, 4.0}, {1.0, 3.0}, {3.0, 5.0}},
                                  {"theory", 1, true, {0.0, 1.0}, {2.0, 4.0}, {}, {}}},
          {{0.5, "inside", 1}, {7.0, "outside", 1}}};
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

}  // namespace

TEST(Curves, AreAFileOfTheirOwnForLightAndDark) {
  const Panel one = panel();
  const std::string svg = curves_svg("a & b", std::span(&one, 1));
  EXPECT_EQ(svg.rfind("<svg xmlns=\"http://www.w3.org/2000/svg\"", 0), 0U);
  EXPECT_NE(svg.find("<title>a &amp; b</title>"), std::string::npos);
  EXPECT_NE(svg.find("Title &lt;b&gt;"), std::string::npos);
  EXPECT_NE(svg.find("prefers-color-scheme:dark"), std::string::npos);
  EXPECT_TRUE(svg.ends_with("</svg>\n"));
}

// y from 1 to 5 over 250 units below 40, x from 0 to 1 from 62 to 610: (0, 2) lies at (62, 227.5), the band's (1, 5) at (610, 40).
TEST(Curves, PutValuesAndBandsWhereTheAxesSay) {
  const Panel one = panel();
  const std::string svg = curves_svg("t", std::span(&one, 1));
  EXPECT_NE(svg.find("d=\"M62.0 227.5L610.0 102.5\""), std::string::npos) << svg;
  EXPECT_NE(svg.find("d=\"M62.0 165.0L610.0 40.0L610.0 165.0L62.0 290.0Z\""), std::string::npos) << svg;
  EXPECT_EQ(count(svg, "<circle"), 2U);   // theory has no points
}

TEST(Curves, LeaveOutMarksBeyondTheAxis) {
  const Panel one = panel();
  const std::string svg = curves_svg("t", std::span(&one, 1));
  EXPECT_NE(svg.find(">inside<"), std::string::npos);
  EXPECT_EQ(svg.find(">outside<"), std::string::npos);
}

TEST(Curves, DrawAxesWithoutAnyPoint) {
  const Panel empty{"t", "x", "y", {{"nothing", 0, false, {}, {}, {}, {}}}, {}};
  const std::string svg = curves_svg("t", std::span(&empty, 1));
  EXPECT_EQ(svg.find("nan"), std::string::npos);
  EXPECT_EQ(svg.find("inf"), std::string::npos);
}

}  // namespace basin::report
