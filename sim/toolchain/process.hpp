#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace basin {

/// One run of an external program: never through a shell, standard input empty, both outputs in one log.
struct ProcessOptions {
  std::vector<std::string> arguments;                             // argv; [0] is a path, or a name to find in PATH
  std::filesystem::path folder;                                   // working directory; empty: the current one
  std::vector<std::pair<std::string, std::string>> environment;   // added to the current environment
  double timeout_s = 0.0;                                         // 0: none
  std::filesystem::path log;                                      // whole output; empty: only the tail is kept
  std::size_t tail_lines = 20;
};

struct ProcessResult {
  int exit_code = -1;                    // −1 when a signal ended it
  int signal = 0;
  bool timed_out = false;
  double elapsed_s = 0.0;
  std::vector<std::string> last_lines;   // of the output, without terminal control characters

  [[nodiscard]] bool ok() const { return exit_code == 0 && !timed_out; }
};

/// Runs it to its end. The program and all it starts live in a process group of their own, which is killed as a whole on
/// timeout, on an interrupt (then throws Interrupted), at the end of the program, and when this process dies however it dies.
/// Throws ToolError when it cannot be started.
ProcessResult run_process(const ProcessOptions& options);

/// run_process, and ToolError named `tool` with the last lines unless it ended with exit code 0.
ProcessResult run_tool(const std::string& tool, const ProcessOptions& options);

}  // namespace basin
