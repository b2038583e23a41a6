// Rule `any` on the image sets of tests/data/am: everything stored, and noisy cues recalled no worse than by hebb, storkey,
// pseudo-inverse and perceptron.
// 200 cues a pattern with 5 % of the pixels flipped, seed 1; those count whose target is strictly nearest in Hamming distance.
#include <gtest/gtest.h>

#include <iostream>

#include "models/fixed/batch.hpp"
#include "sim/compare/batch_recall.hpp"
#include "sim/reference/damage.hpp"
#include "sim/reference/parallel_ensemble.hpp"
#include "sim/reference/pipeline.hpp"
#include "tests/support/toml_design.hpp"

namespace basin {
namespace {

constexpr int cues_a_pattern = 200;

Design design_of(const std::string& set, const std::string& rule) {
  Design design = test::toml_design("[circuit]\nunits = \"normalised\"\n[memory]\npatterns = \"patterns.csv\"\nrule = \"" + rule +
                                        "\"\n[cues]\nfrom = \"patterns\"\nflip = 0.05\nseed = 1\n",
                                    std::filesystem::path(BASIN_TEST_DATA) / "am" / set);
  design.cues.count = cues_a_pattern * static_cast<int>(design.memory.patterns.rows());
  return design;
}

/// Whether the target of a cue is nearer to it than any other memory is.
bool strictly_nearest(const Design& design, int cue) {
  const Vector overlaps = design.memory.patterns * damaged_pattern(design, cue);
  const Index target = cue % overlaps.size();
  for (Index m = 0; m < overlaps.size(); ++m) {
    if (m != target && overlaps[m] >= overlaps[target]) return false;
  }
  return true;
}

bool shows(const Design& design, int cue, const auto& state) {
  const auto target = design.memory.patterns.row(cue % design.memory.patterns.rows());
  for (Index i = 0; i < target.size(); ++i) {
    if (!(state[static_cast<std::size_t>(i)] * target[i] > 0)) return false;
  }
  return true;
}

struct Counts {
  int cues = 0, golden = 0, reference = 0;
};

int reference_recalls(const Design& design, const Prepared& prepared) {
  EnsembleOptions options;
  options.rtol = 1e-5;
  options.atol = 1e-7;
  const Ensemble ensemble(prepared.core, options);
  int recalled = 0;
  integrate_ensemble(
      ensemble, prepared.cues.size(), 1, [&](std::size_t cue) { return EnsembleCue{cue, prepared.cues[cue].start, {}}; },
      [&](EnsembleRun&& run) {
        const std::vector<double> end(run.u.begin(), run.u.end());
        const int cue = static_cast<int>(run.number);
        if (run.reason == EndReason::settled && strictly_nearest(design, cue) && shows(design, cue, end)) ++recalled;
      });
  return recalled;
}

Counts recalls(const std::string& set, const std::string& rule) {
  Design design = design_of(set, rule);
  design.hardware.automatic_step = true;
  const Prepared prepared = prepare(design);
  std::vector<RawCue> cues;
  for (const Cue& cue : prepared.cues) {
    RawCue& raw = cues.emplace_back();
    for (const double u : cue.start) raw.state.push_back(raw_state(prepared.quantised.network, u));
  }
  const std::vector<RawRecall> ends = recall_batch(BatchModel(prepared.quantised.network), cues, 1);
  Counts counts;
  for (std::size_t c = 0; c < ends.size(); ++c) {
    if (!strictly_nearest(design, static_cast<int>(c))) continue;
    ++counts.cues;
    if (ends[c].settled && shows(design, static_cast<int>(c), ends[c].state)) ++counts.golden;
  }
  counts.reference = reference_recalls(design, prepared);
  std::cout << set << " " << rule << ": of " << counts.cues << " cues the reference recalls " << counts.reference
            << ", the golden model " << counts.golden << "\n";
  return counts;
}

class AnyRecall : public testing::TestWithParam<const char*> {};

}  // namespace

TEST_P(AnyRecall, IsNoWorseThanHebbStorkeyPseudoInverseAndPerceptronOnTheSameCues) {
  Counts best;
  for (const char* rule : {"hebb", "storkey", "pseudo-inverse", "perceptron"}) {
    const Counts other = recalls(GetParam(), rule);
    best.golden = std::max(best.golden, other.golden);
    best.reference = std::max(best.reference, other.reference);
  }
  const Counts any = recalls(GetParam(), "any");
  EXPECT_GE(any.golden, 0.95 * any.cues);
  EXPECT_GE(any.reference, 0.95 * any.cues);
  EXPECT_GE(any.golden, best.golden);
  EXPECT_GE(any.reference, best.reference);
}

INSTANTIATE_TEST_SUITE_P(Sets, AnyRecall,
                         testing::Values("5x7_digits", "vga8x8_AtoL", "7x13_upper13", "digits8x8_medoid", "random_SI"),
                         [](const auto& set) { return std::string("Of_") + set.param; });

}  // namespace basin
