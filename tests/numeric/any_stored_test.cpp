// The sets that visible units can't store at outputs of ±1, stored with hidden units: every memory recalled from itself by the
// reference, the golden model and the Verilated RTL, at the cost that docs/learn.md gives in its table.
#include <gtest/gtest.h>

#include <iostream>

#include "sim/compare/verification.hpp"
#include "sim/reference/simulation.hpp"
#include "sim/reference/storage.hpp"
#include "tests/support/pattern_sets.hpp"
#include "tests/support/toml_design.hpp"

namespace basin {
namespace {

constexpr std::uint64_t seed = 17;

struct Set {
  const char* name;
  Matrix (*patterns)();
  bool by_memories;      // hidden = "memories"
  Index hidden_units;    // as the table of docs/learn.md says
  int weight_bits;
  int step_exponent;     // steps of 2^-this
};

Matrix close_pair() {
  Matrix pair = test::distinct_patterns(seed, 0, 1, 8).replicate(2, 1);
  pair(1, 5) = -pair(1, 5);
  return pair;
}
Matrix all_of_five() { return test::hypercube(5); }
Matrix sixty_four_of_sixteen() { return test::distinct_patterns(seed, 1, 64, 16); }

Design design_of(const Set& set) {
  const Matrix patterns = set.patterns();
  return test::toml_design("[circuit]\nunits = \"normalised\"\n[memory]\nrule = \"any\"\npatterns = " + test::rows_text(patterns) + "\n" +
                           (set.by_memories ? "hidden = \"memories\"" : "") + "\n[cues]\nfrom = \"patterns\"\n[hardware]\nlanes = " +
                           (patterns.cols() < 4 ? "2" : "4") + "\n");
}

void PrintTo(const Set& set, std::ostream* out) { *out << set.name; }
std::string name_of(const testing::TestParamInfo<Set>& set) { return set.param.name; }

const Set pair{"ClosePair", close_pair, false, 1, 8, 5}, five{"AllOfFive", all_of_five, false, 1, 8, 5},
    five_by_memories{"AllOfFiveByMemories", all_of_five, true, 32, 2, 5},
    sixty_four{"SixtyFourOfSixteen", sixty_four_of_sixteen, false, 1, 10, 6};

class AnyCost : public testing::TestWithParam<Set> {};
class AnyStored : public testing::TestWithParam<Set> {};

}  // namespace

TEST_P(AnyCost, IsThatOfTheTable) {
  const StorageReport storage = examine_storage(design_of(GetParam()), 1);
  EXPECT_TRUE(storage.holds());
  EXPECT_EQ(storage.prepared.learned.hidden.count(), GetParam().hidden_units);
  EXPECT_EQ(storage.prepared.learned.weight_bits, GetParam().weight_bits);
  EXPECT_EQ(storage.prepared.quantised.network.core.weight_bits, GetParam().weight_bits);
  EXPECT_EQ(storage.prepared.quantised.network.step_exponent, GetParam().step_exponent);
}

INSTANTIATE_TEST_SUITE_P(Sets, AnyCost,
                         testing::Values(Set{"Parity", test::even_parity, false, 1, 8, 5},
                                         Set{"ParityByMemories", test::even_parity, true, 4, 2, 5}, pair, five, five_by_memories,
                                         sixty_four, Set{"SixtyFourOfSixteenByMemories", sixty_four_of_sixteen, true, 64, 2, 6}),
                         name_of);

TEST_P(AnyStored, IsRecalledByReferenceGoldenModelAndRtl) {
  const Design design = design_of(GetParam());
  for (const SimulatedCue& cue : simulate(design, {}).cues) EXPECT_EQ(cue.status, "recalled") << cue.cue;
  VerificationOptions options;
  options.keep_traces = false;
  const Verification found = run_verification(design, options);   // golden and Verilator
  EXPECT_EQ(found.verdict, Verdict::pass);
  EXPECT_EQ(found.cues.recalled, found.cues.count);
  EXPECT_EQ(found.cues.count, design.memory.patterns.rows());
  for (const EngineReport& engine : found.engines) EXPECT_TRUE(engine.bit_exact) << engine.name;
  std::cout << "seed " << seed << ", " << GetParam().name << ": " << found.prepared.learned.hidden.count()
            << " hidden units, recalled " << found.cues.recalled << " of " << found.cues.count << "\n";
}

INSTANTIATE_TEST_SUITE_P(Sets, AnyStored, testing::Values(pair, five, sixty_four, five_by_memories), name_of);

// 128 states of 32 neurons at least 4 apart, so that ρ = 1: each is recalled with any sign wrong.
TEST(HiddenMemories, CorrectAsManyWrongSignsAsTheDistanceAllows) {
  constexpr Index distance = 4, wanted = 128;
  Matrix patterns(wanted, 32);
  Index found = 0;
  for (std::uint32_t stream = 100; found < wanted; ++stream) {
    const Matrix drawn = test::distinct_patterns(seed, stream, 1, 32);
    const auto near = [&](Index m) { return (patterns.row(m).array() != drawn.row(0).array()).count() < distance; };
    Index m = 0;
    while (m < found && !near(m)) ++m;
    if (m == found) patterns.row(found++) = drawn.row(0);
  }
  const Design design =
      test::toml_design("[circuit]\nunits = \"normalised\"\n[memory]\nrule = \"any\"\nhidden = \"memories\"\npatterns = " +
                        test::rows_text(patterns) + "\n[cues]\nfrom = \"patterns\"\nflip = 0.03125\n");
  const Simulation simulation = simulate(design, {});
  EXPECT_EQ(simulation.designed.learned.hidden.count(), wanted);
  for (const SimulatedCue& cue : simulation.cues) EXPECT_EQ(cue.status, "recalled") << "seed " << seed << " cue " << cue.cue;
}

}  // namespace basin
