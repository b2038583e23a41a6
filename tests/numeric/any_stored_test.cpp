// The sets that visible units can't store, stored with hidden units: every memory recalled from itself by the reference, the
// golden model and the Verilated RTL.
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
  const char* memory_keys;
};

Matrix close_pair() {
  Matrix pair = test::distinct_patterns(seed, 0, 1, 8).replicate(2, 1);
  pair(1, 5) = -pair(1, 5);
  return pair;
}
Matrix all_of_five() { return test::hypercube(5); }
Matrix sixty_four_of_sixteen() { return test::distinct_patterns(seed, 1, 64, 16); }

class AnyStored : public testing::TestWithParam<Set> {};

}  // namespace

TEST_P(AnyStored, IsRecalledByReferenceGoldenModelAndRtl) {
  const Design design = test::toml_design("[circuit]\nunits = \"normalised\"\n[memory]\nrule = \"any\"\npatterns = " +
                                          test::rows_text(GetParam().patterns()) + "\n" + GetParam().memory_keys +
                                          "\n[cues]\nfrom = \"patterns\"\n[hardware]\nlanes = 4\n");
  const StorageReport storage = examine_storage(design, 1);
  EXPECT_TRUE(storage.holds());
  for (const SimulatedCue& cue : simulate(design, {}).cues) EXPECT_EQ(cue.status, "recalled") << cue.cue;
  VerificationOptions options;
  options.keep_traces = false;
  const Verification found = run_verification(design, options);   // golden and Verilator
  EXPECT_EQ(found.verdict, Verdict::pass);
  EXPECT_EQ(found.cues.recalled, found.cues.count);
  EXPECT_EQ(found.cues.count, design.memory.patterns.rows());
  for (const EngineReport& engine : found.engines) EXPECT_TRUE(engine.bit_exact) << engine.name;
  std::cout << "seed " << seed << ", " << GetParam().name << ": " << storage.prepared.learned.hidden.count()
            << " hidden units, recalled " << found.cues.recalled << " of " << found.cues.count << "\n";
}

INSTANTIATE_TEST_SUITE_P(Sets, AnyStored,
                         testing::Values(Set{"ClosePair", close_pair, ""}, Set{"AllOfFive", all_of_five, ""},
                                         Set{"SixtyFourOfSixteen", sixty_four_of_sixteen, ""},
                                         Set{"AllOfFiveByMemories", all_of_five, "hidden = \"memories\""}),
                         [](const auto& set) { return std::string(set.param.name); });

}  // namespace basin
