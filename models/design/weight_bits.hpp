#pragma once

#include <cmath>

namespace basin {

/// Widths of a weight: two's complement, the most negative word unused.
inline constexpr int least_weight_bits = 2;
inline constexpr int most_weight_bits = 16;
inline constexpr int usual_weight_bits = 8;

/// The largest whole number that a weight of so many bits holds: 2^(bits−1) − 1.
inline double largest_weight(int bits) { return std::ldexp(1.0, bits - 1) - 1.0; }

}  // namespace basin
