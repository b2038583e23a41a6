#include "models/fixed/core_config.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

#include "tests/unit/fixed/random_network.hpp"

namespace basin {
namespace {

constexpr CoreConfig letters{.neurons = 64, .lanes = 8, .state_bits = 18, .weight_bits = 8, .drive_bits = 13,
                             .bias_bits = 24, .state_shift = 5, .table_domain = 16, .table_segments = 256,
                             .slope_bits = 10};
constexpr const char* letters_text =
    "neurons=64\nlanes=8\nstate_bits=18\nweight_bits=8\ndrive_bits=13\nbias_bits=24\nstate_shift=5\ntable_domain=16\n"
    "table_segments=256\nslope_bits=10\ntables=1\ntable_odd=1\ntau=0\ngain=0\nphases=0\npages=2\n"
    "block_multipliers=0\nsingle_port=0\nform=dense\nprotocol=1\n";

std::string problem_of(const CoreConfig& config) {
  try {
    validate(config);
  } catch (const std::invalid_argument& problem) {
    return problem.what();
  }
  return "";
}

TEST(CoreConfig, SpellsItsParametersInCanonicalOrder) { EXPECT_EQ(canonical_text(letters), letters_text); }

// printf 'neurons=64\n…protocol=1\ncore/basin_core.sv\nmodule basin_core;\n' | sha256sum  (the text above, then the sources)
TEST(CoreConfig, IsNamedByTheFirst32BitsOfSha256) {
  EXPECT_EQ(config_id(letters, "core/basin_core.sv\nmodule basin_core;\n"), 0xd0fa9814U);
}

TEST(CoreConfig, ChangesItsNameWithTheSources) { EXPECT_NE(config_id(letters, "a"), config_id(letters, "b")); }

TEST(CoreConfig, NamesTheParameterThatIsOutOfRange) {
  CoreConfig config = letters;
  config.lanes = 65;
  EXPECT_NE(problem_of(config).find("lanes = 65"), std::string::npos) << problem_of(config);
  config = letters;
  config.table_segments = 100;
  EXPECT_NE(problem_of(config).find("table_segments = 100"), std::string::npos) << problem_of(config);
  config = letters;
  config.table_domain = 18;   // the sign takes the eighteenth bit
  EXPECT_NE(problem_of(config).find("table_domain = 18"), std::string::npos) << problem_of(config);
  config = letters;
  config.phases = 5;
  EXPECT_NE(problem_of(config).find("phases = 5"), std::string::npos) << problem_of(config);
  EXPECT_EQ(problem_of(letters), "");
}

TEST(CoreConfig, AllowsOneMoreSegmentBitWhenTheTableIsGeneral) {
  CoreConfig config = letters;
  config.table_domain = 7;
  EXPECT_NE(problem_of(config), "");   // 256 segments of 128 states
  config.table_odd = false;
  EXPECT_EQ(problem_of(config), "");
  EXPECT_EQ(config.segment_shift(), 0);
}

TEST(CoreConfig, RefusesIntegersWiderThan62Bits) {
  CoreConfig config = letters;
  config.state_bits = 32;
  config.state_shift = 27;   // f = 1 + 59, x = 62
  EXPECT_EQ(problem_of(config), "");
  config.state_shift = 28;
  EXPECT_NE(problem_of(config).find("63"), std::string::npos) << problem_of(config);
}

/// No integer of a step leaves the width that §1 derives for it: the largest magnitudes, in exact arithmetic.
TEST(CoreConfig, DerivesWidthsThatHoldTheLargestIntegers) {
  constexpr std::uint64_t seed = 5;
  for (std::uint32_t k = 0; k < 2000; ++k) {
    Random random(seed, Stream::test, k);
    CoreConfig c = test::random_core(random);
    c.neurons = static_cast<int>(test::between(random, 1, 8192));
    const auto pow2 = [](int e) { return static_cast<__int128>(1) << e; };
    const auto fits = [&](__int128 magnitude, int bits) { return magnitude <= pow2(bits - 1) - 1; };
    const __int128 dot = c.neurons * pow2(c.weight_bits - 1) * c.full_code();
    const __int128 sum = dot + pow2(c.bias_bits - 1);
    const __int128 f = sum * pow2(c.state_left()) + pow2(c.state_bits - 1) * pow2(c.state_right());
    const __int128 x = 4 * f * (c.tau ? 256 : 1);   // |3f − f′| ≤ 4|f|; the largest f itself is never reached (codes < 2^(v−1))
    ASSERT_TRUE(fits(dot, c.dot_bits())) << "seed " << seed << ", draw " << k;
    ASSERT_TRUE(fits(sum, c.drive_sum_bits())) << "seed " << seed << ", draw " << k;
    ASSERT_LE(f, pow2(c.difference_bits() - 1)) << "seed " << seed << ", draw " << k;
    ASSERT_LE(x, pow2(c.update_bits() - 1)) << "seed " << seed << ", draw " << k;
  }
}

TEST(ConfigurationHeader, GivesEachParameterALineOfItsOwn) {
  CoreConfig config = letters;
  config.state_shift = -3;
  config.tau = true;
  const std::string header = configuration_header(config, 0xDEADBEEFU);
  for (const char* line : {"localparam int unsigned CfgNeurons = 64;\n", "localparam int CfgStateShift = -3;\n",
                           "localparam bit CfgTableOdd = 1;\n", "localparam bit CfgTau = 1;\n",
                           "localparam bit CfgGain = 0;\n", "localparam logic [31:0] CfgConfigId = 32'hdeadbeef;\n",
                           "localparam logic [3:0] RegConfigId = 4'd0;\n",
                           "localparam logic [3:0] RegCapacity = 4'd11;\n",
                           "localparam logic [3:0] KindWeights = 4'd1;\n", "localparam logic [3:0] KindRises = 4'd10;\n",
                           "localparam int unsigned ControlStop = 3;\n",
                           "localparam int unsigned StatusLoadError = 3;\n",
                           "localparam int unsigned StatusPhase = 4;\n", "localparam int unsigned CfgPhases = 0;\n",
                           "localparam logic [3:0] RegPhase2 = 4'd14;\n",
                           "localparam int unsigned StepOrder2 = 8;\n"}) {
    EXPECT_NE(header.find(line), std::string::npos) << line << header;
  }
}

}  // namespace
}  // namespace basin
