#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "models/design/design.hpp"
#include "models/fixed/batch.hpp"
#include "sim/atlas/attractor_book.hpp"
#include "sim/atlas/starts.hpp"
#include "sim/compare/probe_runs.hpp"

namespace basin {

/// What the starts of a block of one set came to: attractors in the order in which they were met, and for every start the
/// index of the one that each of the two recalls ended in, or unsettled_label or outside_label.
struct BlockEnds {
  std::vector<Attractor> attractors;
  std::vector<int> reference;
  std::vector<int> hardware;     // of kind newton: all unsettled_label
  bool overflow = false;         // in any step of any recall of the hardware
};

/// Recalls of many starts by the realised circuit and by the fixed-point model of its hardware. May be used by several
/// threads at once; what becomes of a start depends on it alone.
class Recalls {
 public:
  /// Keeps references to both; `prepared` is that of the design.
  Recalls(const Design& design, const Prepared& prepared);
  Recalls(const Recalls&) = delete;
  Recalls& operator=(const Recalls&) = delete;

  /// Starts first … first + count − 1 of a set.
  [[nodiscard]] BlockEnds run(const StartSet& set, const Plane* plane, std::size_t first, std::size_t count) const;
  /// The cue of a start as circuit and core get it, core coordinates, all neurons.
  [[nodiscard]] std::vector<Cue> cues_of(std::span<const Start> starts) const;
  /// Where the realised circuit ends from each of these u(0) of all neurons, core coordinates.
  [[nodiscard]] std::vector<ProbeEnd> run_reference(std::span<const Vector> starts) const;

  [[nodiscard]] const Prepared& prepared() const { return judgement_.prepared; }
  [[nodiscard]] const Circuit& circuit() const { return judgement_.prepared.realised; }
  [[nodiscard]] const FixedNetwork& network() const { return judgement_.network(); }
  [[nodiscard]] double bound() const { return judgement_.bound(); }

 private:
  void label_reference(std::span<const Cue> cues, const std::vector<std::size_t>& which, AttractorBook& book, BlockEnds& ends) const;
  void label_hardware(std::span<const Cue> cues, const std::vector<std::size_t>& which, AttractorBook& book, BlockEnds& ends) const;
  [[nodiscard]] std::optional<Attractor> reference_cycle(const ProbeEnd& end) const;
  [[nodiscard]] std::optional<Attractor> hardware_cycle(const RawCue& raw) const;

  const Design& design_;
  Judgement judgement_;
  ClampedCircuit released_;      // the realised circuit, nothing held
  ProbeRuns runs_;
  BatchModel model_;
};

}  // namespace basin
