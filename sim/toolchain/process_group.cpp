#include "sim/toolchain/process_group.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <string_view>
#include <sys/wait.h>

#include "sim/toolchain/tool_error.hpp"

namespace basin {
namespace {

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> result;
  for (std::string& word : words) result.push_back(word.data());
  result.push_back(nullptr);
  return result;
}

std::vector<std::string> environment_of(const ProcessOptions& options) {
  std::vector<std::string> result;
  for (const auto& [name, value] : options.environment) result.push_back(name + "=" + value);
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    const std::string_view name = text.substr(0, text.find('='));
    const auto same = [name](const auto& addition) { return addition.first == name; };
    if (std::none_of(options.environment.begin(), options.environment.end(), same)) result.emplace_back(text);
  }
  return result;
}

}  // namespace

ProcessGroup::ProcessGroup(const ProcessOptions& options, const StandardStreams& streams) : report_{0, SIGKILL} {
  std::vector<std::string> words = options.arguments;
  std::vector<std::string> variables = environment_of(options);
  const std::vector<char*> arguments = pointers(words);
  const std::vector<char*> environment = pointers(variables);
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) throw EnvironmentError(std::string("can't make a pipe: ") + std::strerror(errno));
  read_end_.reset(ends[0]);
  Descriptor write_end(ends[1]);
  const ChildPlan plan{arguments.data(), environment.data(), options.folder.empty() ? nullptr : options.folder.c_str(),
                       streams.input,    streams.output,     streams.error,
                       write_end.get(),  getpid()};
  leader_ = fork();
  if (leader_ < 0) throw EnvironmentError(std::string("can't start a process: ") + std::strerror(errno));
  if (leader_ == 0) guard_program(plan);
  setpgid(leader_, leader_);   // the child does the same: whoever comes first, the group exists before it is needed
}

ProcessGroup::~ProcessGroup() {
  kill(-leader_, SIGKILL);
  while (waitpid(leader_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

bool ProcessGroup::wait(int milliseconds) {
  pollfd watched{read_end_.get(), POLLIN, 0};
  if (poll(&watched, 1, milliseconds) <= 0) return false;
  if (read(read_end_.get(), &report_, sizeof report_) != static_cast<ssize_t>(sizeof report_)) report_ = {0, SIGKILL};
  return true;
}

void ProcessGroup::stop() {
  using Clock = std::chrono::steady_clock;
  constexpr auto grace = std::chrono::seconds(1);
  const Clock::time_point start = Clock::now();
  kill(-leader_, SIGTERM);
  while (!wait(20) && Clock::now() - start < grace) {
  }
}

}  // namespace basin
