#include "sim/toolchain/guardian.hpp"

#include <algorithm>
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
  const int input = open("/dev/null", O_RDONLY);
  const bool ready = input >= 0 && dup2(input, STDIN_FILENO) >= 0 && dup2(plan.output, STDOUT_FILENO) >= 0 &&
                     dup2(plan.output, STDERR_FILENO) >= 0 && (plan.folder == nullptr || chdir(plan.folder) == 0);
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
void close_all_but(int one, int other) {
  const auto low = static_cast<unsigned>(std::min(one, other));
  const auto high = static_cast<unsigned>(std::max(one, other));
  if (low > 3) close_range(3, low - 1, 0);
  if (high > low + 1) close_range(low + 1, high - 1, 0);
  close_range(high + 1, ~0U, 0);
}

}  // namespace

void guard_program(const ChildPlan& plan) {
  setpgid(0, 0);
  close_all_but(plan.output, plan.report);
  guard_signals();
  prctl(PR_SET_PDEATHSIG, parent_died);
  if (getppid() != plan.parent) _exit(127);
  const pid_t program = fork();
  if (program == 0) run_program(plan);
  if (program < 0) {
    send(plan.report, {errno, 0});
    _exit(127);
  }
  int status = 0;
  while (waitpid(program, &status, 0) < 0 && errno == EINTR) {
  }
  send(plan.report, {0, status});
  kill(0, SIGKILL);
  _exit(0);
}

}  // namespace basin
