#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "models/physical/activation_text.hpp"
#include "sim/spice/deck_lines.hpp"

namespace basin {

/// An element of a flattened deck. Nodes of instances carry the instance's name: "x0.g".
struct Element {
  Location where;
  std::string name;
  enum class Kind { resistor, capacitor, current, voltage, gain, source, slewing, line } kind = Kind::resistor;
  std::string from, to;                       // "0" is ground
  double value = 0.0;                         // ohm, F, A, V, the gain, or ohm of a slewing current or a line
  double limit = 0.0;                         // A, of a slewing current
  double delay = 0.0;                         // s, of a line, which is from one node above ground to another
  std::optional<double> initial;              // V, of a capacitor
  std::string control_from, control_to;       // of a gain or a slewing current
  std::optional<SourceExpression> source;     // its node flattened too
};

/// A deck as the elements it comes to, and its analysis.
struct Elements {
  std::vector<Element> all;
  std::map<std::string, double> starts;       // V, of .ic
  std::optional<double> t_end;                // s, of .tran
};

/// Expands the instances of `lines`. Throws InputError with file and line for whatever is no part of a Hopfield circuit.
Elements flatten(const std::vector<DeckLine>& lines);

/// The nodes that amplifiers read, in the order of the numbers at the ends of their names where all have one, else as they come.
std::vector<std::string> states_of(const Elements& elements);

}  // namespace basin
