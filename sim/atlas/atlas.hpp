#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "models/capacity/statistics.hpp"
#include "sim/atlas/attractor_book.hpp"
#include "sim/atlas/boundary.hpp"
#include "sim/atlas/plan.hpp"
#include "sim/compare/verification.hpp"

namespace basin {

struct AtlasOptions {
  std::filesystem::path store;                       // finished blocks are kept here, and taken from here
  std::size_t starts = usual_starts;                 // of every distance and amplitude
  std::vector<std::string> slices;                   // as --slice names them; empty: the usual one
  std::vector<std::string> engines = {"golden"};     // golden is always run; the others confirm a sample of it
  int jobs = 1;                                      // worker threads; the result is the same for every number
  ProgressCallback progress;                         // may be empty
};

/// What an end is to the memories.
enum class EndClass { memory, inverse, mixture, spurious, cycle, unsettled };
inline constexpr std::size_t end_classes = 6;
/// "memories", "inverses", "mixtures", "other equilibria", "limit cycles", "unsettled".
const char* to_string(EndClass kind);

/// A distinct attractor, or an equilibrium that only Newton's method found.
struct AtlasAttractor {
  Attractor state;                  // core coordinates, all neurons
  std::string name;                 // memory, -memory, mixture:a+b-c, spurious:k, limit-cycle:k
  EndClass kind = EndClass::spurious;
  std::vector<std::string> passed;  // of a cycle: the memories whose signs it takes, in order
  double energy = 0.0;              // of an equilibrium on the realised circuit
  std::size_t reference = 0;        // starts that ended here, slices not counted
  std::size_t hardware = 0;
  std::size_t newton = 0;           // searches by Newton's method that did
};

/// Where the starts of a set ended: an index of Atlas::attractors, unsettled_label or outside_label.
struct SetEnds {
  StartSet set;
  std::vector<int> reference;
  std::vector<int> hardware;
};

/// How often, by each of the two; 95 % intervals.
struct Both {
  std::size_t starts = 0;
  Share reference;
  Share hardware;
};

/// Recalls of memories from one distance or amplitude.
struct RecallPoint {
  StartSet set;
  Both all;
  std::vector<Both> memories;       // one each
};

/// What share of random starts ended in an attractor.
struct Volume {
  int attractor = 0;
  Both share;
};

/// Basin volumes by the random starts of one set.
struct Volumes {
  StartSet set;
  std::vector<Volume> attractors;   // that any ended in, by falling share of the reference
  std::vector<Both> classes;        // end_classes of them
};

/// A start from which hardware and circuit end in different attractors.
struct Disagreement {
  StartSet set;
  std::size_t number = 0;           // in its set
  int memory = -1;                  // that it was made of
  int reference = 0;                // labels
  int hardware = 0;
  std::optional<BoundaryDistance> distance;   // empty where one of the two is no equilibrium, or phases hold neurons
};

/// A plane with the ends of its cells.
struct Slice {
  Plane plane;
  std::vector<int> reference;       // slice_cells², rows from the top
  std::vector<int> hardware;
  std::size_t cells = 0;            // run
  std::size_t differing = 0;
};

/// All that `atlas` prints and writes.
struct Atlas {
  Prepared prepared;
  double bound = 0.0;               // B
  bool signs_alone = false;
  std::vector<AtlasAttractor> attractors;
  std::vector<SetEnds> sets;        // all but the slices
  std::vector<RecallPoint> distances;
  std::vector<RecallPoint> amplitudes;
  std::vector<Volumes> volumes;     // signs, box
  std::vector<Slice> slices;
  std::vector<Disagreement> disagreements;
  std::size_t starts = 0;           // of circuit and hardware, slices not counted
  Share differing;                  // of the starts: both end in an attractor, and not in the same
  Both unsettled;                   // of the starts, by each of the two
  std::vector<EngineReport> engines;
  std::uint32_t hardware_id = 0;
  std::uint32_t network_id = 0;
  bool overflow = false;
  std::size_t blocks = 0;
  std::size_t found = 0;            // of them, taken from the store

  /// Whether every engine had golden's bits and nothing overflowed.
  [[nodiscard]] bool holds() const;
  /// The name of a label.
  [[nodiscard]] std::string name(int label) const;
};

/// Recalls many starts by the realised circuit and its hardware, finds where they end and where the two differ. Throws InputError,
/// ClaimError, ToolError, EnvironmentError, and Interrupted, after which a second call goes on where this one stopped.
Atlas run_atlas(const Design& design, const AtlasOptions& options);

}  // namespace basin
