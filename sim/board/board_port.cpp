#include "sim/board/board_port.hpp"

#include <array>
#include <chrono>
#include <cstdio>
#include <string>
#include <utility>

#include "models/fixed/protocol.hpp"
#include "sim/board/host/basin_host.hpp"
#include "sim/rtl/rtl_engine.hpp"
#include "sim/toolchain/tool_error.hpp"

namespace basin {
namespace {

using namespace protocol;

[[noreturn]] void explain(const basin_host::Error& error, const std::filesystem::path& port) {
  switch (error.reason()) {
    case basin_host::Error::Reason::port: throw EnvironmentError(error.what());
    case basin_host::Error::Reason::silent:
      throw ToolError("board", std::string(error.what()) + " at " + port.string(), {},
                      "is the bitstream in the board, and is this its port? docs/board.md");
    default: throw ToolError("board", error.what());
  }
}

class BoardPort final : public CorePort {
 public:
  explicit BoardPort(std::filesystem::path port) : port_(std::move(port)), board_(open(port_)) {}

  std::uint32_t read_register(std::uint32_t address) override {
    return guarded([&] { return board_.read_register(address); });
  }
  void write_register(std::uint32_t address, std::uint32_t data) override {
    guarded([&] { board_.write_register(address, data); });
  }
  void load(std::span<const std::uint32_t> words, bool keep_open) override {
    guarded([&] { board_.load(words, !keep_open); });
  }
  void read(std::span<std::uint32_t> words) override {
    guarded([&] { board_.take(words); });
  }
  void finish() override { (void)wait(); }
  [[nodiscard]] bool follows_runs() const override { return false; }
  Step step(std::span<std::int32_t> states) override {
    Step step = wait();
    words_.resize(states.size());
    write_register(reg_read, header(kind_states, 0, static_cast<std::uint32_t>(states.size())));
    read(words_);
    for (std::size_t i = 0; i < states.size(); ++i) states[i] = static_cast<std::int32_t>(words_[i]);
    return step;
  }

 private:
  static basin_host::Board open(const std::filesystem::path& port) {
    try {
      return basin_host::Board::open(port.string());
    } catch (const basin_host::Error& error) {
      explain(error, port);
    }
  }

  /// STATUS and the cycles of the run, read until it has ended.
  Step wait() {
    constexpr std::array registers{std::uint32_t{reg_status}, std::uint32_t{reg_cycles}};
    constexpr std::chrono::seconds longest{60};
    const auto limit = std::chrono::steady_clock::now() + longest;
    for (;;) {
      const auto got = guarded([&] { return board_.read_registers(registers); });
      if ((got[0] & status_busy) == 0) {
        return {got[1], false, (got[0] & status_settled) != 0, (got[0] & status_overflow) != 0};
      }
      if (std::chrono::steady_clock::now() > limit) throw ToolError("board", "a run does not end");
    }
  }

  template <class Action>
  auto guarded(Action action) -> decltype(action()) {
    try {
      return action();
    } catch (const basin_host::Error& error) {
      explain(error, port_);
    }
  }

  std::filesystem::path port_;
  basin_host::Board board_;
  std::vector<std::uint32_t> words_;
};

std::string hex8(std::uint32_t number) {
  std::array<char, 9> text{};
  std::snprintf(text.data(), text.size(), "%08x", number);
  return text.data();
}

}  // namespace

std::unique_ptr<CorePort> make_board_port(const std::filesystem::path& port) { return std::make_unique<BoardPort>(port); }

std::unique_ptr<Engine> make_board_engine(const FixedNetwork& network, std::uint32_t config_id,
                                          const std::filesystem::path& port) {
  std::unique_ptr<CorePort> board = make_board_port(port);
  const std::uint32_t found = board->read_register(reg_config_id);
  if (found != config_id) {
    throw ToolError("board", "the bitstream at " + port.string() + " is of hardware.id " + hex8(found) + ", not " + hex8(config_id),
                    {}, "make one with basin synth and write it to the board: docs/board.md");
  }
  return std::make_unique<RtlEngine>("board", network, config_id, std::move(board));
}

}  // namespace basin
