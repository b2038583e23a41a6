#include "sim/cli/announce.hpp"

#include <gtest/gtest.h>

#include "sim/toolchain/tool_error.hpp"

namespace basin::cli {
namespace {

std::string announced(const Estimate& estimate, bool quiet) {
  CommonOptions options;
  options.quiet = quiet;
  const Context context("simulate", options);
  testing::internal::CaptureStderr();
  announce(context, estimate);
  return testing::internal::GetCapturedStderr();
}

TEST(Announce, SaysWhatALongOrLargeRunTakesUnlessQuiet) {
  EXPECT_EQ(announced({.bytes = 1e6, .seconds = 200.0}, false), "basin: simulate takes about 1 MiB of memory and 3 min\n");
  EXPECT_EQ(announced({.bytes = 300.0 * 1048576.0, .seconds = 1.0}, false),
            "basin: simulate takes about 300 MiB of memory and 1 s\n");
  EXPECT_EQ(announced({.bytes = 300.0 * 1048576.0, .seconds = 0.0}, false), "basin: simulate takes about 300 MiB of memory\n");
  EXPECT_EQ(announced({.bytes = 1e6, .seconds = 200.0}, true), "");
  EXPECT_EQ(announced({.bytes = 1e6, .seconds = 59.0}, false), "");
}

TEST(Announce, RefusesMoreMemoryThanAnyMachineHasEvenWhenQuiet) {
  EXPECT_THROW(announced({.bytes = 1e18, .seconds = 1.0}, true), EnvironmentError);
}

TEST(DurationText, TakesTheUnitThatReadsBest) {
  EXPECT_EQ(duration_text(0.2), "1 s");
  EXPECT_EQ(duration_text(180.0), "3 min");
  EXPECT_EQ(duration_text(7200.0), "2 h");
}

}  // namespace
}  // namespace basin::cli
