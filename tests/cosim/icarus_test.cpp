// Unknown bits in Icarus: reset and loading clear every one that matters, and one that is left is found and named.
#include "sim/icarus/icarus_engine.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "models/fixed/protocol.hpp"
#include "sim/rtl/rtl_engine.hpp"
#include "tests/cosim/draw.hpp"
#include "tests/cosim/elaborations.hpp"
#include "tests/cosim/engines.hpp"
#include "tests/cosim/rtl_copy.hpp"

namespace basin::cosim {
namespace {

constexpr CoreConfig featured = sample[5].core;   // 5 neurons on 3 lanes, every feature
constexpr CoreConfig late = delayed(featured, 8);
constexpr CoreConfig by_factors = factored(featured, 4);   // two groups of memories, the second of one

template <class Action>
std::string thrown_by(Action action) {
  try {
    action();
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "";
}

void expect_golden_bits(const CoreConfig& config) {
  const VvpCore core = prepare_icarus(config);
  for (std::uint32_t draw = 0; draw < 9; ++draw) {
    const Drive drive = draw % 3 == 0 ? Drive::extreme : draw % 3 == 1 ? Drive::lively : Drive::settling;
    Random random(31, Stream::test, draw);
    const FixedNetwork network = draw_network(config, 1 + static_cast<int>(draw) % 5, drive, random);
    const auto golden = make_golden(network);
    const auto icarus = make_icarus_engine(network, core);
    const std::vector<std::int32_t> state = draw_state(network, drive, random);
    golden->load(state);
    icarus->load(state);
    for (int step = 1; step <= 20; ++step) {
      golden->step();
      icarus->step();
      ASSERT_TRUE(std::equal(golden->state().begin(), golden->state().end(), icarus->state().begin()))
          << "seed 31, draw " << draw << ", step " << step;
      ASSERT_EQ(golden->settled(), icarus->settled()) << "seed 31, draw " << draw << ", step " << step;
      ASSERT_EQ(golden->overflow(), icarus->overflow()) << "seed 31, draw " << draw << ", step " << step;
    }
  }
}

TEST(Icarus, GivesEveryBitOfTheGoldenModelOnRandomNetworks) {
  expect_golden_bits(featured);
  expect_golden_bits(late);
}

TEST(Icarus, GivesEveryBitOfTheGoldenModelInTheFactoredForm) { expect_golden_bits(by_factors); }

void expect_cycles_of_the_verilated_core(const CoreConfig& config) {
  Random random(32, Stream::test, 0);
  FixedNetwork network = draw_network(config, 5, Drive::lively, random);
  network.step_limit = 6;
  const auto verilated = make_verilated(network);
  const auto icarus = make_icarus(network);
  const std::vector<std::int32_t> state = draw_state(network, Drive::lively, random);
  verilated->load(state);
  icarus->load(state);
  for (int step = 1; step <= 8; ++step) EXPECT_EQ(icarus->step(), verilated->step()) << "step " << step;
}

TEST(Icarus, TakesTheClockCyclesOfTheVerilatedCore) {
  expect_cycles_of_the_verilated_core(featured);
  expect_cycles_of_the_verilated_core(late);
  expect_cycles_of_the_verilated_core(by_factors);
}

void expect_every_word_known(const CoreConfig& config) {
  Random random(33, Stream::test, 0);
  const FixedNetwork network = draw_network(config, 5, Drive::lively, random);
  const VvpCore core = prepare_icarus(config);
  RtlEngine engine("icarus", network, core.config_id, make_vvp_port(core));
  engine.load(draw_state(network, Drive::lively, random));
  for (const protocol::Kind& kind : protocol::kinds) {
    const bool rows = kind.code == protocol::kind_factors || kind.code == protocol::kind_core;
    const bool of_factors = rows || kind.code == protocol::kind_diagonal;
    if (kind.code == protocol::kind_outputs) continue;   // computed by a run
    if (kind.code == protocol::kind_delays && config.pages == 2) continue;
    if (config.memories > 0 ? kind.code == protocol::kind_weights : of_factors) continue;
    const auto count = static_cast<std::uint32_t>(rows ? config.memories : 5);
    EXPECT_EQ(thrown_by([&] { static_cast<void>(engine.read_back(kind.code, 0, count)); }), "") << kind.name;
  }
}

TEST(Icarus, KnowsEveryWordThatWasLoaded) {
  expect_every_word_known(featured);
  expect_every_word_known(late);
  expect_every_word_known(by_factors);
}

TEST(Icarus, NamesTheOutputOfARegisterWithoutAReset) {
  const RtlCopy copy;
  copy.replace("rtl/core/basin_settle.sv", "      settled_q <= 1'b0;\n", "");
  const VvpCore core = prepare_icarus(featured, {.source = copy.root(), .cache = copy.cache(), .notice = {}});
  const auto port = make_vvp_port(core);
  EXPECT_EQ(thrown_by([&] { static_cast<void>(port->read_register(protocol::reg_status)); }),
            "vvp: the core's settled_o is unknown (X)");
}

TEST(Icarus, NamesTheOutputThatAMemoryNeverLoadedReaches) {
  const auto port = make_vvp_port(prepare_icarus(featured));
  port->write_register(protocol::reg_neurons, 5);
  port->write_register(protocol::reg_limit, 1);
  port->write_register(protocol::reg_control, protocol::control_start);
  std::vector<std::int32_t> states(5);
  EXPECT_EQ(thrown_by([&] { port->step(states); }), "vvp: the core's monitor_state_o is unknown (X)");
}

TEST(Icarus, ServesOnAfterARequestThatFailed) {
  const VvpCore core = prepare_icarus(featured);
  const auto port = make_vvp_port(core);
  port->write_register(protocol::reg_neurons, 5);
  port->write_register(protocol::reg_read, protocol::header(protocol::kind_states, 0, 1));
  std::vector<std::uint32_t> word(1);
  EXPECT_EQ(thrown_by([&] { port->read(word); }), "vvp: the core's read_data_o is unknown (X)");
  EXPECT_EQ(port->read_register(protocol::reg_config_id), core.config_id);
}

}  // namespace
}  // namespace basin::cosim
