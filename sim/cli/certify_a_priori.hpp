#pragma once

#include "sim/certify/a_priori.hpp"
#include "sim/cli/results.hpp"
#include "sim/cli/terminal.hpp"

namespace basin::cli {

/// results.json of `certify --epsilon`: a_priori.
void add_a_priori(Json& document, const Apriori& found);
/// The bounds of the design's own formats, and the formats that keep within epsilon, as lines for the design file.
void print_a_priori(Terminal& terminal, const Design& design, const Apriori& found);

}  // namespace basin::cli
