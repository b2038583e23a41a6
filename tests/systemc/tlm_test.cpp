// One program of TLM-2.0 transactions, legal and not, on the golden model and on the Verilated core: equal bytes.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "sim/toolchain/process.hpp"
#include "tests/systemc/programs.hpp"

namespace basin {
namespace {

namespace fs = std::filesystem;

std::string example(const char* name) { return std::string(BASIN_SOURCE_DIR) + "/examples/" + name + "/design.toml"; }

std::string transcript(const std::string& design, bool rtl) {
  const fs::path log = fs::temp_directory_path() / ("basin-tlm-" + std::to_string(getpid()) + ".txt");
  ProcessOptions options;
  options.arguments = {BASIN_SYSTEMC_TLM, design};
  if (rtl) options.arguments.push_back("--rtl");
  options.log = log;
  options.timeout_s = 250;
  EXPECT_TRUE(run_process(options).ok());
  std::stringstream text;
  text << std::ifstream(log).rdbuf();
  fs::remove(log);
  return text.str();
}

class Tlm : public testing::TestWithParam<const char*> {};

TEST_P(Tlm, AnswersAlikeOnTheGoldenModelAndOnTheCore) {
  const std::string golden = transcript(example(GetParam()), false);
  EXPECT_EQ(golden, transcript(example(GetParam()), true));
  EXPECT_NE(golden.find("read  08 00000002 TLM_OK_RESPONSE"), std::string::npos) << "no recall settled";
  EXPECT_NE(golden.find("read  08 0000000a TLM_OK_RESPONSE"), std::string::npos) << "no misuse was noticed";
  EXPECT_NE(golden.find("TLM_GENERIC_ERROR_RESPONSE"), std::string::npos);
  EXPECT_NE(golden.find("TLM_ADDRESS_ERROR_RESPONSE"), std::string::npos);
}

TEST(TlmPhases, AreThoseOfTheCore) {
  const test::Folder folder;
  const std::string design = test::write_phased_design(folder.path()).string();
  const std::string golden = transcript(design, false);
  EXPECT_EQ(golden, transcript(design, true));
  EXPECT_NE(golden.find("read  08 00000012 TLM_OK_RESPONSE"), std::string::npos) << "no recall settled in phase 1";
  EXPECT_NE(golden.find("read  30 00000020 TLM_OK_RESPONSE"), std::string::npos) << "PHASE0 is not 32";
}

TEST(TlmDelays, AreThoseOfTheCore) {
  const std::string golden = transcript(example("delay"), false);   // its first recall oscillates
  EXPECT_EQ(golden, transcript(example("delay"), true));
  EXPECT_NE(golden.find("read  3c 00000040 TLM_OK_RESPONSE"), std::string::npos) << "DELAY is not 64";
  EXPECT_NE(golden.find("write 28 e0000002 TLM_OK_RESPONSE"), std::string::npos) << "no delays were asked for";
}

TEST(TlmFactors, AreReadBackAlike) {
  const test::Folder folder;
  const std::string design = (folder.path() / "factored.toml").string();
  std::ofstream(design) << "[circuit]\nunits = \"normalised\"\ngain = 4.0\n"
                           "[memory]\npatterns = [[1, 1, -1, -1, 1], [1, -1, 1, -1, -1], [-1, 1, 1, 1, 1]]\nrule = \"pseudo-inverse\"\n"
                           "[cues]\nfrom = \"patterns\"\nflip = 0.2\n[hardware]\nform = \"factored\"\nlanes = 2\n";
  const std::string golden = transcript(design, false);
  EXPECT_EQ(golden, transcript(design, true));
  EXPECT_NE(golden.find("write 28 b0010003 TLM_OK_RESPONSE"), std::string::npos) << "no signs were asked for";   // of neuron 4
  EXPECT_NE(golden.find("read  08 00000002 TLM_OK_RESPONSE"), std::string::npos) << "no recall settled";
}

INSTANTIATE_TEST_SUITE_P(Examples, Tlm, testing::Values("flipflop", "letters"),
                         [](const testing::TestParamInfo<const char*>& example) { return std::string(example.param); });

}  // namespace
}  // namespace basin
