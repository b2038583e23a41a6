#pragma once

#include "sim/certify/memories.hpp"
#include "sim/cli/results.hpp"

namespace basin::cli {

/// certificate.json: the network and, for each memory, the claims with everything that scripts/check_certificate needs.
/// Numbers are doubles in hexadecimal, as text. `design_id` as in results.json.
Json certificate_of(const CertifiedMemories& certified, const std::string& design_id);
/// What the checkers need of a circuit in core coordinates; its `id` is the SHA-256 of these numbers and the design's id.
Json network_of(const Circuit& core, const std::string& design_id);
/// Exactly these doubles, as text.
std::string exact(double value);
Json exact_list(const Vector& values);
Json exact_box(const Box& box);
/// results.json of `certify`: memories[] and single_equilibrium.
void add_certified(Json& document, const CertifiedMemories& certified);
/// "certified", "impossible" or "not granted".
std::string standing_text(Standing standing);

}  // namespace basin::cli
