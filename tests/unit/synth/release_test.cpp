// The release folder as its receiver meets it: moved elsewhere, with Icarus and nothing else.
#include "sim/synth/release.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "models/design/error.hpp"
#include "sim/io/design_reader.hpp"
#include "sim/synth/synthesis.hpp"
#include "sim/synth/timing_diagram.hpp"
#include "sim/toolchain/process.hpp"
#include "sim/toolchain/tools.hpp"
#include "tests/unit/toolchain/scratch.hpp"

namespace basin {
namespace {

namespace fs = std::filesystem;

class ReleaseFolder : public testing::Test {
 protected:
  ReleaseFolder() {
    fs::create_directory(tools_);
    for (const char* name : {"iverilog", "vvp"}) fs::create_symlink(tool_path(name), tools_ / name);
    fs::create_symlink("/bin/sh", tools_ / "sh");   // with which iverilog starts its own parts
  }

  static Design example(const std::string& name, const std::vector<std::string>& overrides = {}) {
    return aimed_at(read_design(fs::path(BASIN_SOURCE_DIR) / "examples" / name / "design.toml", overrides), "");
  }
  Release write(const Design& design, int cues) {
    ReleaseOptions options;
    options.folder = made_;
    options.cues = cues;
    return write_release(design, options);
  }
  void move_elsewhere() { fs::rename(made_, moved_); }
  /// Runs the two commands of the README in the moved folder, with only Icarus on the path.
  [[nodiscard]] ProcessResult run() const {
    const fs::path env = "/usr/bin/env";
    ProcessOptions options;
    options.folder = moved_;
    options.timeout_s = 240;
    options.arguments = {env.string(), "-i", "PATH=" + tools_.string(), "sh", "-c",
                         "iverilog -g2005 -o tb basin_tb.v basin_core.v && vvp -n tb"};
    return run_process(options);
  }
  static std::string last_line(const ProcessResult& result) {
    return result.last_lines.empty() ? "" : result.last_lines.back();
  }
  /// Replaces one line of a file of the moved folder.
  void set_line(const std::string& file, int number, const std::string& text) const {
    std::istringstream lines(test::text_of(moved_ / file));
    std::ofstream changed(moved_ / file);
    int at = 0;
    for (std::string line; std::getline(lines, line); ++at) changed << (at == number ? text : line) << "\n";
  }

