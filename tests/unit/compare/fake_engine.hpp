#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "sim/engine.hpp"

namespace basin::test {

/// What is wrong with a fake engine, from `step` of every recall on.
struct Fault {
  std::int64_t step = -1;   // −1: nothing
  std::size_t neuron = 0;
  std::int32_t flip = 0;    // bits turned in that one state
  bool overflow = false;    // raises the flag
  bool late = false;        // never says that it has settled
};

/// Counts every state down to 0, one a step, and settles there.
class CountingEngine final : public Engine {
 public:
  CountingEngine(std::string name, Fault fault) : name_(std::move(name)), fault_(fault) {}

  [[nodiscard]] std::string name() const override { return name_; }
  void set_biases(std::span<const std::int32_t>) override {}
  void set_clamps(std::span<const std::uint8_t>) override {}
  void load(std::span<const std::int32_t> state) override {
    state_.assign(state.begin(), state.end());
    step_ = 0;
    spoil();
  }
  std::uint64_t step() override {
    for (std::int32_t& word : state_) word = std::max(word - 1, 0);
    ++step_;
    spoil();
    return 5;
  }
  [[nodiscard]] std::span<const std::int32_t> state() const override { return state_; }
  [[nodiscard]] bool settled() const override {
    return !fault_.late && std::all_of(state_.begin(), state_.end(), [](std::int32_t word) { return word == 0; });
  }
  [[nodiscard]] bool overflow() const override { return fault_.overflow && step_ >= fault_.step; }
  [[nodiscard]] std::uint32_t hardware_id() const override { return 1; }
  [[nodiscard]] std::uint32_t network_id() const override { return 2; }

 private:
  void spoil() {
    if (step_ == fault_.step) state_[fault_.neuron] ^= fault_.flip;
  }

  std::string name_;
  Fault fault_;
  std::vector<std::int32_t> state_;
  std::int64_t step_ = 0;
};

/// Another engine whose state is spoiled at one step of every recall.
class SpoiledEngine final : public Engine {
 public:
  SpoiledEngine(std::unique_ptr<Engine> engine, std::string name, Fault fault)
      : engine_(std::move(engine)), name_(std::move(name)), fault_(fault) {}

  [[nodiscard]] std::string name() const override { return name_; }
  void set_biases(std::span<const std::int32_t> biases) override { engine_->set_biases(biases); }
  void set_clamps(std::span<const std::uint8_t> masks) override { engine_->set_clamps(masks); }
  void load(std::span<const std::int32_t> state) override {
    engine_->load(state);
    step_ = 0;
    copy();
  }
  std::uint64_t step() override {
    const std::uint64_t cycles = engine_->step();
    ++step_;
    copy();
    return cycles;
  }
  [[nodiscard]] std::span<const std::int32_t> state() const override { return state_; }
  [[nodiscard]] bool settled() const override { return engine_->settled(); }
  [[nodiscard]] bool overflow() const override { return engine_->overflow() || (fault_.overflow && step_ >= fault_.step); }
  [[nodiscard]] std::uint32_t hardware_id() const override { return engine_->hardware_id(); }
  [[nodiscard]] std::uint32_t network_id() const override { return engine_->network_id(); }

 private:
  void copy() {
    const auto state = engine_->state();
    state_.assign(state.begin(), state.end());
    if (step_ == fault_.step) state_[fault_.neuron] ^= fault_.flip;
  }

  std::unique_ptr<Engine> engine_;
  std::string name_;
  Fault fault_;
  std::vector<std::int32_t> state_;
  std::int64_t step_ = 0;
};

}  // namespace basin::test
