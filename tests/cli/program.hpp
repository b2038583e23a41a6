#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace basin::test {

/// How to run the basin program as its user would.
struct Invocation {
  std::vector<std::string> arguments{};
  std::vector<std::pair<std::string, std::string>>
      environment{};               // set on top of the test's own; NO_COLOR and TERM are kept
  std::filesystem::path folder{};  // working directory
  std::string standard_output{};   // a file to write to instead, e.g. /dev/full
  bool output_closed = false;      // the reader of standard output is gone
  bool terminal = false;           // standard output is a pseudo-terminal
  std::size_t memory_limit = 0;    // bytes of address space; 0: none
};

struct Outcome {
  int code = -1;  // −signal when a signal ended it
  std::string out;
  std::string err;
};

/// A program under way.
class Running {
 public:
  explicit Running(const Invocation& invocation);
  ~Running();
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;
  [[nodiscard]] pid_t pid() const { return pid_; }
  /// Collects its output until it ends; kills it after `limit_s` and then reports a code of −9.
  Outcome wait(double limit_s = 1200);

 private:
  pid_t pid_ = -1;
  int out_ = -1;
  int err_ = -1;
};

/// Runs it to its end.
Outcome basin(const Invocation& invocation);

/// A new empty folder under the system's temporary one, removed with the object.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// Every file below, relative, sorted.
  [[nodiscard]] std::vector<std::string> files() const;
  /// Writes a file, with the folders on its way, and returns its path.
  std::filesystem::path write(const std::string& name, const std::string& bytes) const;

 private:
  std::filesystem::path path_;
};

/// Whole content of a file.
std::string content(const std::filesystem::path& file);
/// `results` but for the time that the run took.
std::string without_elapsed(const std::string& results);
/// Lines of `text` that take more than 80 columns.
std::vector<std::string> lines_over_80_columns(const std::string& text);

}  // namespace basin::test
