#pragma once

#include <filesystem>

#include "models/design/design.hpp"
#include "sim/cli/results.hpp"
#include "sim/cli/verb.hpp"
#include "sim/compare/verification.hpp"
#include "sim/systemc/cue_wave.hpp"

/// `verify --wave`: the joint waveform of circuit and core for one cue.
namespace basin::cli {

/// Before the work: throws InputError with the allowed range when the design has no such cue, and ToolError when a tool is
/// missing.
void require_recordable(const Design& design, int cue);
/// Records the cue into `folder`, the signals inside the core too when `internals` says so. A bit that the bench found
/// wrong, or an assertion that failed there, becomes a reason of `found` to fail. Throws what record_cue does.
CueWave record_wave(Context& context, const Design& design, int cue, bool internals,
                    const std::filesystem::path& folder, Verification& found);
/// "wave" of results.json.
Json wave_of(const CueWave& wave);
/// Where the files are.
void print_wave(Terminal& terminal, const CueWave& wave, const std::filesystem::path& folder);

}  // namespace basin::cli
