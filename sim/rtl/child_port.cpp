#include "sim/rtl/child_port.hpp"

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <unistd.h>
#include <utility>
#include <vector>

#include "sim/toolchain/child.hpp"
#include "sim/toolchain/tool_error.hpp"

namespace basin {
namespace {

static_assert(std::endian::native == std::endian::little, "words go through the pipe as they are in memory");

using Words = std::vector<std::uint32_t>;

std::string text_of(const Words& words) {
  std::string text(words.size() * sizeof(std::uint32_t), '\0');
  std::memcpy(text.data(), words.data(), text.size());
  return text.substr(0, text.find('\0'));
}

class ChildPort final : public CorePort {
 public:
  ChildPort(std::string tool, const ProcessOptions& options) : tool_(tool), program_(std::move(tool), options) {}

  std::uint32_t read_register(std::uint32_t address) override { return ask(child::read_register, address, {}, 1)[0]; }
  void write_register(std::uint32_t address, std::uint32_t data) override {
    ask(child::write_register, address, {&data, 1}, 0);
  }
  void load(std::span<const std::uint32_t> words, bool keep_open) override {
    ask(child::load, keep_open ? 1 : 0, words, 0);
  }
  void read(std::span<std::uint32_t> words) override {
    const Words answer = ask(child::read, static_cast<std::uint32_t>(words.size()), {}, words.size());
    std::copy(answer.begin(), answer.end(), words.begin());
  }
  void finish() override { ask(child::finish, 0, {}, 0); }
  [[nodiscard]] bool follows_runs() const override { return true; }
  Step step(std::span<std::int32_t> states) override {
    constexpr std::size_t head = 3;
    const Words answer = ask(child::step, static_cast<std::uint32_t>(states.size()), {}, head + states.size());
    for (std::size_t i = 0; i < states.size(); ++i) states[i] = static_cast<std::int32_t>(answer[head + i]);
    const std::uint32_t flags = answer[2];
    return {answer[0] | static_cast<std::uint64_t>(answer[1]) << 32, (flags & child::flag_busy) != 0,
            (flags & child::flag_settled) != 0, (flags & child::flag_overflow) != 0};
  }

 private:
  Words ask(child::Operation operation, std::uint32_t argument, std::span<const std::uint32_t> words, std::size_t expected) {
    Words request{operation, argument, static_cast<std::uint32_t>(words.size())};
    request.insert(request.end(), words.begin(), words.end());
    program_.write(std::as_bytes(std::span(request)));
    std::uint32_t head[2];
    program_.read(std::as_writable_bytes(std::span(head)));
    if (head[0] > child::problem || head[1] > child::most_words) throw ToolError(tool_, "sends an answer that is none");
    Words answer(head[1]);
    program_.read(std::as_writable_bytes(std::span(answer)));
    if (head[0] == child::problem) throw std::runtime_error(tool_ + ": " + text_of(answer));
    if (answer.size() != expected) throw ToolError(tool_, "answers with the wrong number of words");
    return answer;
  }

  std::string tool_;
  ChildProgram program_;
};

/// False at the end of the input.
bool read_words(int input, std::span<std::uint32_t> words) {
  auto bytes = std::as_writable_bytes(words);
  while (!bytes.empty()) {
    const ssize_t got = ::read(input, bytes.data(), bytes.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(got));
  }
  return true;
}

void write_words(int output, const Words& words) {
  auto bytes = std::as_bytes(std::span(words));
  while (!bytes.empty()) {
    const ssize_t done = ::write(output, bytes.data(), bytes.size());
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) throw std::runtime_error("the other side of the pipe is gone");
    bytes = bytes.subspan(static_cast<std::size_t>(done));
  }
}

Words perform(CorePort& port, std::uint32_t operation, std::uint32_t argument, const Words& words) {
  switch (operation) {
    case child::read_register: return {port.read_register(argument)};
    case child::write_register: port.write_register(argument, words.at(0)); return {};
    case child::load: port.load(words, argument != 0); return {};
    case child::read: {
      Words answer(argument);
      port.read(answer);
      return answer;
    }
    case child::finish: port.finish(); return {};
    case child::step: {
      std::vector<std::int32_t> states(argument);
      const CorePort::Step step = port.step(states);
      const std::uint32_t flags = (step.busy ? child::flag_busy : 0) | (step.settled ? child::flag_settled : 0) |
                                  (step.overflow ? child::flag_overflow : 0);
      Words answer{static_cast<std::uint32_t>(step.cycles), static_cast<std::uint32_t>(step.cycles >> 32), flags};
      answer.insert(answer.end(), states.begin(), states.end());
      return answer;
    }
    default: throw std::runtime_error("a request of an unknown kind");
  }
}

Words text_words(const std::string& text) {
  Words words((text.size() + sizeof(std::uint32_t)) / sizeof(std::uint32_t));
  std::memcpy(words.data(), text.data(), text.size());
  return words;
}

}  // namespace

std::unique_ptr<CorePort> make_child_port(std::string tool, const ProcessOptions& options) {
  return std::make_unique<ChildPort>(std::move(tool), options);
}

void serve_port(CorePort& port, int input, int output) {
  std::uint32_t head[3];
  while (read_words(input, head)) {
    if (head[2] > child::most_words) throw std::runtime_error("a request that is none");
    Words words(head[2]);
    if (!read_words(input, words)) return;
    Words answer{child::done};
    try {
      const Words result = perform(port, head[0], head[1], words);
      answer.push_back(static_cast<std::uint32_t>(result.size()));
      answer.insert(answer.end(), result.begin(), result.end());
    } catch (const std::exception& error) {
      const Words text = text_words(error.what());
      answer = {child::problem, static_cast<std::uint32_t>(text.size())};
      answer.insert(answer.end(), text.begin(), text.end());
    }
    write_words(output, answer);
  }
}

}  // namespace basin
