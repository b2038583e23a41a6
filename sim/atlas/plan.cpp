#include "sim/atlas/plan.hpp"

#include <algorithm>
#include <cmath>

#include "models/design/error.hpp"
#include "models/design/text.hpp"

namespace basin {
namespace {

constexpr int most_distances = 17;      // 0 among them
constexpr int most_amplitudes = 8;
constexpr int below_the_usual = 3;      // amplitudes, each half of the next
constexpr double usual_flip = 0.2;      // where the design's cues say none

int flips_of(const Design& design) {
  const double share = design.cues.present && design.cues.flip > 0.0 ? design.cues.flip : usual_flip;
  return static_cast<int>(std::llround(share * static_cast<double>(visible_neurons(design))));
}

/// The largest |u(0)| whose distance from every threshold is within B.
double largest_amplitude(const Design& design, const Prepared& prepared) {
  const double largest = prepared.quantised.bound - prepared.circuit.threshold.cwiseAbs().maxCoeff();
  if (largest > 0.0) return largest;
  throw InputError(Location{design.file, 0}, "circuit.threshold",
                   "lies beyond every state that the circuit can take, " + number_text(prepared.quantised.bound) +
                       "; atlas needs starts on both sides of it");
}

bool visible_held_first(const Prepared& prepared) {
  return !prepared.phases.empty() && prepared.phases.front().held.front();
}

std::vector<int> distances_of(Index neurons) {
  const int half = static_cast<int>(neurons / 2);
  const int step = std::max(1, (half + most_distances - 2) / (most_distances - 1));
  std::vector<int> distances;
  for (int d = 0; d <= half; d += step) distances.push_back(d);
  return distances;
}

std::vector<double> amplitudes_of(double usual, double largest) {
  std::vector<double> amplitudes;
  for (int k = -below_the_usual; k < most_amplitudes - 1 - below_the_usual; ++k) {
    if (const double amplitude = std::ldexp(usual, k); amplitude < largest) amplitudes.push_back(amplitude);
  }
  amplitudes.push_back(largest);
  return amplitudes;
}

std::vector<std::vector<int>> slices_of(const Design& design, bool signs_alone, const std::vector<std::string>& asked) {
  const auto refuse = [&](const std::string& why) { throw InputError("--slice " + asked.front() + ": " + why); };
  if (!asked.empty() && signs_alone) refuse("a phase of the recall holds the visible neurons first, so that only the signs of a start count");
  if (!asked.empty() && visible_neurons(design) < 2) refuse("one neuron has no plane; allowed with two or more");
  std::vector<std::vector<int>> slices;
  for (const std::string& text : asked) slices.push_back(slice_memories(design.memory, text));
  const Index memories = design.memory.patterns.rows();
  if (!asked.empty() || signs_alone || memories < 2 || visible_neurons(design) < 2) return slices;
  slices.push_back(memories == 2 ? std::vector<int>{0, 1} : std::vector<int>{0, 1, 2});
  return slices;
}

}  // namespace

void require_atlas(const Design& design) {
  const auto refuse = [&](const char* key, const char* problem) { throw InputError(Location{design.file, 0}, key, problem); };
  if (design.cues.present && design.cues.as != CueUse::state) {
    refuse("cues.as", "an atlas is of starts u(0), which its cues are not; allowed \"state\"");
  }
  if (design.memory.rule == Rule::sequence) {
    refuse("memory.rule", "\"sequence\" goes round its memories and ends in none, so that they have no basins; allowed every other rule");
  }
}

AtlasPlan plan_atlas(const Design& design, const Prepared& prepared, std::size_t starts, const std::vector<std::string>& slices) {
  AtlasPlan plan;
  plan.signs_alone = visible_held_first(prepared);
  const double largest = largest_amplitude(design, prepared);
  const double usual = std::min(design.cues.amplitude, largest);
  const bool memories = design.memory.patterns.rows() > 0;
  const auto add = [&](StartKind kind, int flips, double amplitude, std::size_t count) {
    const auto point = static_cast<std::uint32_t>(std::ranges::count(plan.sets, kind, &StartSet::kind));
    plan.sets.push_back({kind, point, flips, amplitude, count});
  };
  if (memories) {
    for (const int d : distances_of(visible_neurons(design))) add(StartKind::flips, d, usual, starts);
  }
  if (memories && !plan.signs_alone) {
    for (const double a : amplitudes_of(usual, largest)) add(StartKind::amplitude, flips_of(design), a, starts);
  }
  add(StartKind::signs, 0, usual, random_factor * starts);
  if (!plan.signs_alone) add(StartKind::box, 0, prepared.quantised.bound, random_factor * starts);
  add(StartKind::newton, 0, prepared.quantised.bound, starts);
  for (const std::vector<int>& slice : slices_of(design, plan.signs_alone, slices)) {
    const auto number = static_cast<std::uint32_t>(plan.planes.size());
    const double amplitude = std::min(usual, 0.5 * largest);   // so that most of the square is within the box
    plan.planes.push_back(plane_through(design, slice, amplitude, number));
    add(StartKind::slice, 0, amplitude, slice_cells * slice_cells);
  }
  return plan;
}

std::size_t planned_starts(const Design& design, std::size_t starts, std::size_t slices) {
  const std::size_t distances = design.memory.patterns.rows() > 0 ? distances_of(visible_neurons(design)).size() + most_amplitudes : 0;
  return starts * (distances + 2 * random_factor) + std::max<std::size_t>(slices, 1) * slice_cells * slice_cells;
}

}  // namespace basin
