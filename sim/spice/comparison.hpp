#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "models/physical/deck.hpp"
#include "sim/reference/physical_design.hpp"

namespace basin {

/// Largest difference between ngspice and the reference, as a fraction of full scale, with which the two agree: u over
/// B S (B = max_i(Σ|W_ij| + |b_i|), at least max|u(0)|), V over S.
inline constexpr double max_spice_difference = 1e-3;

struct ComparisonOptions {
  AmplifierChoice amplifiers = AmplifierChoice::ideal;
  std::optional<std::size_t> cues{};  // the first so many; absent: all
  int jobs = 1;
  std::function<void(std::string_view stage, std::size_t done, std::size_t total)> progress{};
};

/// One run as a circuit simulator makes it.
struct SpiceRun {
  std::string deck;
  Bench bench;
};

/// One cue in ngspice beside the reference. Arrays are K × N at `times`, in volts.
struct ComparedCue {
  int cue = 0;
  std::string end;                   // settled, oscillating, time-limit
  double t_end = 0.0;                // s
  std::size_t points = 0;            // of ngspice
  double difference = 0.0;           // of full scale
  int neuron = 0;                    // where it is
  double t = 0.0;
  std::string quantity;              // "u" or "V"
  std::optional<double> apart_from;  // s: first time compared at which they do not agree
  double u_scale = 0.0;              // V: full scale of u
  std::vector<double> times;
  Matrix u, u_spice, v, v_spice;
  Vector end_u;                      // V, of the reference at t_end
};

struct Comparison {
  PhysicalDesign physical;
  std::vector<ComparedCue> cues;     // arrays of the worst one alone are kept
  std::size_t worst = 0;

  [[nodiscard]] double max_difference() const { return cues[worst].difference; }
  [[nodiscard]] bool agrees() const { return max_difference() <= max_spice_difference; }
};

/// The run of cue `cue` without running it: the reference says how long it is.
SpiceRun spice_run(const Design& design, const PhysicalDesign& physical, std::size_t cue);

/// Runs the cues in ngspice and on the reference. Throws ToolError, ClaimError, Interrupted.
Comparison compare_with_spice(const Design& design, PhysicalDesign physical, const ComparisonOptions& options);

}  // namespace basin
