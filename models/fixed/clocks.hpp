#pragma once

#include <cstdint>

#include "models/fixed/core_config.hpp"

namespace basin {

/// The longest wait for anything that a core does, in clocks: a check reads every weight, a byte or two a clock, and a prime goes
/// over the neurons once a page of outputs (docs/arithmetic.md §8 and §9).
constexpr std::int64_t longest_wait(const CoreConfig& core) {
  const std::int64_t n = core.neurons;
  return 4 * n * n + n * core.pages + 65536;
}

}  // namespace basin
