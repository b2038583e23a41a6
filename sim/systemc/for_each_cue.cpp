#include "sim/systemc/for_each_cue.hpp"

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <string>

#include "sim/toolchain/interrupt.hpp"
#include "sim/toolchain/tool_error.hpp"

namespace basin::systemc {
namespace {

/// Waits for the child to its end, also when a signal comes in between: an interrupt from the terminal reaches both.
int exit_code_of(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) throw EnvironmentError(std::string("can't wait for a child: ") + std::strerror(errno));
    if (interrupted()) kill(child, SIGINT);
  }
  if (WIFSIGNALED(status)) throw EnvironmentError("a recall was ended by signal " + std::to_string(WTERMSIG(status)));
  return WEXITSTATUS(status);
}

}  // namespace

int for_each_cue(const std::vector<int>& cues, const std::function<int(int cue)>& recall) {
  if (cues.size() == 1) return recall(cues.front());
  int code = 0;
  for (const int cue : cues) {
    throw_if_interrupted();
    std::fflush(nullptr);   // or the child writes it a second time
    const pid_t child = fork();
    if (child < 0) throw EnvironmentError(std::string("can't make a child: ") + std::strerror(errno));
    if (child == 0) {
      prctl(PR_SET_PDEATHSIG, SIGKILL);
      std::printf("cue %d\n", cue);
      return recall(cue);
    }
    const int ended = exit_code_of(child);
    if (ended > 1) return ended;
    code = std::max(code, ended);
  }
  return code;
}

}  // namespace basin::systemc
