#include "sim/reference/cues.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <utility>

#include "models/design/error.hpp"
#include "models/design/text.hpp"
#include "sim/reference/attractors.hpp"
#include "sim/reference/damage.hpp"
#include "sim/reference/phases.hpp"

namespace basin {
namespace {

/// V that `values` hold the visible neurons at, on their range: ±1 are its ends. NaN (free) where a value is 0.
Vector held_outputs(const Design& design, const Circuit& circuit, const Vector& values) {
  Vector held = Vector::Constant(values.size(), std::numeric_limits<double>::quiet_NaN());
  for (Index i = 0; i < values.size(); ++i) {
    if (values[i] == 0.0) continue;
    if (std::abs(values[i]) > 1.0) {
      throw InputError(Location{design.file, 0}, "cues.amplitude",
                       fmt::format("neuron {} is to be clamped at {}, beyond every output; allowed: amplitude · cue from -1 to 1",
                                   i, number_text(values[i])));
    }
    held[i] = circuit.unipolar[static_cast<std::size_t>(i)] ? 0.5 * (1.0 + values[i]) : values[i];
  }
  return held;
}

/// `values` of the visible neurons, and `rest` at every hidden unit.
Vector over_all(const Circuit& circuit, const Vector& values, double rest) {
  Vector all = Vector::Constant(circuit.size(), rest);
  all.head(values.size()) = values;
  return all;
}

/// States of the hidden units at the start: 0; of slow ones where they are off, as if all outputs had long been 0; of constraint
/// amplifiers where they settle with the variables held.
void start_hidden(const Design& design, const Circuit& circuit, std::vector<Cue>& cues) {
  if (design.problem.kind != ProblemKind::none) {
    for (Cue& cue : cues) cue.start.tail(circuit.hidden) += drive(circuit, cue.start).tail(circuit.hidden);
  }
  if (design.memory.rule != Rule::sequence) return;
  const Vector off = to_core(circuit).bias.tail(circuit.hidden);
  for (Cue& cue : cues) cue.start.tail(circuit.hidden) = off;
}

/// The cue that `values` (amplitude included) make. Rows of a file are amperes when they are inputs of a physical circuit.
Cue make_cue(const Design& design, const Circuit& circuit, const Vector& values, int target) {
  Cue cue{.target = target, .start = Vector::Zero(circuit.size()), .bias = {}, .clamp = {}};
  switch (design.cues.as) {
    case CueUse::state:
      cue.start.head(values.size()) = values;
      break;
    case CueUse::input: {
      const bool amperes = design.cues.from == CueSource::file && design.circuit.units == Units::physical;
      cue.bias = over_all(circuit, amperes ? Vector(values.cwiseProduct(circuit.resistance.head(values.size()))) : values, 0.0);
      break;
    }
    case CueUse::clamp:
      cue.clamp = over_all(circuit, held_outputs(design, circuit, values), std::numeric_limits<double>::quiet_NaN());
      break;
  }
  return cue;
}

}  // namespace

std::vector<Cue> make_cues(const Design& design, const Circuit& circuit) {
  if (!design.cues.present) {
    std::vector<Cue> cues{{.target = -1, .start = over_all(circuit, design.circuit.initial, 0.0), .bias = {}, .clamp = {}}};
    start_hidden(design, circuit, cues);
    return cues;
  }
  std::vector<Cue> cues;
  const double amplitude = design.cues.amplitude;
  if (design.cues.from == CueSource::file) {
    for (Index row = 0; row < design.cues.given.rows(); ++row) {
      cues.push_back(make_cue(design, circuit, amplitude * design.cues.given.row(row).transpose(), -1));
    }
    show_held(design, circuit, cues);
    start_hidden(design, circuit, cues);
    return cues;
  }
  for (int cue = 0; cue < design.cues.count; ++cue) {
    const int target = cue % static_cast<int>(design.memory.patterns.rows());
    cues.push_back(make_cue(design, circuit, amplitude * damaged_pattern(design, cue), target));
  }
  show_held(design, circuit, cues);
  start_hidden(design, circuit, cues);
  return cues;
}

std::string cue_signs(const Design& design, int cue) {
  if (design.cues.from == CueSource::file) return sign_text(design.cues.given.row(cue).transpose());
  return sign_text(damaged_pattern(design, cue));
}

std::size_t cue_count(const Design& design) {
  if (!design.cues.present) return 1;
  return static_cast<std::size_t>(design.cues.from == CueSource::file ? design.cues.given.rows() : design.cues.count);
}

void require_cue(const std::string& option, int cue, std::size_t count) {
  if (cue >= 0 && static_cast<std::size_t>(cue) < count) return;
  throw InputError(fmt::format("{} {}: no cue of the design; allowed: {}", option, cue,
                               count == 1 ? "0" : fmt::format("0 to {}", count - 1)));
}

std::vector<Cue> to_core(std::vector<Cue> cues, const Circuit& circuit) {
  for (Cue& cue : cues) cue.start -= circuit.threshold;
  return cues;
}

}  // namespace basin
