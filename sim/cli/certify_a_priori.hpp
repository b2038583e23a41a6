#pragma once

#include <filesystem>

#include "sim/certify/a_priori.hpp"
#include "sim/cli/results.hpp"
#include "sim/cli/terminal.hpp"

namespace basin::cli {

/// results.json of `certify --epsilon`: a_priori.
void add_a_priori(Json& document, const Apriori& found);
/// bounds.json: for the design's own formats and for those chosen, the circuit and the integers that the core holds and, of each set
/// of states, the error claimed, which scripts/check_bounds proves again. `design_id` as in results.json.
Json bounds_certificate(const Apriori& found, const std::string& design_id);
/// The bounds of the design's own formats, and the formats that keep within epsilon, as lines for the design file.
void print_a_priori(Terminal& terminal, const Design& design, const Apriori& found, const std::filesystem::path& folder);

}  // namespace basin::cli
