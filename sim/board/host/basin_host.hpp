#pragma once

// Host driver of a Basin board (docs/protocol.md): C++20, POSIX, no other dependency.
//
//     basin_host::Board board = basin_host::Board::open("/dev/ttyUSB1");
//     board.write_register(3, 64);

#include <fcntl.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace basin_host {

inline constexpr std::size_t most_words = 64;   // of a frame
inline constexpr std::uint8_t flag_busy = 1, flag_settled = 2, flag_overflow = 4, flag_load_error = 8, flag_fresh = 16,
                              flag_refused = 32, flag_boot_error = 64, flag_booted = 128;

/// Why a board can't be used: `reason` for programs, what() for people.
class Error : public std::runtime_error {
 public:
  enum class Reason {
    port,        // the port can't be opened, or is gone
    silent,      // no right reply came, however often the request was sent
    reset,       // the board was reset since the session began: what was loaded is lost
    refused,     // the board did not execute the request
    words        // the read stream gave fewer words than were asked for
  };
  Error(Reason reason, const std::string& text) : std::runtime_error(text), reason_(reason) {}
  [[nodiscard]] Reason reason() const { return reason_; }

 private:
  Reason reason_;
};

/// How long to wait for a reply, and how often to send a request before giving up.
struct Patience {
  std::chrono::milliseconds reply{500};
  int tries = 8;
};

namespace detail {

enum Command : std::uint8_t { hello = 1, write_registers = 2, read_registers = 3, load = 4, load_last = 5, take = 6 };
inline constexpr std::uint8_t request_sync = 0xB5, reply_sync = 0x5B;
inline constexpr std::uint32_t greeting = 0x314E5342;
inline constexpr std::uint32_t reg_control = 1, control_clear = 4, control_stop = 8;

inline std::uint16_t crc16(std::span<const std::uint8_t> bytes) {
  unsigned crc = 0xFFFF;
  for (const std::uint8_t byte : bytes) {
    crc ^= static_cast<unsigned>(byte) << 8;
    for (int bit = 0; bit < 8; ++bit) crc = (crc << 1 ^ ((crc & 0x8000) != 0 ? 0x1021U : 0U)) & 0xFFFF;
  }
  return static_cast<std::uint16_t>(crc);
}

inline std::vector<std::uint8_t> request_frame(std::uint8_t head, std::span<const std::uint32_t> words) {
  std::vector<std::uint8_t> frame{request_sync, head, static_cast<std::uint8_t>(words.size())};
  for (const std::uint32_t word : words) {
    for (int shift = 0; shift < 32; shift += 8) frame.push_back(static_cast<std::uint8_t>(word >> shift));
  }
  const std::uint16_t crc = crc16(std::span(frame).subspan(1));
  frame.push_back(static_cast<std::uint8_t>(crc >> 8));
  frame.push_back(static_cast<std::uint8_t>(crc & 0xFF));
  return frame;
}

struct Reply {
  std::uint8_t flags = 0;
  std::vector<std::uint32_t> words;
};

/// The reply with that head that begins at `bytes`, if a whole and right one does.
inline std::optional<Reply> reply_at(std::span<const std::uint8_t> bytes, std::uint8_t head) {
  constexpr std::size_t before = 4, after = 2;
  if (bytes.size() < before + after || bytes[0] != reply_sync || bytes[1] != head || bytes[3] > most_words) return {};
  const std::size_t size = before + 4 * std::size_t{bytes[3]} + after;
  if (bytes.size() < size || crc16(bytes.subspan(1, size - 1)) != 0) return {};
  Reply reply{bytes[2], {}};
  for (std::size_t at = before; at < size - after; at += 4) {
    reply.words.push_back(bytes[at] | std::uint32_t{bytes[at + 1]} << 8 | std::uint32_t{bytes[at + 2]} << 16 |
                          std::uint32_t{bytes[at + 3]} << 24);
  }
  return reply;
}

inline std::optional<speed_t> speed_of(unsigned baud) {
  switch (baud) {
    case 9600: return B9600;
    case 115200: return B115200;
    case 1000000: return B1000000;
    case 2000000: return B2000000;
    case 3000000: return B3000000;
    default: return {};
  }
}

}  // namespace detail

