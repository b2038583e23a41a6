#include "models/fixed/network.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>
#include <string_view>

#include "tests/unit/fixed/random_network.hpp"

namespace basin {
namespace {

/// CRC-32 of IEEE 802.3, bit by bit from its definition.
std::uint32_t crc32(std::string_view bytes) {
  std::uint32_t crc = ~0U;
  for (const char byte : bytes) {
    crc ^= static_cast<unsigned char>(byte);
    for (int bit = 0; bit < 8; ++bit) crc = (crc & 1U) != 0 ? crc >> 1 ^ 0xEDB88320U : crc >> 1;
  }
  return ~crc;
}

void put(std::string& bytes, std::int64_t value, int count = 4) {
  for (int k = 0; k < count; ++k) bytes += static_cast<char>(value >> (8 * k) & 255);
}

/// Two neurons with every feature; ten-bit weights take two bytes.
FixedNetwork featured() {
  FixedNetwork network;
  network.core = {.neurons = 4, .lanes = 1, .state_bits = 16, .weight_bits = 10, .drive_bits = 8, .bias_bits = 20,
                  .state_shift = 0, .table_domain = 8, .table_segments = 2, .slope_bits = 9, .tables = 2,
                  .table_odd = false, .tau = true, .gain = true, .phases = 3, .pages = 8};
  network.neurons = 2;
  network.step_exponent = 5;
  network.order = 2;
  network.weights = {0, -3, 500, 7};
  network.biases = {-1, 70000};
  network.gains = {{0, 255}, {3, 17}};
  network.taus = {255, 128};
  network.selectors = {1, 0};
  network.delays = {6, 2};
  network.longest_delay = 6;
  network.tables = {{{0, 60}, {60, 67}}, {{-127, 254}, {127, -1}}};
  network.clamps = {0, 5};
  network.phase_steps = {300, 0};
  return network;
}

TEST(Crc, OfNineDigitsIsThePublishedCheckValue) { EXPECT_EQ(crc32("123456789"), 0xCBF43926U); }

// python3: zlib.crc32 over the 96 bytes that docs/arithmetic.md §8 lists for featured(), packed by struct '<h' and '<i'.
TEST(NetworkId, OfAHandBuiltNetworkIsThatOfAnotherProgram) { EXPECT_EQ(network_id(featured()), 0x3f312f89U); }

TEST(NetworkId, IsTheCrcOfTheCanonicalBytesOfAnyNetwork) {
  constexpr std::uint64_t seed = 31;
  for (std::uint32_t k = 0; k < 300; ++k) {
    Random random(seed, Stream::test, k);
    const FixedNetwork network = test::random_network(random);
    std::string bytes;
    put(bytes, network.neurons | network.step_exponent << 16 | (network.order == 2 ? 1 << 24 : 0));
    for (const auto steps : network.phase_steps) put(bytes, steps);
    if (network.core.pages > 2) put(bytes, network.longest_delay);
    for (const auto weight : network.weights) put(bytes, weight, network.core.weight_bits > 8 ? 2 : 1);
    for (const auto bias : network.biases) put(bytes, bias);
    for (const auto& gain : network.gains) put(bytes, gain.exponent * 256 + gain.mantissa);
    for (const auto tau : network.taus) put(bytes, tau);
    for (const auto selector : network.selectors) put(bytes, selector);
    for (const auto delay : network.delays) put(bytes, delay);
    for (const auto& table : network.tables) {
      for (const auto& segment : table) {
        put(bytes, segment.base);
        put(bytes, segment.rise);
      }
    }
    ASSERT_EQ(network_id(network), crc32(bytes)) << "seed " << seed << ", network " << k;
  }
}

TEST(NetworkId, DoesNotCoverStatesOrMasks) {
  FixedNetwork network = featured();
  const std::uint32_t before = network_id(network);
  network.clamps = {7, 1};
  EXPECT_EQ(network_id(network), before);
}

/// What §7 makes of packets that come in any order.
FixedNetwork decode(const FixedNetwork& like, const std::vector<std::vector<std::uint32_t>>& packets) {
  FixedNetwork network;
  network.core = like.core;
  network.neurons = like.neurons;
  network.step_exponent = like.step_exponent;
  network.order = like.order;
  network.phase_steps = like.phase_steps;
  network.longest_delay = like.longest_delay;
  const auto n = static_cast<std::size_t>(like.neurons);
  const auto segments = static_cast<std::size_t>(like.core.table_segments);
  network.weights.resize(n * n);
  network.biases.resize(n);
  network.gains.resize(like.core.gain ? n : 0);
  network.taus.resize(like.core.tau ? n : 0);
  network.selectors.resize(like.core.tables > 1 ? n : 0);
  network.delays.resize(like.core.pages > 2 ? n : 0);
  network.clamps.resize(like.core.phases > 0 ? n : 0);
  network.tables.assign(static_cast<std::size_t>(like.core.tables), Table(segments));
  for (const auto& packet : packets) {
    const std::uint32_t kind = packet[0] >> 28, first = packet[0] >> 14 & 0x3FFFU, count = packet[0] & 0x3FFFU;
    EXPECT_EQ(packet.size(), count + 1);
    for (std::size_t k = 0; k < count; ++k) {
      const std::uint32_t word = packet[k + 1];
      const std::size_t at = first + k;
      switch (kind) {
        case 1: network.weights.at(first * n + k) = static_cast<std::int32_t>(word); break;
        case 2: network.biases.at(at) = static_cast<std::int32_t>(word); break;
        case 3: network.gains.at(at) = {static_cast<std::uint8_t>(word >> 8), static_cast<std::uint8_t>(word)}; break;
        case 4: network.taus.at(at) = static_cast<std::uint8_t>(word); break;
        case 5: network.selectors.at(at) = static_cast<std::uint8_t>(word); break;
        case 6: network.tables.at(at / segments).at(at % segments).base = static_cast<std::int32_t>(word); break;
        case 8: network.clamps.at(at) = static_cast<std::uint8_t>(word); break;
        case 10: network.tables.at(at / segments).at(at % segments).rise = static_cast<std::int32_t>(word); break;
        case 14: network.delays.at(at) = static_cast<std::uint16_t>(word); break;
        default: ADD_FAILURE() << "kind " << kind;
      }
    }
  }
  return network;
}

TEST(LoadImage, RebuildsTheNetworkInAnyOrder) {
  constexpr std::uint64_t seed = 32;
  for (std::uint32_t k = 0; k < 100; ++k) {
    Random random(seed, Stream::test, k);
    const FixedNetwork network = test::random_network(random);
    auto image = load_image(network);
    std::reverse(image.begin(), image.end());
    const FixedNetwork rebuilt = decode(network, image);
    ASSERT_EQ(network_id(rebuilt), network_id(network)) << "seed " << seed << ", network " << k;
    ASSERT_EQ(rebuilt.clamps, network.clamps) << "seed " << seed << ", network " << k;
  }
}

TEST(LoadImage, SignExtendsAWeightIntoItsWord) {
  EXPECT_EQ(load_image(featured())[0], (std::vector<std::uint32_t>{0x1000'0002U, 0U, 0xFFFF'FFFDU}));
}

TEST(StatePacket, IsOneHeaderAndTheStates) {
  EXPECT_EQ(state_packets({-1, 2}).front(), (std::vector<std::uint32_t>{0x7000'0002U, 0xFFFF'FFFFU, 2U}));
}

TEST(RawState, RoundsHalvesUpAndSaturates) {
  FixedNetwork network = featured();
  network.lsb_state = 0.5;
  EXPECT_EQ(raw_state(network, 0.74), 1);
  EXPECT_EQ(raw_state(network, 0.75), 2);
  EXPECT_EQ(raw_state(network, -0.75), -1);
  EXPECT_EQ(raw_state(network, 1e9), 32767);
  EXPECT_EQ(raw_state(network, -1e9), -32768);
}

TEST(Validate, RefusesEachThingThatDoesNotFit) {
  using Change = void (*)(FixedNetwork&);
  const std::pair<const char*, Change> changes[] = {
      {"neurons", [](FixedNetwork& n) { n.neurons = 5; }},
      {"weights", [](FixedNetwork& n) { n.weights.pop_back(); }},
      {"weight", [](FixedNetwork& n) { n.weights[0] = 512; }},
      {"bias", [](FixedNetwork& n) { n.biases[1] = 1 << 19; }},
      {"gain", [](FixedNetwork& n) { n.gains[0].exponent = 16; }},
      {"taus", [](FixedNetwork& n) { n.taus.clear(); }},
      {"selector", [](FixedNetwork& n) { n.selectors[0] = 2; }},
      {"table", [](FixedNetwork& n) { n.tables[0][1].rise = 68; }},
      {"clamps", [](FixedNetwork& n) { n.core.phases = 0, n.phase_steps.clear(); }},
      {"clamp mask 8", [](FixedNetwork& n) { n.clamps[1] = 8; }},
      {"phase lengths", [](FixedNetwork& n) { n.phase_steps.pop_back(); }},
      {"delay 7", [](FixedNetwork& n) { n.delays[1] = 7; }},
      {"delay 7", [](FixedNetwork& n) { n.longest_delay = 7; }},
      {"delays", [](FixedNetwork& n) { n.delays.clear(); }},
      {"delays", [](FixedNetwork& n) { n.core.pages = 2; n.longest_delay = 0; }},
      {"pages", [](FixedNetwork& n) { n.core.pages = 6; }},
      {"K", [](FixedNetwork& n) { n.step_exponent = 16; }},
      {"order", [](FixedNetwork& n) { n.order = 3; }},
      {"settle", [](FixedNetwork& n) { n.settle_threshold = -1; }}};
  EXPECT_NO_THROW(validate(featured()));
  for (const auto& [word, change] : changes) {
    FixedNetwork network = featured();
    change(network);
    try {
      validate(network);
      ADD_FAILURE() << word << " was let through";
    } catch (const std::invalid_argument& problem) {
      EXPECT_NE(std::string(problem.what()).find(word), std::string::npos) << problem.what();
    }
  }
}

}  // namespace
}  // namespace basin
