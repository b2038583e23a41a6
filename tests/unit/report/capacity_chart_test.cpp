#include "sim/report/capacity_chart.hpp"

#include <gtest/gtest.h>

namespace basin::report {
namespace {

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

CellResult recalled(Cell cell, double overlap, double share) {
  CellResult result;
  result.cell = std::move(cell);
  result.trials.resize(2);
  result.recalls = 4;
  result.overlap = {overlap, 0.05};
  result.recalled = {share, share, share};
  return result;
}

Cell cell_of(int neurons, int patterns, Rule rule = Rule::hebb, double gain = 2.0) {
  return {neurons, patterns, rule, gain, 0.0, "reference", {}, false};
}

CellResult searched(Cell cell, FewestBits bits) {
  CellResult result;
  result.cell = std::move(cell);
  result.trials.resize(5);
  result.bits = bits;
  return result;
}

TheoryCurve storkey_at(int neurons, double load) {
  CellTheory theory;
  theory.name = "Storkey";
  theory.critical_load = load;
  theory.of_size = true;
  return {cell_of(neurons, 10, Rule::storkey), theory, {}, {}};
}

}  // namespace

// Overlaps 1, 0.5, 0 at loads 0.1, 0.2, 0.3; the band of 1.96 errors reaches from 1 (its top is cut) to -0.098.
TEST(CapacityChart, DrawsTheOverlapWithItsBandAndTheShareRecalled) {
  Campaign campaign;
  campaign.cells = {recalled(cell_of(100, 10), 1.0, 1.0), recalled(cell_of(100, 20), 0.5, 0.25), recalled(cell_of(100, 30), 0.0, 0.0)};
  const std::string svg = capacity_chart("name", campaign);
  EXPECT_NE(svg.find("Mean overlap of recall and memory"), std::string::npos);
  EXPECT_NE(svg.find("Share of memories recalled"), std::string::npos);
  // 250 units are 1.098: overlap 1 at 40, 0.5 at 40 + 250*0.5/1.098 = 153.8, 0 at 267.7, the band's end at 290.
  EXPECT_NE(svg.find("d=\"M62.0 40.0L336.0 153.8L610.0 267.7\""), std::string::npos) << svg;
  EXPECT_NE(svg.find("L610.0 290.0"), std::string::npos) << svg;
  // The second panel begins 338 below: shares 1, 0.25, 0 at 378, 378 + 187.5, 628.
  EXPECT_NE(svg.find("d=\"M62.0 378.0L336.0 565.5L610.0 628.0\""), std::string::npos) << svg;
}

TEST(CapacityChart, MarksStorkeysLoadOfEveryNumberOfNeurons) {
  Campaign campaign;
  campaign.cells = {recalled(cell_of(100, 10, Rule::storkey), 1.0, 1.0), recalled(cell_of(100, 60, Rule::storkey), 0.5, 0.5),
                    recalled(cell_of(400, 40, Rule::storkey), 1.0, 1.0), recalled(cell_of(400, 240, Rule::storkey), 0.5, 0.5)};
  campaign.theories = {storkey_at(100, 0.3295), storkey_at(400, 0.2889)};
  const std::string svg = capacity_chart("name", campaign);
  for (const char* part : {">Storkey, N = 100: α_c = 0.3295<", ">Storkey, N = 400: α_c = 0.2889<", ">N = 100<", ">N = 400<"}) {
    EXPECT_EQ(count(svg, part), 2U) << part;   // in both panels
  }
  EXPECT_EQ(count(svg, "class=\"mark s0\""), 4U);   // line and sample in both panels, in the colour of N = 100
  EXPECT_EQ(count(svg, "class=\"mark s1\""), 4U);
}

TEST(CapacityChart, DrawsCoversProbabilityOnceForRulesOfOneNumberOfNeurons) {
  Campaign campaign;
  for (const Rule rule : {Rule::perceptron, Rule::max_margin}) {
    for (const int patterns : {10, 20}) {
      campaign.cells.push_back(recalled(cell_of(50, patterns, rule), 1.0, 1.0));
      campaign.cells.back().theory.separable = 0.5;
    }
  }
  const std::string svg = capacity_chart("name", campaign);
  EXPECT_EQ(count(svg, ">Cover, N = 50<"), 1U);
}

// 3 of 5 trials stored at M = 8: no point there. 2 to 4 bits at M = 2, 3 at M = 4: the band from 2 to 4 is the axis.
TEST(CapacityChart, DrawsBitsOnlyWhereEveryTrialIsStored) {
  Campaign campaign;
  campaign.search = true;
  campaign.cells = {searched(cell_of(32, 2), {5, 2, 3, 4}), searched(cell_of(32, 4), {5, 3, 3, 3}), searched(cell_of(32, 8), {3, 3, 3, 3})};
  const std::string svg = capacity_chart("name", campaign);
  EXPECT_NE(svg.find("Fewest weight bits"), std::string::npos);
  EXPECT_NE(svg.find("d=\"M62.0 165.0L610.0 165.0\""), std::string::npos) << svg;
  EXPECT_NE(svg.find("d=\"M62.0 40.0L610.0 165.0L610.0 165.0L62.0 290.0Z\""), std::string::npos) << svg;
}

TEST(CapacityChart, NamesCurvesByWhatTellsThemApart) {
  Campaign campaign;
  campaign.cells = {recalled(cell_of(100, 10), 1.0, 1.0), recalled(cell_of(200, 10), 1.0, 1.0)};
  EXPECT_EQ(curve_name(campaign, campaign.cells[1].cell), "N = 200");
  campaign.cells.push_back(recalled(cell_of(100, 10, Rule::storkey, 10.0), 1.0, 1.0));
  EXPECT_EQ(curve_name(campaign, campaign.cells[2].cell), "storkey, N = 100, gain 10");
}

}  // namespace basin::report
