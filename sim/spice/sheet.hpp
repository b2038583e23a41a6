#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/physical/bill_of_materials.hpp"
#include "sim/spice/comparison.hpp"

namespace basin {

/// What the parts do to one memory. Margins are of the design's own W and b (docs/math.md), so that they can be compared.
struct SheetMemory {
  std::string name;
  double margin = 0.0;             // smallest κ of the circuit as designed
  double margin_of_parts = 0.0;    // and as the parts make it
  std::optional<bool> stored;      // a stable operating point of the parts has its signs; empty where delays leave it open
};

/// A stable or unstable state at rest that a memory or a cue leads to.
struct SheetPoint {
  std::string name;                // as simulate names ends
  OperatingPoint at;
};

/// All that is known of the components without a circuit simulator.
struct Sheet {
  std::vector<Part> parts;
  std::vector<SheetMemory> memories;
  std::vector<SheetPoint> points;  // those of the memories, then others that cues lead to
};

/// `ends`: where runs ended, u in volts. The amplifiers are those of the runs.
Sheet make_sheet(const Design& design, const PhysicalDesign& physical, const std::vector<Vector>& ends);

}  // namespace basin
