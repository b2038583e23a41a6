#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace basin {

/// What the bench of docs/systemc.md is to record.
struct CueWaveOptions {
  std::filesystem::path design;       // the design file
  std::vector<std::string> set;       // "key=value"
  int cue = 0;                        // which the design has
  bool internals = false;             // also the signals inside the core
  std::filesystem::path folder;       // where the files go; made when it is missing
};

/// The waveform of one cue: names in the folder.
struct CueWave {
  int cue = 0;
  std::string file;                   // cue-<n>.fst
  std::string view;                   // cue-<n>.gtkw: GTKWave's save file
  std::string internals;              // cue-<n>-internals.fst; "" unless asked for
  /// What the bench reported as SC_ERROR ("basin/bits: …"), but for deviations: it does not divide them by the circuit's
  /// amplification.
  std::vector<std::string> errors;
};

/// Runs the bench as a child and puts its files into the folder, all or none. Throws ToolError, EnvironmentError and
/// Interrupted.
CueWave record_cue(const CueWaveOptions& options);

}  // namespace basin
