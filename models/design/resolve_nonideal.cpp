#include "models/design/resolve_parts.hpp"

namespace basin::resolve {

ToleranceSpec tolerance(const Document& document) {
  ToleranceSpec spec;
  spec.uniform = document.choice("tolerance.distribution") == "uniform";
  spec.resistors = document.number("tolerance.resistors");
  spec.capacitors = document.number("tolerance.capacitors");
  spec.input_offset_v = document.number("tolerance.input_offset");
  spec.stuck_open = document.number("tolerance.stuck_open");
  spec.stuck_short = document.number("tolerance.stuck_short");
  spec.short_resistance_ohm = document.number("tolerance.short_resistance");
  spec.supply_droop = document.number("tolerance.supply_droop");
  spec.seed = static_cast<std::uint64_t>(document.integer("tolerance.seed"));
  if (spec.stuck_open + spec.stuck_short > 1.0) {
    document.fail("tolerance.stuck_short", "and stuck_open are more than 1 together; allowed: probabilities of a synapse that add to at most 1");
  }
  return spec;
}

NoiseSpec noise(const Document& document) {
  NoiseSpec spec;
  spec.temperature = document.optional_number("noise.temperature");
  spec.step = document.optional_number("noise.step");
  if (spec.step && !spec.temperature) document.fail("noise.step", "is not used; allowed with noise.temperature only");
  spec.seed = static_cast<std::uint64_t>(document.integer("noise.seed"));
  return spec;
}

}  // namespace basin::resolve
