#pragma once

#include <cstddef>
#include <filesystem>
#include <systemc>

#include "sim/toolchain/scratch_folder.hpp"

namespace basin::systemc {

/// The waveform of one recall while the simulation writes it. It grows in a folder of its own beside its place and comes
/// there when it is whole; otherwise nothing does.
class Recording {
 public:
  /// Of FILE.fst when `file` ends so, else of FILE.vcd. Throws ToolError when FST is asked for and vcd2fst is missing, and
  /// EnvironmentError when nothing can be written there.
  explicit Recording(std::filesystem::path file);
  ~Recording();
  Recording(const Recording&) = delete;
  Recording& operator=(const Recording&) = delete;

  /// What signals are traced into, before the simulation starts; times are in ns.
  [[nodiscard]] sc_core::sc_trace_file* trace() const { return trace_; }
  /// Where a second recording, of what is inside the core, may be written meanwhile: it comes to FILE-internals.fst.
  [[nodiscard]] std::filesystem::path internals() const { return growing("-internals.fst"); }
  /// Ends the recording, puts the waveforms into their place, and beside it FILE.gtkw, in which GTKWave draws the first of the
  /// `neurons`. Throws ToolError and EnvironmentError.
  void finish(std::size_t neurons);

 private:
  void close();
  /// Where it is written until it is whole.
  [[nodiscard]] std::filesystem::path growing(const char* end) const;
  void place(const std::filesystem::path& from, const std::filesystem::path& to) const;

  std::filesystem::path file_;   // as asked for, with its final ending
  ScratchFolder scratch_;
  sc_core::sc_trace_file* trace_ = nullptr;
};

}  // namespace basin::systemc
