#pragma once

#include <string>
#include <vector>

#include "models/circuit/circuit.hpp"
#include "models/circuit/pattern_visits.hpp"
#include "models/design/design.hpp"

namespace basin {

/// The visits worth reporting: all where they are two or more, and all under rule `sequence`; else none, because the attractor
/// says where a recall ended.
std::vector<PatternVisit> kept_sequence(const MemorySpec& memory, std::vector<PatternVisit> visits);

/// "cycle:n" of a run that goes round a cycle with n ≥ 2 memories on it (in the last `period`), else "unsettled".
std::string cycle_name(const std::vector<PatternVisit>& visits, double period);

/// Of a recall by rule `sequence`: "recalled" when the target (any memory when it is −1) comes first, then every memory in the
/// order of the patterns, the first again, and so on to the end of the run; "other" when some memory was visited; else
/// "unsettled".
std::string sequence_status(const std::vector<PatternVisit>& visits, const MemorySpec& memory, int target);

/// The visible neurons of a circuit (core coordinates, dense) while its hidden units are off, at V = −1.
Circuit slow_units_off(const Circuit& circuit);

/// The circuit (core coordinates, dense) whose equilibria the memories are to be: under rule `sequence` its visible neurons while
/// no slow unit pushes, else the circuit itself.
Circuit storing_circuit(const Design& design, const Circuit& circuit);

}  // namespace basin
