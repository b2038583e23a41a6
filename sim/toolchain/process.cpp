#include "sim/toolchain/process.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

#include "sim/toolchain/interrupt.hpp"
#include "sim/toolchain/process_group.hpp"
#include "sim/toolchain/tool_error.hpp"

namespace basin {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

/// Printable text of one line of output: control sequences and other control characters left out.
std::string clean(std::string_view line) {
  std::string text;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\x1b' && i + 1 < line.size() && line[i + 1] == '[') {
      i += 2;
      while (i < line.size() && (line[i] < '@' || line[i] > '~')) ++i;
    } else if (static_cast<unsigned char>(line[i]) >= 0x20 && line[i] != 0x7f) {
      text += line[i];
    }
  }
  return text;
}

}  // namespace

int open_log(const std::filesystem::path& log) {
  const int number = log.empty() ? memfd_create("basin-log", MFD_CLOEXEC)
                                 : open(log.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0644);
  if (number < 0) throw EnvironmentError("can't write " + log.string() + ": " + std::strerror(errno));
  return number;
}

std::vector<std::string> last_lines(int log, std::size_t count) {
  constexpr off_t window = 64 * 1024;
  const off_t end = lseek(log, 0, SEEK_END);
  const off_t start = end > window ? end - window : 0;
  std::string text(static_cast<std::size_t>(end - start), '\0');
  const ssize_t got = pread(log, text.data(), text.size(), start);
  text.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t stop = std::min(text.find('\n', at), text.size());
    const std::string line = clean(std::string_view(text).substr(at, stop - at));
    if (!line.empty()) lines.push_back(line);
    at = stop + 1;
  }
  if (lines.size() > count) lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(count));
  return lines;
}

ProcessResult run_process(const ProcessOptions& options) {
  throw_if_interrupted();
  const Clock::time_point start = Clock::now();
  const Descriptor log(open_log(options.log));
  ProcessResult result;
  ChildReport report{};
  {
    ProcessGroup group(options, {-1, log.get(), log.get()});
    while (!group.wait(100)) {
      result.timed_out = options.timeout_s > 0 && seconds_since(start) > options.timeout_s;
      if (!result.timed_out && !interrupted()) continue;
      group.stop();
      break;
    }
    report = group.report();
  }
  throw_if_interrupted();
  if (report.start_error != 0) {
    throw ToolError(options.arguments.front(), std::string("can't be started: ") + std::strerror(report.start_error));
  }
  if (WIFEXITED(report.wait_status)) result.exit_code = WEXITSTATUS(report.wait_status);
  if (WIFSIGNALED(report.wait_status)) result.signal = WTERMSIG(report.wait_status);
  result.elapsed_s = seconds_since(start);
  result.last_lines = last_lines(log.get(), options.tail_lines);
  return result;
}

ProcessResult run_tool(const std::string& tool, const ProcessOptions& options) {
  ProcessResult result = run_process(options);
  if (result.ok()) return result;
  std::string problem = "failed with exit code " + std::to_string(result.exit_code);
  if (result.signal != 0) problem = "was ended by signal " + std::to_string(result.signal);
  if (result.timed_out) problem = "did not end within " + std::to_string(std::lround(options.timeout_s)) + " s";
  throw ToolError(tool, problem, result.last_lines,
                  options.log.empty() ? std::string() : "its whole output: " + options.log.string());
}

}  // namespace basin
