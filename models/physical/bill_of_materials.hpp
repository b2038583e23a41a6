#pragma once

#include <string>
#include <vector>

#include "models/physical/resistor_network.hpp"

namespace basin {

/// One line of a bill of materials.
struct Part {
  std::string kind;      // "resistor", "capacitor", "amplifier", "line"
  double value = 0.0;    // ohm, F; of an amplifier its small-signal gain in V/V
  int count = 0;
};

/// Everything the network needs, each kind by rising value; values equal to six digits are one part.
std::vector<Part> bill_of_materials(const ResistorNetwork& network);

}  // namespace basin
