#include "sim/systemc/scoreboard.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace basin::systemc {
namespace {

constexpr double largest_judged_amplification = 50.0;

}  // namespace

Scoreboard::Scoreboard(const sc_core::sc_module_name&, const FixedNetwork& network, const Scale& scale,
                       sc_core::sc_fifo<AnalogStep>& analog)
    : golden_(FixedNumber(network)), scale_(scale), analog_(analog) {
  SC_THREAD(run);
}

void Scoreboard::trace(sc_core::sc_trace_file* file) const {
  sc_core::sc_trace(file, step_, "scoreboard.step");
  sc_core::sc_trace(file, deviation_, "scoreboard.deviation");
}

void Scoreboard::run() {
  for (;;) {
    const HardwareStep hardware = steps.read();
    compare_bits(hardware);
    compare_states(hardware, analog_.read());
    ++compared_;
    done_.notify();
  }
}

void Scoreboard::compare_bits(const HardwareStep& hardware) {
  step_ = hardware.step;
  if (hardware.step == 0) golden_.load(std::vector<std::int64_t>(hardware.state.begin(), hardware.state.end()));
  else golden_.step();
  const auto expected = golden_.state();
  for (std::size_t i = 0; i < expected.size(); ++i) {
    if (hardware.state[i] == expected[i]) continue;
    SC_REPORT_ERROR("basin/bits", fmt::format("step {}: state {}: golden {}, core {}", hardware.step, i, expected[i],
                                              hardware.state[i]).c_str());
    return;
  }
  if (hardware.step > 0 && (hardware.settled != golden_.settled() || hardware.overflow != golden_.overflow())) {
    SC_REPORT_ERROR("basin/bits", fmt::format("step {}: settled or overflow differs", hardware.step).c_str());
  }
}

void Scoreboard::compare_states(const HardwareStep& hardware, const AnalogStep& analog) {
  const double lsb = golden_.number().network().lsb_state;
  deviation_ = 0.0;
  for (std::size_t i = 0; i < analog.u.size(); ++i) {
    deviation_ = std::max(deviation_, std::abs(hardware.state[i] * lsb - analog.u[i]) / scale_.bound);
  }
  largest_ = std::max(largest_, deviation_);
  if (analog.step != hardware.step) SC_REPORT_ERROR("basin/deviation", "the analog circuit is at another step");
  const std::string text = fmt::format("step {}: {:.2e} of B, limit {:.2e}", hardware.step, deviation_, scale_.limit);
  if (deviation_ > largest_judged_amplification * scale_.limit) SC_REPORT_ERROR("basin/deviation", text.c_str());
  else if (deviation_ > scale_.limit && !warned_) {
    SC_REPORT_WARNING("basin/deviation", text.c_str());
    warned_ = true;
  }
}

}  // namespace basin::systemc
