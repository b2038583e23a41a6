#pragma once

// Read before every other file (scripts/cmake/BasinTargets.cmake): Eigen's checks of sizes and indices are on in every build, for
// without them a vector of the wrong length is read beyond its end and the results are wrong without a word. What is fast has
// loops of its own over plain arrays.

#include <stdexcept>
#include <string>

namespace basin {

[[noreturn]] inline void eigen_check_failed(const char* condition) {
  throw std::logic_error(std::string("a matrix or vector has the wrong size: ") + condition);
}

}  // namespace basin

#define eigen_assert(condition) ((condition) ? static_cast<void>(0) : ::basin::eigen_check_failed(#condition))
