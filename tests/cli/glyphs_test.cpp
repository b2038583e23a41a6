#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "tests/cli/program.hpp"
#include "tests/cli/readme.hpp"

namespace basin::test {
namespace {

// A thousand neurons in RTL: too long for every run of the tests.
TEST(Glyphs, OfAThousandPixelsComeBackFromDamagedCuesOnTheRtl) { expect_shown_output("glyphs32"); }

// The same sixteen pictures by their signs: a step of the core takes 1,134 clocks on 16 lanes in place of 65,536.
TEST(Glyphs, OfAThousandPixelsAgreeBitForBitInTheFactoredForm) {
  const Folder folder;
  const Outcome found = basin({.arguments = {"verify", std::string(BASIN_SOURCE_DIR) + "/examples/glyphs32", "--set",
                                             "hardware.form=\"factored\"", "--set", "hardware.lanes=16", "--set", "cues.count=4",
                                             "--engines", "golden,verilator", "--json", "--out", folder.path() / "out"}});
  ASSERT_EQ(found.code, 0) << found.err << found.out;
  const nlohmann::json results = nlohmann::json::parse(found.out);
  const nlohmann::json& engine = results["engines"]["verilator"];
  EXPECT_TRUE(engine["bit_exact"].get<bool>());
  EXPECT_EQ(engine["cues"], 4);
  EXPECT_GT(engine["steps"].get<int>(), 100);
}

}  // namespace
}  // namespace basin::test
