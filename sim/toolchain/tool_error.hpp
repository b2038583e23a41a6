#pragma once

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace basin {

/// An external tool is missing or failed (exit code 3). `what()` is the one-line problem.
class ToolError : public std::runtime_error {
 public:
  ToolError(std::string tool, const std::string& problem, std::vector<std::string> last_lines = {}, std::string hint = {})
      : std::runtime_error(tool + ": " + problem),
        tool_(std::move(tool)),
        last_lines_(std::move(last_lines)),
        hint_(std::move(hint)) {}

  [[nodiscard]] const std::string& tool() const { return tool_; }
  /// The end of what the tool printed; empty when it never ran.
  [[nodiscard]] const std::vector<std::string>& last_lines() const { return last_lines_; }
  /// How to install it, or where its whole log is; may be empty.
  [[nodiscard]] const std::string& hint() const { return hint_; }

 private:
  std::string tool_;
  std::vector<std::string> last_lines_;
  std::string hint_;
};

/// The environment refuses (exit code 5): output can't be written, a folder can't be made, memory is refused.
class EnvironmentError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace basin
