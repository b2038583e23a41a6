#pragma once

#include <Eigen/LU>
#include <optional>
#include <string>
#include <vector>

#include "models/circuit/circuit.hpp"
#include "models/design/design.hpp"

namespace basin {

/// Two polished states are the same equilibrium when no neuron differs by more than this fraction of B.
inline constexpr double same_equilibrium_tolerance = 1e-6;

/// |a − b| ≤ 1e-6 `bound` for every neuron.
bool same_equilibrium(const Vector& a, const Vector& b, double bound);

/// '+', '-' or '0' a neuron.
std::string sign_text(const Vector& u);

/// The memory that a sign vector is: "name", "-name" (inverse), "mixture:a+b-c" (sign of a signed sum of three), else "".
/// Mixtures are looked for among the sixteen memories of largest |overlap|.
std::string memory_name(const Vector& u, const MemorySpec& memory);

/// Names equilibria given in core coordinates: memory_name() where it is stable, else "spurious:k" with k = 1, 2, … in the
/// order in which they are first asked for.
///
/// Patterns, and so names and overlaps, speak of the visible neurons, which come first; what hidden units do besides makes
/// two attractors of one name.
class AttractorNames {
 public:
  /// `bound` is B. Keeps a reference to `memory`.
  AttractorNames(const MemorySpec& memory, double bound) : memory_(memory), bound_(bound) {}
  std::string name(const Equilibrium& equilibrium);

 private:
  const MemorySpec& memory_;
  double bound_;
  std::vector<Vector> spurious_;
};

/// The name of a state that is no equilibrium.
inline constexpr const char* unsettled_name = "unsettled";

/// "recalled": the target, or any memory when there is no target (−1). "other": another memory or an inverse. "spurious":
/// anything else that is an equilibrium. "unsettled".
std::string recall_status(const std::string& attractor, const MemorySpec& memory, int target);

/// Overlap m = ξ·V/N of outputs V (bipolar; those of the visible neurons count) with the target, or the largest over the memories without one; empty without
/// memories.
std::optional<double> overlap(const Vector& v, const MemorySpec& memory, int target);

/// The equilibrium u*, stable when nothing is delayed, whose visible neurons have the signs of ξ, found by polishing from W V + b and, should that
/// lead elsewhere, by settling from there first. V is `outputs`: ξ, and after it what the hidden units make of it. `circuit`
/// is in core coordinates. Empty when there is none: ξ is not stored.
std::optional<Vector> stored_equilibrium(const Circuit& circuit, const Vector& outputs);
/// Whether there is such an equilibrium, stable with the circuit's delays; empty where those leave it open.
std::optional<bool> stores(const Circuit& circuit, const Vector& outputs);

/// An equilibrium with its Jacobian factored (where W is dense), to tell cheaply whether other end states polish to it.
class PolishedEnd {
 public:
  /// Polishes `end`; equilibrium().converged says whether there is one.
  PolishedEnd(const Circuit& circuit, const Vector& end, double bound);
  [[nodiscard]] const Equilibrium& equilibrium() const { return equilibrium_; }
  /// Whether `end`, polished on `circuit` (the same one), is this equilibrium.
  [[nodiscard]] bool same(const Circuit& circuit, const Vector& end) const;

 private:
  double bound_;
  Equilibrium equilibrium_;
  Eigen::PartialPivLU<Eigen::MatrixXd> jacobian_;
};

}  // namespace basin
