#pragma once

#include "models/circuit/circuit.hpp"
#include "models/fixed/network.hpp"

namespace basin {

/// An activation as a table sees it: V = g(λ·LSB_u·a) for the table input a.
struct TableFunction {
  const Activation& activation;
  double gain;        // λ, of the neuron of this activation with the largest gain
  double lsb_state;   // LSB_u
  /// g at table input `a`.
  [[nodiscard]] double value(double a) const { return activation.value(gain * lsb_state * a); }
};

/// The functions whose tables the core of `circuit` has: one a kind of activation, in their order.
std::vector<TableFunction> table_functions(const Circuit& circuit, double lsb_state);

/// The table of docs/arithmetic.md §4 for the domain, segments, symmetry and codes of `core`: every node is the code nearest
/// to the function, and y_c + d_c = y_(c+1). `hard` becomes full codes with no rise. slope_bits is not looked at.
Table make_table(const TableFunction& function, const CoreConfig& core);

/// Largest |interpolation − function| over the domain between exact nodes, as V: what the number of segments costs. Codes
/// add at most LSB_V (half at the nodes, half at the output).
double interpolation_error(const TableFunction& function, const CoreConfig& core);

/// β: the largest slope of a segment, in V per unit of u (docs/math.md, stability).
double largest_slope(const Table& table, const CoreConfig& core, double lsb_state);

/// Least D that holds every rise of the table.
int slope_bits(const Table& table);

}  // namespace basin
