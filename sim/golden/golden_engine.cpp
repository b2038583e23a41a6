#include "sim/golden/golden_engine.hpp"

#include <stdexcept>
#include <vector>

#include "models/fixed/fixed_number.hpp"
#include "models/fixed/stepper.hpp"

namespace basin {
namespace {

class GoldenEngine final : public Engine {
 public:
  GoldenEngine(const FixedNetwork& network, std::uint32_t hardware_id)
      : stepper_(FixedNumber(network)), hardware_id_(hardware_id), state_(stepper_.state().size()) {}

  [[nodiscard]] std::string name() const override { return "golden"; }

  void set_biases(std::span<const std::int32_t> biases) override { stepper_.number().set_biases(biases); }

  void set_clamps(std::span<const std::uint8_t> masks) override { stepper_.number().set_clamps(masks); }

  void load(std::span<const std::int32_t> state) override {
    if (state.size() != state_.size()) throw std::invalid_argument("load needs one state a neuron");
    stepper_.load(std::vector<std::int64_t>(state.begin(), state.end()));
    keep_state();
  }

  std::uint64_t step() override {
    stepper_.step();
    keep_state();
    return 0;
  }

  [[nodiscard]] std::span<const std::int32_t> state() const override { return state_; }
  [[nodiscard]] bool settled() const override { return stepper_.settled(); }
  [[nodiscard]] bool overflow() const override { return stepper_.overflow(); }
  [[nodiscard]] std::uint32_t hardware_id() const override { return hardware_id_; }
  [[nodiscard]] std::uint32_t network_id() const override { return basin::network_id(stepper_.number().network()); }

 private:
  void keep_state() {
    for (std::size_t i = 0; i < state_.size(); ++i) state_[i] = static_cast<std::int32_t>(stepper_.state()[i]);
  }

  Stepper<FixedNumber> stepper_;
  std::uint32_t hardware_id_;
  std::vector<std::int32_t> state_;
};

}  // namespace

std::unique_ptr<Engine> make_golden_engine(const FixedNetwork& network, std::uint32_t hardware_id) {
  return std::make_unique<GoldenEngine>(network, hardware_id);
}

}  // namespace basin
