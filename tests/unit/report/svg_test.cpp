#include "sim/report/svg.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace basin::report {
namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST(ReportPicture, DrawsEachRunOfInkAsOneBox) {
  const std::string svg = picture("++--0+", 3, "T");
  EXPECT_TRUE(has(svg, "viewBox=\"0 0 3 2\"")) << svg;
  EXPECT_TRUE(has(svg, "class=\"ink\" d=\"M0 0h2v1h-2zM2 1h1v1h-1z\"")) << svg;
  EXPECT_TRUE(has(svg, "class=\"unknown\" d=\"M1 1h1v1h-1z\"")) << svg;
}

TEST(ReportPicture, SpeaksItsTitleEscaped) {
  EXPECT_TRUE(has(picture("+", 1, "<b>\""), "aria-label=\"&lt;b&gt;&quot;\"><title>&lt;b&gt;&quot;</title>"));
}

TEST(ReportChart, PutsTheFirstAndLastPointAtItsCorners) {
  const std::string svg = chart({"t", "x", "y", false, {0, 10}, {{"a", "analog", {0, 5}}}});
  EXPECT_TRUE(has(svg, "d=\"M66.0 226.0L628.0 12.0\"")) << svg;  // left, bottom to right, top of the plane
}

TEST(ReportChart, LeavesOutWhatALogarithmHasNoPlaceFor) {
  const std::string svg = chart({"t", "x", "y", true, {0, 1, 2, 3}, {{"a", "analog", {1, 0, 0.1, 1}}}});
  EXPECT_TRUE(has(svg, "M66.0 12.0M440.7 226.0L628.0 12.0")) << svg;
}

TEST(ReportChart, DrawsTheLimitEvenAboveAllValues) {
  const std::string svg = chart({"t", "x", "y", true, {0, 1}, {{"a", "analog", {1e-5, 1e-4}}}, 1e-3});
  EXPECT_TRUE(has(svg, "class=\"limit\" d=\"M66.0 12.0H628.0\"")) << svg;
}

TEST(ReportChart, IsNothingWithoutAFiniteValue) {
  EXPECT_EQ(chart({"t", "x", "y", false, {0}, {{"a", "analog", {std::numeric_limits<double>::quiet_NaN()}}}}), "");
  EXPECT_EQ(chart({"t", "x", "y", false, {}, {{"a", "analog", {}}}}), "");
}

TEST(ReportBars, LetsNegativeValuesGoLeftOfZero) {
  const std::string svg = bars({{"a", 2.0}, {"b", -1.0}}, "t");
  EXPECT_TRUE(has(svg, "class=\"bar\" x=\"320.0\" y=\"5.0\" width=\"200.0\"")) << svg;
  EXPECT_TRUE(has(svg, "class=\"bad\" x=\"220.0\" y=\"31.0\" width=\"100.0\"")) << svg;
}

}  // namespace basin::report
