#include "tests/cli/program.hpp"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <regex>
#include <sstream>
#include <stdexcept>

#include "sim/cli/text.hpp"

namespace basin::test {
namespace {

struct Pipe {
  int read = -1, write = -1;
};

Pipe make_pipe() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("pipe");
  return {ends[0], ends[1]};
}

Pipe make_terminal() {
  Pipe ends;
  if (openpty(&ends.read, &ends.write, nullptr, nullptr, nullptr) != 0) throw std::runtime_error("openpty");
  fcntl(ends.read, F_SETFD, FD_CLOEXEC);
  fcntl(ends.write, F_SETFD, FD_CLOEXEC);
  return ends;
}

Pipe output_for(const Invocation& invocation) {
  if (!invocation.standard_output.empty()) {
    return {-1, open(invocation.standard_output.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600)};
  }
  Pipe ends = invocation.terminal ? make_terminal() : make_pipe();
  if (invocation.output_closed) {
    close(ends.read);
    ends.read = -1;
  }
  return ends;
}

[[noreturn]] void become_basin(const Invocation& invocation, int out, int err) {
  dup2(out, STDOUT_FILENO);
  dup2(err, STDERR_FILENO);
  if (!invocation.folder.empty() && chdir(invocation.folder.c_str()) != 0) _exit(126);
  for (const auto& [key, value] : invocation.environment) setenv(key.c_str(), value.c_str(), 1);
  if (invocation.memory_limit > 0) {
    const rlimit limit{invocation.memory_limit, invocation.memory_limit};
    setrlimit(RLIMIT_AS, &limit);
  }
  std::vector<std::string> words{BASIN_PROGRAM};
  words.insert(words.end(), invocation.arguments.begin(), invocation.arguments.end());
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  execv(BASIN_PROGRAM, argv.data());
  _exit(127);
}

/// Reads what is there; false at the end of the stream (a terminal ends in EIO).
bool take(int fd, std::string& text) {
  char buffer[4096];
  const ssize_t count = read(fd, buffer, sizeof buffer);
  if (count > 0) text.append(buffer, static_cast<std::size_t>(count));
  return count > 0;
}

}  // namespace

Running::Running(const Invocation& invocation) {
  const Pipe out = output_for(invocation);
  const Pipe err = make_pipe();
  pid_ = fork();
  if (pid_ == 0) become_basin(invocation, out.write, err.write);
  close(out.write);
  close(err.write);
  out_ = out.read;
  err_ = err.read;
}

Running::~Running() {
  if (pid_ > 0) {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
  for (const int fd : {out_, err_}) {
    if (fd >= 0) close(fd);
  }
}

Outcome Running::wait(double limit_s) {
  using Clock = std::chrono::steady_clock;
  const auto deadline =
      Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(limit_s));
  Outcome outcome;
  pollfd streams[2] = {{out_, POLLIN, 0}, {err_, POLLIN, 0}};  // poll ignores a descriptor of −1
  while (streams[0].fd >= 0 || streams[1].fd >= 0) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0 || poll(streams, 2, static_cast<int>(left)) == 0) {
      kill(pid_, SIGKILL);
      break;
    }
    if (streams[0].revents != 0 && !take(streams[0].fd, outcome.out)) streams[0].fd = -1;
    if (streams[1].revents != 0 && !take(streams[1].fd, outcome.err)) streams[1].fd = -1;
  }
  int status = 0;
  waitpid(pid_, &status, 0);
  pid_ = -1;
  outcome.code = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  return outcome;
}

Outcome basin(const Invocation& invocation) { return Running(invocation).wait(); }

Folder::Folder() {
  std::string name = (std::filesystem::temp_directory_path() / "basin-test-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp");
  path_ = name;
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::vector<std::string> Folder::files() const {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(path_)) {
    if (!entry.is_directory()) names.push_back(std::filesystem::relative(entry.path(), path_).string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::filesystem::path Folder::write(const std::string& name, const std::string& bytes) const {
  const std::filesystem::path file = path_ / name;
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << bytes;
  return file;
}

std::string content(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string without_elapsed(const std::string& results) {
  return std::regex_replace(results, std::regex("\"elapsed_s\": [0-9.e+-]+"), "");
}

std::vector<std::string> lines_over_80_columns(const std::string& text) {
  std::vector<std::string> wide;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (cli::display_width(line) > 80) wide.push_back(line);
  }
  return wide;
}

}  // namespace basin::test
