#pragma once

#include <optional>

#include "models/certify/enclosed_circuit.hpp"

namespace basin {

/// A proof that every start in a box of states ends in one equilibrium. F(u) = W V(u) + b maps each of the nested boxes
/// strictly inside the next, so that a trajectory that starts in the first one stays there and is in the last one after a
/// finite time; in the last one the flow contracts (log_norm_is_negative with `weights`). True of any time constants.
struct BasinBox {
  double level = 0.0;       // a: the first box is s_iV_i ≥ a, or closer to 0 where the equilibrium asks for it; no upper end
  std::vector<Box> boxes;   // of u, the largest first
  Vector weights;
};

/// A proof that the flow itself contracts, in the maximum norm, on the box s_iu_i ≥ `level` of all neurons, which no trajectory
/// leaves.
struct ContractingBox {
  double level = 0.0;
};

/// What is proved of starts that have some signs of the equilibrium wrong: where all neurons but `flips` have s_iu_i ≥
/// level_i, and those `flips` any state at all, the trajectory comes into the box of a BasinBox whose lower levels are no
/// higher.
struct HammingBall {
  Index flips = 0;
  Vector levels;
};

/// The box s_iu_i ≥ level_i, s the signs of `equilibrium`.
Box states_beyond(const Vector& equilibrium, const Vector& levels);

/// Boxes around the signs of `equilibrium` (core coordinates, no zeros), for the least level of a ladder from 0.005 up that
/// can be proved; empty where none can.
std::optional<BasinBox> basin_box(const EnclosedCircuit& circuit, const Vector& equilibrium);

/// With the least level to 1e-9 of itself; empty where none can be proved.
std::optional<ContractingBox> contracting_box(const EnclosedCircuit& circuit, const Vector& equilibrium);

/// Of most flips, and of those the least levels, among the levels of the ladder from `box` up whose states stay within
/// `amplitude`: cues that start at ±`amplitude` are then meant. Empty where `box` itself begins beyond it.
std::optional<HammingBall> hamming_ball(const EnclosedCircuit& circuit, const Vector& equilibrium, const BasinBox& box,
                                        double amplitude);

}  // namespace basin
