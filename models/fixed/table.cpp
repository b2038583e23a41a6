#include "models/fixed/table.hpp"

#include <algorithm>
#include <cmath>

namespace basin {
namespace {

/// Table input at node c (0 … segments).
double node(const CoreConfig& core, int c) {
  const double first = core.table_odd ? 0.0 : -std::ldexp(1.0, core.table_domain);
  return first + std::ldexp(static_cast<double>(c), core.segment_shift());
}

std::int32_t code(double v, std::int32_t full) {
  return std::clamp(static_cast<std::int32_t>(std::floor(v * full + 0.5)), -full, full);
}

}  // namespace

std::vector<TableFunction> table_functions(const Circuit& circuit, double lsb_state) {
  const Vector gains = largest_gains(circuit);
  std::vector<TableFunction> functions;
  for (const Activation& kind : circuit.activation.kinds()) {
    functions.push_back({kind, gains[static_cast<Index>(functions.size())], lsb_state});
  }
  return functions;
}

Table make_table(const TableFunction& function, const CoreConfig& core) {
  const std::int32_t full = core.full_code();
  Table table(static_cast<std::size_t>(core.table_segments), Segment{full, 0});
  if (function.activation.kind() == ActivationKind::hard) return table;
  std::int32_t from = code(function.value(node(core, 0)), full);
  for (int c = 0; c < core.table_segments; ++c) {
    const std::int32_t to = code(function.value(node(core, c + 1)), full);
    table[static_cast<std::size_t>(c)] = {from, to - from};
    from = to;
  }
  return table;
}

double interpolation_error(const TableFunction& function, const CoreConfig& core) {
  if (function.activation.kind() == ActivationKind::hard) return 0.0;
  constexpr int samples = 16;   // of a segment: they miss at most 1/64 of a parabola's height
  double worst = 0.0;
  for (int c = 0; c < core.table_segments; ++c) {
    const double a0 = node(core, c);
    const double width = node(core, c + 1) - a0;
    const double v0 = function.value(a0);
    const double v1 = function.value(a0 + width);
    for (int k = 1; k < samples; ++k) {
      const double t = static_cast<double>(k) / samples;
      worst = std::max(worst, std::abs(v0 + t * (v1 - v0) - function.value(a0 + t * width)));
    }
  }
  return worst;
}

double largest_slope(const Table& table, const CoreConfig& core, double lsb_state) {
  double rise = 0.0;
  for (const Segment& segment : table) rise = std::max(rise, static_cast<double>(segment.rise));
  return rise / core.full_code() / std::ldexp(lsb_state, core.segment_shift());
}

int slope_bits(const Table& table) {
  int bits = 2;
  for (const Segment& segment : table) bits = std::max(bits, signed_bits(std::abs(segment.rise)));
  return bits;
}

}  // namespace basin
