#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>

#include "models/design/rule_names.hpp"
#include "sim/io/design_reader.hpp"
#include "tests/numeric/capacity_designs.hpp"

// The campaigns of docs/capacity.md as its examples have them.
namespace basin::test {
namespace {

Campaign campaign_of_example(const std::string& name, const std::vector<std::string>& overrides = {}) {
  const StoreFolder folder;
  CampaignOptions options;
  options.store = folder.path();
  options.jobs = 2;
  return run_campaign(read_design(std::filesystem::path(BASIN_SOURCE_DIR) / "examples" / "capacity" / name, overrides), options);
}

void expect_theory(const Campaign& campaign) {
  ASSERT_EQ(campaign.cells.size(), 3U);
  for (const CellResult& result : campaign.cells) {
    EXPECT_EQ(result.cell.neurons, 2000);
    EXPECT_GE(result.trials.size(), 20U);
    ASSERT_TRUE(result.theory.overlap);
    std::printf("gain %g, M = %d: %.5f +- %.5f, theory %.5f, recalled %.3f\n", result.cell.gain, result.cell.patterns,
                result.overlap.value, result.overlap.error, *result.theory.overlap, result.recalled.value);
    EXPECT_NEAR(result.overlap.value, *result.theory.overlap, 3.0 * result.overlap.error) << result.cell.patterns;
  }
}

TEST(CapacityAt2000, IsThatOfTheoryAtGainTen) { expect_theory(campaign_of_example("overlap.toml")); }

TEST(CapacityAt2000, IsThatOfTheoryAtGainTwo) {
  expect_theory(campaign_of_example("overlap.toml", {"circuit.gain=2", "capacity.loads=[0.03396, 0.04754, 0.05773]"}));
}

TEST(FewestWeightBits, AreTheSameOnRtlForEveryRuleAndLoad) {
  const Campaign campaign = campaign_of_example("bits.toml");
  ASSERT_EQ(campaign.cells.size(), 40U);
  EXPECT_TRUE(campaign.bit_exact());
  for (const CellResult& rtl : campaign.cells) {
    if (rtl.cell.engine != "verilator") continue;
    EXPECT_GT(rtl.words, 0U);
    Cell of_model = rtl.cell;
    of_model.engine = "golden";
    const auto golden = std::ranges::find_if(campaign.cells, [&](const CellResult& each) {
      return each.cell.same_curve(of_model) && each.cell.patterns == of_model.patterns;
    });
    ASSERT_NE(golden, campaign.cells.end());
    std::printf("%s, M = %d: %zu of %zu stored, %d to %d bits\n", to_string(rtl.cell.rule), rtl.cell.patterns, rtl.bits.stored,
                rtl.trials.size(), rtl.bits.least, rtl.bits.most);
    for (std::size_t t = 0; t < rtl.trials.size(); ++t) {
      EXPECT_EQ(rtl.trials[t].fewest_bits, golden->trials[t].fewest_bits) << rtl.mismatch << " trial " << t;
    }
  }
}

// Reported, not judged: only that there is an interval, and that it holds what it is about.
TEST(CapacityScaling, ReportsTheExtrapolatedLoadWithItsInterval) {
  const Campaign campaign = campaign_of_example("scaling.toml");
  ASSERT_EQ(campaign.scalings.size(), 1U);
  for (const HalfLoad& half : campaign.scalings[0].scaling.halves) {
    std::printf("N = %d: half recalled at %.5f +- %.5f\n", half.neurons, half.load, half.error);
  }
  for (const ExtrapolatedLoad& estimate : campaign.scalings[0].scaling.estimates) {
    std::printf("N^-%.2f: %.5f, %.5f to %.5f\n", estimate.exponent, estimate.load, estimate.low, estimate.high);
    EXPECT_LT(estimate.low, estimate.load);
    EXPECT_LT(estimate.load, estimate.high);
  }
  EXPECT_EQ(campaign.scalings[0].scaling.halves.size(), 4U);
}

}  // namespace
}  // namespace basin::test
