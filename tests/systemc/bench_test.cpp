// The SystemC bench as a program, and its waveform as GTKWave's own tools read it.
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <string>

#include "models/ode/reference.hpp"
#include "sim/golden/golden_engine.hpp"
#include "sim/io/design_reader.hpp"
#include "sim/reference/pipeline.hpp"
#include "tests/cosim/rtl_copy.hpp"
#include "tests/systemc/programs.hpp"
#include "tests/systemc/vcd.hpp"

namespace basin {
namespace {

using test::content;
using test::count;
using test::Folder;
using test::Outcome;
using test::read_back;
using test::run;

namespace fs = std::filesystem;

const fs::path source = BASIN_SOURCE_DIR;
constexpr int cue = 3;

std::int64_t interval_ns(const std::string& text) {
  const std::size_t at = text.find("circuit time in ");
  return at == std::string::npos ? 0 : std::stoll(text.substr(at + 16));
}

TEST(SystemcBench, RecordsTheCircuitAndTheCoreOfOneRecall) {
  const std::string file = (source / "examples/letters/design.toml").string();
  const Folder folder;
  const Outcome bench = run({BASIN_SYSTEMC, file, "--cue", std::to_string(cue), "--wave", "cue.fst"}, folder.path());
  ASSERT_EQ(bench.code, 0) << bench.text;
  const test::Vcd wave(read_back(folder.path(), "cue.fst"));
  const std::int64_t interval = interval_ns(bench.text);
  ASSERT_EQ(interval, 5120) << bench.text;   // 64 neurons on 8 lanes: 512 clocks of 10 ns a step

  const Design design = read_design(file, {});
  const Prepared prepared = prepare(design);
  const FixedNetwork& network = prepared.quantised.network;
  const auto golden = make_golden_engine(network, 0);
  std::vector<std::int32_t> state;
  for (const double u : prepared.cues[cue].start) state.push_back(raw_state(network, u));
  golden->load(state);
  const auto& steps = wave.of("SystemC.scoreboard.step");
  ReferenceOptions options;
  for (std::size_t k = 0; k < steps.size(); ++k) options.sample_times.push_back(static_cast<double>(k) * network.dt);
  const ReferenceRun reference = integrate(prepared.realised, prepared.cues[cue].start, options);

  // The circuit starts where its first trace leaves zero. A step's states are all out before the scoreboard counts it, and
  // the next step's first comes not before.
  const std::int64_t start = wave.of("SystemC.analog.u_0").at(1).time;
  const double bound = prepared.quantised.bound;
  double deviation = 0.0;
  std::int64_t compared = 0;
  for (const auto& [time, step] : steps) {
    if (step == 0.0) continue;
    golden->step();
    ++compared;
    ASSERT_EQ(step, static_cast<double>(compared));
    for (std::size_t i = 0; i < state.size(); ++i) {
      const double analog = wave.at("SystemC.analog.u_" + std::to_string(i), start + compared * interval);
      const double digital = wave.at("SystemC.hardware.u_" + std::to_string(i), time - 1);
      // The file holds 16 digits of a double.
      ASSERT_NEAR(digital, golden->state()[i] * network.lsb_state, 1e-14 * bound) << "step " << step << ", neuron " << i;
      // One integration, but for the end: the reference holds its state once |τu̇| ≤ 10 rtol B.
      const double exact = reference.samples(static_cast<Index>(compared), static_cast<Index>(i));
      ASSERT_NEAR(analog, exact, 1e-6 * bound) << "step " << step << ", neuron " << i;
      deviation = std::max(deviation, std::abs(digital - analog) / bound);
    }
  }
  EXPECT_TRUE(golden->settled());
  EXPECT_GT(compared, 100);
  EXPECT_GT(deviation, 0.0);
  EXPECT_LE(deviation, design.verify.max_state_deviation);
  EXPECT_EQ(wave.of("SystemC.core.settled").back().value, 1.0);
}

// Neuron 0 is held at −1 and drives neuron 1, which both phases but the last hold at 0, to u = −1 in the end.
TEST(SystemcBench, GoesThroughThePhasesBesideTheCore) {
  const Folder folder;
  const fs::path file = test::write_phased_design(folder.path());
  const Outcome bench = run({BASIN_SYSTEMC, file.string(), "--wave", "cue.fst"}, folder.path());
  ASSERT_EQ(bench.code, 0) << bench.text;
  EXPECT_NE(bench.text.find("settled"), std::string::npos) << bench.text;
  const test::Vcd wave(read_back(folder.path(), "cue.fst"));
  const auto& steps = wave.of("SystemC.scoreboard.step");
  const std::int64_t interval = interval_ns(bench.text);
  ASSERT_GT(interval, 0) << bench.text;
  const std::int64_t start = wave.of("SystemC.analog.u_0").at(1).time, end = start + interval * static_cast<std::int64_t>(steps.size() - 1);
  for (const std::int64_t time : {start, start + 32 * interval}) {
    EXPECT_EQ(wave.at("SystemC.analog.u_1", time), 0.0);
    EXPECT_EQ(wave.at("SystemC.analog.v_0", time), -1.0);
  }
  EXPECT_LT(wave.at("SystemC.analog.u_1", start + 34 * interval), -0.05);   // −(1 − e^(−2/32))
  EXPECT_EQ(wave.at("SystemC.analog.v_0", end), -1.0);
  EXPECT_NEAR(wave.at("SystemC.analog.u_1", end), -1.0, 1e-3);
}

TEST(SystemcBench, WritesAViewThatNamesTracesOfTheWaveform) {
  const std::string file = (source / "examples/flipflop/design.toml").string();
  const Folder folder;
  const Outcome bench = run({BASIN_SYSTEMC, file, "--wave", "cue.vcd"}, folder.path());
  ASSERT_EQ(bench.code, 0) << bench.text;
  const test::Vcd wave(folder.path() / "cue.vcd");
  std::ifstream view(folder.path() / "cue.gtkw");
  int named = 0;
  double zoom = 0.0;
  for (std::string line; std::getline(view, line);) {
    if (line.rfind("*-", 0) == 0) zoom = std::stod(line.substr(1));
    if (line.rfind("SystemC.", 0) != 0) continue;
    EXPECT_NO_THROW(static_cast<void>(wave.of(line.substr(0, line.find('['))))) << line;
    ++named;
  }
  EXPECT_GT(named, 20);
  // GTKWave gives 2^-zoom ns to 200 pixels: the recall takes between half of the 1150 that curves have and all of them.
  const double pixels = 200.0 * static_cast<double>(wave.of("SystemC.core.clk").back().time) / std::exp2(-zoom);
  EXPECT_GT(pixels, 1150.0 / 2 - 1);
  EXPECT_LE(pixels, 1150.0);
}

TEST(SystemcBench, FailsOnAWrongBitOfTheCore) {
  const cosim::RtlCopy copy;
  copy.replace("rtl/core/basin_round.sv", "{wide_t'(delta), fine_q[0]}", "{wide_t'(delta), 1'b0}");
  const std::string file = (source / "examples/flipflop/design.toml").string();
  const test::Variables copied{{"BASIN_HOME", copy.root().string()}, {"BASIN_CACHE", copy.cache().string()}};
  const Outcome bench = run({BASIN_SYSTEMC, file}, {}, copied);
  EXPECT_EQ(bench.code, 1) << bench.text;
  EXPECT_NE(bench.text.find("FAIL"), std::string::npos) << bench.text;

  // `verify`, which compares no bit of that core itself, takes the bench's word for it.
  fs::copy(source / "sim/report", copy.root() / "sim/report");
  const Folder folder;
  const Outcome verify = run({BASIN_PROGRAM, "verify", file, "--engines", "golden", "--wave", "0"}, folder.path(), copied);
  EXPECT_EQ(verify.code, 1) << verify.text;
  EXPECT_NE(content(folder.path() / "out/flipflop/results.json").find("basin/bits: step"), std::string::npos);
  EXPECT_TRUE(fs::exists(folder.path() / "out/flipflop/cue-0.fst"));
}

TEST(SystemcBench, GivesTheSameBytesForTheSameRecall) {
  const std::string file = (source / "examples/flipflop/design.toml").string();
  const Folder folder;
  for (const char* name : {"a.fst", "b.fst"}) ASSERT_EQ(run({BASIN_SYSTEMC, file, "--wave", name}, folder.path()).code, 0);
  EXPECT_EQ(content(folder.path() / "a.fst"), content(folder.path() / "b.fst"));
  // Two runs in one second would agree with a date in them as well.
  EXPECT_EQ(content(read_back(folder.path(), "a.fst")).rfind("$date\n\t\n$end", 0), 0U);
}

TEST(SystemcBench, RecallsEveryCueOfAListIntoAFileOfItsOwn) {
  const std::string file = (source / "examples/flipflop/design.toml").string();
  const Folder folder;
  const Outcome bench = run({BASIN_SYSTEMC, file, "--cue", "3,0-1", "--wave", "of.fst"}, folder.path());
  ASSERT_EQ(bench.code, 0) << bench.text;
  EXPECT_EQ(count(bench.text, "PASS"), 3) << bench.text;
  EXPECT_FALSE(fs::exists(folder.path() / "of.fst"));
  EXPECT_FALSE(fs::exists(folder.path() / "of-2.fst"));
  const Prepared prepared = prepare(read_design(file, {}));
  for (const int one : {3, 0, 1}) {
    const std::string name = "of-" + std::to_string(one);
    EXPECT_NE(content(folder.path() / (name + ".gtkw")).find(name + ".fst"), std::string::npos);
    const test::Vcd wave(read_back(folder.path(), name + ".fst"));
    for (std::size_t i = 0; i < 2; ++i) {
      const double start = prepared.cues[static_cast<std::size_t>(one)].start[static_cast<Index>(i)];
      EXPECT_EQ(wave.of("SystemC.analog.u_" + std::to_string(i)).at(1).value, start) << name << ", neuron " << i;
    }
  }
}

TEST(SystemcBench, RefusesCuesThatTheDesignLacksAndWhatIsNoList) {
  const std::string file = (source / "examples/letters/design.toml").string();
  const Folder folder;
  for (const char* list : {"120", "100000", "0-120", "99999999999", "-1", "5-3", "1,1", "0-3,2", "x", "3-", "1,", "0x1", ""}) {
    const Outcome bench = run({BASIN_SYSTEMC, file, "--wave", "no.vcd", "--cue", list}, folder.path());
    EXPECT_EQ(bench.code, 2) << list << ": " << bench.text;
    EXPECT_NE(bench.text.find("--cue"), std::string::npos) << bench.text;
    EXPECT_EQ(count(bench.text, "\n"), 1) << bench.text;
  }
  EXPECT_NE(run({BASIN_SYSTEMC, file, "--cue", "120"}).text.find("0 to 119"), std::string::npos);
  EXPECT_TRUE(fs::is_empty(folder.path()));
}

TEST(SystemcSensor, RecallsFromWhatItSees) {
  const std::string file = (source / "examples/letters/design.toml").string();
  const Outcome noisy = run({BASIN_SYSTEMC_SENSOR, file, "--cue", "3"});
  const Outcome noisier = run({BASIN_SYSTEMC_SENSOR, file, "--cue", "3", "--noise", "0.1", "--seed", "2"});
  EXPECT_EQ(noisy.code, 0) << noisy.text;
  EXPECT_EQ(noisier.code, 0) << noisier.text;
  EXPECT_NE(noisy.text.find("PASS"), std::string::npos) << noisy.text;
  EXPECT_NE(noisy.text, noisier.text);
}

}  // namespace
}  // namespace basin
