#include "sim/toolchain/guardian.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <initializer_list>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace basin {
namespace {

constexpr int parent_died = SIGUSR1;

void kill_group(int) { kill(0, SIGKILL); }

void send(int pipe, const ChildReport& report) {
  while (write(pipe, &report, sizeof report) < 0 && errno == EINTR) {
  }
}

void default_signals() {
  struct sigaction action {};
  action.sa_handler = SIG_DFL;
  for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGPIPE, parent_died}) sigaction(number, &action, nullptr);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
}

[[noreturn]] void run_program(const ChildPlan& plan) {
  default_signals();
  const int input = plan.input >= 0 ? plan.input : open("/dev/null", O_RDONLY);
  const bool ready = input >= 0 && dup2(input, STDIN_FILENO) >= 0 && dup2(plan.output, STDOUT_FILENO) >= 0 &&
                     dup2(plan.error, STDERR_FILENO) >= 0 && (plan.folder == nullptr || chdir(plan.folder) == 0);
  if (ready) execvpe(plan.arguments[0], plan.arguments, plan.environment);
  send(plan.report, {errno, 0});
  _exit(127);
}

// The group is told to stop by its parent with SIGTERM: the program obeys, its guardian waits for it.
void guard_signals() {
  struct sigaction action {};
  action.sa_handler = SIG_IGN;
  for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGPIPE}) sigaction(number, &action, nullptr);
  action.sa_handler = kill_group;
  sigaction(parent_died, &action, nullptr);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
}

// Descriptors of the parent's other threads (ends of pipes, locks) are none of this process's business.
void close_all_but(std::array<int, 4> kept) {
  std::sort(kept.begin(), kept.end());
  unsigned from = 3;
  for (const int one : kept) {
    if (one < static_cast<int>(from)) continue;
    const auto number = static_cast<unsigned>(one);
    if (number > from) close_range(from, number - 1, 0);
    from = number + 1;
  }
  close_range(from, ~0U, 0);
}

}  // namespace

void guard_program(const ChildPlan& plan) {
  setpgid(0, 0);
  close_all_but({plan.input, plan.output, plan.error, plan.report});
  guard_signals();
  prctl(PR_SET_PDEATHSIG, parent_died);
  if (getppid() != plan.parent) _exit(127);
  const pid_t program = fork();
  if (program == 0) run_program(plan);
  if (program < 0) {
    send(plan.report, {errno, 0});
    _exit(127);
  }
  // The pipes are the program's alone: their other ends must see it end.
  if (plan.input >= 0) close(plan.input);
  close(plan.output);
  if (plan.error != plan.output) close(plan.error);
  int status = 0;
  while (waitpid(program, &status, 0) < 0 && errno == EINTR) {
  }
  send(plan.report, {0, status});
  kill(0, SIGKILL);
  _exit(0);
}

}  // namespace basin
