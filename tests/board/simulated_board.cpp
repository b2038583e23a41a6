#include "tests/board/simulated_board.hpp"

#include <fcntl.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>
#include <verilated.h>

#include <array>
#include <cstdlib>
#include <deque>
#include <stdexcept>
#include <utility>

#include "VBoard.h"
#include "VFilledBoard.h"
#include "sim/board/boot_image.hpp"
#include "tests/board/flash_model.hpp"

namespace basin::board_test {
namespace {

constexpr int clocks_per_bit = 4;            // as the model was elaborated
constexpr int bits_per_byte = 10;
constexpr int rest_clocks = 40000;           // more than the pause that ends a frame: then the simulation sleeps
constexpr int poll_ms = 5;
constexpr int reset_clocks = 20;

/// The board and the far ends of its wires.
template <class Model>
class Wires {
 public:
  explicit Wires(const std::string& flash) : flash_(flash, boot_address), model_(&context_, "board") {
    context_.randReset(2);
    model_.rx_i = 1;
    model_.reset_ni = 1;
  }
  ~Wires() { model_.final(); }

  void clock() {
    model_.clk_i = 0;
    model_.eval();
    drive_rx();
    model_.flash_miso_i = flash_.pins(model_.flash_cs_no != 0, model_.flash_sck_o != 0, model_.flash_mosi_o != 0);
    watch_tx();
    model_.clk_i = 1;
    model_.eval();
    const bool active = !to_board.empty() || rx_left_ > 0 || tx_left_ > 0 || model_.busy_o != 0 || model_.flash_cs_no == 0;
    quiet_ = active ? 0 : quiet_ + 1;
  }
  void reset() {
    model_.reset_ni = 0;
    for (int k = 0; k < reset_clocks; ++k) clock();
    model_.reset_ni = 1;
    for (int k = 0; k < reset_clocks; ++k) clock();
    // The host did not stop in the middle of its byte: the board sees the rest of it, as garbage.
  }
  [[nodiscard]] bool resting() const { return quiet_ > rest_clocks; }
  [[nodiscard]] bool takes_a_byte() const { return to_board.empty() && rx_left_ == 0; }

  std::deque<char> to_board;
  std::string to_host;

 private:
  void drive_rx() {
    if (rx_left_ == 0 && !to_board.empty()) {
      rx_bits_ = static_cast<unsigned>(static_cast<unsigned char>(to_board.front())) << 1 | 1U << 9;
      to_board.pop_front();
      rx_left_ = bits_per_byte * clocks_per_bit;
    }
    if (rx_left_ == 0) return;
    const int bit = bits_per_byte - (rx_left_ + clocks_per_bit - 1) / clocks_per_bit;
    model_.rx_i = rx_bits_ >> bit & 1;
    --rx_left_;
  }
  void watch_tx() {
    if (tx_left_ == 0) {
      if (model_.tx_o == 0) tx_left_ = bits_per_byte * clocks_per_bit - clocks_per_bit / 2, tx_bits_ = 0;
      return;
    }
    --tx_left_;
    const int since_middle_of_start = bits_per_byte * clocks_per_bit - clocks_per_bit - tx_left_;
    if (since_middle_of_start <= 0 || since_middle_of_start % clocks_per_bit != 0) return;
    const int bit = since_middle_of_start / clocks_per_bit;
    if (bit <= 8) tx_bits_ |= static_cast<unsigned>(model_.tx_o) << (bit - 1);
    if (bit == 9) {
      if (model_.tx_o != 0) to_host += static_cast<char>(tx_bits_);
      tx_left_ = 0;
    }
  }

  FlashModel flash_;
  VerilatedContext context_;
  Model model_;
  unsigned rx_bits_ = 0, tx_bits_ = 0;
  int rx_left_ = 0, tx_left_ = 0;
  int quiet_ = 0;
};

}  // namespace

SimulatedBoard::SimulatedBoard(Core core, std::string flash, Fault to_board, Fault to_host)
    : to_board_(std::move(to_board)), to_host_(std::move(to_host)) {
  controller_ = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
  if (controller_ < 0 || grantpt(controller_) != 0 || unlockpt(controller_) != 0) throw std::runtime_error("no pseudo-terminal");
  port_ = ptsname(controller_);
  port_file_ = open(port_.c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC);
  termios settings{};
  if (tcgetattr(port_file_, &settings) != 0) throw std::runtime_error("no terminal");
  cfmakeraw(&settings);
  tcsetattr(port_file_, TCSANOW, &settings);
  thread_ = std::thread([this, core, content = std::move(flash)] {
    core == Core::empty ? run<VBoard>(content) : run<VFilledBoard>(content);
  });
  booted_.wait(false);
}

SimulatedBoard::~SimulatedBoard() {
  stop_ = true;
  thread_.join();
  close(port_file_);
  close(controller_);
}

template <class Model>
void SimulatedBoard::run(const std::string& flash) {
  Wires<Model> wires(flash);
  while (!wires.resting()) wires.clock();
  booted_ = true;
  booted_.notify_all();
  std::size_t sent = 0;
  while (!stop_) {
    if (wires.takes_a_byte()) {
      pollfd waited{controller_, POLLIN, 0};
      if (wires.resting()) poll(&waited, 1, poll_ms);
      std::array<char, 512> some{};
      const ssize_t count = read(controller_, some.data(), some.size());
      for (ssize_t k = 0; k < count; ++k) {
        const char byte = some[static_cast<std::size_t>(k)];
        if (received_ == reset_at_) {
          while (!wires.takes_a_byte()) wires.clock();
          wires.reset();
        }
        const std::size_t index = received_++;
        const std::string arrives = to_board_ ? to_board_(index, byte) : std::string(1, byte);
        wires.to_board.insert(wires.to_board.end(), arrives.begin(), arrives.end());
      }
    }
    for (int k = 0; k < bits_per_byte * clocks_per_bit; ++k) wires.clock();
    std::string out;
    for (const char byte : std::exchange(wires.to_host, {})) {
      out += to_host_ ? to_host_(sent, byte) : std::string(1, byte);
      ++sent;
    }
    for (std::size_t at = 0; at < out.size() && !stop_;) {
      const ssize_t count = write(controller_, out.data() + at, out.size() - at);
      if (count > 0) at += static_cast<std::size_t>(count);
    }
  }
}

}  // namespace basin::board_test
