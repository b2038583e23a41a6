// serve_fake_port: a port with 16 registers and a stream that gives back what it took. Writing some registers makes it fail:
// 13 throws, 14 prints a line to standard error and ends with exit code 7, 15 never answers.
#include <array>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <unistd.h>
#include <vector>

#include "sim/rtl/child_port.hpp"

namespace {

class FakePort final : public basin::CorePort {
 public:
  std::uint32_t read_register(std::uint32_t address) override { return registers_.at(address); }
  void write_register(std::uint32_t address, std::uint32_t data) override {
    if (address == 13) throw std::runtime_error("an assertion of the core failed");
    if (address == 14) {
      std::fputs("the last line of the log\n", stderr);
      std::exit(7);
    }
    if (address == 15) pause();
    registers_.at(address) = data;
  }
  void load(std::span<const std::uint32_t> words, bool keep_open) override {
    if (!open_) stream_.clear();
    stream_.insert(stream_.end(), words.begin(), words.end());
    open_ = keep_open;
  }
  void read(std::span<std::uint32_t> words) override {
    for (std::size_t i = 0; i < words.size(); ++i) words[i] = stream_.at(i);
  }
  void finish() override {}
  [[nodiscard]] bool follows_runs() const override { return true; }
  Step step(std::span<std::int32_t> states) override {
    for (std::size_t i = 0; i < states.size(); ++i) states[i] = -static_cast<std::int32_t>(i);
    return {0x1'0000'0002, false, true, true};
  }

 private:
  std::array<std::uint32_t, 16> registers_{};
  std::vector<std::uint32_t> stream_;
  bool open_ = false;
};

}  // namespace

int main() {
  FakePort port;
  basin::serve_port(port, STDIN_FILENO, STDOUT_FILENO);
}
