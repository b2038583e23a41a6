#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "models/circuit/activation.hpp"

namespace basin {

/// An amplifier's source as a circuit simulator's expression: `swing`·g(gain_per_volt·(V(node) − threshold)), or
/// swing·(1 + g)/2 where unipolar, cut off at ±saturation, negated where inverted.
struct SourceExpression {
  Activation activation;
  std::string node;
  double gain_per_volt = 1.0;
  double threshold = 0.0;     // V
  double swing = 1.0;         // V
  bool unipolar = false;
  bool inverted = false;
  double saturation = 0.0;    // V; 0: none
};

/// Its text, of functions that ngspice, Xyce and LTspice share: tanh, atan, sqrt, exp, abs, sgn. erf by Abramowitz and Stegun
/// 7.1.26, within 1.5e-7; piecewise-linear shapes as sums of |z − z_k|.
std::string expression_text(const SourceExpression& source);

/// Reads such a text back, blanks and case ignored, numbers of the shapes to six digits; nothing when it is no source of a
/// Hopfield circuit.
std::optional<SourceExpression> parse_source(std::string_view text);

}  // namespace basin
