#include "models/certify/table_error.hpp"

#include <algorithm>
#include <cmath>

#include "models/certify/enclosures.hpp"

namespace basin {

TableError::TableError(const TableFunction& function, const Table& table, const CoreConfig& core)
    : function_(function),
      odd_(core.table_odd),
      full_(core.full_code()),
      first_(core.table_odd ? 0.0 : -std::ldexp(1.0, core.table_domain)),
      width_(std::ldexp(1.0, core.segment_shift())),
      lowest_(table.front().base),
      highest_(table.back().base + table.back().rise) {
  for (int c = 0; c < core.table_segments; ++c) errors_.push_back(in_segment(c, table[static_cast<std::size_t>(c)]));
}

Interval TableError::argument(const Interval& a) const { return Interval(function_.gain) * function_.lsb_state * a; }

Interval TableError::value(const Interval& a) const { return enclosed_value(function_.activation, argument(a)); }

/// How far g is from a straight line between its values at the ends of `z`, which are `width` apart: d²/8 sup|g″|, or a quarter
/// of d times the width of g′.
double TableError::bend(const Interval& z, const Interval& width) const {
  const double curvature = curvature_bound(function_.activation, z);
  const double by_slopes = (Interval(enclosed_slope(function_.activation, z).width()) * width / 4.0).upper();
  return std::isfinite(curvature) ? std::min(by_slopes, (Interval(curvature) * square(width) / 8.0).upper()) : by_slopes;
}

// The line of the codes less g is at most what it is at the nodes, and what g bends by between them. A corner at a node is not
// between them: left out, with a millionth of the segment, over which line and g go apart by their slopes at most. Where g is
// vertical, both rising, they are no further apart than their values at opposite ends.
double TableError::in_segment(int c, const Segment& segment) const {
  const Interval from = Interval(segment.base) / full_, to = (Interval(segment.base) + segment.rise) / full_;
  const Interval low = value(node(c)), high = value(node(c + 1));
  const Interval z = argument({node(c), node(c + 1)}), width = argument(width_);
  const Interval edge = width * 0x1p-20;
  const Interval inner((Interval(z.lower()) + edge).upper(), (Interval(z.upper()) - edge).lower());
  const Interval apart = edge * (enclosed_slope(function_.activation, z).magnitude() + abs(to - from) / width);
  const Interval at_nodes = std::max((from - low).magnitude(), (to - high).magnitude());
  const double across = std::max((to - low).magnitude(), (from - high).magnitude());
  const Interval line = min(at_nodes + bend(z, width), at_nodes + bend(inner, width) + apart);
  return (min(line, across) + 0.5 / Interval(full_)).upper();
}

int TableError::segment_at(double a) const {
  const auto last = static_cast<double>(errors_.size() - 1);
  return static_cast<int>(std::clamp(std::floor((a - first_) / width_), 0.0, last));
}

double TableError::over(const Interval& inputs) const {
  const Interval a = odd_ ? abs(inputs) : inputs;
  const double last = node(static_cast<int>(errors_.size()));
  double worst = 0.0;
  const int end = a.lower() >= last || a.upper() < first_ ? -1 : segment_at(a.upper());
  for (int c = segment_at(a.lower()); c <= end; ++c) {
    worst = std::max(worst, errors_[static_cast<std::size_t>(c)]);
  }
  const auto constant = [&](std::int32_t code, const Interval& beyond) {
    worst = std::max(worst, (Interval(code) / full_ - value(beyond)).magnitude());
  };
  if (a.upper() >= last) constant(highest_, {std::max(last, a.lower()), a.upper()});
  if (a.lower() < first_) constant(lowest_, {a.lower(), std::min(first_, a.upper())});
  return worst;
}

double TableError::of_rounded_input(const Interval& a) const {
  const Interval near = a + Interval(-0.5, 0.5);
  return (enclosed_slope(function_.activation, argument(near)) * argument(0.5)).magnitude();
}

}  // namespace basin
