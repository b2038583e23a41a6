#include "sim/synth/icetime.hpp"

#include <gtest/gtest.h>

#include "sim/toolchain/tool_error.hpp"
#include "tests/unit/toolchain/scratch.hpp"

namespace basin {
namespace {

// The last lines of icetime 0~20230218gitd20a5e9.
constexpr const char* report =
    "     6.209 ns ..  8.201 ns u_board.u_core.q\n"
    "Total number of logic levels: 12\n"
    "Total path delay: 8.20 ns (121.94 MHz)\n";

TEST(IcetimeReport, NamesTheFrequencyOfTheLongestPath) {
  EXPECT_DOUBLE_EQ(parse_icetime(report), 121.94);
  EXPECT_THROW((void)parse_icetime("// Timing estimate: none\n"), ToolError);
}

/// A folder whose icetime is a script that keeps its arguments, then does what `body` says.
class FakeIcetime : public testing::Test {
 protected:
  double run(const std::string& body, const char* target) {
    scratch_.script("venv/bin/icetime", "printf '%s ' \"$@\" >arguments\n" + body);
    const test::Variable venv("BASIN_VENV", (scratch_.path() / "venv").string());
    return icetime_mhz(scratch_.path(), target_named(target), 3);
  }
  const std::string good_ = std::string("printf '%s' '") + report + "' >$5";
  test::Scratch scratch_;
};

TEST_F(FakeIcetime, IsToldTheDeviceAndTheSeed) {
  EXPECT_DOUBLE_EQ(run(good_, "ice40-hx8k"), 121.94);
  EXPECT_EQ(test::text_of(scratch_.path() / "arguments"), "-d hx8k -mt -r icetime.txt.part seed-3.asc ");
  (void)run(good_, "ice40-up5k");
  EXPECT_EQ(test::text_of(scratch_.path() / "arguments"), "-d up5k -mt -r icetime.txt.part seed-3.asc ");
  EXPECT_EQ(test::text_of(scratch_.path() / "icetime.txt"), report);
}

TEST_F(FakeIcetime, WithoutItsDataIsAToolErrorThatNamesTheirPackage) {
  try {
    (void)run("echo \"Can't find chipdb file for device 8k\"; exit 1", "ice40-hx8k");
    FAIL() << "timed";
  } catch (const ToolError& error) {
    EXPECT_NE(error.hint().find("fpga-icestorm-chipdb"), std::string::npos) << error.hint();
  }
  EXPECT_FALSE(std::filesystem::exists(scratch_.path() / "icetime.txt"));
}

TEST_F(FakeIcetime, ThatIsMissingIsAToolErrorThatSaysHowToInstallIt) {
  const test::Variable venv("BASIN_VENV", (scratch_.path() / "venv").string());
  const test::Variable path("PATH", scratch_.path().string());
  try {
    (void)icetime_mhz(scratch_.path(), target_named("ice40-hx8k"), 1);
    FAIL() << "timed";
  } catch (const ToolError& error) {
    EXPECT_NE(error.hint().find("apt-get install fpga-icestorm"), std::string::npos) << error.hint();
  }
}

}  // namespace
}  // namespace basin
