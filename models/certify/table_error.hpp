#pragma once

#include <vector>

#include "models/certify/interval.hpp"
#include "models/fixed/table.hpp"

namespace basin {

/// How far the outputs that a table of a core gives may be from the function it stands for, proved: nodes that are codes,
/// straight lines between them, the code of the output and constants beyond the domain (docs/arithmetic.md, The activation). g rises.
class TableError {
 public:
  /// `function` keeps its activation by reference, which must outlive this. Not of hard units.
  TableError(const TableFunction& function, const Table& table, const CoreConfig& core);

  /// An upper bound over the table inputs within `a` (in LSB_u, as large as one likes), as V.
  [[nodiscard]] double over(const Interval& a) const;
  /// An upper bound of |dg/da|·½: what rounding the table input by half an LSB_u makes of it, as V, within `a`.
  [[nodiscard]] double of_rounded_input(const Interval& a) const;

 private:
  [[nodiscard]] double node(int c) const { return first_ + width_ * c; }
  [[nodiscard]] Interval argument(const Interval& a) const;
  [[nodiscard]] Interval value(const Interval& a) const;
  [[nodiscard]] double bend(const Interval& z, const Interval& width) const;
  [[nodiscard]] double in_segment(int c, const Segment& segment) const;
  [[nodiscard]] int segment_at(double a) const;

  TableFunction function_;
  bool odd_;
  double full_;
  double first_;                   // table input of the first node
  double width_;                   // of a segment, in table inputs
  std::int32_t lowest_, highest_;  // codes at both ends
  std::vector<double> errors_;     // of every segment
};

}  // namespace basin
