#pragma once

#include <filesystem>
#include <string>
#include <sys/types.h>
#include <unistd.h>
#include <vector>

#include "sim/toolchain/guardian.hpp"
#include "sim/toolchain/process.hpp"

namespace basin {

/// A file descriptor that is closed at the end of its scope.
class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  ~Descriptor() { reset(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int get() const { return number_; }
  void reset(int number = -1) {
    if (number_ >= 0) close(number_);
    number_ = number;
  }

 private:
  int number_;
};

/// A file for a program's output; in memory when `log` is empty. Throws EnvironmentError.
int open_log(const std::filesystem::path& log);
/// The end of what was written there, without terminal control characters.
std::vector<std::string> last_lines(int log, std::size_t count);

/// The standard streams of a program: −1 as input is an empty one.
struct StandardStreams {
  int input;
  int output;
  int error;
};

/// A program and all it starts, in a process group of their own under a guardian (guardian.hpp); killed and reaped when this
/// goes out of scope before the end.
class ProcessGroup {
 public:
  /// Starts it. Throws EnvironmentError.
  ProcessGroup(const ProcessOptions& options, const StandardStreams& streams);
  ~ProcessGroup();
  ProcessGroup(const ProcessGroup&) = delete;
  ProcessGroup& operator=(const ProcessGroup&) = delete;

  /// Whether the report came within `milliseconds`.
  bool wait(int milliseconds);
  /// Asks the group to end, and returns when its program has or a second later.
  void stop();
  /// How it ended; as if killed until wait() has said true.
  [[nodiscard]] const ChildReport& report() const { return report_; }

 private:
  pid_t leader_ = -1;
  Descriptor read_end_;
  ChildReport report_;
};

}  // namespace basin
