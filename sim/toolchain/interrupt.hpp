#pragma once

#include <exception>

namespace basin {

/// The user asked to stop (exit code 130).
class Interrupted : public std::exception {
 public:
  [[nodiscard]] const char* what() const noexcept override { return "interrupted"; }
};

/// From now on SIGINT and SIGTERM only raise a flag; a third one ends the process at once with 130. Called once, by main.
void install_interrupt_handler();
/// Whether a signal has come.
[[nodiscard]] bool interrupted();
/// Throws Interrupted when a signal has come. Cheap: call it in every long loop.
void throw_if_interrupted();

}  // namespace basin
