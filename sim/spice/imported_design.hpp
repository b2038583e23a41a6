#pragma once

#include <map>
#include <string>

#include "sim/spice/deck_circuit.hpp"

namespace basin {

/// The design file and the data beside it: name → bytes. Reading `design.toml` gives the deck's circuit: voltages over its
/// swing, and `deck` names where it is from.
std::map<std::string, std::string> design_files(const DeckCircuit& circuit, const std::string& name, const std::string& deck);

}  // namespace basin
