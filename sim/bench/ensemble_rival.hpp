#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "sim/bench/ensemble_problem.hpp"
#include "sim/toolchain/child.hpp"
#include "sim/toolchain/scratch_folder.hpp"

namespace basin {

/// scripts/bench_rivals/ensemble_rk4.py with one library: the same weights, cues and steps in single precision, one
/// thread.
class EnsembleRival {
 public:
  /// Writes the problem's data and starts the program, which compiles or warms up what it needs. Throws ToolError when
  /// `python` lacks the library, with how to install it.
  EnsembleRival(const std::string& library, const std::filesystem::path& python, const EnsembleProblem& problem,
                double step, std::size_t steps);
  enum class Batch { whole, smaller };   // all cues at once, or batches of the fastest size that it finds
  /// CPU time of one integration of all cues, in seconds.
  double run(Batch batch);
  /// States at the end of the last run, a row a cue.
  [[nodiscard]] Matrix states() const;

 private:
  ScratchFolder folder_;
  Index cues_, neurons_;
  std::unique_ptr<ChildProgram> program_;
};

}  // namespace basin
