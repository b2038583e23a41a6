#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "models/design/types.hpp"
#include "sim/spice/deck_elements.hpp"

namespace basin {

/// What a deck's nodes are known to be.
struct DeckNodes {
  Index neurons = 0;
  std::function<std::optional<Index>(const std::string& node)> state;                         // the neuron whose state it is
  std::function<std::optional<std::pair<Index, double>>(const std::string& node)> output;     // of a neuron, ±1; ideal ones alone
  std::function<bool(const std::string& node)> is_free;                                       // nothing is known of it
};

/// What overlap amplifiers do between outputs and states: E elements of gain ±1 on the mean of outputs that resistors make.
struct DeckOverlaps {
  Matrix conductance;                  // T, S, N × N: what the paths to a state come to
  Vector total;                        // S, N: of the resistors at every state
  std::set<const Element*> elements;   // that make them; empty: there are none
  std::set<Index> heard;               // neurons

  /// To T and the ohms to ground of every state: paths of opposite signs cancel in T, and what they had of 1/R goes to ground.
  void add_to(Matrix& synapses, Vector& ground) const;
};

/// Looks among the elements that are not in `used`.
DeckOverlaps find_overlaps(const Elements& elements, const std::set<const Element*>& used, const DeckNodes& nodes);

}  // namespace basin
