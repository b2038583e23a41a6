#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>

#include "sim/toolchain/process_group.hpp"

namespace basin {

/// A program that answers requests through its standard input and output; standard error goes to the log. It is killed with
/// all it started when this goes out of scope, and when this process dies.
class ChildProgram {
 public:
  /// Starts `options.arguments`; `options.timeout_s` bounds each wait for an answer (0: none). `tool` names it in errors.
  ChildProgram(std::string tool, const ProcessOptions& options);

  /// Writes all bytes. Throws ToolError when the program has ended, Interrupted.
  void write(std::span<const std::byte> bytes);
  /// Fills `bytes`. Throws ToolError with the end of the log when the program ends or is silent for too long, Interrupted.
  void read(std::span<std::byte> bytes);

 private:
  enum class Direction { in, out };
  void wait_for(Direction direction);
  [[noreturn]] void fail(const std::string& problem);

  std::string tool_;
  ProcessOptions options_;
  Descriptor log_;
  Descriptor input_;    // our end of its standard input
  Descriptor output_;   // our end of its standard output
  std::unique_ptr<ProcessGroup> group_;
};

}  // namespace basin
