#pragma once

#include <vector>

#include "sim/cli/results.hpp"
#include "sim/compare/verification.hpp"

namespace basin::cli {

/// The sections of results.json that more than one verb has.
Json memories_of(const std::vector<MemoryReport>& memories);
/// What each engine ran and whether its bits were golden's.
Json engines_of(const std::vector<EngineReport>& engines);
/// Widths, step and scale, and why.
Json formats_of(const Quantised& quantised);
Json recalls_of(const MemorySpec& memory, const std::vector<Recall>& recalls, bool against_reference);

/// Adds what `verify` found to the head of its document.
void add_verification(Json& document, const Design& design, const Verification& verification);

}  // namespace basin::cli
