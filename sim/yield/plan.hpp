#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/design/design.hpp"

namespace basin {

/// One question of a yield run: circuits made with these faults, all of them asked every cue.
struct YieldCase {
  std::string name;                           // "nominal", the key that is not ideal, "all"
  std::string value;                          // as the design has it, for a reader; "" where there is none
  std::optional<ActivationKind> activation;   // in the place of the design's; absent: its own
  ToleranceSpec tolerance;
  AmplifierSpec amplifier;
  bool is_delayed = false;                    // by the design's delays
  bool is_noisy = false;                      // at its temperature

  /// Whether the circuits made, or their runs, differ from one another.
  [[nodiscard]] bool is_random() const {
    return is_noisy || tolerance.resistors > 0.0 || tolerance.capacitors > 0.0 || tolerance.input_offset_v > 0.0 ||
           tolerance.stuck_open > 0.0 || tolerance.stuck_short > 0.0;
  }
};

/// Whether the design says of anything that it is not ideal: [tolerance], [amplifier], delays or noise.
bool has_faults(const Design& design);

/// The cases of a design: the nominal circuit, each of its faults alone, all together; then the nominal circuit and all together
/// with every other smooth activation of the same gain. Without faults the nominal ones alone.
std::vector<YieldCase> yield_cases(const Design& design);

}  // namespace basin
