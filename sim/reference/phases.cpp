#include "sim/reference/phases.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/design/error.hpp"
#include "models/design/schema.hpp"
#include "models/design/text.hpp"
#include "models/fixed/protocol.hpp"

namespace basin {
namespace {

// 1 − |V| of a unit that is fully on: less than half a code of the widest output, and at the state that such a cue loads
// half of that again.
constexpr double nearly_on = 0x1p-16;
constexpr double fully_on = 0x1p-17;
/// No state is taken further than this for an output, in units of 1/λ: a unit that needs more has no use as a ±1.
constexpr double furthest_input = 64.0;

static_assert(max_holds + 1 == protocol::most_phases);   // the core has a phase for each hold, and the one after

const std::vector<Held> visible_then_hidden{Held::visible, Held::hidden};

std::vector<Held> holds(const Design& design, const Circuit& circuit) {
  if (design.recall.hold) return *design.recall.hold;
  if (design.problem.kind != ProblemKind::none) return {};   // constraint amplifiers follow the variables
  if (design.memory.rule == Rule::sequence) return {};   // while a cue is held its slow unit would turn on
  const bool shown = !design.cues.present || design.cues.as != CueUse::input;   // an input moves visible units that are free
  if (circuit.hidden == 0 || !shown) return {};
  // A dense associative memory settles as one once its hidden units have seen the cue.
  return design.memory.rule == Rule::polynomial ? std::vector<Held>{Held::visible} : visible_then_hidden;
}

[[noreturn]] void refuse(const Design& design, const char* key, const std::string& problem) {
  throw InputError(Location{design.file, 0}, key, problem);
}

double duration_of(const Design& design, const Circuit& circuit, std::size_t phase) {
  const std::vector<double>& times = design.recall.hold_time;
  if (times.empty()) return usual_hold * circuit.tau.maxCoeff();
  return times[std::min(phase, times.size() - 1)];
}

/// Smallest z > 0 with g(z) ≥ v (0 ≤ v ≤ 1), v = 1 standing for fully on; infinite when there is none within reach.
double input_of(const Activation& activation, double v) {
  if (activation.kind() == ActivationKind::hard) return v == 1.0 ? 1.0 : std::numeric_limits<double>::infinity();
  const double wanted = std::min(v, 1.0 - fully_on);
  if (activation.value(furthest_input) < wanted) return std::numeric_limits<double>::infinity();
  double low = 0.0, high = furthest_input;
  while (high - low > 1e-12 * high) {
    const double middle = 0.5 * (low + high);
    (activation.value(middle) >= wanted ? high : low) = middle;
  }
  return high;
}

}  // namespace

HoldPhases hold_phases(const Design& design, const Circuit& circuit) {
  HoldPhases phases;
  for (const Held held : holds(design, circuit)) {
    if (held == Held::hidden && circuit.hidden == 0) {
      refuse(design, "recall.hold", "\"hidden\" holds nothing: the circuit has no hidden units; allowed: \"visible\"");
    }
    HoldPhase phase{duration_of(design, circuit, phases.size()), std::vector<bool>(static_cast<std::size_t>(circuit.size()))};
    for (Index i = 0; i < circuit.size(); ++i) {
      phase.held[static_cast<std::size_t>(i)] = (i < circuit.visible()) == (held == Held::visible);
    }
    phases.push_back(std::move(phase));
  }
  return phases;
}

double release_time(const HoldPhases& phases) {
  double end = 0.0;
  for (const HoldPhase& phase : phases) end += phase.duration;
  return end;
}

void show_held(const Design& design, const Circuit& circuit, std::vector<Cue>& cues) {
  const std::vector<Held> phases = holds(design, circuit);
  if (phases.empty() || phases.front() != Held::visible || !design.cues.present || design.cues.as != CueUse::state) return;
  Vector on(circuit.visible());
  for (Index i = 0; i < on.size(); ++i) on[i] = input_of(circuit.activation.of(i), 1.0);
  const bool reached = on.allFinite();
  if (!reached && !design.recall.hold) return;   // as near to ±1 as the amplitude brings them
  if (!reached) {
    refuse(design, "recall.hold",
           "\"visible\" needs outputs of ±1, which these units (circuit.activation) never reach; allowed: tanh, "
           "logistic, erf, clipped-linear, hard, or a table that ends in ±1");
  }
  for (Cue& cue : cues) {
    for (Index i = 0; i < circuit.visible(); ++i) {
      if (cue.start[i] != 0.0) cue.start[i] = circuit.threshold[i] + std::copysign(on[i] / circuit.gain[i], cue.start[i]);
    }
  }
}

std::vector<Cue> hold_clamped(const Design& design, const Circuit& circuit, std::vector<Cue> cues) {
  for (Cue& cue : cues) {
    for (Index i = 0; i < cue.clamp.size(); ++i) {
      double& v = cue.clamp[i];
      if (std::isnan(v)) continue;
      const double given = v;
      if (circuit.unipolar[static_cast<std::size_t>(i)]) v = 2.0 * v - 1.0;
      const double input = input_of(circuit.activation.of(i), std::abs(v));
      if (std::isinf(input)) {
        refuse(design, "cues.amplitude", fmt::format("no unit of the core has the output {} that neuron {} is to be clamped "
                                                     "at; allowed: outputs that circuit.activation reaches",
                                                     number_text(given), i));
      }
      cue.start[i] = std::copysign(input / circuit.gain[i], v);
    }
  }
  return cues;
}

void set_phases(const Design& design, bool clamped, HoldPhases& phases, FixedNetwork& network) {
  if (phases.empty() && !clamped) return;
  network.core.phases = static_cast<int>(phases.size()) + 1;
  network.clamps.assign(static_cast<std::size_t>(network.neurons), 0);
  std::int64_t all = 0;
  for (std::size_t p = 0; p < phases.size(); ++p) {
    const double steps = std::floor(phases[p].duration / network.dt + 0.5);
    constexpr double most = 4294967295.0;
    if (steps < 1.0 || steps > most) {
      refuse(design, "recall.hold_time", fmt::format("{} is {} network steps of {}; allowed: 1 to 4294967295 steps",
                                                     number_text(phases[p].duration), number_text(steps),
                                                     number_text(network.dt)));
    }
    phases[p].duration = steps * network.dt;
    network.phase_steps.push_back(static_cast<std::uint32_t>(steps));
    all += static_cast<std::int64_t>(steps);
    for (std::size_t i = 0; i < network.clamps.size(); ++i) {
      if (phases[p].held[i]) network.clamps[i] = static_cast<std::uint8_t>(network.clamps[i] | 1U << p);
    }
  }
  if (network.step_limit != 0 && all >= network.step_limit) {
    refuse(design, "hardware.max_steps", fmt::format("{} steps end a recall before its release, after {} steps; allowed: "
                                                     "more, or a shorter recall.hold_time", network.step_limit, all));
  }
}

std::string phases_text(const FixedNetwork& network) {
  const auto& steps = network.phase_steps;
  return fmt::format("phase{} of {} steps, then all neurons are free", steps.size() == 1 ? "" : "s", fmt::join(steps, " and "));
}

double held_output(const Circuit& circuit, Index i, double u) {
  const bool unipolar = circuit.unipolar[static_cast<std::size_t>(i)];
  double v = circuit.activation.of(i).value(circuit.gain[i] * (u - circuit.threshold[i]));
  if (std::abs(v) >= 1.0 - nearly_on) v = std::copysign(1.0, v);
  return unipolar ? 0.5 * (1.0 + v) : v;
}

}  // namespace basin
