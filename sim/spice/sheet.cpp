#include "sim/spice/sheet.hpp"

#include <algorithm>

#include "models/physical/preferred_values.hpp"
#include "sim/reference/attractors.hpp"
#include "sim/reference/sequences.hpp"

namespace basin {
namespace {

class SheetMaker {
 public:
  SheetMaker(const Design& design, const PhysicalDesign& physical)
      : design_(design),
        physical_(physical),
        core_(to_core(physical.parts.made)),
        storing_(storing_circuit(design, core_)),
        bound_(std::max(1e-300, invariant_bound(core_))),
        names_(design.memory, bound_) {
    if (storing_.size() < core_.size()) held_ = hidden_held_off(physical.parts.network, physical.amplifiers);
  }

  Sheet make(const std::vector<Vector>& ends) {
    sheet_.parts = bill_of_materials(physical_.parts.network);
    for (Index m = 0; m < design_.memory.patterns.rows(); ++m) add_memory(m);
    for (const Vector& end : ends) add_point(end, {});
    return std::move(sheet_);
  }

 private:
  void add_memory(Index m) {
    const Vector outputs = memory_outputs(design_, physical_.designed.learned, m);
    SheetMemory memory;
    memory.name = design_.memory.names[static_cast<std::size_t>(m)];
    memory.margin = physical_.parts.scale * least_margin(storing_circuit(design_, to_core(physical_.parts.circuit)), outputs);
    memory.margin_of_parts = physical_.parts.scale * least_margin(storing_, outputs);
    if (const auto state = stored_equilibrium(storing_, outputs)) {
      Vector u = physical_.parts.made.threshold;   // units that are held follow the others
      u.head(state->size()) += *state;
      memory.stored = add_point(physical_.parts.network.swing * u, held_);
    } else {
      memory.stored = false;
    }
    sheet_.memories.push_back(std::move(memory));
  }

  /// Whether there is a stable operating point at u with that drive; adds it unless it is there.
  std::optional<bool> add_point(const Vector& u, const Drive& drive) {
    const ResistorNetwork& network = physical_.parts.network;
    // Newton from a state that is at rest already, else an end of a long run: one point a distinct state.
    for (const SheetPoint& known : sheet_.points) {
      if (same(known.at.u_v, u, 1e-3)) return known.at.stable;
    }
    const auto point = operating_point(network, physical_.amplifiers, u, drive);
    if (!point) return false;
    for (const SheetPoint& known : sheet_.points) {
      if (same(known.at.u_v, point->u_v, same_equilibrium_tolerance)) return known.at.stable;
    }
    Equilibrium end;
    end.converged = true;
    end.stable = point->stable.value_or(true);
    end.u = point->u_v / network.swing - physical_.parts.made.threshold;
    sheet_.points.push_back({names_.name(end), *point});
    return point->stable;
  }

  [[nodiscard]] bool same(const Vector& a, const Vector& b, double tolerance) const {
    return (a - b).cwiseAbs().maxCoeff() <= tolerance * bound_ * physical_.parts.network.swing;
  }

  const Design& design_;
  const PhysicalDesign& physical_;
  Circuit core_;
  Circuit storing_;                // the part of it whose equilibria the memories are
  Drive held_;                     // what is held at them
  double bound_;
  AttractorNames names_;
  Sheet sheet_;
};

}  // namespace

Sheet make_sheet(const Design& design, const PhysicalDesign& physical, const std::vector<Vector>& ends) {
  return SheetMaker(design, physical).make(ends);
}

}  // namespace basin
