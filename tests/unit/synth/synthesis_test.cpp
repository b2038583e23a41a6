#include "sim/synth/synthesis.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cstdio>
#include <sstream>

#include "models/design/error.hpp"
#include "models/fixed/contents.hpp"
#include "sim/io/design_reader.hpp"
#include "sim/reference/pipeline.hpp"
#include "sim/netlist/capacity.hpp"
#include "sim/toolchain/rtl_sources.hpp"
#include "tests/unit/toolchain/scratch.hpp"

namespace basin {
namespace {

namespace fs = std::filesystem;

/// Real tools on a real board, everything in a folder of the test's own.
class RealSynthesis : public testing::Test {
 protected:
  Synthesis run(const Design& design, int seeds, Boot boot = Boot::flash) {
    SynthesisOptions options;
    options.boot = boot;
    options.out = scratch_.path();
    options.seeds = seeds;
    return synthesise(design, options);
  }
  static Design example(const std::string& name) {
    return read_design(fs::path(BASIN_SOURCE_DIR) / "examples" / name / "design.toml", {});
  }
  static int used(const Synthesis& found, const std::string& resource) {
    for (const Usage& usage : found.usage) {
      if (usage.resource == resource) return usage.used;
    }
    return -1;
  }
  /// Yosys and nextpnr against the formulas that say what fits.
  static void expect_estimates(const Synthesis& found, const CoreConfig& core) {
    EXPECT_EQ(found.cells.block_rams, block_rams(core));
    EXPECT_EQ(used(found, "block RAMs"), block_rams(core));
    EXPECT_NEAR(logic_cells(core), used(found, "logic cells"), 0.15 * used(found, "logic cells"));
  }

  /// Ones in the block RAMs of a placement (Project IceStorm, ".asc file format": .ram_data and 16 lines of hex digits).
  static int ones_in_block_rams(const fs::path& asc) {
    std::istringstream lines(read_file(asc));
    int ones = 0;
    bool inside = false;
    for (std::string line; std::getline(lines, line);) {
      if (line.empty() || line.front() == '.') inside = line.starts_with(".ram_data ");
      else if (inside) for (const char digit : line) ones += std::popcount(std::stoul(std::string(1, digit), nullptr, 16));
    }
    return ones;
  }

