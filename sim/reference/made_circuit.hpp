#pragma once

#include <optional>
#include <vector>

#include "sim/reference/physical_design.hpp"

namespace basin {

/// The noise of one run on components, and how long that lasts.
struct NoisyRun {
  ThermalNoise noise;          // J and s
  double t_end = 0.0;          // s
};

/// A network with its amplifiers, asked what it recalls and what it stores. One thread at a time.
class MadeCircuit {
 public:
  MadeCircuit(ResistorNetwork network, AmplifierModel amplifiers);

  /// Whether the cue ends at a stable operating point whose first outputs have these signs (±1, of the visible neurons). A run
  /// that does not end is no recall. Where delays leave open whether the point is stable, a run that came to rest there says that it
  /// is. With noise, of which no run ends: whether it has these signs at t_end.
  [[nodiscard]] bool recalls(const PhysicalCue& cue, const Vector& signs, const std::optional<NoisyRun>& noise = {});
  /// Whether the cue passes the memories as a sequence is recalled (sequence_status()). A run that does not end on its cycle is
  /// judged by as far as it came.
  [[nodiscard]] bool follows(const PhysicalCue& cue, const MemorySpec& memory, int target, const std::optional<NoisyRun>& noise = {}) const;
  /// The stable operating point whose first outputs have the signs of the first of `outputs`, found as stored_equilibrium() finds
  /// it; empty when there is none. `outputs`: ±1 of all neurons, a memory and what hidden units make of it; of the visible ones
  /// alone, hidden units are held off, as those of a sequence are while none pushes.
  /// Its stability may be left open by delays.
  [[nodiscard]] std::optional<OperatingPoint> stored(const Vector& outputs);
  /// Whether there is one; where delays leave open whether it is stable, whether a run comes to rest there.
  [[nodiscard]] bool stores(const Vector& outputs);

 private:
  struct Known {
    Vector u_v;
    bool stable = false;
  };

  [[nodiscard]] Index visible() const { return network_.size() - network_.hidden; }
  [[nodiscard]] std::optional<AmplifierRun> run(const AmplifierSystem& system, const Vector& start, const std::optional<NoisyRun>& noise = {},
                                                PatternWatch::PatternAt pattern_at = {}) const;
  [[nodiscard]] std::optional<Vector> settled(const AmplifierSystem& system, const Vector& start) const;
  /// What drives the circuit while it is asked whether it stores `outputs`.
  [[nodiscard]] Drive drive_of(const Vector& outputs) const;
  /// Where the nodes would rest if the amplifiers held these outputs; empty when one has no resistor.
  [[nodiscard]] std::optional<Vector> rest_of(const Vector& outputs) const;
  [[nodiscard]] bool has_signs(const Drive& drive, const Vector& u_v, const Vector& signs) const;
  [[nodiscard]] bool is_same(const Vector& a, const Vector& b) const;

  ResistorNetwork network_;
  AmplifierModel amplifiers_;
  AmplifierSystem free_;         // nothing drives it from outside
  double slowest_, fastest_;     // RC, s
  std::vector<Known> known_;     // ends of runs on it, polished
};

}  // namespace basin
