#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "sim/cli/verb.hpp"
#include "sim/compare/verification.hpp"
#include "sim/systemc/cue_wave.hpp"

namespace basin::cli {

/// report.html of what `verify` found in `design`, which the user asked for as `asked`; with the waveform that lies beside
/// it, and the FPGAs of an earlier `synth` of the same hardware, where its results.json still lies in `folder`.
std::string verification_page(const Context& context, const Design& design, const std::filesystem::path& asked,
                              const Verification& found, const std::optional<CueWave>& wave,
                              const std::filesystem::path& folder);

}  // namespace basin::cli
