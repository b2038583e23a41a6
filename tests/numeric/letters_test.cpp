// Twelve letters of a console font, strongly correlated, recalled from a fifth of wrong pixels: 120 cues for each of the
// seeds 1 … 5, two rules, gains 4 and 10. The limits are those of docs/verification.md.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <thread>
#include <vector>

#include "sim/compare/verification.hpp"
#include "sim/io/design_reader.hpp"

namespace basin {
namespace {

struct Campaign {
  std::string rule;
  int gain;
  double normalised_limit;
  bool p95_limited;
};

/// What five seeds together say.
struct Pooled {
  int cues = 0, borderline = 0, moved = 0;
};

const std::vector<std::string> engines{"golden", "verilator"};

Verification run(const Campaign& campaign, int seed) {
  const Design design = read_design(
      BASIN_SOURCE_DIR "/examples/letters/design.toml",
      {"memory.rule=" + campaign.rule, fmt::format("circuit.gain={}", campaign.gain), fmt::format("cues.seed={}", seed),
       "cues.flip=0.2", "cues.count=120", "hardware.weight=8", "hardware.step=1/32", "hardware.order=2",
       fmt::format("verify.max_state_deviation={}", campaign.normalised_limit)});
  VerificationOptions options;
  options.engines = engines;
  options.jobs = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  options.keep_traces = false;
  return run_verification(design, options);
}

void print(const Campaign& campaign, int seed, const Verification& found) {
  fmt::print("{:<15} gain {:>2} seed {}: same {:3}/{}, recalled {:3}, borderline {}, moved {}, p95 {:.2e}, normalised {:.2e}, "
             "max {:.2e}, total {:.2e}, {} steps on {}\n",
             campaign.rule, campaign.gain, seed, found.cues.same_attractor, found.cues.count, found.cues.recalled,
             found.cues.borderline, found.cues.moved_by_weights, found.deviation.p95, found.deviation.normalised,
             found.deviation.max, found.deviation.total, found.engines.back().steps, found.engines.back().name);
}

void expect_bits(const Verification& found) {
  EXPECT_EQ(found.engines.size(), engines.size());
  for (const EngineReport& engine : found.engines) {
    EXPECT_TRUE(engine.bit_exact) << engine.name;
    EXPECT_FALSE(engine.overflow) << engine.name;
    EXPECT_EQ(engine.cues.size(), 120U) << engine.name;
    EXPECT_EQ(engine.identity_problem, "");
  }
}

void expect_agreement(const Verification& found) {
  for (const Recall& recall : found.recalls) {
    if (!recall.borderline) {
      EXPECT_TRUE(recall.same_attractor) << "cue " << recall.cue;
    }
  }
}

void expect_campaign(const Campaign& campaign) {
  constexpr double pooled_share = 0.03;
  Pooled pooled;
  for (int seed = 1; seed <= 5; ++seed) {
    SCOPED_TRACE(fmt::format("seed {}", seed));
    const Verification found = run(campaign, seed);
    print(campaign, seed, found);
    expect_bits(found);
    expect_agreement(found);
    EXPECT_LE(found.deviation.normalised, campaign.normalised_limit);
    if (campaign.p95_limited) {
      EXPECT_LE(found.deviation.p95, 1e-3);
    }
    pooled.cues += found.cues.count;
    pooled.borderline += found.cues.borderline;
    pooled.moved += found.cues.moved_by_weights;
  }
  fmt::print("{:<15} gain {:>2} pooled: borderline {}/{}, moved {}/{}\n", campaign.rule, campaign.gain, pooled.borderline,
             pooled.cues, pooled.moved, pooled.cues);
  EXPECT_EQ(pooled.cues, 600);
  EXPECT_LE(pooled.borderline, pooled_share * pooled.cues);
  EXPECT_LE(pooled.moved, pooled_share * pooled.cues);
}

TEST(Letters, OfThePseudoInverseAgreeAtGain4) { expect_campaign({"pseudo-inverse", 4, 1e-3, true}); }
TEST(Letters, OfThePerceptronAgreeAtGain4) { expect_campaign({"perceptron", 4, 1e-3, true}); }
TEST(Letters, OfThePseudoInverseAgreeAtGain10) { expect_campaign({"pseudo-inverse", 10, 5e-3, false}); }
TEST(Letters, OfThePerceptronAgreeAtGain10) { expect_campaign({"perceptron", 10, 5e-3, false}); }

}  // namespace
}  // namespace basin
