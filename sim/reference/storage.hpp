#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/design/design.hpp"
#include "sim/reference/pipeline.hpp"

namespace basin {

/// What became of one memory.
struct StorageOfMemory {
  std::string name;
  double margin = 0.0;            // κ of the designed circuit
  bool stored = false;            // an equilibrium of the designed circuit has its signs
  bool stored_in_integers = false;   // and one of the realised circuit: the weights that the hardware holds
  /// The least a for which AttractingBoxes prove it on both circuits: whatever starts with ξ_iV_i ≥ a at every visible
  /// neuron, and every hidden unit where such outputs let it settle, ends there. Empty when it is not proved.
  std::optional<double> certified_from;
};

/// What a design's weights store.
struct StorageReport {
  Prepared prepared;
  std::vector<StorageOfMemory> memories;

  /// Every memory stored, and certified where the rule is `any`.
  [[nodiscard]] bool holds() const;
  bool must_be_certified = false;
};

/// Prepares the design and examines every memory, on `jobs` threads. Throws what prepare() throws.
StorageReport examine_storage(const Design& design, int jobs);

}  // namespace basin
