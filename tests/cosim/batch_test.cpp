// The batched golden model against the specification, word for word and step for step, over the configuration space.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <string>

#include "models/fixed/batch.hpp"
#include "models/fixed/batch_plan.hpp"
#include "models/fixed/stepper.hpp"
#include "sim/compare/batch_recall.hpp"
#include "tests/cosim/draw.hpp"
#include "tests/cosim/elaborations.hpp"

namespace basin::cosim {
namespace {

constexpr std::uint64_t seed = 2031;

/// What the comparisons have met, so that a space that misses something is seen.
struct Met {
  std::uint64_t words = 0, recalls = 0, settled = 0, at_limit = 0, overflowed = 0, narrow = 0, wide = 0, too_wide = 0;
  std::map<int, int> orders;
};

int between(Random& random, int low, int high) {
  return low + static_cast<int>(random.below(static_cast<std::uint32_t>(high - low + 1)));
}

bool allowed(const CoreConfig& core) {
  try {
    validate(core);
    return true;
  } catch (const std::invalid_argument&) {
    return false;
  }
}

/// Any legal configuration; two in three lean towards words that the kernels hold.
CoreConfig draw_core(Random& random) {
  CoreConfig core;
  do {
    const int most = random.below(3) == 0 ? 16 : 13;
    core.neurons = 100;
    core.state_bits = between(random, 4, 2 * most);
    core.weight_bits = between(random, 2, most);
    core.drive_bits = between(random, 2, most);
    core.bias_bits = between(random, 2, 2 * most);
    core.state_shift = between(random, -16, 31);
    core.table_domain = between(random, 1, core.state_bits - 1);
    core.table_odd = random.below(2) == 1;
    core.table_segments = 1 << between(random, 0, std::min(10, core.span_log2()));
    core.slope_bits = between(random, 2, 17);
    core.tables = between(random, 1, 4);
    core.tau = random.below(2) == 1;
    core.gain = random.below(2) == 1;
    core.phases = between(random, 0, 4);
  } while (!allowed(core));
  return core;
}

/// Runs the batch and, at each of its steps, the specification.
class Comparison {
 public:
  Comparison(const BatchModel& model, const std::vector<RawCue>& cues, Met& met) : model_(model), cues_(cues), met_(met) {
    for (const RawCue& cue : cues) {
      steppers_.emplace_back(FixedNumber(model.network()));
      if (!cue.bias.empty()) steppers_.back().number().set_biases(cue.bias);
      if (!cue.clamp.empty()) steppers_.back().number().set_clamps(cue.clamp);
      steppers_.back().load(std::vector<std::int64_t>(cue.state.begin(), cue.state.end()));
    }
    steps_.resize(cues.size());
  }

  void run(BatchForm form) {
    const auto recalls = model_.recall(cues_, [this](const BatchStep& step) { compare(step); }, form);
    ASSERT_EQ(recalls.size(), cues_.size());
    for (std::size_t c = 0; c < recalls.size() && !testing::Test::HasFailure(); ++c) compare_end(c, recalls[c]);
  }

 private:
  void compare(const BatchStep& seen) {
    if (testing::Test::HasFailure()) return;
    Stepper<FixedNumber>& stepper = steppers_[seen.cue];
    ASSERT_FALSE(stepper.settled()) << "cue " << seen.cue << " goes on after settling";
    stepper.step();
    ASSERT_EQ(seen.step, ++steps_[seen.cue]);
    ASSERT_TRUE(std::equal(seen.state.begin(), seen.state.end(), stepper.state().begin(), stepper.state().end()))
        << "cue " << seen.cue << ", step " << seen.step << ": state";
    ASSERT_EQ(seen.settled, stepper.settled()) << "cue " << seen.cue << ", step " << seen.step;
    ASSERT_EQ(seen.overflow, stepper.overflow()) << "cue " << seen.cue << ", step " << seen.step;
    met_.words += seen.state.size();
  }

