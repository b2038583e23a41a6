#pragma once

#include <deque>
#include <memory>
#include <optional>

#include "models/fixed/fixed_number.hpp"
#include "models/fixed/protocol.hpp"
#include "models/fixed/stepper.hpp"
#include "sim/systemc/tlm_target.hpp"

namespace basin::systemc {

/// The golden model behind a TLM-2.0 socket: docs/arithmetic.md §3–§8 without clocks. A run is made inside the transaction
/// that starts it, and takes `step_time` a step. Two things the core has and this has not: CYCLES reads 0, and a start after
/// a load of anything but states needs a load of states in between (the transaction fails).
class GoldenTarget : public CoreTarget {
 public:
  GoldenTarget(const sc_core::sc_module_name& name, const CoreConfig& core, std::uint32_t config_id,
               const sc_core::sc_time& step_time);

 protected:
  bool read_register(std::uint32_t address, std::uint32_t& data, sc_core::sc_time& delay) override;
  bool write_register(std::uint32_t address, std::uint32_t data, sc_core::sc_time& delay) override;
  bool load(std::uint32_t word, bool last, sc_core::sc_time& delay) override;
  bool read(std::uint32_t& word, sc_core::sc_time& delay) override;

 private:
  struct Header {
    std::uint32_t kind = 0, first = 0, count = 0;
    bool legal = false;
  };
  Header judged(std::uint32_t word, bool reading) const;
  void store(std::uint32_t index, std::uint32_t word);
  [[nodiscard]] std::uint32_t stored(std::uint32_t kind, std::uint32_t first, std::uint32_t index) const;
  bool control(std::uint32_t bits, sc_core::sc_time& delay);
  bool start(sc_core::sc_time& delay);
  [[nodiscard]] FixedNetwork network() const;
  [[nodiscard]] std::shared_ptr<const FixedFactors> factors(std::size_t n) const;
  void ask(std::uint32_t word);
  /// Of the last step made; 0 after a load of states.
  [[nodiscard]] std::uint32_t phase() const {
    return states_loaded_ || !stepper_ ? 0 : static_cast<std::uint32_t>(stepper_->phase());
  }
  /// Whether it is the register of a phase's length.
  [[nodiscard]] bool is_phase(std::uint32_t address) const {
    return address - protocol::reg_phase0 < memory_.phase_steps.size();
  }

  CoreConfig core_;
  std::uint32_t config_id_;
  sc_core::sc_time step_time_;
  FixedNetwork memory_;                    // sized for N neurons; weights with a stride of N, factors apart
  FixedFactors factors_;                   // of the factored form, signs with a stride of N
  std::vector<std::int32_t> states_, outputs_;
  std::optional<Stepper<FixedNumber>> stepper_;
  bool states_loaded_ = false, changed_ = true;
  bool settled_ = false, overflow_ = false, load_error_ = false;
  std::uint32_t steps_ = 0, network_id_ = 0;
  std::optional<Header> packet_;
  std::uint32_t taken_ = 0;
  std::deque<std::uint32_t> answer_;
};

}  // namespace basin::systemc
