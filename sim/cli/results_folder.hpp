#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "sim/compare/traces.hpp"

namespace basin::cli {

/// write_atomically, after making the folders on the way.
void write_result(const std::filesystem::path& file, std::string_view bytes);
/// Writes the arrays as `folder`/results.h5: /t /u /V /energy /weights and /engine/<name>/u_raw, those that are there,
/// each with its units; a raw state counts in units of `lsb_state`.
void write_arrays(const std::filesystem::path& folder, const Traces& traces, double lsb_state);
/// The samples as csv: a line `cue,t,u0…,V0…`, then one line a cue and time.
std::string samples_csv(const Traces& traces);

}  // namespace basin::cli
