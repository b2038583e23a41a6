#include "models/fixed/fixed_number.hpp"

#include <gtest/gtest.h>

#include "models/fixed/stepper.hpp"
#include "tests/unit/fixed/naive_model.hpp"
#include "tests/unit/fixed/random_network.hpp"

namespace basin {
namespace {

static_assert(round_half_up(1, 1) == 1 && round_half_up(-1, 1) == 0);   // halves go up
static_assert(round_half_up(-3, 1) == -1 && round_half_up(7, 3) == 1 && round_half_up(-7, 3) == -1);

/// One neuron, W = 0, identity-like table, so that n = b.
FixedNetwork lone_neuron() {
  FixedNetwork network;
  network.core = {.neurons = 1, .lanes = 1, .state_bits = 12, .weight_bits = 8, .drive_bits = 8, .bias_bits = 16,
                  .state_shift = 0, .table_domain = 7, .table_segments = 1, .slope_bits = 9};
  network.neurons = 1;
  network.step_exponent = 1;
  network.order = 1;
  network.weights = {0};
  network.biases = {100};
  network.tables = {{{0, 127}}};
  return network;
}

TEST(FixedNumber, MovesHalfTheWayToItsDriveAtK1) {
  Stepper<FixedNumber> model{FixedNumber(lone_neuron())};
  model.load(std::vector<std::int64_t>{0});
  model.step();
  EXPECT_EQ(model.state()[0], 50);
  model.step();
  EXPECT_EQ(model.state()[0], 75);
}

TEST(FixedNumber, RoundsHalvesTowardsPlusInfinity) {
  FixedNetwork network = lone_neuron();
  network.biases = {1};
  Stepper<FixedNumber> up{FixedNumber(network)};
  up.load(std::vector<std::int64_t>{0});
  up.step();
  EXPECT_EQ(up.state()[0], 1);   // 0 + floor(½ + ½)
  network.biases = {-1};
  Stepper<FixedNumber> down{FixedNumber(network)};
  down.load(std::vector<std::int64_t>{0});
  down.step();
  EXPECT_EQ(down.state()[0], 0);   // 0 + floor(−½ + ½)
}

TEST(FixedNumber, WeighsTheLastTwoDifferencesAtOrder2) {
  FixedNetwork network = lone_neuron();
  network.order = 2;
  Stepper<FixedNumber> model{FixedNumber(network)};
  model.load(std::vector<std::int64_t>{0});
  model.step();   // order 1: 0 + 100/2
  EXPECT_EQ(model.state()[0], 50);
  model.step();   // 50 + (3·50 − 100)/4 = 62.5
  EXPECT_EQ(model.state()[0], 63);
  model.load(std::vector<std::int64_t>{0});
  model.step();   // a load drops the history
  EXPECT_EQ(model.state()[0], 50);
}

TEST(FixedNumber, SettlesAfterOneQuietPassAtOrder1AndTwoAtOrder2) {
  for (const int order : {1, 2}) {
    FixedNetwork network = lone_neuron();
    network.order = order;
    Stepper<FixedNumber> model{FixedNumber(network)};
    model.load(std::vector<std::int64_t>{100});
    model.step();
    EXPECT_EQ(model.settled(), order == 1);
    model.step();
    EXPECT_TRUE(model.settled());
    model.load(std::vector<std::int64_t>{100});
    EXPECT_FALSE(model.settled());
  }
}

TEST(FixedNumber, SaturatesAndRaisesAStickyFlag) {
  FixedNetwork network = lone_neuron();
  network.core.state_bits = 8;
  network.biases = {1000};
  Stepper<FixedNumber> model{FixedNumber(network)};
  model.load(std::vector<std::int64_t>{0});
  EXPECT_FALSE(model.overflow());
  model.step();
  EXPECT_EQ(model.state()[0], 127);
  EXPECT_TRUE(model.overflow());
  model.number().set_biases(std::vector<std::int32_t>{0});
  model.load(std::vector<std::int64_t>{0});
  model.step();
  EXPECT_TRUE(model.overflow());
}

TEST(FixedNumber, RefusesBiasesThatDoNotFit) {
  FixedNumber number(lone_neuron());
  EXPECT_THROW(number.set_biases(std::vector<std::int32_t>{1 << 15}), std::invalid_argument);
  EXPECT_THROW(number.set_biases(std::vector<std::int32_t>{1, 2}), std::invalid_argument);
}

TEST(FixedNumber, KeepsAClampedNeuronWhereItWasLoaded) {
  FixedNetwork network = lone_neuron();
  network.core.phases = 1;
  network.clamps = {1};
  Stepper<FixedNumber> model{FixedNumber(network)};
  model.load(std::vector<std::int64_t>{-7});
  model.step();
  EXPECT_EQ(model.state()[0], -7);
  EXPECT_TRUE(model.settled());
}

TEST(FixedNumber, GivesEveryStateOfAnOddTableTheNegativeOfItsMirror) {
  const FixedNumber number(lone_neuron());
  for (std::int64_t u = -2048; u < 2048; ++u) {
    if (u != -2048) {
      EXPECT_EQ(number.activate(0, u), -number.activate(0, -u));
    }
    EXPECT_EQ(number.activate(0, u), std::clamp<std::int64_t>(number.activate(0, u), -127, 127));
  }
  EXPECT_EQ(number.activate(0, 128), 127);   // the end of the domain is the full code
}

/// Every state, output and flag of random networks with every feature, against the page read once more.
TEST(FixedNumber, AgreesWithTheDefinitionOnRandomNetworks) {
  constexpr std::uint64_t seed = 20240;
  constexpr std::uint32_t networks = 4000;
  int overflows = 0, settled = 0;
  for (std::uint32_t k = 0; k < networks; ++k) {
    Random random(seed, Stream::test, k);
    const FixedNetwork network = test::random_network(random);
    Stepper<FixedNumber> model{FixedNumber(network)};
    test::NaiveModel naive(network);
    for (int load = 0; load < 2; ++load) {
      const auto state = test::random_state(random, network);
      model.load(state);
      naive.load(state);
      for (int step = 0; step < 8; ++step) {
        model.step();
        naive.step();
        ASSERT_TRUE(std::equal(naive.state().begin(), naive.state().end(), model.state().begin()))
            << "seed " << seed << ", network " << k << ", step " << step;
        ASSERT_TRUE(std::equal(naive.output().begin(), naive.output().end(), model.output().begin()))
            << "seed " << seed << ", network " << k << ", step " << step;
        ASSERT_EQ(naive.settled(), model.settled()) << "seed " << seed << ", network " << k;
        ASSERT_EQ(naive.overflow(), model.overflow()) << "seed " << seed << ", network " << k;
      }
    }
    overflows += model.overflow() ? 1 : 0;
    settled += model.settled() ? 1 : 0;
  }
  // Both outcomes of both flags were seen, often.
  EXPECT_GT(overflows, 100);
  EXPECT_LT(overflows, static_cast<int>(networks) - 100);
  EXPECT_GT(settled, 100);
  EXPECT_LT(settled, static_cast<int>(networks) - 100);
}

}  // namespace
}  // namespace basin