  test::Scratch scratch_;
  test::Variable home_{"BASIN_HOME", BASIN_SOURCE_DIR};
};

TEST_F(RealSynthesis, OfASmallCircuitGivesABitstreamAndIsNotRunTwice) {
  const Design design = example("flipflop");
  const Synthesis found = run(design, 2);
  // The preamble of an iCE40 bitstream (Project IceStorm, "Bitstream format").
  EXPECT_NE(read_file(scratch_.path() / found.bitstream).find("\x7E\xAA\x99\x7E"), std::string::npos);
  EXPECT_EQ(read_file(scratch_.path() / found.boot_image).substr(0, 4), "BSNB");
  ASSERT_EQ(found.seeds.size(), 2U);
  EXPECT_GT(found.worst_fmax_mhz(), 20.0);
  EXPECT_LE(found.worst_fmax_mhz(), found.median_fmax_mhz());
  // Another tool's model of the same part: of the same size, not the same figure.
  const double nextpnr_mhz = found.seeds[static_cast<std::size_t>(found.bitstream_seed) - 1].fmax_mhz;
  EXPECT_NEAR(found.icetime_mhz, nextpnr_mhz, 0.3 * nextpnr_mhz);
  EXPECT_GT(found.recall.median_cycles, found.recall.cycles_per_step);
  expect_estimates(found, prepare(design).quantised.network.core);

  const fs::path netlist = scratch_.path() / found.target / "netlist.json", seed = scratch_.path() / found.target / "seed-2.asc";
  const auto netlist_time = fs::last_write_time(netlist), seed_time = fs::last_write_time(seed);
  EXPECT_DOUBLE_EQ(run(design, 2).median_fmax_mhz(), found.median_fmax_mhz());
  EXPECT_EQ(fs::last_write_time(netlist), netlist_time);
  EXPECT_EQ(fs::last_write_time(seed), seed_time);
}

// However the bits of a memory are laid out in block RAM, there are as many ones as in the network's image.
TEST_F(RealSynthesis, WithContentsHasTheOnesOfTheNetworkInItsBitstream) {
  const Design design = example("flipflop");
  const Synthesis found = run(design, 1, Boot::contents);
  int ones = 0;
  for (const MemoryImage& memory : contents_of(prepare(design).quantised.network).memories) {
    if (memory.words.empty() || block_rams(MemoryShape{"", memory.width, memory.depth}) == 0) continue;
    for (const std::uint32_t word : memory.words) ones += std::popcount(word);
  }
  EXPECT_GT(ones, 0);
  EXPECT_EQ(ones_in_block_rams(scratch_.path() / found.target / "seed-1.asc"), ones);
  EXPECT_EQ(found.cells.block_rams, block_rams(prepare(design).quantised.network.core));
  EXPECT_TRUE(found.boot_image.empty());
  EXPECT_FALSE(fs::exists(scratch_.path() / found.target / "boot.bin"));
}

TEST_F(RealSynthesis, WithContentsIsRefusedForSinglePortMemories) {
  try {
    Design design = example("flipflop");
    design.hardware.target = "ice40-up5k";
    (void)run(design, 1, Boot::contents);
    FAIL() << "synthesised";
  } catch (const InputError& error) {
    EXPECT_NE(std::string(error.what()).find("ice40-up5k: its weights or factors are in single-port memories"), std::string::npos);
  }
  EXPECT_TRUE(fs::is_empty(scratch_.path()));
}

TEST(BootNamed, RefusesWhatIsNoBoot) {
  EXPECT_EQ(boot_named("flash"), Boot::flash);
  EXPECT_EQ(boot_named("contents"), Boot::contents);
  EXPECT_THROW((void)boot_named("rom"), InputError);
}

TEST_F(RealSynthesis, ThatDoesNotFitNamesTheResourceAndTheLargestN) {
  std::string row;
  for (int i = 0; i < 400; ++i) row += i % 3 == 0 ? "1," : "-1,";
  row.back() = '\n';
  std::ofstream(scratch_.path() / "patterns.csv") << row;
  std::ofstream(scratch_.path() / "design.toml")
      << "name = \"big\"\n[circuit]\nunits = \"normalised\"\ngain = 4.0\n[memory]\npatterns = \"patterns.csv\"\n"
         "rule = \"hebb\"\n[hardware]\ntarget = \"ice40-hx8k\"\nlanes = 8\nweight = 8\n";
  try {
    (void)run(read_design(scratch_.path() / "design.toml", {}), 1);
    FAIL() << "400 x 400 weights fitted";
  } catch (const ClaimError& error) {
    const std::string what = error.what();
    EXPECT_NE(what.find("block RAMs"), std::string::npos) << what;
    EXPECT_NE(what.find("the largest N that fits"), std::string::npos) << what;
  }
  EXPECT_FALSE(fs::exists(scratch_.path() / "ice40-hx8k"));
}

// The bound is the project's own aim: 110 MHz at N = 64, P = 8, 8-bit weights.
TEST_F(RealSynthesis, OfLettersReaches110MegahertzInTheMedianOfEightSeeds) {
  const Design design = example("letters");
  const FixedNetwork network = prepare(design).quantised.network;
  ASSERT_EQ(network.core.neurons, 64);
  ASSERT_EQ(network.core.lanes, 8);
  ASSERT_EQ(network.core.weight_bits, 8);
  const Synthesis found = run(design, 8);
  for (const Placement& seed : found.seeds) std::printf("seed %d: %.2f MHz\n", seed.seed, seed.fmax_mhz);
  std::printf("median %.2f MHz, worst %.2f MHz; %d of 7680 logic cells (estimated %d), %d of 32 block RAMs\n",
              found.median_fmax_mhz(), found.worst_fmax_mhz(), used(found, "logic cells"), logic_cells(network.core),
              found.cells.block_rams);
  std::printf("icetime: %.2f MHz for seed %d\n", found.icetime_mhz, found.bitstream_seed);
  std::printf("%d cycles a step, %.2f us a recall (median of %d)\n", static_cast<int>(found.recall.cycles_per_step),
              found.recall_us(), found.recall.recalls);
  EXPECT_GE(found.median_fmax_mhz(), 110.0);
  expect_estimates(found, network.core);
}

}  // namespace
}  // namespace basin