/// A session with one board. Requests are sent again when no right reply comes in time, so that bytes lost or garbled on the
/// way go unnoticed. Every function throws Error.
class Board {
 public:
  /// Opens a serial port and starts a session on it.
  static Board open(const std::string& path, unsigned baud = 1000000, Patience patience = {}) {
    const int file = ::open(path.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (file < 0) throw Error(Error::Reason::port, "can't open " + path + ": " + std::strerror(errno));
    Board board(file, patience);
    termios settings{};
    if (tcgetattr(file, &settings) != 0) throw Error(Error::Reason::port, path + " is no serial port");
    const std::optional<speed_t> speed = detail::speed_of(baud);
    if (!speed) throw Error(Error::Reason::port, "no serial port has " + std::to_string(baud) + " baud");
    cfmakeraw(&settings);
    settings.c_cflag |= CLOCAL | CREAD;
    settings.c_cflag &= ~static_cast<tcflag_t>(CSTOPB | CRTSCTS);
    settings.c_cc[VMIN] = 1;
    settings.c_cc[VTIME] = 0;
    cfsetispeed(&settings, *speed);
    cfsetospeed(&settings, *speed);
    if (tcsetattr(file, TCSANOW, &settings) != 0) {
      throw Error(Error::Reason::port, "can't set up " + path + ": " + std::strerror(errno));
    }
    board.start();
    return board;
  }
  Board(Board&& other) noexcept
      : file_(std::exchange(other.file_, -1)), patience_(other.patience_), sequence_(other.sequence_), flags_(other.flags_) {}
  Board(const Board&) = delete;
  Board& operator=(const Board&) = delete;
  Board& operator=(Board&&) = delete;
  ~Board() {
    if (file_ >= 0) ::close(file_);
  }

  void write_register(std::uint32_t address, std::uint32_t data) {
    run(detail::write_registers, std::array{address, data});
  }
  [[nodiscard]] std::uint32_t read_register(std::uint32_t address) { return read_registers(std::array{address})[0]; }
  /// Up to 64 registers, read in this order.
  [[nodiscard]] std::vector<std::uint32_t> read_registers(std::span<const std::uint32_t> addresses) {
    std::vector<std::uint32_t> words = run(detail::read_registers, addresses).words;
    if (words.size() != addresses.size()) throw Error(Error::Reason::words, "the board answered with too few registers");
    return words;
  }
  /// Sends words of a load packet, any number; the last one ends it if `last`.
  void load(std::span<const std::uint32_t> words, bool last = true) {
    while (!words.empty()) {
      const auto part = words.first(std::min(words.size(), most_words));
      words = words.subspan(part.size());
      run(words.empty() && last ? detail::load_last : detail::load, part);
    }
  }
  /// Takes words of the read stream until all of `words` are there.
  void take(std::span<std::uint32_t> words) {
    while (!words.empty()) {
      const std::vector<std::uint32_t> got = take_some(std::min(words.size(), most_words));
      if (got.empty()) throw Error(Error::Reason::words, "the board's read stream ended too early");
      std::copy(got.begin(), got.end(), words.begin());
      words = words.subspan(got.size());
    }
  }
  /// The flags of the last reply.
  [[nodiscard]] std::uint8_t flags() const { return flags_; }

 private:
  Board(int file, Patience patience) : file_(file), patience_(patience) {}

  /// Begins a session and ends what a former one left behind.
  void start() {
    const detail::Reply hello = exchange(detail::hello, {});
    if (hello.words != std::vector{detail::greeting}) {
      throw Error(Error::Reason::refused, "the board speaks another version of the protocol");
    }
    write_register(detail::reg_control, detail::control_stop | detail::control_clear);
    const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (!take_some(most_words).empty() || (flags_ & flag_busy) != 0) {
      if (std::chrono::steady_clock::now() > limit) throw Error(Error::Reason::silent, "the board does not come to rest");
    }
  }

  std::vector<std::uint32_t> take_some(std::size_t most) {
    std::vector<std::uint32_t> got = run(detail::take, std::array{static_cast<std::uint32_t>(most)}).words;
    if (got.size() > most) throw Error(Error::Reason::words, "the board gave more words than were asked for");
    return got;
  }

  /// exchange() of a request that the board has to execute.
  detail::Reply run(detail::Command command, std::span<const std::uint32_t> words) {
    detail::Reply reply = exchange(command, words);
    if ((reply.flags & flag_fresh) != 0) throw Error(Error::Reason::reset, "the board was reset; load again");
    if ((reply.flags & flag_refused) != 0) throw Error(Error::Reason::refused, "the board refused a request: it is busy");
    return reply;
  }

  detail::Reply exchange(detail::Command command, std::span<const std::uint32_t> words) {
    sequence_ = static_cast<std::uint8_t>((sequence_ + 1) & 15);
    const auto head = static_cast<std::uint8_t>(command << 4 | sequence_);
    const std::vector<std::uint8_t> frame = detail::request_frame(head, words);
    for (int k = 0; k < patience_.tries; ++k) {
      tcflush(file_, TCIFLUSH);
      const auto limit = std::chrono::steady_clock::now() + patience_.reply;
      send(frame, limit);
      if (std::optional<detail::Reply> reply = receive(head, limit)) {
        flags_ = reply->flags;
        return *std::move(reply);
      }
    }
    throw Error(Error::Reason::silent, "no board answers");
  }

  /// What is left of the time is kept for the port; false when it is over.
  bool wait(short events, std::chrono::steady_clock::time_point limit) const {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(limit - std::chrono::steady_clock::now()).count();
    pollfd waited{file_, events, 0};
    return left > 0 && poll(&waited, 1, static_cast<int>(left)) > 0;
  }

  void send(std::span<const std::uint8_t> bytes, std::chrono::steady_clock::time_point limit) const {
    while (!bytes.empty() && wait(POLLOUT, limit)) {
      const ssize_t count = ::write(file_, bytes.data(), bytes.size());
      if (count > 0) bytes = bytes.subspan(static_cast<std::size_t>(count));
      if (count < 0) require_transient();
    }
  }

  std::optional<detail::Reply> receive(std::uint8_t head, std::chrono::steady_clock::time_point limit) const {
    std::vector<std::uint8_t> bytes;
    while (wait(POLLIN, limit)) {
      std::array<std::uint8_t, 512> some{};
      const ssize_t count = ::read(file_, some.data(), some.size());
      if (count < 0) require_transient();
      if (count == 0) throw Error(Error::Reason::port, "the port was closed");
      if (count > 0) bytes.insert(bytes.end(), some.begin(), some.begin() + count);
      for (std::size_t at = 0; at < bytes.size(); ++at) {
        if (std::optional<detail::Reply> reply = detail::reply_at(std::span(bytes).subspan(at), head)) return reply;
      }
    }
    return {};
  }

  static void require_transient() {
    if (errno == EAGAIN || errno == EINTR) return;
    throw Error(Error::Reason::port, std::string("the port is gone: ") + std::strerror(errno));
  }

  int file_;
  Patience patience_;
  std::uint8_t sequence_ = 0;
  std::uint8_t flags_ = 0;
};

}  // namespace basin_host
