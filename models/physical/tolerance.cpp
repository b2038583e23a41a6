#include "models/physical/tolerance.hpp"

#include <cmath>

#include "models/design/random.hpp"

namespace basin {
namespace {

/// One kind of draw of one made circuit.
class Draw {
 public:
  Draw(const ToleranceSpec& spec, Stream stream, std::uint32_t sample)
      : is_uniform_(spec.uniform), random_(spec.seed, stream, sample) {}

  /// Of unit spread: standard deviation, or half the width.
  double deviation() { return is_uniform_ ? 2.0 * random_.uniform() - 1.0 : random_.normal(); }
  /// 1 + share·deviation.
  double factor(double share) {
    constexpr double least = 0.1;
    double drawn = 1.0 + share * deviation();
    while (drawn < least) drawn = 1.0 + share * deviation();
    return drawn;
  }

 private:
  bool is_uniform_;
  Random random_;
};

void vary_resistors(ResistorNetwork& network, const ToleranceSpec& spec, std::uint32_t sample) {
  Draw draw(spec, Stream::made_resistors, sample);
  const auto vary = [&](double& conductance) {
    if (conductance != 0.0) conductance /= draw.factor(spec.resistors);
  };
  for (Index i = 0; i < network.size(); ++i) {
    for (Index j = 0; j < network.size(); ++j) vary(network.conductance(i, j));
    vary(network.bias[i]);
    vary(network.leak[i]);
  }
}

void break_synapses(ResistorNetwork& network, const ToleranceSpec& spec, std::uint32_t sample) {
  Random random(spec.seed, Stream::made_faults, sample);
  for (Index i = 0; i < network.size(); ++i) {
    for (Index j = 0; j < network.size(); ++j) {
      double& conductance = network.conductance(i, j);
      if (conductance == 0.0) continue;
      const double drawn = random.uniform();
      if (drawn < spec.stuck_open) {
        conductance = 0.0;
      } else if (drawn < spec.stuck_open + spec.stuck_short) {
        conductance = std::copysign(1.0 / spec.short_resistance_ohm, conductance);
      }
    }
  }
}

}  // namespace

MadeParts made_parts(const ResistorNetwork& network, const AmplifierModel& amplifiers, const ToleranceSpec& spec,
                     std::uint32_t sample) {
  MadeParts made{network, amplifiers};
  if (spec.resistors > 0.0) vary_resistors(made.network, spec, sample);
  if (spec.stuck_open + spec.stuck_short > 0.0) break_synapses(made.network, spec, sample);
  if (spec.capacitors > 0.0) {
    Draw draw(spec, Stream::made_capacitors, sample);
    for (double& capacitance : made.network.capacitance) capacitance *= draw.factor(spec.capacitors);
  }
  if (spec.input_offset_v > 0.0) {
    Draw draw(spec, Stream::made_offsets, sample);
    if (made.amplifiers.input_offset_v.size() == 0) made.amplifiers.input_offset_v = Vector::Zero(network.size());
    for (double& offset : made.amplifiers.input_offset_v) offset += spec.input_offset_v * draw.deviation();
  }
  made.amplifiers.swing_share *= 1.0 - spec.supply_droop;
  return made;
}

}  // namespace basin
