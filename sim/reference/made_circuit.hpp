#pragma once

#include <optional>
#include <vector>

#include "sim/reference/physical_design.hpp"

namespace basin {

/// A network with its amplifiers, asked what it recalls and what it stores. One thread at a time.
class MadeCircuit {
 public:
  /// Runs go on for at most longest_run times the slowest RC.
  MadeCircuit(ResistorNetwork network, AmplifierModel amplifiers);

  /// Whether the cue ends at a stable operating point whose first outputs have these signs (±1, of the visible neurons). A run
  /// that does not end is no recall.
  [[nodiscard]] bool recalls(const PhysicalCue& cue, const Vector& signs);
  /// The stable operating point whose first outputs have the signs of the first of `outputs` (±1, all neurons: a memory, and what
  /// hidden units make of it), found as stored_equilibrium() finds it; empty when there is none.
  [[nodiscard]] std::optional<OperatingPoint> stored(const Vector& outputs, Index visible);

 private:
  struct Known {
    Vector u_v;
    bool stable = false;
  };

  [[nodiscard]] std::optional<Vector> settled(const AmplifierSystem& system, const Vector& start) const;
  [[nodiscard]] bool has_signs(const Drive& drive, const Vector& u_v, const Vector& signs) const;
  [[nodiscard]] bool is_same(const Vector& a, const Vector& b) const;

  ResistorNetwork network_;
  AmplifierModel amplifiers_;
  AmplifierSystem free_;         // nothing drives it from outside
  double longest_;               // s
  std::vector<Known> known_;     // ends of runs on it, polished
};

}  // namespace basin
