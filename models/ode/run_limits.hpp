#pragma once

#include <cstddef>

/// What every run of a circuit goes by, one cue at a time or many.
namespace basin {

inline constexpr double longest_run = 1000.0;               // max(τ), when no end is given
inline constexpr double settled_factor = 10.0;              // settled: residual ≤ this · rtol · B
inline constexpr double first_step = 0.02;                  // of the least τ; the controller takes it from there
inline constexpr std::size_t max_steps = 20'000'000;        // against a step size that has collapsed

}  // namespace basin
