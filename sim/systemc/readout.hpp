#pragma once

#include <cstdint>
#include <systemc>
#include <vector>

#include "models/fixed/output_code.hpp"
#include "sim/systemc/monitor.hpp"

namespace basin::systemc {

/// What the core's integers stand for: each state and output in the circuit's own unit, as the core's monitor shows it.
class Readout : public sc_core::sc_module {
 public:
  SC_HAS_PROCESS(Readout);
  /// Keeps references.
  Readout(const sc_core::sc_module_name&, const FixedNetwork& network, const Monitor& monitor)
      : network_(network), monitor_(monitor), u_(static_cast<std::size_t>(network.neurons)), v_(u_.size()) {
    SC_METHOD(show);
    sensitive << monitor_.shown();
    dont_initialize();
  }
  [[nodiscard]] const std::vector<double>& u() const { return u_; }
  [[nodiscard]] const std::vector<double>& v() const { return v_; }

 private:
  void show() {
    const std::size_t i = monitor_.index();
    if (i >= u_.size()) return;   // the scoreboard's driver reports a neuron out of turn
    const std::int32_t state = extended(monitor_.state());
    u_[i] = state * network_.lsb_state;
    v_[i] = static_cast<double>(output_code(network_, i, state)) * network_.lsb_drive;
  }

  /// The port is as wide as a state: above it the word holds zeros.
  [[nodiscard]] std::int32_t extended(std::int32_t word) const {
    const int unused = 32 - network_.core.state_bits;
    return static_cast<std::int32_t>(static_cast<std::uint32_t>(word) << unused) >> unused;
  }

  const FixedNetwork& network_;
  const Monitor& monitor_;
  std::vector<double> u_, v_;
};

}  // namespace basin::systemc
