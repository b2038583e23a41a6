#pragma once

#include <cstdint>
#include <ostream>
#include <systemc>
#include <vector>

#include "models/fixed/fixed_number.hpp"
#include "models/fixed/stepper.hpp"
#include "sim/systemc/analog.hpp"

namespace basin::systemc {

/// The core after `step` network steps; step 0 is what was loaded.
struct HardwareStep {
  std::int64_t step = 0;
  std::vector<std::int32_t> state;
  bool settled = false;
  bool overflow = false;
};
inline std::ostream& operator<<(std::ostream& stream, const HardwareStep& one) { return stream << "core step " << one.step; }

/// Compares every network step of the core with the golden model, bit by bit, and with the analog circuit. A wrong bit is
/// an SC_ERROR "basin/bits". A deviation (fraction of B) above `limit` is one SC_WARNING "basin/deviation": near a saddle
/// the circuit amplifies a difference, which `verify` divides out. Above 50 limits, the amplification beyond which `verify`
/// judges no cue, it is an SC_ERROR.
class Scoreboard : public sc_core::sc_module {
 public:
  struct Scale {
    double bound = 1.0;   // B
    double limit = 1e-3;
  };

  SC_HAS_PROCESS(Scoreboard);
  Scoreboard(const sc_core::sc_module_name& name, const FixedNetwork& network, const Scale& scale,
             sc_core::sc_fifo<AnalogStep>& analog);

  sc_core::sc_fifo<HardwareStep> steps{"steps", 4};

  [[nodiscard]] std::int64_t compared() const { return compared_; }
  [[nodiscard]] double largest_deviation() const { return largest_; }
  /// Notified after every comparison.
  [[nodiscard]] const sc_core::sc_event& done() const { return done_; }
  void trace(sc_core::sc_trace_file* file) const;

 private:
  void run();
  void compare_bits(const HardwareStep& hardware);
  void compare_states(const HardwareStep& hardware, const AnalogStep& analog);

  Stepper<FixedNumber> golden_;
  Scale scale_;
  sc_core::sc_fifo<AnalogStep>& analog_;
  std::int64_t compared_ = 0;     // steps, the loaded state included
  std::int64_t step_ = 0;
  double deviation_ = 0.0;
  double largest_ = 0.0;
  bool warned_ = false;
  sc_core::sc_event done_;
};

}  // namespace basin::systemc
