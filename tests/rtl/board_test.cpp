// The board's top through its pins: a SPI controller as slow as the peripheral asks for.
#include <gtest/gtest.h>

#include "VBoard.h"
#include "tests/rtl/loaded_core.hpp"

namespace basin::rtl_test {
namespace {

using namespace protocol;

constexpr unsigned seed = 77;
constexpr int half_period = 4;   // clocks: SCK at an eighth of the clock
constexpr std::uint8_t write_register = 0x10, read_register = 0x20, load_words = 0x30, load_last = 0x31, read_stream = 0x40;
constexpr std::uint8_t flag_busy = 1, flag_load_error = 8, flag_late = 16, flag_read_ready = 64;

class Board {
 public:
  Board() {
    board_.cs_ni = 1;
    board_.sck_i = 0;
    clocks(20);
  }
  /// One transfer; what came back.
  std::vector<std::uint8_t> transfer(const std::vector<std::uint8_t>& bytes) {
    std::vector<std::uint8_t> answer;
    board_.cs_ni = 0;
    clocks(half_period);
    for (const std::uint8_t out : bytes) {
      unsigned in = 0;
      for (int bit = 7; bit >= 0; --bit) {
        board_.mosi_i = (out >> bit) & 1;
        clocks(half_period);
        in = in << 1 | board_.miso_o;
        board_.sck_i = 1;
        clocks(half_period);
        board_.sck_i = 0;
      }
      answer.push_back(static_cast<std::uint8_t>(in));
    }
    clocks(half_period);
    board_.cs_ni = 1;
    clocks(half_period);
    return answer;
  }
  void write(std::uint32_t address, std::uint32_t word) { send(static_cast<std::uint8_t>(write_register | address), {word}); }
  std::uint32_t read(std::uint32_t address) {
    return word_at(transfer({static_cast<std::uint8_t>(read_register | address), 0, 0, 0, 0, 0}), 2);
  }
  void load(const std::vector<std::uint32_t>& words) {
    send(load_words, {words.begin(), words.end() - 1});
    send(load_last, {words.back()});
  }
  std::vector<std::int64_t> read_list(std::uint32_t header, int bits) {
    const std::uint32_t count = header & max_count;
    write(reg_read, header);
    const auto answer = transfer([&] {
      std::vector<std::uint8_t> bytes(1 + 5 * count);
      bytes[0] = read_stream;
      return bytes;
    }());
    EXPECT_TRUE((answer[1] & flag_read_ready) != 0);
    std::vector<std::int64_t> values;
    for (std::uint32_t k = 0; k < count; ++k) {
      values.push_back(signed_value(word_at(answer, 2 + 5 * k), bits));
    }
    return values;
  }
  std::uint8_t status() { return transfer({0}).front(); }

 private:
  void send(std::uint8_t command, const std::vector<std::uint32_t>& words) {
    std::vector<std::uint8_t> bytes{command};
    for (const std::uint32_t word : words) {
      for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<std::uint8_t>(word >> shift));
    }
    transfer(bytes);
  }
  static std::uint32_t word_at(const std::vector<std::uint8_t>& bytes, std::size_t at) {
    return std::uint32_t{bytes[at]} << 24 | std::uint32_t{bytes[at + 1]} << 16 | std::uint32_t{bytes[at + 2]} << 8 | bytes[at + 3];
  }
  void clocks(int count) {
    for (int k = 0; k < count; ++k) {
      board_.clk_i = 0;
      board_.eval();
      board_.clk_i = 1;
      board_.eval();
    }
  }
  VerilatedContext context_;
  VBoard board_{&context_};
};

TEST(BoardTop, RunsANetworkOverItsPins) {
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  FixedNetwork network = random_network(configuration("Plain"), 9, Drive::Extreme, random);
  network.step_limit = 4;
  Board board;
  EXPECT_EQ(board.read(reg_config_id), config_id);
  board.write(reg_neurons, 9);
  board.write(reg_step, static_cast<std::uint32_t>(network.step_exponent) | (network.order == 2 ? step_order2 : 0));
  board.write(reg_settle, static_cast<std::uint32_t>(network.settle_threshold));
  board.write(reg_limit, 4);
  for (const auto& packet : load_image(network)) board.load(packet);
  const auto state = random_states(network, random);
  board.load(state_packet(state));
  EXPECT_EQ(board.status() & (flag_load_error | flag_late | flag_busy), 0);
  board.write(reg_control, control_check);
  while ((board.status() & flag_busy) != 0) {}
  EXPECT_EQ(board.read(reg_network_id), network_id(network));
  board.write(reg_control, control_start);
  while ((board.status() & flag_busy) != 0) {}
  Golden golden{FixedNumber(network)};
  golden.load(wide(state));
  for (std::int64_t k = 0; k < network.step_limit && !golden.settled(); ++k) golden.step();
  EXPECT_EQ(board.read_list(header(kind_states, 0, 9), 18), list(golden.state()));
  EXPECT_EQ(board.read_list(header(kind_outputs, 2, 5), 13),
            list(golden.output().subspan(2, 5)));
}

TEST(BoardTop, ShowsALoadErrorInItsStatusByte) {
  Board board;
  board.load({header(15, 0, 1), 0});
  EXPECT_EQ(board.status() & flag_load_error, flag_load_error);
  board.write(reg_control, control_clear);
  EXPECT_EQ(board.status() & flag_load_error, 0);
}

TEST(BoardTop, SaysWhenALoadWordCameTooEarly) {
  std::mt19937 random(seed);
  FixedNetwork network = random_network(configuration("Plain"), 64, Drive::Extreme, random);
  Board board;
  for (const auto& packet : load_image(network)) board.load(packet);
  board.load(state_packet(random_states(network, random)));
  board.write(reg_control, control_clear);
  board.write(reg_limit, 1000);
  board.write(reg_control, control_start);
  board.load({header(kind_states, 0, 2), 0, 0});
  EXPECT_EQ(board.status() & flag_late, flag_late);
  EXPECT_EQ(board.status() & flag_late, 0) << "a zero command clears it";
}

}  // namespace
}  // namespace basin::rtl_test
