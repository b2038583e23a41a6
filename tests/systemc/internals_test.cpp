// The signals inside the core, which no port shows, as --internals records them.
#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "models/fixed/fixed_number.hpp"
#include "models/fixed/stepper.hpp"
#include "sim/io/design_reader.hpp"
#include "sim/reference/pipeline.hpp"
#include "tests/systemc/programs.hpp"
#include "tests/systemc/vcd.hpp"

namespace basin::test {
namespace {

namespace fs = std::filesystem;

const fs::path flipflop = fs::path(BASIN_SOURCE_DIR) / "examples/flipflop";
const std::string core = "bench.core.rtl.basin_core.";
constexpr int cue = 2;

std::int64_t extended(double word, int bits) {
  const auto raw = static_cast<std::int64_t>(word);
  return raw < (std::int64_t{1} << (bits - 1)) ? raw : raw - (std::int64_t{1} << bits);
}

TEST(SystemcInternals, HoldTheGoldenModelsOutputsThatNoPortShows) {
  const Folder folder;
  const Outcome bench = run({BASIN_SYSTEMC, (flipflop / "design.toml").string(), "--cue", std::to_string(cue), "--wave",
                             "cue.fst", "--internals"}, folder.path());
  ASSERT_EQ(bench.code, 0) << bench.text;
  const Vcd inside(read_back(folder.path(), "cue-internals.fst"));
  const Vcd outside(read_back(folder.path(), "cue.fst"));

  const Prepared prepared = prepare(read_design((flipflop / "design.toml").string(), {}));
  const FixedNetwork& network = prepared.quantised.network;
  Stepper<FixedNumber> golden{FixedNumber(network)};
  std::vector<std::int64_t> state;
  for (const double u : prepared.cues[cue].start) state.push_back(raw_state(network, u));
  golden.load(state);

  // The recall that counts begins where the circuit starts; this file's times are ps, the other's ns. At a rising edge the
  // core's registers take what stood before it.
  const std::int64_t start = 1000 * outside.of("SystemC.analog.u_0").at(1).time;
  int primed = 0, compared = 0;
  for (const auto& [time, clock] : inside.of(core + "clk_i")) {
    const auto before_edge = [&inside, now = time](const char* name) { return inside.at(core + name, now - 1); };
    if (time <= start || clock == 0.0 || before_edge("activated.valid") == 0.0) continue;
    const auto i = static_cast<std::size_t>(before_edge("activated.index"));
    const bool prime = before_edge("activated.prime") != 0.0;
    if (!prime && i == 0) golden.step();
    ASSERT_LT(i, state.size());
    ASSERT_EQ(extended(before_edge("activated_output"), network.core.drive_bits), golden.output()[i])
        << "neuron " << i << " at " << time << " ps";
    ++(prime ? primed : compared);
  }
  EXPECT_EQ(primed % 2, 0);
  EXPECT_GE(primed, 2);
  EXPECT_EQ(compared, 2 * static_cast<int>(outside.of("SystemC.scoreboard.step").back().value));
  EXPECT_GT(compared, 100);
  EXPECT_TRUE(golden.settled());
}

TEST(SystemcInternals, AreRecordedOnlyWhenAskedFor) {
  const Folder folder;
  const std::string design = (flipflop / "design.toml").string();
  EXPECT_EQ(run({BASIN_SYSTEMC, design, "--wave", "cue.vcd"}, folder.path()).code, 0);
  EXPECT_FALSE(fs::exists(folder.path() / "cue-internals.fst"));
  // Without a waveform to lie beside they have no place.
  const Outcome alone = run({BASIN_SYSTEMC, design, "--internals"}, folder.path());
  EXPECT_EQ(alone.code, 2);
  EXPECT_NE(alone.text.find("--wave"), std::string::npos) << alone.text;
}

TEST(SystemcInternals, LieBesideTheResultsOfVerify) {
  const Folder folder;
  const Outcome outcome = run({BASIN_PROGRAM, "verify", flipflop.string(), "--engines", "golden", "--wave", "1", "--internals"},
                              folder.path());
  ASSERT_EQ(outcome.code, 0) << outcome.text;
  const fs::path found = folder.path() / "out/flipflop";
  EXPECT_TRUE(fs::exists(found / "cue-1.fst"));
  EXPECT_TRUE(fs::exists(found / "cue-1-internals.fst"));
  EXPECT_NE(content(found / "results.json").find("\"internals\": \"cue-1-internals.fst\""), std::string::npos);
  EXPECT_NE(content(found / "report.html").find("cue-1-internals.fst"), std::string::npos);
}

}  // namespace
}  // namespace basin::test
