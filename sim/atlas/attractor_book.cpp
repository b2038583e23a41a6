#include "sim/atlas/attractor_book.hpp"

#include <algorithm>

namespace basin {
namespace {

constexpr double near = 1e-4;        // of B: so close that PolishedEnd::same is cheap
constexpr Index most_states = 256;   // of a cycle

Cycle cycle_of(const Attractor& attractor, double dt) { return {attractor.round, *attractor.period / dt}; }

}  // namespace

Attractor cycle_attractor(const Cycle& cycle, double dt) {
  const Index rows = cycle.states.rows();
  const Index kept = std::min(rows, most_states);
  Attractor attractor{true, cycle.states.row(rows - 1), cycle.period * dt, Matrix(kept, cycle.states.cols())};
  for (Index k = 0; k < kept; ++k) attractor.round.row(k) = cycle.states.row(k * rows / kept);
  return attractor;
}

int AttractorBook::place_end(const Vector& end) {
  for (std::size_t k = 0; k < all_.size(); ++k) {
    if (!polished_[k] || (end - all_[k].u).cwiseAbs().maxCoeff() > near * bound_) continue;
    if (polished_[k]->same(circuit_, end)) return static_cast<int>(k);
  }
  PolishedEnd polished(circuit_, end, bound_);
  if (!polished.equilibrium().converged) return unsettled_label;
  const auto known = static_cast<int>(all_.size());
  const int index = place_equilibrium(polished.equilibrium().u, polished.equilibrium().stable);
  if (index == known) polished_.back().emplace(std::move(polished));
  return index;
}

int AttractorBook::place_equilibrium(const Vector& u, bool stable) {
  const auto found = std::ranges::find_if(
      all_, [&](const Attractor& known) { return !known.is_cycle() && same_equilibrium(known.u, u, bound_); });
  const auto index = static_cast<int>(found - all_.begin());
  if (found == all_.end()) {
    all_.push_back({stable, u, std::nullopt, {}});
    polished_.emplace_back();
  }
  return index;
}

int AttractorBook::place(const Attractor& attractor) {
  if (!attractor.is_cycle()) return place_equilibrium(attractor.u, attractor.stable);
  const Cycle cycle = cycle_of(attractor, dt_);
  const auto found = std::ranges::find_if(all_, [&](const Attractor& known) {
    return known.is_cycle() && same_cycle(cycle_of(known, dt_), cycle, cycle_scale(circuit_, bound_));
  });
  const auto index = static_cast<int>(found - all_.begin());
  if (found == all_.end()) {
    all_.push_back(attractor);
    polished_.emplace_back();
  }
  return index;
}

}  // namespace basin
