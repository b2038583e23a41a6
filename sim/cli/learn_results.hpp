#pragma once

#include "models/learning/rule.hpp"
#include "sim/cli/results.hpp"

namespace basin::cli {

/// A proof that visible units can't store the memories, with its exact whole numbers and the memories it speaks of: what
/// scripts/check_impossibility reads.
Json impossibility_of(const Impossibility& proof, const MemorySpec& memory);

/// Of rule `any`: `hidden: {count, proved_least}`; nothing for the other rules.
void add_hidden(Json& document, const Learned& learned);

}  // namespace basin::cli
