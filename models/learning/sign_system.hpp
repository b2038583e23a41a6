#pragma once

#include <string>
#include <utility>
#include <vector>

#include "models/design/types.hpp"

namespace basin {

/// Strict inequalities Σ_j s_rj t_j > 0 in unknown weights and biases t, every s +1 or −1: what storing patterns asks for.
struct SignSystem {
  struct Row {
    Index memory = 0;
    Index neuron = 0;
    std::vector<std::pair<Index, int>> terms;   // column, sign
  };
  Index columns = 0;
  std::vector<Row> rows;
};

/// Of one neuron i: ξ_i(Σ_{j≠i} t_j ξ_j + t_i) > 0, where t_i, which no weight uses, is the bias. `patterns` is M × N.
SignSystem neuron_system(const Matrix& patterns, Index neuron);

/// Of all neurons together under T_ij = T_ji: a column a pair i ≤ j (symmetric_column), the biases at i = j.
SignSystem symmetric_system(const Matrix& patterns);
Index symmetric_column(Index neurons, Index i, Index j);

/// max κ subject to Σ_j s_rj t_j ≥ κ and |t_j| ≤ 1, by linear programming (CLP).
struct LargestMargin {
  double margin = 0.0;   // κ ≥ 0
  Vector point;          // t, columns
  Vector dual;           // y ≥ 0 with Σ y = 1, rows; where κ = 0, Σ_r y_r s_rj = 0 for every j
};
LargestMargin largest_margin(const SignSystem& system);

/// A whole number of any size in decimal digits.
using Digits = std::string;

/// Whole numbers y ≥ 0, not all 0, without a common divisor and with Σ_r y_r s_rj = 0 for every j: a proof, checked exactly,
/// that the inequalities contradict one another (Gordan 1873, Farkas 1902). `dual` is the float vector to start from. Empty
/// when none was found near it.
std::vector<Digits> contradiction(const SignSystem& system, const Vector& dual);

/// Whether `multipliers` is such a proof, exactly.
bool is_contradiction(const SignSystem& system, const std::vector<Digits>& multipliers);

}  // namespace basin
