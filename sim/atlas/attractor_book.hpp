#pragma once

#include <optional>
#include <vector>

#include "models/circuit/circuit.hpp"
#include "sim/compare/cycles.hpp"
#include "sim/reference/attractors.hpp"

namespace basin {

/// Where a recall can end: an equilibrium, polished, or a limit cycle. States of all neurons, core coordinates.
struct Attractor {
  bool stable = false;          // of an equilibrium; that of a cycle is one that was reached
  Vector u;                     // of a cycle: a state on it
  std::optional<double> period; // of a cycle, s or τ
  Matrix round;                 // of a cycle: at most 256 states once round it, at equal times

  [[nodiscard]] bool is_cycle() const { return period.has_value(); }
};

/// What a start's label says when it is no attractor's index.
inline constexpr int unsettled_label = -1;
inline constexpr int outside_label = -2;    // of a slice: beyond |u_i − θ_i| ≤ B, and not run

/// The cycle with its states thinned to what an Attractor keeps. `dt` is the time of a network step.
Attractor cycle_attractor(const Cycle& cycle, double dt);

/// Attractors in the order in which they are first met, each once: equilibria by same_equilibrium(), cycles by same_cycle().
class AttractorBook {
 public:
  /// `bound` is B. Keeps a reference to `circuit`, which every end is of.
  AttractorBook(const Circuit& circuit, double bound, double dt) : circuit_(circuit), bound_(bound), dt_(dt) {}

  /// The index of the equilibrium that `end` polishes to; unsettled_label where it does to none.
  int place_end(const Vector& end);
  /// The index of an attractor, added unless it is known.
  int place(const Attractor& attractor);
  [[nodiscard]] const std::vector<Attractor>& all() const { return all_; }

 private:
  int place_equilibrium(const Vector& u, bool stable);

  const Circuit& circuit_;
  double bound_;
  double dt_;
  std::vector<Attractor> all_;
  std::vector<std::optional<PolishedEnd>> polished_;   // of `all_`, as far as they were polished here
};

}  // namespace basin
