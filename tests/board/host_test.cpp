// The C driver, and the boot from flash, on the Verilated board.
#include <gtest/gtest.h>

#include "basin_host.h"
#include "models/fixed/protocol.hpp"
#include "sim/board/boot_image.hpp"
#include "sim/board/host/basin_host.hpp"
#include "tests/board/letters.hpp"
#include "tests/board/simulated_board.hpp"

namespace basin::board_test {
namespace {

using namespace protocol;

constexpr std::uint32_t limit = 20;

/// A session of the C driver; every call has to be done.
class CBoard {
 public:
  explicit CBoard(const std::string& port) { done(basin_host_open(&board_, port.c_str())); }
  ~CBoard() { basin_host_close(&board_); }
  CBoard(const CBoard&) = delete;
  CBoard& operator=(const CBoard&) = delete;

  void write(std::uint32_t address, std::uint32_t data) { done(basin_host_write_register(&board_, address, data)); }
  std::uint32_t read(std::uint32_t address) {
    std::uint32_t data = 0;
    done(basin_host_read_register(&board_, address, &data));
    return data;
  }
  void load(const std::vector<std::uint32_t>& words) { done(basin_host_load(&board_, words.data(), words.size(), true)); }
  void wait() {
    while ((read(reg_status) & status_busy) != 0) {
    }
  }
  /// Steps of one run from `state`, and where it ends.
  std::vector<std::int32_t> run(const std::vector<std::int32_t>& state) {
    load(state_packets(state).front());
    write(reg_limit, limit);
    write(reg_control, control_start);
    wait();
    std::vector<std::uint32_t> words(state.size());
    write(reg_read, header(kind_states, 0, static_cast<std::uint32_t>(words.size())));
    done(basin_host_take(&board_, words.data(), words.size()));
    return {words.begin(), words.end()};
  }
  [[nodiscard]] std::uint8_t flags() const { return board_.flags; }
  basin_host_board& raw() { return board_; }

 private:
  static void done(basin_host_status status) {
    if (status != BASIN_HOST_DONE) throw std::runtime_error(basin_host_text(status));
  }

  basin_host_board board_{};
};

TEST(CDriver, RunsARecallToTheStatesOfTheGoldenModel) {
  const SimulatedBoard simulated;
  CBoard board(simulated.port());
  EXPECT_EQ(board.read(reg_config_id), letters_hardware());
  board.write(reg_neurons, static_cast<std::uint32_t>(letters().neurons));
  board.write(reg_step, static_cast<std::uint32_t>(letters().step_exponent) | (letters().order == 2 ? step_order2 : 0));
  for (const auto& packet : load_image(letters())) board.load(packet);
  board.write(reg_control, control_check);
  board.wait();
  EXPECT_EQ(board.read(reg_network_id), network_id(letters()));
  EXPECT_EQ(board.run(some_state(11)), golden_state(some_state(11), limit));
}

// The lines of docs/board.md.
TEST(CppDriver, RunsARecallToTheStatesOfTheGoldenModel) {
  const SimulatedBoard simulated(boot_image(letters()));
  basin_host::Board board = basin_host::Board::open(simulated.port());
  const std::vector<std::int32_t> start = some_state(14);
  std::vector<std::uint32_t> state{start.begin(), start.end()};
  std::vector<std::uint32_t> packet{7U << 28 | 64};
  packet.insert(packet.end(), state.begin(), state.end());
  board.load(packet);
  board.write_register(6, limit);
  board.write_register(1, 1);
  while ((board.read_register(2) & 1) != 0) {
  }
  board.write_register(10, 7U << 28 | 64);
  board.take(state);
  EXPECT_EQ(std::vector<std::int32_t>(state.begin(), state.end()), golden_state(start, limit));
}

TEST(CDriver, SaysThatTheBoardWasReset) {
  SimulatedBoard simulated;
  CBoard board(simulated.port());
  simulated.reset_at_byte(0);
  std::uint32_t data = 0;
  EXPECT_EQ(basin_host_read_register(&board.raw(), reg_config_id, &data), BASIN_HOST_RESET);
}

TEST(CDriver, SaysThatALoadWasRefusedWhileTheCoreIsBusy) {
  const SimulatedBoard simulated;
  CBoard board(simulated.port());
  board.write(reg_read, header(kind_states, 0, 64));   // busy until the states are taken
  const std::vector<std::uint32_t> packet = state_packets(some_state(12)).front();
  EXPECT_EQ(basin_host_load(&board.raw(), packet.data(), packet.size(), true), BASIN_HOST_REFUSED);
}

TEST(Boot, LoadsTheNetworkFromFlashForARecallOverTheUart) {
  const SimulatedBoard simulated(boot_image(letters()));
  CBoard board(simulated.port());
  EXPECT_EQ(board.flags() & (BASIN_HOST_BOOTED | BASIN_HOST_BOOT_ERROR | BASIN_HOST_LOAD_ERROR), BASIN_HOST_BOOTED);
  EXPECT_EQ(board.read(reg_limit), static_cast<std::uint32_t>(letters().step_limit));
  board.write(reg_control, control_check);
  board.wait();
  EXPECT_EQ(board.read(reg_network_id), network_id(letters()));
  EXPECT_EQ(board.run(some_state(13)), golden_state(some_state(13), limit));
}

// The flash holds an image of a wrong CRC: were it read, that would be a boot error.
TEST(Boot, FromTheMemoriesContentsNeedsNoLoadAndNoFlash) {
  std::string image = boot_image(letters());
  image.back() = static_cast<char>(image.back() ^ 1);
  const auto simulated = SimulatedBoard::filled(image);
  CBoard board(simulated->port());
  EXPECT_EQ(board.read(reg_config_id), letters_hardware());
  EXPECT_EQ(board.flags() & (BASIN_HOST_BOOTED | BASIN_HOST_BOOT_ERROR | BASIN_HOST_LOAD_ERROR), BASIN_HOST_BOOTED);
  EXPECT_EQ(board.read(reg_limit), static_cast<std::uint32_t>(letters().step_limit));
  board.write(reg_control, control_check);
  board.wait();
  EXPECT_EQ(board.read(reg_network_id), network_id(letters()));
  EXPECT_EQ(board.run(some_state(15)), golden_state(some_state(15), limit));
}

TEST(Boot, DoesNothingWithAnImageOfAWrongCrc) {
  std::string image = boot_image(letters());
  image[image.size() / 2] = static_cast<char>(image[image.size() / 2] ^ 4);
  const SimulatedBoard simulated(image);
  CBoard board(simulated.port());
  EXPECT_EQ(board.flags() & (BASIN_HOST_BOOTED | BASIN_HOST_BOOT_ERROR), BASIN_HOST_BOOT_ERROR);
  EXPECT_EQ(board.read(reg_limit), 0U);
}

TEST(Boot, SaysThatTheFlashHoldsNoImage) {
  const SimulatedBoard simulated;
  const basin_host::Board board = basin_host::Board::open(simulated.port());
  EXPECT_EQ(board.flags() & (basin_host::flag_booted | basin_host::flag_boot_error), basin_host::flag_boot_error);
}

}  // namespace
}  // namespace basin::board_test
