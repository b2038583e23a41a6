#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "models/certify/memory_certificate.hpp"
#include "sim/reference/pipeline.hpp"

namespace basin {

/// What is proved of the memories of a design, about its circuit in core coordinates.
struct CertifiedMemories {
  Circuit core;
  std::vector<std::string> names;
  Matrix signs;                               // ±1, a memory a row
  double amplitude = 0.0;                     // |u| that cues start from, for the Hamming balls; +∞: any
  std::optional<SingleEquilibrium> single;    // where the circuit has one equilibrium alone
  std::vector<MemoryCertificate> memories;

  [[nodiscard]] bool all_certified() const;
};

/// Proves what it can of every memory, on `jobs` threads; the result does not depend on them. `done(k)` is called after each
/// memory. Throws InputError for a design without memories, ClaimError where nothing can be proved of its circuit, and what
/// prepare_circuit() throws.
CertifiedMemories certify_memories(const Design& design, int jobs, const std::function<void(std::size_t)>& done = {});

}  // namespace basin
