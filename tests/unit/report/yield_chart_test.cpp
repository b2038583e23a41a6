#include "sim/report/yield_chart.hpp"

#include <gtest/gtest.h>

namespace basin::report {
namespace {

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

YieldRow row_of(const std::string& name, double resistors, double share, std::optional<ActivationKind> kind = {}) {
  YieldRow row;
  row.what.name = name;
  row.what.activation = kind;
  row.what.tolerance.resistors = resistors;
  row.yield = {share, share - 0.02, share + 0.01};
  row.recalled = {1};
  row.stored = {1};
  return row;
}

}  // namespace

// A bar is an interval: circuits that are all alike have none.
TEST(YieldChart, DrawsAnIntervalForEachRandomCaseAndADotForEveryOne) {
  YieldReport report;
  report.activation = "tanh";
  report.rows = {row_of("nominal", 0.0, 1.0), row_of("tolerance.resistors", 0.1, 0.9), row_of("all", 0.1, 0.8),
                 row_of("nominal", 0.0, 0.95, ActivationKind::erf)};
  const std::string chart = yield_chart("a<b", report);
  EXPECT_EQ(count(chart, "class=\"bar\""), 2U);
  EXPECT_EQ(count(chart, "class=\"dot\""), 2U);
  EXPECT_EQ(count(chart, "class=\"one\""), 2U);
  EXPECT_NE(chart.find("90.0 % (88.0–91.0)"), std::string::npos);
  EXPECT_NE(chart.find("erf, nominal"), std::string::npos);
  EXPECT_EQ(count(chart, "Other activations"), 1U);
  EXPECT_EQ(chart.find("a<b"), std::string::npos);
}

// The axis holds the least yield, and 100 %.
TEST(YieldChart, KeepsEveryPointOnTheAxis) {
  YieldReport report;
  report.activation = "tanh";
  report.rows = {row_of("nominal", 0.0, 0.0)};
  const std::string chart = yield_chart("t", report);
  EXPECT_NE(chart.find("cx=\"250.0\""), std::string::npos) << chart;
}

}  // namespace basin::report
