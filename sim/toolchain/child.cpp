#include "sim/toolchain/child.hpp"

#include <cerrno>
#include <chrono>
#include <cmath>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <utility>

#include "sim/toolchain/interrupt.hpp"
#include "sim/toolchain/tool_error.hpp"

namespace basin {
namespace {

void make_pipe(Descriptor& read_end, Descriptor& write_end) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) throw EnvironmentError(std::string("can't make a pipe: ") + std::strerror(errno));
  read_end.reset(ends[0]);
  write_end.reset(ends[1]);
}

void stop_blocking(int descriptor) { fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK); }

}  // namespace

ChildProgram::ChildProgram(std::string tool, const ProcessOptions& options)
    : tool_(std::move(tool)), options_(options), log_(open_log(options.log)) {
  throw_if_interrupted();
  Descriptor its_input;
  Descriptor its_output;
  make_pipe(its_input, input_);
  make_pipe(output_, its_output);
  stop_blocking(input_.get());
  stop_blocking(output_.get());
  group_ = std::make_unique<ProcessGroup>(options_, StandardStreams{its_input.get(), its_output.get(), log_.get()});
}

void ChildProgram::fail(const std::string& problem) {
  std::string text = problem;
  if (group_->wait(200)) {
    const ChildReport& report = group_->report();
    if (report.start_error != 0) text = std::string("can't be started: ") + std::strerror(report.start_error);
    else if (WIFEXITED(report.wait_status)) text = "ended with exit code " + std::to_string(WEXITSTATUS(report.wait_status));
    else if (WIFSIGNALED(report.wait_status)) text = "was ended by signal " + std::to_string(WTERMSIG(report.wait_status));
  }
  throw ToolError(tool_, text, last_lines(log_.get(), options_.tail_lines),
                  options_.log.empty() ? std::string() : "its whole output: " + options_.log.string());
}

void ChildProgram::wait_for(Direction direction) {
  using Clock = std::chrono::steady_clock;
  const Clock::time_point start = Clock::now();
  const bool out = direction == Direction::out;
  pollfd watched{out ? input_.get() : output_.get(), static_cast<short>(out ? POLLOUT : POLLIN), 0};
  while (poll(&watched, 1, 100) <= 0) {
    throw_if_interrupted();
    if (options_.timeout_s > 0 && std::chrono::duration<double>(Clock::now() - start).count() > options_.timeout_s) {
      fail("did not answer within " + std::to_string(std::lround(options_.timeout_s)) + " s");
    }
  }
}

void ChildProgram::write(std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t done = ::write(input_.get(), bytes.data(), bytes.size());
    if (done > 0) bytes = bytes.subspan(static_cast<std::size_t>(done));
    else if (errno == EAGAIN) wait_for(Direction::out);
    else if (errno != EINTR) fail("does not take requests");
  }
}

void ChildProgram::read(std::span<std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t done = ::read(output_.get(), bytes.data(), bytes.size());
    if (done > 0) bytes = bytes.subspan(static_cast<std::size_t>(done));
    else if (done == 0) fail("ended before its answer");
    else if (errno == EAGAIN) wait_for(Direction::in);
    else if (errno != EINTR) fail("can't be read");
  }
}

}  // namespace basin
