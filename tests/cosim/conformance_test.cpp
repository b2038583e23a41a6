// What every engine owes its user (sim/engine.hpp), in numbers worked out by hand from docs/arithmetic.md §3–5.
#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "tests/cosim/draw.hpp"
#include "tests/cosim/elaborations.hpp"
#include "tests/cosim/engines.hpp"
#include "tests/cosim/lockstep.hpp"

namespace basin::cosim {
namespace {

using States = std::vector<std::int32_t>;

constexpr int unit = 512;       // 2^s sums make one state: a bias of 512·B draws the state towards B
constexpr int full = 4095;      // full code of 13 bits
constexpr int end = 65536;      // 2^T: beyond it V is the full code

/// No weights; V = u/16 up to the full code at the table's end.
FixedNetwork bare(int neurons, int order, int exponent) {
  FixedNetwork network;
  network.core = sample[4].core;   // 8 neurons on one lane, the usual format
  network.neurons = neurons;
  network.order = order;
  network.step_exponent = exponent;
  network.step_limit = 1000;
  const auto n = static_cast<std::size_t>(neurons);
  network.weights.assign(n * n, 0);
  network.biases.assign(n, 0);
  Table table;
  for (int c = 0; c < 128; ++c) table.push_back({full * c / 128, full * (c + 1) / 128 - full * c / 128});
  network.tables = {table};
  return network;
}

States state_of(const Engine& engine) { return {engine.state().begin(), engine.state().end()}; }

class Conformance : public testing::TestWithParam<EngineKind> {
 protected:
  static std::unique_ptr<Engine> make(const FixedNetwork& network) { return GetParam().make(network); }
  /// The first neuron's state after each of `steps` steps.
  static States follow(Engine& engine, int steps) {
    States seen;
    for (int k = 0; k < steps; ++k) {
      engine.step();
      seen.push_back(engine.state()[0]);
    }
    return seen;
  }
};

TEST_P(Conformance, ReportsItsNameAndBothIdentities) {
  Random random(11, Stream::test, 0);
  const FixedNetwork network = draw_network(sample[4].core, 5, Drive::extreme, random);
  const auto engine = make(network);
  EXPECT_EQ(engine->name(), GetParam().name);
  EXPECT_EQ(engine->hardware_id(), hardware_id_of(network.core));
  EXPECT_EQ(engine->network_id(), network_id(network));
}

TEST_P(Conformance, HoldsTheStateThatWasLoaded) {
  const auto engine = make(bare(4, 2, 3));
  const States state{-131072, 131071, 0, -1};
  engine->load(state);
  EXPECT_EQ(state_of(*engine), state);
}

TEST_P(Conformance, HalvesTheDistanceAtOrderOne) {
  FixedNetwork network = bare(1, 1, 1);
  network.biases = {1000 * unit};
  const auto engine = make(network);
  engine->load(States{0});
  EXPECT_EQ(follow(*engine, 5), (States{500, 750, 875, 938, 969}));   // 937.5 and 969 rounded half up
}

TEST_P(Conformance, TakesOneStepOfOrderOneAfterEveryLoad) {
  FixedNetwork network = bare(1, 2, 1);
  network.biases = {1000 * unit};
  const auto engine = make(network);
  // u1 = 0 + 1000/2; u2 = 500 + (3·500 − 1000)/4; u3 = 625 + (3·375 − 500)/4 = 781.25.
  engine->load(States{0});
  EXPECT_EQ(follow(*engine, 3), (States{500, 625, 781}));
  engine->load(States{0});
  EXPECT_EQ(follow(*engine, 3), (States{500, 625, 781}));
}

TEST_P(Conformance, RoundsHalfUpOnBothSidesOfZero) {
  FixedNetwork network = bare(2, 1, 1);
  network.biases = {unit, -unit};
  const auto engine = make(network);
  engine->load(States{0, 0});
  engine->step();
  EXPECT_EQ(state_of(*engine), (States{1, 0}));
}

TEST_P(Conformance, MultipliesTheWeightOfRowIColumnJWithOutputJ) {
  FixedNetwork network = bare(3, 1, 0);
  network.weights = {0, 0, 100, 0, 0, 0, 0, -128, 0};
  const auto engine = make(network);
  engine->load(States{0, -end, end});
  engine->step();
  EXPECT_EQ(state_of(*engine), (States{800, 0, 1024}));   // 100·4095/512 = 799.8; 128·4095/512 = 1023.75
}

TEST_P(Conformance, UpdatesEveryNeuronFromTheSameOutputs) {
  FixedNetwork network = bare(2, 1, 0);
  network.weights = {0, 127, 127, 0};
  const auto engine = make(network);
  engine->load(States{end, -end});
  engine->step();
  EXPECT_EQ(state_of(*engine), (States{-1016, 1016}));    // 127·4095/512 = 1015.8
}

TEST_P(Conformance, SettlesAfterOneQuietPassAtOrderOne) {
  const auto engine = make(bare(3, 1, 2));
  engine->load(States{0, 0, 0});
  EXPECT_FALSE(engine->settled());
  engine->step();
  EXPECT_TRUE(engine->settled());
}

TEST_P(Conformance, SettlesAfterTwoQuietPassesAtOrderTwo) {
  const auto engine = make(bare(3, 2, 2));
  for (int recall = 0; recall < 2; ++recall) {   // a load clears the count
    engine->load(States{0, 0, 0});
    EXPECT_FALSE(engine->settled());
    engine->step();
    EXPECT_FALSE(engine->settled());
    engine->step();
    EXPECT_TRUE(engine->settled());
  }
}

TEST_P(Conformance, OneMovingNeuronKeepsTheRunFromSettling) {
  for (const std::size_t moving : {0U, 1U, 7U}) {
    FixedNetwork network = bare(8, 1, 3);
    network.biases[moving] = 100'000 * unit / 8;
    const auto engine = make(network);
    engine->load(States(8, 0));
    engine->step();
    EXPECT_FALSE(engine->settled()) << "neuron " << moving;
  }
}

TEST_P(Conformance, MoveOfExactlyTheThresholdIsQuiet) {
  for (const int move : {10, 11, -10, -11}) {
    FixedNetwork network = bare(1, 1, 0);
    network.settle_threshold = 10;
    network.biases = {move * unit};
    const auto engine = make(network);
    engine->load(States{0});
    engine->step();
    EXPECT_EQ(engine->settled(), std::abs(move) <= 10) << move;
  }
}

TEST_P(Conformance, GoesOnAfterSettling) {
  FixedNetwork network = bare(1, 2, 1);
  network.settle_threshold = 200;
  network.biases = {1000 * unit};
  const auto engine = make(network);
  engine->load(States{0});
  // moves: 500, 125, 156 -> settled; then 781 + (3·219 − 375)/4 = 851.5; f of a state is 1000 − u.
  EXPECT_EQ(follow(*engine, 3), (States{500, 625, 781}));
  EXPECT_TRUE(engine->settled());
  EXPECT_EQ(follow(*engine, 1), (States{852}));
  EXPECT_TRUE(engine->settled());
}

TEST_P(Conformance, StepLimitDoesNotChangeTheStates) {
  Random random(12, Stream::test, 0);
  FixedNetwork network = draw_network(sample[4].core, 8, Drive::lively, random);
  network.settle_threshold = 0;
  const States state = draw_state(network, Drive::lively, random);
  std::vector<States> trajectories;
  for (const int limit : {0, 1, 3, 1000}) {
    network.step_limit = limit;
    const auto engine = make(network);
    engine->load(state);
    States all;
    for (int k = 0; k < 10; ++k) {
      engine->step();
      all.insert(all.end(), engine->state().begin(), engine->state().end());
    }
    trajectories.push_back(all);
  }
  for (const States& one : trajectories) EXPECT_EQ(one, trajectories[0]);
}

TEST_P(Conformance, SaturatesAndSaysSoForGood) {
  FixedNetwork network = bare(2, 1, 0);
  network.biases = {67'108'863, -67'108'864};   // ±131072 states
  const auto engine = make(network);
  engine->load(States{131071, 0});
  EXPECT_FALSE(engine->overflow());
  engine->step();
  EXPECT_EQ(state_of(*engine), (States{131071, -131072}));
  EXPECT_TRUE(engine->overflow());
  engine->set_biases(States{0, 0});
  engine->load(States{0, 0});
  engine->step();
  EXPECT_TRUE(engine->overflow());
}

TEST_P(Conformance, EndsOfTheRangeAloneAreNoOverflow) {
  FixedNetwork network = bare(1, 1, 0);
  network.biases = {-67'108'864};
  const auto engine = make(network);
  engine->load(States{131071});
  engine->step();
  EXPECT_EQ(state_of(*engine), States{-131072});
  EXPECT_FALSE(engine->overflow());
}

TEST_P(Conformance, NewBiasesTakeEffectWithTheNextLoad) {
  FixedNetwork network = bare(2, 1, 1);
  const auto engine = make(network);
  network.biases = {300 * unit, -700 * unit};
  engine->set_biases(network.biases);
  engine->load(States{0, 0});
  EXPECT_EQ(engine->network_id(), network_id(network));
  engine->step();
  EXPECT_EQ(state_of(*engine), (States{150, -350}));
}

TEST_P(Conformance, RepeatsARecallExactly) {
  Random random(13, Stream::test, 0);
  const FixedNetwork network = draw_network(sample[4].core, 7, Drive::lively, random);
  const States state = draw_state(network, Drive::lively, random);
  const auto engine = make(network);
  const auto other = make(network);
  std::vector<States> seen;
  for (Engine* one : {engine.get(), engine.get(), other.get()}) {
    one->load(state);
    seen.push_back(follow(*one, 20));
  }
  EXPECT_EQ(seen[0], seen[1]);
  EXPECT_EQ(seen[0], seen[2]);
}

TEST_P(Conformance, EnginesDoNotDisturbEachOther) {
  FixedNetwork network = bare(1, 1, 1);
  network.biases = {1000 * unit};
  const auto one = make(network);
  network.biases = {-1000 * unit};
  const auto other = make(network);
  one->load(States{0});
  other->load(States{0});
  for (const int expected : {500, 750, 875}) {
    EXPECT_EQ(follow(*one, 1), States{expected});
    EXPECT_EQ(follow(*other, 1), States{-expected});
  }
}

TEST_P(Conformance, EnginesOfManyThreadsGiveTheStatesOfOne) {
  Random random(14, Stream::test, 0);
  FixedNetwork network = draw_network(sample[4].core, 8, Drive::lively, random);
  const States state = draw_state(network, Drive::lively, random);
  const auto recall = [&] {
    const auto engine = make(network);
    engine->load(state);
    return follow(*engine, 50);
  };
  const States expected = recall();
  std::vector<States> seen(6);
  std::vector<std::thread> threads;
  for (States& one : seen) threads.emplace_back([&] { one = recall(); });
  for (std::thread& thread : threads) thread.join();
  for (const States& one : seen) EXPECT_EQ(one, expected);
}

TEST_P(Conformance, RefusesStatesAndBiasesOfAnotherSize) {
  const auto engine = make(bare(3, 1, 1));
  EXPECT_THROW(engine->load(States{0, 0}), std::invalid_argument);
  EXPECT_THROW(engine->set_biases(States{0, 0, 0, 0}), std::invalid_argument);
}

/// No weights, on the core with phases: a bias of 125 draws the state towards 1000.
FixedNetwork phased(int neurons, int order, std::vector<std::uint32_t> lengths, std::vector<std::uint8_t> masks) {
  FixedNetwork network;
  network.core = sample[5].core;   // 5 neurons on three lanes, every feature, four phases; one unit of b is 8 of u
  network.neurons = neurons;
  network.order = order;
  network.step_exponent = 1;
  network.step_limit = 1000;
  const auto n = static_cast<std::size_t>(neurons);
  network.weights.assign(n * n, 0);
  network.biases.assign(n, 125);
  network.gains.assign(n, {0, 255});
  network.taus.assign(n, 255);
  network.selectors.assign(n, 0);
  network.tables.assign(4, Table(32, Segment{0, 0}));
  network.phase_steps = std::move(lengths);
  network.clamps = std::move(masks);
  return network;
}

TEST_P(Conformance, HoldsANeuronInThePhasesOfItsMaskAlone) {
  const auto engine = make(phased(3, 1, {2, 1, 0}, {1, 2, 8}));
  engine->load(States{0, 0, 0});
  const States expected[] = {{0, 500, 500}, {0, 750, 750}, {500, 750, 875}, {750, 875, 875}, {875, 938, 875}};
  for (const States& state : expected) {
    engine->step();
    EXPECT_EQ(state_of(*engine), state);
  }
}

TEST_P(Conformance, BeginsEveryPhaseWithAStepOfOrderOne) {
  const auto engine = make(phased(1, 2, {2, 1, 0}, {0}));
  engine->load(States{0});
  // 1000/2; 500 + (3·500 − 1000)/4; 625 + 375/2; 813 + 187/2; 907 + (3·93 − 187)/4.
  EXPECT_EQ(follow(*engine, 5), (States{500, 625, 813, 907, 930}));
}

TEST_P(Conformance, ForgetsTheDifferenceOfAHeldNeuronWithThePhase) {
  const auto engine = make(phased(1, 2, {2, 1, 0}, {1}));
  engine->load(States{0});
  EXPECT_EQ(follow(*engine, 4), (States{0, 0, 500, 750}));   // each of the last two is the first of its phase
}

TEST_P(Conformance, SettlesInTheLastPhaseAlone) {
  for (const int order : {1, 2}) {
    const auto engine = make(phased(2, order, {3, 0, 1}, {0, 0}));
    engine->load(States{1000, 1000});
    for (int step = 1; step <= 4 + order; ++step) {
      engine->step();
      EXPECT_EQ(engine->settled(), step == 4 + order) << "order " << order << ", step " << step;
    }
  }
}

TEST_P(Conformance, NewMasksTakeEffectWithTheNextLoadAndLeaveTheIdentity) {
  const FixedNetwork network = phased(2, 1, {1, 0, 0}, {0, 0});
  const auto engine = make(network);
  const std::vector<std::uint8_t> masks{1, 9};
  engine->set_clamps(masks);
  for (int load = 0; load < 2; ++load) {
    engine->load(States{-7, 0});
    engine->step();
    EXPECT_EQ(state_of(*engine), (States{-7, 0}));
    engine->step();
    EXPECT_EQ(state_of(*engine), (States{497, 0}));   // −7 + 1007/2 = 496.5
  }
  EXPECT_EQ(engine->network_id(), network_id(network));
}

TEST_P(Conformance, ReportsAnIdentityThatKnowsThePhases) {
  const FixedNetwork network = phased(5, 2, {12, 0xffff'ffffU, 0}, {0, 1, 2, 4, 15});
  EXPECT_EQ(make(network)->network_id(), network_id(network));
}

TEST_P(Conformance, RefusesMasksThatDoNotFit) {
  const auto engine = make(phased(2, 1, {1, 1, 1}, {0, 0}));
  EXPECT_THROW(engine->set_clamps(std::vector<std::uint8_t>{1}), std::invalid_argument);
  EXPECT_THROW(engine->set_clamps(std::vector<std::uint8_t>{1, 16}), std::invalid_argument);
}

// The prime alone takes 24 · 4,095 clocks, more than reading all weights twice.
TEST(LongDelays, AreWaitedFor) {
  Random random(35, Stream::test, 0);
  FixedNetwork network = draw_network(delayed(sized(number_formats[0].core, 24, 8), 4096), 24, Drive::lively, random);
  network.step_limit = 2;
  Coverage coverage;
  const auto model = load_rtl_model(network.core, {});
  EXPECT_EQ(compare_network(model, network, Drive::lively, 1, measured_latency(model), random, coverage), std::nullopt);
}

INSTANTIATE_TEST_SUITE_P(Engines, Conformance,
                         testing::Values(EngineKind{"golden", &make_golden}, EngineKind{"verilator", &make_verilated},
                                         EngineKind{"systemc", &make_systemc}, EngineKind{"icarus", &make_icarus}),
                         [](const testing::TestParamInfo<EngineKind>& kind) { return std::string(kind.param.name); });

}  // namespace
}  // namespace basin::cosim