  test::Variable home_{"BASIN_HOME", BASIN_SOURCE_DIR};
  test::Scratch scratch_;
  fs::path made_ = scratch_.path() / "made", moved_ = scratch_.path() / "moved", tools_ = scratch_.path() / "tools";
};

TEST_F(ReleaseFolder, PassesInAnotherPlaceWithNothingButIcarus) {
  const Release release = write(example("flipflop"), 2);
  EXPECT_EQ(release.recalls, 2);
  move_elsewhere();
  const ProcessResult result = run();
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(last_line(result).substr(0, 15), "PASS 2 recalls,");
}

TEST_F(ReleaseFolder, OfCuesThatAreInputsPasses) {
  (void)write(example("flipflop", {"cues.as=input"}), 4);
  const std::string readme = test::text_of(made_ / "README.md");
  EXPECT_NE(readme.find("biases (header `2000_0000`"), std::string::npos) << readme;
  EXPECT_EQ(readme.find("mask"), std::string::npos) << readme;
  move_elsewhere();
  const ProcessResult result = run();
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(last_line(result).substr(0, 5), "PASS ");
}

/// A phase of 64 steps before the last, with both neurons held, and a cue that clamps neuron 0 in both.
TEST_F(ReleaseFolder, OfClampedCuesWithPhasesPassesAndSaysHowToLoadThem) {
  (void)write(example("flipflop", {"cues.from=[[1.0, 0.0]]", "cues.as=clamp", "cues.amplitude=1.0", "recall.hold=[\"visible\"]",
                                   "recall.hold_time=1.0"}), 1);
  const std::string readme = test::text_of(made_ / "README.md");
  const std::string image = test::text_of(made_ / "load_image.hex"), cues = test::text_of(made_ / "cues.hex");
  EXPECT_NE(readme.find("PHASE0 (12) = 64"), std::string::npos) << readme;
  EXPECT_NE(readme.find("masks (header `8000_0000`"), std::string::npos) << readme;
  EXPECT_NE(readme.find("states (header `7000_0000`"), std::string::npos) << readme;
  EXPECT_EQ(readme.find("biases (header"), std::string::npos) << readme;
  EXPECT_NE(readme.find("phases 0 … 1"), std::string::npos) << readme;
  EXPECT_EQ(readme.find('@'), std::string::npos) << readme;
  EXPECT_EQ(cues.substr(0, 30), "080000002\n000000003\n100000001\n") << "masks: neuron 0 in both phases, 1 in the first";
  EXPECT_NE(image.find("080000002\n000000001\n100000001\n"), std::string::npos) << "both neurons in the first";
  move_elsewhere();
  const ProcessResult result = run();
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(last_line(result).substr(0, 5), "PASS ");
}

TEST_F(ReleaseFolder, FailsAtAWrongWordOfAnyFile) {
  (void)write(example("flipflop"), 2);
  move_elsewhere();
  ASSERT_EQ(run().exit_code, 0);
  struct Damage {
    const char* file;
    int line;
    const char* text;
  };
  for (const Damage& damage : {Damage{"states.hex", 7, "12345"}, Damage{"load_image.hex", 1, "000000003"},
                               Damage{"cues.hex", 1, "000000003"}, Damage{"ends.hex", 0, "40000003"}}) {
    const std::string whole = test::text_of(moved_ / damage.file);
    set_line(damage.file, damage.line, damage.text);
    const ProcessResult result = run();
    EXPECT_EQ(result.exit_code, 1) << damage.file;
    EXPECT_EQ(last_line(result).substr(0, 5), "FAIL ") << damage.file;
    std::ofstream(moved_ / damage.file) << whole;
  }
}

TEST_F(ReleaseFolder, HoldsWhatItsReadmeLists) {
  (void)write(example("flipflop"), 1);
  for (const char* name : {"README.md", "LICENSE", "NOTICE", "basin_cfg.svh", "basin_core.v", "basin_core_inst.v", "basin_tb.v",
                           "load_image.hex", "cues.hex", "ends.hex", "states.hex", "timing.svg", "rtl/sources.f",
                           "rtl/core/basin_core.sv", "rtl/lint/basin_assert.svh"}) {
    EXPECT_TRUE(fs::is_regular_file(made_ / name)) << name;
  }
  EXPECT_FALSE(fs::exists(made_ / "trace.txt"));
  for (const char* name : {"README.md", "basin_tb.v"}) {
    EXPECT_EQ(test::text_of(made_ / name).find("_BITS@"), std::string::npos) << name;
    EXPECT_EQ(test::text_of(made_ / name).find("_ID@"), std::string::npos) << name;
  }
  const std::string instance = test::text_of(made_ / "basin_core_inst.v");
  EXPECT_NE(instance.find("wire [31:0] reg_wdata_i;   // input"), std::string::npos);
  EXPECT_NE(instance.find("  .load_error_o(load_error_o)"), std::string::npos);
  EXPECT_NE(test::text_of(made_ / "timing.svg").find("first states"), std::string::npos);
}

TEST_F(ReleaseFolder, IsRefusedWhereSomethingIsAndTakesAnEmptyFolder) {
  fs::create_directory(made_);
  std::ofstream(made_ / "mine") << "kept\n";
  EXPECT_THROW((void)write(example("flipflop"), 1), InputError);
  EXPECT_EQ(test::text_of(made_ / "mine"), "kept\n");
  fs::remove(made_ / "mine");
  (void)write(example("flipflop"), 1);
  EXPECT_TRUE(fs::exists(made_ / "README.md"));
  EXPECT_EQ(std::distance(fs::directory_iterator(scratch_.path()), fs::directory_iterator()), 2);   // made, tools
}

TEST(TimingDiagram, RefusesATraceWithoutARecall) {
  EXPECT_THROW((void)timing_diagram(""), std::invalid_argument);
  EXPECT_THROW((void)timing_diagram("1 0 0\n"), std::invalid_argument);
}

}  // namespace
}  // namespace basin
