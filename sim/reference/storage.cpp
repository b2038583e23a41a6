#include "sim/reference/storage.hpp"

#include <algorithm>

#include "models/circuit/attracting_box.hpp"
#include "sim/reference/attractors.hpp"
#include "sim/reference/parallel.hpp"
#include "sim/reference/sequences.hpp"

namespace basin {
namespace {

/// The circuit as designed, and the one that the integers stand for, with what proves memories on them.
struct Storing {
  Circuit designed, realised;
  AttractingBoxes designed_boxes{designed}, realised_boxes{realised};
};

StorageOfMemory examine(const Design& design, const Prepared& prepared, const Storing& circuits, Index m) {
  StorageOfMemory memory;
  memory.name = design.memory.names[static_cast<std::size_t>(m)];
  memory.margin = prepared.learned.margins[m];
  const Vector outputs = memory_outputs(design, prepared.learned, m);
  memory.stored = stored_equilibrium(circuits.designed, outputs).has_value();
  memory.stored_in_integers = stored_equilibrium(circuits.realised, outputs).has_value();
  const Vector signs = design.memory.patterns.row(m);
  const auto designed = circuits.designed_boxes.around(signs);
  const auto realised = circuits.realised_boxes.around(signs);
  if (designed && realised) memory.certified_from = std::max(*designed, *realised);
  return memory;
}

}  // namespace

bool StorageReport::holds() const {
  return std::all_of(memories.begin(), memories.end(), [this](const StorageOfMemory& memory) {
    return memory.stored && memory.stored_in_integers && (memory.certified_from || !must_be_certified);
  });
}

StorageReport examine_storage(const Design& design, int jobs) {
  StorageReport report{.prepared = prepare(design), .memories = {}, .must_be_certified = design.memory.rule == Rule::any};
  const Storing circuits{storing_circuit(design, report.prepared.core), storing_circuit(design, report.prepared.realised)};
  report.memories.resize(static_cast<std::size_t>(design.memory.patterns.rows()));
  for_each_parallel(report.memories.size(), jobs, [&](std::size_t m, std::size_t) {
    report.memories[m] = examine(design, report.prepared, circuits, static_cast<Index>(m));
  });
  return report;
}

}  // namespace basin
