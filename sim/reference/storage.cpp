#include "sim/reference/storage.hpp"

#include <algorithm>

#include "models/circuit/attracting_box.hpp"
#include "sim/reference/attractors.hpp"
#include "sim/reference/parallel.hpp"

namespace basin {
namespace {

/// What proves memories on the circuit as designed and on the one that the integers stand for.
struct Proofs {
  AttractingBoxes designed, realised;
};

StorageOfMemory examine(const Design& design, const Prepared& prepared, const Proofs& proofs, Index m) {
  StorageOfMemory memory;
  memory.name = design.memory.names[static_cast<std::size_t>(m)];
  memory.margin = prepared.learned.margins[m];
  const Vector outputs = memory_outputs(design, prepared.learned, m);
  memory.stored = stored_equilibrium(prepared.core, outputs).has_value();
  memory.stored_in_integers = stored_equilibrium(prepared.realised, outputs).has_value();
  const Vector signs = design.memory.patterns.row(m);
  const auto designed = proofs.designed.around(signs);
  const auto realised = proofs.realised.around(signs);
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
  const Proofs proofs{AttractingBoxes(report.prepared.core), AttractingBoxes(report.prepared.realised)};
  report.memories.resize(static_cast<std::size_t>(design.memory.patterns.rows()));
  for_each_parallel(report.memories.size(), jobs, [&](std::size_t m, std::size_t) {
    report.memories[m] = examine(design, report.prepared, proofs, static_cast<Index>(m));
  });
  return report;
}

}  // namespace basin
