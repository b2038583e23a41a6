#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "sim/capacity/hardware_trial.hpp"
#include "sim/capacity/store.hpp"
#include "sim/golden/golden_engine.hpp"
#include "sim/reference/raw_cue.hpp"
#include "sim/toolchain/tool_error.hpp"
#include "sim/toolchain/tools.hpp"
#include "tests/numeric/capacity_designs.hpp"
#include "tests/support/other_build.hpp"

// What a cell is made of: what it is kept under, whether a kept one is whole, its weights, and whose ends the RTL's are.
namespace basin::test {
namespace {

const std::string drawn = "[capacity]\nneurons = 16\npatterns = 2\nrecalls = 2\nflips = 0.1\n";

std::string id_of(const std::string& more, const std::string& rtl = "module basin_core", const std::string& capacity = drawn) {
  const Design design = design_of(capacity + more);
  return cell_id(design, cells_of(design).back(), rtl);
}

std::string id_on(const std::string& engine, const std::string& more = "", const std::string& rtl = "module basin_core") {
  return id_of("engines = \"" + engine + "\"\n" + more, rtl);
}

const std::string sign = "dynamics = \"sign\"\n";

TEST(CellId, OfTheRtlChangesWithItsSources) {
  EXPECT_NE(id_on("verilator"), id_on("verilator", "", "module basin_core2"));
  EXPECT_EQ(id_on("golden"), id_on("golden", "", "module basin_core2"));
  EXPECT_EQ(id_on("reference"), id_on("reference", "", "module basin_core2"));
}

TEST(CellId, ChangesWithWhatTheCellReads) {
  for (const char* engine : {"reference", "golden", "verilator"}) {
    for (const char* more : {"[cues]\nseed = 2\n", "trials = 21\n", "gains = 3\n", "rules = \"storkey\"\n", "[memory]\ndiagonal = \"keep\"\n",
                             "[cues]\namplitude = 0.75\n", "[circuit]\nunits = \"normalised\"\nactivation = \"erf\"\n",
                             "[circuit]\nunits = \"normalised\"\nbias = 0.1\n"}) {
      EXPECT_NE(id_on(engine), id_on(engine, more)) << engine << ": " << more;
    }
  }
  for (const char* more : {"rtol = 1e-6\n", "atol = 1e-9\n", "t_end = 50\n"}) {
    EXPECT_NE(id_on("reference"), id_on("reference", "[simulate]\n" + std::string(more))) << more;
  }
  for (const char* more : {"[hardware]\nmax_steps = 100\n", "[hardware]\norder = 1\n", "[hardware]\nstep = \"1/64\"\n", "weight_bits = 5\n",
                           "[hardware]\nweight = 5\n", "[verify]\nmax_state_deviation = 0.01\n", "[verify]\nmax_total_deviation = 0.01\n"}) {
    EXPECT_NE(id_on("golden"), id_on("golden", more)) << more;
  }
  EXPECT_NE(id_on("verilator"), id_on("verilator", "[hardware]\nlanes = 4\n"));   // in its clocks
  EXPECT_NE(id_of("rules = \"perceptron\"\n"), id_of("rules = \"perceptron\"\n[memory]\nmargin = 0.25\n"));
  const std::string bare = "[capacity]\nneurons = 16\npatterns = 2\n";
  EXPECT_NE(id_of("recalls = 1\n", "", bare), id_of("recalls = 2\n", "", bare));
  EXPECT_NE(id_of("flips = 0.1\n", "", bare), id_of("flips = 0.2\n", "", bare));
}

TEST(CellId, StaysWithWhatTheCellDoesNotRead) {
  for (const char* more : {"[hardware]\nmax_steps = 100\n", "[hardware]\nlanes = 4\n", "[verify]\nmax_state_deviation = 0.01\n",
                           "[simulate]\nsamples = 5\n", "[memory]\nmargin = 0.25\n", "[memory]\nmax_epochs = 5\n"}) {
    EXPECT_EQ(id_on("reference"), id_on("reference", more)) << more;
  }
  for (const char* engine : {"golden", "verilator"}) {
    for (const char* more : {"[simulate]\nrtol = 1e-6\n", "[simulate]\nt_end = 50\n", "[verify]\nicarus_cues = 1\n", "[verify]\nmax_borderline = 0.5\n"}) {
      EXPECT_EQ(id_on(engine), id_on(engine, more)) << engine << ": " << more;
    }
    EXPECT_EQ(id_on(engine, "weight_bits = 5\n"), id_on(engine, "weight_bits = 5\n[hardware]\nweight = 9\n"));
  }
  EXPECT_EQ(id_on("golden"), id_on("golden", "[hardware]\nlanes = 4\n"));
  for (const char* more : {"[circuit]\nunits = \"normalised\"\ngain = 3\n", "[cues]\namplitude = 0.75\n", "[simulate]\nrtol = 1e-6\n"}) {
    EXPECT_EQ(id_of(sign), id_of(sign + more)) << more;
  }
  EXPECT_EQ(id_of("gains = 2\n"), id_of("gains = [3, 2]\n[circuit]\nunits = \"normalised\"\ngain = 7\n"));   // the last cell is of gain 2
  EXPECT_EQ(id_of("", "", "[capacity]\nneurons = 16\npatterns = 2\nrecalls = 2\n"),
            id_of("", "", "[capacity]\nneurons = 16\npatterns = 2\nrecalls = 9\n"));   // there are but two memories
}

const std::string on_rtl = circuit_text(4.0) + "[hardware]\nlanes = 4\n[capacity]\nneurons = 16\npatterns = 2\ntrials = 1\nrecalls = 2\n"
                           "flips = 0.1\nengines = [\"golden\", \"verilator\"]\nweight_bits = 4\n";

// The second tree's RTL is no Verilog: a run with it fails where a cell is not taken from the store.
TEST(KeptCells, OfTheRtlAreRunAgainWhenItsSourcesChange) {
  const StoreFolder folder;
  CampaignOptions options;
  options.store = folder.path() / "cells";
  EXPECT_EQ(run_campaign(design_of(on_rtl), options).found, 0U);
  EXPECT_EQ(run_campaign(design_of(on_rtl), options).found, 2U);
  const std::filesystem::path tree = folder.path() / "tree";
  std::filesystem::create_directories(tree);
  for (const char* part : {"rtl", "sim"}) std::filesystem::copy(source_root() / part, tree / part, std::filesystem::copy_options::recursive);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(tree / "rtl" / "core")) {
    if (entry.path().extension() == ".sv") std::ofstream(entry.path(), std::ios::app) << "changed\n";
  }
  const std::filesystem::path own = source_root();
  setenv("BASIN_HOME", tree.c_str(), 1);
  EXPECT_THROW(run_campaign(design_of(on_rtl), options), ToolError);
  setenv("BASIN_HOME", own.c_str(), 1);
}

std::vector<TrialOutcome> two_trials() {
  TrialOutcome trial;
  trial.overlaps = {1.0, 0.5, -0.25};
  trial.sign_overlaps = {1.0, 0.75, -1.0};
  trial.unsettled = 1;
  return {trial, trial};
}

TEST(KeptCells, OfAnotherBuildAreNotTaken) {
  const StoreFolder folder;
  const CellStore store(folder.path());
  const std::string id(64, 'a');
  store.keep(id, two_trials());
  give_to_another_build(folder.path());
  EXPECT_FALSE(store.find(id, 2, 3));
}

TEST(KeptCells, AreTakenOnlyWithTheNumbersAsked) {
  const StoreFolder folder;
  const CellStore store(folder.path());
  const std::string id(64, 'a');
  store.keep(id, two_trials());
  ASSERT_TRUE(store.find(id, 2, 3));
  EXPECT_EQ(store.find(id, 2, 3)->at(1).overlaps, two_trials()[1].overlaps);
  EXPECT_FALSE(store.find(id, 3, 3));
  EXPECT_FALSE(store.find(id, 2, 2));
  EXPECT_FALSE(store.find(id, 2, 4));
  EXPECT_FALSE(store.find(id, 2, 0));
  EXPECT_FALSE(store.find(std::string(32, 'a') + std::string(32, 'b'), 2, 3));   // another cell of the same file name
}

TEST(KeptCells, AreNotTakenWithPartsMissingOrImpossible) {
  const StoreFolder folder;
  const CellStore store(folder.path());
  const std::string id(64, 'a');
  const auto kept = [&](const auto& change) {
    std::vector<TrialOutcome> trials = two_trials();
    change(trials[1]);
    store.keep(id, trials);
    return store.find(id, 2, 3).has_value();
  };
  EXPECT_TRUE(kept([](TrialOutcome&) {}));
  EXPECT_FALSE(kept([](TrialOutcome& trial) { trial.overlaps.pop_back(); }));
  EXPECT_FALSE(kept([](TrialOutcome& trial) { trial.sign_overlaps.push_back(1.0); }));
  EXPECT_FALSE(kept([](TrialOutcome& trial) { trial.overlaps[0] = 1.5; }));
  EXPECT_FALSE(kept([](TrialOutcome& trial) { trial.sign_overlaps[2] = -2.0; }));
  EXPECT_FALSE(kept([](TrialOutcome& trial) { trial.unsettled = 4; }));
  EXPECT_FALSE(kept([](TrialOutcome& trial) { trial.fewest_bits = 3; }));
}

TEST(KeptCells, OfASearchHaveBitsThatItTries) {
  const StoreFolder folder;
  const CellStore store(folder.path());
  const std::string id(64, 'a');
  const auto kept = [&](int bits) {
    TrialOutcome trial;
    trial.fewest_bits = bits;
    store.keep(id, {trial});
    return store.find(id, 1, 0).has_value();
  };
  for (const int bits : {0, 2, 16}) EXPECT_TRUE(kept(bits)) << bits;
  for (const int bits : {-1, 1, 17}) EXPECT_FALSE(kept(bits)) << bits;
}

TEST(TrialWeights, AreLearnedOnce) {
  const Design design = design_of(drawn + "rules = \"pseudo-inverse\"\n");
  const Cell cell = cells_of(design).front();
  const MemorySpec memory = trial_design(design, cell, draw_trial(design, cell, 0)).memory;
  TrialWeights weights;
  const Learned& first = weights.of(memory);
  const double* const place = first.weights.data();
  EXPECT_EQ(weights.of(memory).weights.data(), place);
  EXPECT_EQ(first.weights, learn(memory).weights);
  EXPECT_EQ(weights.of(memory, Keep::factors).weights.size(), 0);
}

/// A network of one trial's memories and its cues, and the same network with every weight of neuron 0 turned.
struct Pair {
  FixedNetwork network;
  FixedNetwork other;
  std::vector<RawCue> cues;
};

Pair two_networks() {
  const Design design = design_of(circuit_text(4.0) + drawn + "engines = \"golden\"\n");
  const Cell cell = cells_of(design).front();
  TrialWeights weights;
  const Prepared prepared = prepare_trial(design, cell, draw_trial(design, cell, 0), weights);
  Pair pair{prepared.quantised.network, prepared.quantised.network, raw_cues(prepared)};
  for (std::size_t j = 0; j < 16; ++j) pair.other.weights[j] = -pair.other.weights[j];
  return pair;
}

std::vector<RawRecall> beside(const FixedNetwork& network, const FixedNetwork& other, const std::vector<RawCue>& cues, TrialOutcome& outcome) {
  std::vector<std::unique_ptr<Engine>> engines;
  engines.push_back(make_golden_engine(network));
  engines.push_back(make_golden_engine(other));
  return recall_beside(engines, cues, network.step_limit, outcome);
}

// The turned weights show in the first step; there the other engine rests.
TEST(RecallBeside, EndsWhereTheOtherEngineWas) {
  const Pair pair = two_networks();
  TrialOutcome outcome;
  const std::vector<RawRecall> ends = beside(pair.network, pair.other, pair.cues, outcome);
  EXPECT_NE(outcome.mismatch, "");
  ASSERT_EQ(ends.size(), pair.cues.size());
  for (std::size_t r = 0; r < ends.size(); ++r) {
    const auto own = make_golden_engine(pair.other);
    own->load(pair.cues[r].state);
    own->step();
    EXPECT_EQ(ends[r].state, std::vector<std::int32_t>(own->state().begin(), own->state().end())) << r;
    EXPECT_EQ(ends[r].steps, 1);
    EXPECT_FALSE(ends[r].settled);
  }
}

TEST(RecallBeside, EndsLikeTheModelWhenAllWordsAreEqual) {
  const Pair pair = two_networks();
  TrialOutcome outcome;
  const std::vector<RawRecall> ends = beside(pair.network, pair.network, pair.cues, outcome);
  const std::vector<RawRecall> alone = BatchModel(pair.network).recall(pair.cues);
  EXPECT_EQ(outcome.mismatch, "");
  for (std::size_t r = 0; r < ends.size(); ++r) {
    EXPECT_EQ(ends[r].state, alone[r].state);
    EXPECT_EQ(ends[r].steps, alone[r].steps);
    EXPECT_EQ(ends[r].settled, alone[r].settled);
  }
}

// N/√(2 ln N) over N: 0.40853 at 20, 0.36816 at 40 (√(2 ln 20) = 2.44775, √(2 ln 40) = 2.71620).
TEST(Theory, HasStorkeysLoadForEveryNumberOfNeuronsAndOthersOnce) {
  const Campaign campaign = campaign_of("[capacity]\nneurons = [20, 40]\npatterns = 4\ntrials = 2\ngains = [4, 10]\n"
                                        "rules = [\"storkey\", \"pseudo-inverse\", \"perceptron\", \"max-margin\"]\n");
  std::vector<double> storkey;
  std::size_t others = 0;
  for (const TheoryCurve& curve : campaign.theories) {
    if (curve.theory.name == "Storkey") {
      storkey.push_back(*curve.theory.critical_load);
    } else {
      ++others;
    }
  }
  ASSERT_EQ(storkey.size(), 2U);
  EXPECT_NEAR(storkey[0], 0.40853, 1e-5);
  EXPECT_NEAR(storkey[1], 0.36816, 1e-5);
  EXPECT_EQ(others, 2U);   // linear independence, and Gardner's for both of its rules
}

TEST(Theory, HasNoLoadOfStorkeysForInfinitelyManyNeurons) {
  const std::string sizes = "dynamics = \"sign\"\nneurons = [24, 36, 48]\ntrials = 24\nrecalls = 4\nflips = 0.1\n";
  const Campaign storkey = campaign_of("[capacity]\n" + sizes + "rules = \"storkey\"\nloads = [0.1, 0.3, 0.5, 0.7, 0.9]\n");
  ASSERT_EQ(storkey.scalings.size(), 1U);
  EXPECT_FALSE(storkey.scalings[0].critical_load);
  const Campaign hebb = campaign_of("[capacity]\n" + sizes + "loads = [0.05, 0.15, 0.3, 0.45]\n");
  ASSERT_EQ(hebb.scalings.size(), 1U);
  EXPECT_NEAR(hebb.scalings[0].critical_load.value_or(0.0), 0.137905566, 1e-8);
}

}  // namespace
}  // namespace basin::test
