#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "models/capacity/graded_theory.hpp"
#include "sim/capacity/plan.hpp"

namespace basin {

/// What published theory says about a cell.
struct CellTheory {
  std::string name;                     // "" where there is none
  std::optional<double> critical_load;  // largest load with recall
  std::optional<double> overlap;        // m at the cell's load; empty above the critical load and where nothing is said
  bool of_size = false;                 // the critical load is that of the cell's N, and goes to 0 as N → ∞
  bool of_gain = false;                 // it is that of the cell's gain
  std::optional<double> separable;      // Cover: probability that one neuron can have what it is asked for
};

/// Theory of the cells of one design. Finds the critical load of a gain once.
class Theories {
 public:
  explicit Theories(const Design& design) : design_(design) {}
  CellTheory of(const Cell& cell);
  /// m at any load of the cell's curve, as of() gives it.
  std::optional<double> overlap_at(const Cell& cell, double load);

 private:
  /// Null where the circuit is not the one of the theory.
  const GradedTheory* graded(const Cell& cell);
  [[nodiscard]] bool is_binary(const Cell& cell) const;

  const Design& design_;
  std::map<double, GradedTheory> by_gain_;
};

}  // namespace basin
