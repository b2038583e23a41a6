#pragma once

#include <verilated.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "models/fixed/protocol.hpp"
#include "tests/rtl/configurations.hpp"

namespace basin::rtl_test {

/// The signed value in the low `bits` of a word.
constexpr std::int64_t signed_value(std::uint64_t word, int bits) {
  const std::uint64_t sign = std::uint64_t{1} << (bits - 1);
  return static_cast<std::int64_t>((word & (2 * sign - 1)) ^ sign) - static_cast<std::int64_t>(sign);
}

/// One state shown at the monitor port.
struct Shown {
  std::uint32_t index;
  std::int64_t state;
  std::uint64_t clock;
};

/// Drives one verilated basin_core clock by clock. Inputs change after a rising edge; outputs are looked at before the
/// next. Both streams are throttled at random with probability `pause`.
template <class Model>
class Bench {
 public:
  Bench(const CoreConfig& config, unsigned seed, double pause = 0.0) : config_(config), random_(seed), pause_(pause) {
    context_.randReset(2);
    context_.randSeed(static_cast<int>(seed));
    model_ = std::make_unique<Model>(&context_, "core");
    reset();
  }
  ~Bench() { model_->final(); }

  void reset() {
    model_->reg_valid_i = 0;
    model_->load_valid_i = 0;
    model_->read_ready_i = 0;
    model_->rst_ni = 0;
    for (int k = 0; k < 3; ++k) clock();
    model_->rst_ni = 1;
    clock();
  }

  void clock() {
    model_->clk_i = 0;
    model_->eval();
    if (model_->monitor_valid_o != 0 && model_->rst_ni != 0) {
      shown_.push_back({model_->monitor_index_o, signed_value(model_->monitor_state_o, config_.state_bits), now_});
    }
    model_->clk_i = 1;
    model_->eval();
    ++now_;
  }

  void write(std::uint32_t address, std::uint32_t word) {
    model_->reg_valid_i = 1;
    model_->reg_write_i = 1;
    model_->reg_addr_i = static_cast<std::uint8_t>(address);
    model_->reg_wdata_i = word;
    clock();
    model_->reg_valid_i = 0;
    model_->reg_write_i = 0;
  }
  std::uint32_t read(std::uint32_t address) {
    model_->reg_valid_i = 1;
    model_->reg_write_i = 0;
    model_->reg_addr_i = static_cast<std::uint8_t>(address);
    clock();
    model_->reg_valid_i = 0;
    return model_->reg_rdata_o;
  }
  bool status(std::uint32_t mask) { return (read(protocol::reg_status) & mask) != 0; }
  [[nodiscard]] bool busy() const { return model_->busy_o != 0; }

  /// Sends words, `last` with word number `last_at` (by default the final one).
  void load(const std::vector<std::uint32_t>& words, std::optional<std::size_t> last_at = {}) {
    const std::size_t last = last_at.value_or(words.size() - 1);
    for (std::size_t k = 0; k < words.size(); ++k) {
      while (paused()) clock();
      model_->load_valid_i = 1;
      model_->load_data_i = words[k];
      model_->load_last_i = k == last;
      wait([&] { return model_->load_ready_o != 0; });
      clock();
      model_->load_valid_i = 0;
    }
    clock();   // the last word reaches its memory
    clock();
  }

  /// Answers of a read request; empty when it was refused.
  std::vector<std::uint32_t> read_words(std::uint32_t header) {
    std::vector<std::uint32_t> words;
    write(protocol::reg_read, header);
    while (busy()) {
      model_->read_ready_i = !paused();
      model_->clk_i = 0;
      model_->eval();
      const bool taken = model_->read_valid_o != 0 && model_->read_ready_i != 0;
      if (taken) words.push_back(model_->read_data_o);
      if (taken && (model_->read_last_o != 0) != (words.size() == expected_words(header))) {
        throw std::runtime_error("last of the read stream is in the wrong place");
      }
      clock();
    }
    model_->read_ready_i = 0;
    return words;
  }

  /// Starts a run and waits for its end.
  void run() {
    shown_.clear();
    write(protocol::reg_control, protocol::control_start);
    wait([&] { return !busy(); });
  }
  void finish() { wait([&] { return !busy(); }); }

  [[nodiscard]] const std::vector<Shown>& shown() const { return shown_; }
  [[nodiscard]] const CoreConfig& config() const { return config_; }
  Model& model() { return *model_; }

 private:
  static std::size_t expected_words(std::uint32_t header) { return header & protocol::max_count; }
  bool paused() { return std::bernoulli_distribution(pause_)(random_); }

  template <class Condition>
  void wait(Condition condition) {
    constexpr int patience = 4'000'000;
    for (int k = 0; k < patience; ++k) {
      model_->clk_i = 0;
      model_->eval();
      if (condition()) return;
      clock();
    }
    throw std::runtime_error("the core does not answer");
  }

  CoreConfig config_;
  std::mt19937 random_;
  double pause_;
  VerilatedContext context_;
  std::unique_ptr<Model> model_;
  std::vector<Shown> shown_;
  std::uint64_t now_ = 0;
};

}  // namespace basin::rtl_test
