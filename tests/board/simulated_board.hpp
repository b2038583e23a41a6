#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>

namespace basin::board_test {

/// A byte from the host on its way to the board: what arrives instead, given how many came before it.
using Fault = std::function<std::string(std::size_t index, char byte)>;

/// The Verilated basin_board of the letters example, at one end of a pseudo-terminal, in a thread of its own. Time passes
/// in it while there is something to do.
class SimulatedBoard {
 public:
  /// `flash` is what stands at boot_address. Waits until it has been read: a host's patience is in seconds of the wall.
  explicit SimulatedBoard(std::string flash = {}, Fault to_board = {}, Fault to_host = {})
      : SimulatedBoard(Core::empty, std::move(flash), std::move(to_board), std::move(to_host)) {}
  /// A board that holds the letters in its memories, beside a flash with this content.
  static std::unique_ptr<SimulatedBoard> filled(std::string flash) {
    return std::unique_ptr<SimulatedBoard>(new SimulatedBoard(Core::filled, std::move(flash), {}, {}));
  }
  ~SimulatedBoard();
  SimulatedBoard(const SimulatedBoard&) = delete;
  SimulatedBoard& operator=(const SimulatedBoard&) = delete;
  /// The other end, for a host.
  [[nodiscard]] const std::string& port() const { return port_; }
  /// Presses the reset button before the byte of that index arrives, counted from now.
  void reset_at_byte(std::size_t index) { reset_at_ = received_ + index; }

 private:
  enum class Core { empty, filled };

  SimulatedBoard(Core core, std::string flash, Fault to_board, Fault to_host);
  template <class Model>
  void run(const std::string& flash);

  int controller_ = -1;
  int port_file_ = -1;       // kept open, so that the terminal lives between two hosts
  std::string port_;
  Fault to_board_;
  Fault to_host_;
  std::atomic<std::size_t> received_{0};
  std::atomic<std::size_t> reset_at_{SIZE_MAX};
  std::atomic<bool> booted_{false};
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

}  // namespace basin::board_test
