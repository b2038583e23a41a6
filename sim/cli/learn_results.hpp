#pragma once

#include "models/circuit/pattern_visits.hpp"
#include "models/learning/rule.hpp"
#include "sim/cli/results.hpp"

namespace basin::cli {

/// A proof that visible units can't store the memories at outputs of ±1, with its exact whole numbers and the memories it
/// speaks of: what scripts/check_impossibility reads.
Json impossibility_of(const Impossibility& proof, const MemorySpec& memory);

/// Of the rules `any` and `sequence`: `hidden: {count, proved_least}`, the hidden units and how many outputs of ±1 are proved to
/// need; nothing for the other rules.
void add_hidden(Json& document, const Design& design, const Learned& learned);
/// `recalls[].sequence`: a `{memory, t}` a visit.
Json sequence_of(const MemorySpec& memory, const std::vector<PatternVisit>& visits);

}  // namespace basin::cli
