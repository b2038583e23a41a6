// The systemc engine where it differs from the Verilator engine: another elaboration, another process.
#include "sim/systemc/systemc_engine.hpp"

#include <gtest/gtest.h>

#include "tests/cosim/bits.hpp"
#include "tests/cosim/elaborations.hpp"
#include "tests/cosim/rtl_copy.hpp"

namespace basin::cosim {
namespace {

void compare(const Sample& one, std::uint64_t updates) {
  compare_random_networks(
      one.name, [](const FixedNetwork& network) { return make_systemc_engine(network); }, one.core, updates, 2028);
}

TEST(SystemcEngine, GivesTheBitsOfTheGoldenModelWithEveryFeature) { compare(sample[5], 20'000); }

TEST(SystemcEngine, GivesTheBitsOfTheGoldenModelInTheUsualFormat) { compare(sample[4], 30'000); }

TEST(SystemcEngine, GivesTheBitsOfTheGoldenModelOnACoreOfOneNeuron) { compare(sample[6], 5'000); }

TEST(SystemcEngine, GivesTheBitsOfTheGoldenModelInTheFactoredForm) { compare(factored_sample[3], 20'000); }

TEST(SystemcEngine, ReportsAFailedAssertionOfTheRtl) {
  const RtlCopy copy;
  copy.replace("rtl/core/basin_settle.sv", "(QuietIsBounded, 32'(quiet_q) <= CfgPages)", "(NeverQuiet, quiet_q == '0)");
  Random random(3, Stream::test, 0);
  const CoreConfig core = sized(number_formats[0].core, 2, 1);
  FixedNetwork network = draw_network(core, 2, Drive::settling, random);
  network.order = 1;
  network.settle_threshold = core.max_state();   // every pass is quiet
  const auto engine = make_systemc_engine(network, copy.options());
  engine->load(std::vector<std::int32_t>{0, 0});
  try {
    engine->step();
    engine->step();
    FAIL() << "the assertion was not reported";
  } catch (const std::runtime_error& error) {
    EXPECT_NE(std::string(error.what()).find("NeverQuiet"), std::string::npos) << error.what();
  }
}

TEST(SystemcEngine, TakesTheClockCyclesThatTheVerilatorEngineTakes) {
  Random random(5, Stream::test, 0);
  const FixedNetwork network = draw_network(sample[4].core, 8, Drive::lively, random);
  const auto systemc = make_systemc_engine(network);
  const auto verilated = make_verilator_engine(network);
  const std::vector<std::int32_t> state = draw_state(network, Drive::lively, random);
  systemc->load(state);
  verilated->load(state);
  for (int step = 0; step < 20; ++step) EXPECT_EQ(systemc->step(), verilated->step()) << "step " << step;
}

}  // namespace
}  // namespace basin::cosim