  void compare_end(std::size_t cue, const RawRecall& recall) {
    const Stepper<FixedNumber>& stepper = steppers_[cue];
    ASSERT_EQ(recall.steps, steps_[cue]);
    ASSERT_TRUE(recall.settled || recall.steps == model_.network().step_limit) << "cue " << cue << " ended early";
    ASSERT_EQ(recall.settled, stepper.settled());
    ASSERT_EQ(recall.overflow, stepper.overflow());
    ASSERT_TRUE(std::equal(recall.state.begin(), recall.state.end(), stepper.state().begin(), stepper.state().end()));
    ++met_.recalls;
    (recall.settled ? met_.settled : met_.at_limit) += 1;
    met_.overflowed += recall.overflow ? 1 : 0;
  }

  const BatchModel& model_;
  const std::vector<RawCue>& cues_;
  Met& met_;
  std::vector<Stepper<FixedNumber>> steppers_;
  std::vector<std::int64_t> steps_;
};

std::vector<RawCue> draw_cues(const FixedNetwork& network, Drive drive, std::size_t count, Random& random) {
  std::vector<RawCue> cues(count);
  const bool own = random.below(2) == 0, masked = network.core.phases > 0 && random.below(2) == 0;
  for (RawCue& cue : cues) {
    cue.state = draw_state(network, drive, random);
    if (own && random.below(3) != 0) cue.bias = draw_biases(network, drive, random);
    if (masked && random.below(3) != 0) cue.clamp = draw_clamps(network, random);
  }
  return cues;
}

void compare_forms(const FixedNetwork& network, Drive drive, std::size_t count, Random& random, Met& met) {
  const std::vector<RawCue> cues = draw_cues(network, drive, count, random);
  for (const batch::Kernels* kernels : batch::available_kernels()) {
    const BatchModel model(network, kernels);
    for (const BatchForm form : {BatchForm::simple, BatchForm::block, BatchForm::event, BatchForm::automatic}) {
      if (!model.allows(form) || testing::Test::HasFailure()) continue;
      SCOPED_TRACE(std::string(kernels->name) + ", form " + std::to_string(static_cast<int>(form)));
      Comparison(model, cues, met).run(form);
    }
    if (!model.allows(BatchForm::block)) {
      ++met.too_wide;
    } else {
      ++(batch::Plan(network, *kernels).constants().wide ? met.wide : met.narrow);
    }
  }
  ++met.orders[network.order];
}

void print(const char* name, const Met& met) {
  std::printf("%s, seed %llu: %llu state words of %llu recalls (%llu settled, %llu to their step limit, %llu overflowed); "
              "plans of 32 bits %llu, of 64 %llu, none %llu; order 1 %d, order 2 %d\n",
              name, static_cast<unsigned long long>(seed), static_cast<unsigned long long>(met.words),
              static_cast<unsigned long long>(met.recalls), static_cast<unsigned long long>(met.settled),
              static_cast<unsigned long long>(met.at_limit), static_cast<unsigned long long>(met.overflowed),
              static_cast<unsigned long long>(met.narrow), static_cast<unsigned long long>(met.wide),
              static_cast<unsigned long long>(met.too_wide), met.orders.count(1) ? met.orders.at(1) : 0,
              met.orders.count(2) ? met.orders.at(2) : 0);
}

constexpr Drive drives[] = {Drive::lively, Drive::extreme, Drive::settling};

TEST(Batch, HasTheBitsOfTheSpecificationForAnyConfiguration) {
  constexpr int sizes[] = {1, 2, 3, 5, 8, 17, 31, 33, 64, 100};
  constexpr std::size_t counts[] = {1, 2, 3, 15, 16, 17, 66};
  Met met;
  for (std::uint32_t draw = 0; draw < 400 && !HasFailure(); ++draw) {
    Random random(seed, Stream::test, draw);
    const CoreConfig core = draw_core(random);
    const Drive drive = drives[draw % 3];
    const FixedNetwork network = draw_network(core, sizes[random.below(10)], drive, random);
    SCOPED_TRACE("seed " + std::to_string(seed) + ", draw " + std::to_string(draw) + ", n = " +
                 std::to_string(network.neurons) + ":\n" + canonical_text(core));
    compare_forms(network, drive, counts[random.below(7)], random, met);
  }
  print("any configuration", met);
  EXPECT_GT(std::min({met.settled, met.at_limit, met.overflowed, met.narrow, met.wide, met.too_wide}), 20U);
}

TEST(Batch, HasTheBitsOfTheSpecificationForTheFormatsOfTheRtlTests) {
  Met met;
  for (std::uint32_t draw = 0; draw < 24 && !HasFailure(); ++draw) {
    Random random(seed, Stream::test, 1000 + draw);
    const NumberFormat& format = number_formats[draw % number_formats.size()];
    const Drive drive = drives[draw / number_formats.size() % 3];
    const FixedNetwork network = draw_network(sized(format.core, 256, 8), draw % 2 == 0 ? 256 : 130, drive, random);
    SCOPED_TRACE(std::string(format.name) + ", draw " + std::to_string(draw));
    compare_forms(network, drive, 20, random, met);
  }
  print("formats of the RTL tests", met);
}

TEST(Batch, GivesARecallTheSameEndWhateverRunsBesideIt) {
  Random random(seed, Stream::test, 2000);
  const FixedNetwork network = draw_network(sized(number_formats[0].core, 100, 4), 100, Drive::settling, random);
  const BatchModel model(network);
  const std::vector<RawCue> cues = draw_cues(network, Drive::settling, 200, random);
  const auto together = model.recall(cues);
  for (std::size_t c = 0; c < cues.size(); c += 7) {
    const auto alone = model.recall(std::span(cues).subspan(c, 1));
    EXPECT_EQ(alone[0].state, together[c].state);
    EXPECT_EQ(alone[0].steps, together[c].steps);
  }
}

TEST(Batch, GivesTheSameRecallsOnAnyNumberOfThreads) {
  Random random(seed, Stream::test, 2500);
  const FixedNetwork network = draw_network(sized(number_formats[0].core, 31, 4), 31, Drive::settling, random);
  const BatchModel model(network);
  const std::vector<RawCue> cues = draw_cues(network, Drive::settling, 1100, random);
  const auto expected = model.recall(cues, {}, BatchForm::simple);
  for (const int jobs : {1, 2, 5}) {
    const auto recalls = recall_batch(model, cues, jobs);
    ASSERT_EQ(recalls.size(), expected.size());
    for (std::size_t c = 0; c < recalls.size(); ++c) {
      ASSERT_EQ(recalls[c].state, expected[c].state) << "cue " << c << ", " << jobs << " threads";
      ASSERT_EQ(recalls[c].steps, expected[c].steps);
    }
  }
}

TEST(Batch, RefusesCuesThatDoNotFit) {
  Random random(seed, Stream::test, 3000);
  const FixedNetwork network = draw_network(sized(number_formats[0].core, 8, 1), 8, Drive::settling, random);
  const BatchModel model(network);
  RawCue cue{std::vector<std::int32_t>(7), {}, {}};
  EXPECT_THROW((void)model.recall(std::span(&cue, 1)), std::invalid_argument);
  cue = {std::vector<std::int32_t>(8), std::vector<std::int32_t>(8, 1 << 30), {}};
  EXPECT_THROW((void)model.recall(std::span(&cue, 1)), std::invalid_argument);
  cue = {std::vector<std::int32_t>(8), {}, std::vector<std::uint8_t>(8, 1)};   // a core without phases
  EXPECT_THROW((void)model.recall(std::span(&cue, 1)), std::invalid_argument);
}

}  // namespace
}  // namespace basin::cosim
