#include "sim/certify/memories.hpp"

#include <algorithm>
#include <limits>

#include "models/design/error.hpp"
#include "sim/reference/attractors.hpp"
#include "sim/reference/parallel.hpp"
#include "sim/reference/sequences.hpp"

namespace basin {
namespace {

void require_memories(const Design& design) {
  if (design.memory.patterns.rows() > 0) return;
  throw InputError(Location{design.file, 0}, "memory.patterns", "is missing; allowed: a design with memories to certify");
}

/// ±amplitude is what cues of state start from; others start elsewhere.
double amplitude_of(const Design& design) {
  const bool starts = design.cues.present && design.cues.from == CueSource::patterns && design.cues.as == CueUse::state;
  return starts ? design.cues.amplitude : std::numeric_limits<double>::infinity();
}

}  // namespace

bool CertifiedMemories::all_certified() const {
  return std::ranges::all_of(memories, [](const MemoryCertificate& memory) { return memory.standing == Standing::certified; });
}

CertifiedMemories certify_memories(const Design& design, int jobs, const std::function<void(std::size_t)>& done) {
  require_memories(design);
  Designed designed = prepare_circuit(design, Keep::matrix);
  CertifiedMemories result;
  result.core = storing_circuit(design, designed.core);
  result.names = design.memory.names;
  result.signs = design.memory.patterns;
  result.amplitude = amplitude_of(design);
  const EnclosedCircuit circuit(result.core);
  result.single = single_equilibrium(circuit);
  result.memories.resize(static_cast<std::size_t>(result.signs.rows()));
  for_each_parallel(result.memories.size(), jobs, [&](std::size_t m, std::size_t) {
    const auto row = static_cast<Index>(m);
    const auto equilibrium = stored_equilibrium(result.core, memory_outputs(design, designed.learned, row));
    result.memories[m] = certify_memory(circuit, result.signs.row(row), equilibrium, result.single, result.amplitude);
  }, done);
  return result;
}

}  // namespace basin
