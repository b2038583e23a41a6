#pragma once

#include <sys/types.h>

namespace basin {

/// What a child process needs, gathered before the fork: after it only async-signal-safe calls are allowed.
struct ChildPlan {
  char* const* arguments;
  char* const* environment;
  const char* folder;    // null: stay
  int input;             // descriptor for standard input; −1: nothing to read
  int output;            // for standard output
  int error;             // for standard error; may be the same
  int report;            // close-on-exec write end of the pipe that carries ChildReport
  pid_t parent;
};

/// What comes back through the pipe.
struct ChildReport {
  int start_error;       // errno when the program could not be started, else 0
  int wait_status;       // as from waitpid
};

/// Becomes the leader of a new process group, runs the program in it, reports how it ended and kills what is left of the
/// group. Kills the group at once when the parent dies. Called in a freshly forked child; never returns.
[[noreturn]] void guard_program(const ChildPlan& plan);

}  // namespace basin
