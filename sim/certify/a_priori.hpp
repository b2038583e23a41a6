#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "models/certify/a_priori.hpp"
#include "models/fixed/quantise.hpp"
#include "sim/reference/pipeline.hpp"

namespace basin {

/// The steps of `network`, whose circuit is `realised` (which must outlive the result). Outputs of states that its words do not
/// hold have infinite errors.
CoreSteps core_steps(const FixedNetwork& network, const Circuit& realised);

/// States and how far runs that start there may be off.
struct BoundedSet {
  std::string name;              // of the memory in which these runs end; "everywhere"
  Box states;
  Vector errors;                 // of |u_hw − u|, N, unit of u; empty: not bounded at these steps
  /// The largest of them; empty: not bounded.
  [[nodiscard]] std::optional<double> error() const { return errors.size() > 0 ? std::optional(errors.maxCoeff()) : std::nullopt; }
};

/// The bounds of one network.
struct AprioriBounds {
  double scale = 1.0;    // B
  std::vector<BoundedSet> sets;
  std::vector<std::string> without;   // memories that have no set

  /// The largest error over B; empty without sets, or when one of them is not bounded.
  [[nodiscard]] std::optional<double> largest() const;
};

/// The sets of a realised circuit on which errors can be bounded at all, by any step that is fine enough: the one of all states
/// where the whole circuit contracts, else one a memory.
class AprioriSets {
 public:
  /// `outputs`: of every memory over all neurons; empty of one that is no equilibrium of this circuit.
  AprioriSets(const Circuit& realised, const std::vector<std::string>& names, const std::vector<Vector>& outputs);
  AprioriSets(const AprioriSets&) = delete;
  AprioriSets& operator=(const AprioriSets&) = delete;

  [[nodiscard]] bool empty() const { return sets_.empty(); }
  /// The largest |u_i| of all sets; 0 without one.
  [[nodiscard]] double reach() const;
  /// Whether they are those of this circuit too.
  [[nodiscard]] bool are_of(const Circuit& realised) const;
  [[nodiscard]] AprioriBounds bounds(const CoreSteps& steps, double scale) const;
  /// The largest error over `scale`; +∞ where one of the sets is not bounded at these steps, or when it is above `limit`·scale.
  [[nodiscard]] double largest(const CoreSteps& steps, double scale, double limit) const;

 private:
  bool add(const std::string& name, Box states);

  Circuit circuit_;
  EnclosedCircuit enclosed_;
  std::vector<std::pair<std::string, APriori>> sets_;
  std::vector<std::string> without_;
};

/// The largest step and the smallest formats that meet an ε.
struct FormatChoice {
  std::optional<HardwareSpec> hardware;   // the design's own with step, state, table and outputs chosen; empty: none does
  Quantised quantised;                    // at these
  AprioriBounds bounds;
  std::optional<double> coarser;          // what the next larger step comes to with the finest formats, over B; empty: no bound
  std::string why_not;
};

/// What a design's core keeps within before any run, and which formats would keep within `epsilon`.
struct Apriori {
  Quantised quantised;     // the design's own formats
  AprioriBounds bounds;    // at these
  double epsilon = 0.0;
  FormatChoice choice;
};

/// Proves the bounds of the design's own formats, then looks for the largest step 2^−K ≥ 2^−15 at which some formats keep every
/// bounded set within `epsilon`·B, and at that step for formats of which none can be made coarser by one bit, or half the
/// segments, alone. The same for every call. `tried(K)` is called as steps are tried. Throws InputError for recalls in phases,
/// and what prepare_circuit() and quantise() throw.
Apriori bound_a_priori(const Design& design, double epsilon, const std::function<void(int)>& tried = {});

}  // namespace basin
