#include "sim/report/curves.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>

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

/// `count` curves with names of 55 characters that differ in their ends.
Panel crowded(int curves) {
  Panel many{"t", "x", "y", {}, {}};
  for (int c = 0; c < curves; ++c) {
    many.curves.push_back({fmt::format("pseudo-inverse, gain 10, flips 0.05, verilator, {:>2} bits", c), static_cast<std::size_t>(c), false,
                           {0.0, 1.0}, {c + 0.0, c + 1.0}, {}, {}});
  }
  return many;
}

double number_after(const std::string& text, const std::string& part, std::size_t from = 0) {
  return std::stod(text.substr(text.find(part, from) + part.size()));
}

/// How a curve looks: the classes of its line and the outline of its points.
std::string look(const std::string& svg, std::size_t line) {
  const std::size_t begin = svg.find("class=\"point", line);
  const std::size_t outline = svg.find_first_of("lmh", svg.find("d=\"M", begin) + 4);
  return svg.substr(line, svg.find('"', line + 7) - line) + svg.substr(outline, svg.find('"', outline) - outline);
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
  EXPECT_EQ(count(svg, "class=\"point f1\""), 3U);   // two and the key's; theory has none
}

TEST(Curves, NameEveryCurveInFullWithinThePicture) {
  const std::array<Panel, 2> panels{crowded(30), crowded(1)};
  const std::string svg = curves_svg("t", panels);
  EXPECT_EQ(svg.find("…"), std::string::npos);
  EXPECT_EQ(count(svg, ">pseudo-inverse, gain 10, flips<"), 31U);
  EXPECT_EQ(count(svg, ">0.05, verilator, 29 bits<"), 1U);
  const double height = number_after(svg, "height=\"");
  const std::size_t second = svg.find("class=\"title\"", svg.find("class=\"title\"") + 1);
  double lowest = 0.0;
  for (std::size_t at = svg.find("<text x="); at < second - 10; at = svg.find("<text x=", at + 1)) {
    lowest = std::max(lowest, number_after(svg, " y=\"", at));
  }
  EXPECT_GT(lowest, 30 * 30.0);                                    // two lines each
  EXPECT_LT(lowest, number_after(svg, " y=\"", second) - 12.0);   // the next panel's title is below the key
  EXPECT_LT(number_after(svg, " y=\"", second), height);
}

TEST(Curves, LookDifferentFortyTimes) {
  const Panel many = crowded(40);
  const std::string svg = curves_svg("t", std::span(&many, 1));
  std::set<std::string> looks;
  int curves = 0;
  for (std::size_t at = svg.find("class=\"curve s"); curves < 40; at = svg.find("class=\"curve s", at + 1), ++curves) looks.insert(look(svg, at));
  EXPECT_EQ(looks.size(), 40U);
}

TEST(Curves, LeaveOutMarksBeyondTheAxis) {
  const Panel one = panel();
  const std::string svg = curves_svg("t", std::span(&one, 1));
  EXPECT_NE(svg.find(">inside<"), std::string::npos);
  EXPECT_EQ(svg.find(">outside<"), std::string::npos);
}

/// A curve without a name through two points.
std::string line_between(double x, double y, double to_x, double to_y) {
  const Panel one{"t", "x", "y", {{"", 0, false, {x, to_x}, {y, to_y}, {}, {}}}, {}};
  return curves_svg("t", std::span(&one, 1));
}

// Three digits would name 0.8755 as its neighbour.
TEST(Curves, NameEveryTickAsWhatItIs) {
  const std::string svg = line_between(0.1, 0.875, 0.9, 0.8765);
  for (const char* tick : {">0.875<", ">0.8755<", ">0.876<", ">0.8765<", ">0.2<", ">0.8<"}) EXPECT_EQ(count(svg, tick), 1U) << tick;
}

TEST(Curves, NumberTheWholeOnesInWholeNumbers) {
  const std::string svg = line_between(1.0, 0.0, 3.0, 1.0);   // ranks, shares
  for (const char* tick : {">1<", ">2<", ">3<", ">0.2<"}) EXPECT_GE(count(svg, tick), 1U) << tick;
  for (const char* tick : {">1.5<", ">2.5<"}) EXPECT_EQ(count(svg, tick), 0U) << tick;
  EXPECT_EQ(count(line_between(1.0, 0.0, 2.5, 1.0), ">1.5<"), 1U);
}

TEST(Curves, DrawAxesWithoutAnyPoint) {
  const Panel empty{"t", "x", "y", {{"nothing", 0, false, {}, {}, {}, {}}}, {}};
  const std::string svg = curves_svg("t", std::span(&empty, 1));
  EXPECT_EQ(svg.find("nan"), std::string::npos);
  EXPECT_EQ(svg.find("inf"), std::string::npos);
}

}  // namespace basin::report
