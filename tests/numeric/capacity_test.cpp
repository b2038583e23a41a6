#include <gtest/gtest.h>

#include <fstream>

#include "models/design/error.hpp"
#include "tests/numeric/capacity_designs.hpp"
#include "tests/support/case_files.hpp"

// Campaigns against simulations and theory made elsewhere: tests/data/capacity. Seed 1.
namespace basin::test {
namespace {

constexpr const char* two_valued = "[capacity]\ndynamics = \"sign\"\nneurons = [500, 1000]\nloads = [0.05, 0.08, 0.1, 0.12]\n"
                                   "trials = 24\nrecalls = 2\n";

TEST(CapacityOfSigns, HasTheOverlapOfTheoryBelowTheCriticalLoad) {
  for (const CellResult& result : campaign_of(two_valued).cells) {
    ASSERT_TRUE(result.theory.overlap);
    // The case's own tolerance.
    EXPECT_NEAR(result.overlap.value, *result.theory.overlap, 0.01 + 3.0 * result.overlap.error)
        << "N " << result.cell.neurons << " M " << result.cell.patterns;
    EXPECT_EQ(result.unsettled, 0);
  }
}

// Published at N = 1000, α = 0.10: 0.9974 ± 0.003.
TEST(CapacityOfSigns, HasThePublishedOverlapAtOneTenth) {
  const Campaign campaign = campaign_of("[capacity]\ndynamics = \"sign\"\nneurons = 1000\npatterns = 100\ntrials = 40\nrecalls = 2\n");
  EXPECT_NEAR(campaign.cells.front().overlap.value, 0.9974, 0.003);
  EXPECT_EQ(campaign.cells.front().recalled.value, 1.0);   // table: every one of the recalls above 0.9
}

// α ≥ 0.16: the share recalled falls with N. Table: 0.708 and 0.542 at N = 250, 0.312 and 0.312 at N = 1000.
TEST(CapacityOfSigns, FallsWithTheNumberOfNeuronsAboveTheCriticalLoad) {
  const Campaign campaign =
      campaign_of("[capacity]\ndynamics = \"sign\"\nneurons = [250, 1000]\nloads = [0.16, 0.18, 0.2]\ntrials = 24\nrecalls = 2\n");
  ASSERT_EQ(campaign.cells.size(), 6U);
  for (std::size_t load = 0; load < 3; ++load) {
    EXPECT_LT(campaign.cells[3 + load].recalled.value, campaign.cells[load].recalled.value - 0.1) << load;
  }
  EXPECT_LE(campaign.cells[4].recalled.value, 0.6);
}

// The circuit at N = 500: theory is Shiino and Fukai's as the case computed it; its simulations are by another integrator.
TEST(CapacityOfTheCircuit, HasTheOverlapsOfTheCase) {
  const nlohmann::json expected = read_json(data() / "capacity" / "expected.json");
  for (const auto& point : expected["sim_analog_ODE"]) {
    const Campaign campaign = campaign_of(circuit_text(point["gain"].get<double>()) + "[capacity]\nneurons = 500\ntrials = 18\npatterns = " +
                                          std::to_string(point["P"].get<int>()) + "\n");
    const CellResult& result = campaign.cells.front();
    const double tolerance = 0.01 + 3.0 * result.overlap.error;
    EXPECT_NEAR(result.overlap.value, point["theory_SCSNA_m"].get<double>(), tolerance) << point;
    EXPECT_NEAR(result.overlap.value, point["mean_m"].get<double>(), tolerance + point["sem2"].get<double>()) << point;
    EXPECT_NEAR(*result.theory.overlap, point["theory_SCSNA_m"].get<double>(), 1e-8) << point;
  }
}

// One memory: λ_max(W) < 1, so below gain 1 every state decays to 0. Its signs stay those of the cue, but nothing is recalled.
TEST(CapacityOfTheCircuit, IsNoneBelowTheGainThatRecallNeeds) {
  const Campaign campaign = campaign_of(circuit_text(0.9) + "[capacity]\nneurons = 64\npatterns = 1\ntrials = 3\n"
                                        "engines = [\"reference\", \"golden\"]\n");
  for (const CellResult& result : campaign.cells) {
    EXPECT_LT(std::abs(result.overlap.value), 0.01) << result.cell.engine;
    EXPECT_EQ(result.recalled.value, 0.0) << result.cell.engine;
    EXPECT_EQ(result.theory.critical_load, 0.0);
  }
}

// The fixed-point model is another program for the same circuit: its step and its words move an overlap by less than 1e-3.
TEST(CapacityOfTheCircuit, IsThatOfTheFixedPointModel) {
  const Campaign campaign = campaign_of(circuit_text(4.0) + "[capacity]\nneurons = 64\npatterns = [3, 5]\ntrials = 8\nrecalls = 3\n"
                                        "flips = 0.1\nengines = [\"reference\", \"golden\"]\nrules = [\"hebb\", \"pseudo-inverse\"]\n");
  ASSERT_EQ(campaign.cells.size(), 8U);
  for (const std::size_t rule : {0U, 4U}) {
    for (const std::size_t load : {0U, 1U}) {
      const CellResult& reference = campaign.cells[rule + load];
      const CellResult& golden = campaign.cells[rule + 2 + load];
      ASSERT_EQ(reference.cell.patterns, golden.cell.patterns);
      EXPECT_NEAR(reference.overlap.value, golden.overlap.value, 1e-3);
      EXPECT_EQ(reference.recalled.value, golden.recalled.value);
    }
  }
}

TEST(CapacityOnRtl, IsEqualWordByWord) {
  const Campaign campaign = campaign_of(circuit_text(4.0) + "[hardware]\nlanes = 4\n[capacity]\nneurons = 16\npatterns = 2\ntrials = 3\n"
                                        "recalls = 2\nflips = 0.1\nengines = [\"golden\", \"verilator\"]\nweight_bits = 4\n");
  const CellResult& golden = campaign.cells[0];
  const CellResult& rtl = campaign.cells[1];
  EXPECT_TRUE(campaign.bit_exact()) << rtl.mismatch;
  EXPECT_GT(rtl.words, 16U * 6U * 20U);
  EXPECT_GT(rtl.cycles, 0U);
  for (std::size_t t = 0; t < 3; ++t) EXPECT_EQ(golden.trials[t].overlaps, rtl.trials[t].overlaps) << t;
}

// One memory: W = ±1/N, which two bits hold. No weights without diagonal store two states that differ in one neuron, and of
// any five of the eight states of three neurons two do.
TEST(FewestWeightBits, AreTwoForOneMemoryAndNoneWhereNoWeightsStore) {
  const std::string search = "trials = 4\nengines = \"golden\"\nweight_bits = \"fewest\"\nrules = [\"hebb\", \"max-margin\"]\n";
  for (const CellResult& result : campaign_of(circuit_text(10.0) + "[capacity]\nneurons = 12\npatterns = 1\n" + search).cells) {
    for (const TrialOutcome& trial : result.trials) EXPECT_EQ(trial.fewest_bits, 2);
  }
  for (const CellResult& result : campaign_of(circuit_text(10.0) + "[capacity]\nneurons = 3\npatterns = 5\n" + search).cells) {
    for (const TrialOutcome& trial : result.trials) EXPECT_EQ(trial.fewest_bits, 0);
  }
}

TEST(FewestWeightBits, AreTheSameOnRtl) {
  const Campaign campaign = campaign_of(circuit_text(4.0) + "[hardware]\nlanes = 4\n[capacity]\nneurons = 16\npatterns = 3\ntrials = 1\n"
                                        "engines = [\"golden\", \"verilator\"]\nweight_bits = \"fewest\"\n"
                                        "rules = [\"pseudo-inverse\", \"perceptron\", \"max-margin\"]\n");
  ASSERT_EQ(campaign.cells.size(), 6U);
  for (std::size_t rule = 0; rule < 6; rule += 2) {
    const CellResult& golden = campaign.cells[rule];
    const CellResult& rtl = campaign.cells[rule + 1];
    ASSERT_EQ(rtl.cell.engine, "verilator");
    EXPECT_EQ(rtl.mismatch, "");
    EXPECT_GT(rtl.words, 0U);
    EXPECT_EQ(golden.trials[0].fewest_bits, rtl.trials[0].fewest_bits);
    EXPECT_GE(rtl.trials[0].fewest_bits, 2) << "stored with no number of bits";
  }
}

TEST(Campaign, IsTheSameOnAnyNumberOfThreadsAndBesideAnyOtherCells) {
  const std::string head = circuit_text(4.0) + "[capacity]\nneurons = 60\ntrials = 6\nrecalls = 3\nflips = 0.1\n";
  const Campaign one = campaign_of(head + "patterns = 5\n", 1);
  const Campaign among = campaign_of(head + "patterns = [3, 5, 6]\nrules = [\"pseudo-inverse\", \"hebb\"]\n", 2);
  ASSERT_EQ(among.cells.size(), 6U);
  const CellResult& same = among.cells[4];
  ASSERT_EQ(same.cell.rule, Rule::hebb);
  ASSERT_EQ(same.cell.patterns, 5);
  for (std::size_t t = 0; t < 6; ++t) EXPECT_EQ(one.cells[0].trials[t].overlaps, same.trials[t].overlaps) << t;
}

TEST(Campaign, DrawsOtherMemoriesForEveryTrialAndSeed) {
  const std::string head = "neurons = 40\npatterns = 3\nrecalls = 3\n";
  const Design design = design_of("[capacity]\n" + head);
  const Design other = design_of("[cues]\nseed = 2\n[capacity]\n" + head);
  const Cell cell = cells_of(design).front();
  const Draw first = draw_trial(design, cell, 0);
  EXPECT_EQ(first.patterns, draw_trial(design, cell, 0).patterns);
  EXPECT_NE(first.patterns, draw_trial(design, cell, 1).patterns);
  EXPECT_NE(first.patterns, draw_trial(other, cell, 0).patterns);
}

TEST(Campaign, TurnsExactlyTheShareOfNeuronsAskedFor) {
  const Design design = design_of("[capacity]\nneurons = 50\npatterns = 6\nrecalls = 4\nflips = 0.13\n");
  const Draw draw = draw_trial(design, cells_of(design).front(), 5);
  ASSERT_EQ(draw.starts.rows(), 4);
  for (Index r = 0; r < 4; ++r) EXPECT_EQ((draw.starts.row(r).array() != draw.patterns.row(r).array()).count(), 7);   // round(6.5)
}

TEST(Campaign, DrawsDifferentMemoriesEvenWhenAllStatesAreNeeded) {
  const Design design = design_of("[capacity]\nneurons = 4\npatterns = 16\n");
  const Draw draw = draw_trial(design, cells_of(design).front(), 0);
  std::set<int> seen;
  for (Index m = 0; m < 16; ++m) {
    int code = 0;
    for (Index i = 0; i < 4; ++i) code = 2 * code + (draw.patterns(m, i) > 0 ? 1 : 0);
    seen.insert(code);
  }
  EXPECT_EQ(seen.size(), 16U);
}

TEST(Campaign, TakesFinishedCellsFromTheStoreAndLeavesBrokenOnes) {
  const std::string head = "[capacity]\ndynamics = \"sign\"\nneurons = 80\ntrials = 5\n";
  const StoreFolder folder;
  CampaignOptions options;
  options.store = folder.path();
  EXPECT_EQ(run_campaign(design_of(head + "patterns = [4, 8]\n"), options).found, 0U);
  const Campaign grown = run_campaign(design_of(head + "patterns = [4, 8, 16]\n"), options);
  EXPECT_EQ(grown.found, 2U);
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) std::ofstream(entry.path()) << "{\"basin\": 1";
  const Campaign again = run_campaign(design_of(head + "patterns = [4, 8, 16]\n"), options);
  EXPECT_EQ(again.found, 0U);
  for (std::size_t c = 0; c < 3; ++c) EXPECT_EQ(again.cells[c].overlap.value, grown.cells[c].overlap.value) << c;
  EXPECT_EQ(run_campaign(design_of(head + "patterns = [4, 8]\n[cues]\nseed = 2\n"), options).found, 0U);
}

TEST(Campaign, RefusesMoreMemoriesThanTheRuleCanHoldWithTheNumberItCan) {
  try {
    cells_of(design_of("[capacity]\nneurons = 20\npatterns = 20\nrules = \"pseudo-inverse\"\n"));
    FAIL();
  } catch (const ClaimError& error) {
    EXPECT_NE(std::string(error.what()).find("20 memories"), std::string::npos) << error.what();
    EXPECT_NE(std::string(error.what()).find("at most 19"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace basin::test
