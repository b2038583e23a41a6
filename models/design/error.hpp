#pragma once

#include <stdexcept>
#include <string>

namespace basin {

/// A place in a user's file. `line` is 1-based; 0 means the file as a whole.
struct Location {
  std::string file;
  int line = 0;
};

/// Bad user input: the only error a user's file or option may cause. `what()` is the whole one-line message
/// `file:line: key: value …; allowed …`. Caught in sim/cli alone, where it becomes exit code 2.
class InputError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
  /// `problem` says what is wrong with the value and what would be allowed.
  InputError(const Location& where, const std::string& key, const std::string& problem);
};

/// A well-formed request that cannot hold (exit code 1): a restriction makes it impossible, a design does not fit.
class ClaimError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace basin
