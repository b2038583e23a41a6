#include "models/physical/activation_text.hpp"

#include <cmath>
#include <numbers>

#include "models/design/text.hpp"
#include "models/physical/shape_text.hpp"

namespace basin {
namespace {

/// "+0.1" or "-0.1".
std::string signed_text(double value) { return (value < 0.0 ? "-" : "+") + number_text(std::abs(value)); }

/// z = gain·(V(node) − threshold), in parentheses.
std::string input_text(const SourceExpression& source) {
  const std::string voltage = "V(" + source.node + ")";
  const std::string shifted = source.threshold == 0.0 ? voltage : "(" + voltage + signed_text(-source.threshold) + ")";
  return "(" + number_text(source.gain_per_volt) + "*" + shifted + ")";
}

std::string filled(std::string_view shape, const std::string& input) {
  std::string text;
  for (const char c : shape) text += c == input_mark ? input : std::string(1, c);
  return text;
}

/// c + Σ_k d_k |z − z_k|: slopes s_k between the points and 0 outside give d_k = (s_k − s_{k−1})/2, c the middle of the ends.
std::string table_shape(const Matrix& points) {
  const Index last = points.rows() - 1;
  std::string text = "(" + number_text(0.5 * (points(0, 1) + points(last, 1)));
  double before = 0.0;
  for (Index k = 0; k <= last; ++k) {
    const double slope = k == last ? 0.0 : (points(k + 1, 1) - points(k, 1)) / (points(k + 1, 0) - points(k, 0));
    const double d = 0.5 * (slope - before);
    before = slope;
    if (d != 0.0) text += signed_text(d) + "*abs(@" + signed_text(-points(k, 0)) + ")";
  }
  return text + ")";
}

}  // namespace

std::string_view shape_text(ActivationKind kind) {
  switch (kind) {
    case ActivationKind::tanh:
    case ActivationKind::logistic: return "tanh(@)";
    case ActivationKind::algebraic: return "(@/sqrt(1+@*@))";
    case ActivationKind::arctan: return "(0.6366197723675814*atan(1.5707963267948966*@))";
    case ActivationKind::clipped_linear: return "(0.5*(abs(@+1)-abs(@-1)))";
    case ActivationKind::hard: return "sgn(@)";
    case ActivationKind::erf:
      // x = √π/2 z, t = 1/(1 + 0.3275911 |x|): 1 − (a1 t + … + a5 t⁵) exp(−x²)
      return "(sgn(@)*(1-((((1.061405429/(1+0.29031813*abs(@))-1.453152027)/(1+0.29031813*abs(@))+1.421413741)"
             "/(1+0.29031813*abs(@))-0.284496736)/(1+0.29031813*abs(@))+0.254829592)/(1+0.29031813*abs(@))"
             "*exp(-0.7853981633974483*@*@)))";
    case ActivationKind::table:
    case ActivationKind::power: return "";
  }
  return "";
}

std::string expression_text(const SourceExpression& source) {
  const ActivationKind kind = source.activation.kind();
  std::string shape(shape_text(kind));
  if (kind == ActivationKind::table) shape = table_shape(source.activation.points());
  if (kind == ActivationKind::power) shape = "(2*pow(0.5*(abs(@)-abs(@-1)+1)," + number_text(source.activation.exponent()) + ")-1)";
  const std::string g = filled(shape, input_text(source));
  const std::string whole = number_text(source.swing) + "*" + (source.unipolar ? "(0.5+0.5*" + g + ")" : g);
  const std::string sign = source.inverted ? "-" : "";
  if (source.saturation <= 0.0) return sign + whole;
  const std::string end = number_text(source.saturation);
  return sign + "0.5*(abs(" + whole + "+" + end + ")-abs(" + whole + "-" + end + "))";
}

}  // namespace basin
