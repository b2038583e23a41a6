#pragma once

#include <filesystem>

#include "sim/certify/runs.hpp"
#include "sim/cli/results.hpp"
#include "sim/cli/terminal.hpp"

namespace basin::cli {

/// runs-realised.json and runs-designed.json: the circuit of a version and, for each granted run, the states of the hardware and
/// the radii, with everything that scripts/check_runs needs. States and radii are whole numbers, each row less the one before.
Json runs_certificate(const CertifiedRuns& certified, TubeVersion version, const std::string& design_id);
/// results.json of `certify`: runs[], and deviation.bound where every run of the realised circuit is granted.
void add_runs(Json& document, const CertifiedRuns& certified);
void print_runs(Terminal& terminal, const Design& design, const CertifiedRuns& certified,
                const std::filesystem::path& folder);

}  // namespace basin::cli
