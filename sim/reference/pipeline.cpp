#include "sim/reference/pipeline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/apps/linear_program.hpp"
#include "models/design/error.hpp"
#include "models/design/text.hpp"
#include "models/design/weight_bits.hpp"
#include "sim/reference/carry.hpp"
#include "sim/reference/quantise_options.hpp"
#include "sim/reference/raw_cue.hpp"

namespace basin {
namespace {

/// The least |W|, when every weight is a whole multiple of it that a core's widest words hold, and not all are ± the same
/// (which any unit holds exactly); 0 otherwise.
double common_unit(const Matrix& weights) {
  const auto sizes = weights.cwiseAbs().array();
  const double unit = (sizes > 0.0).select(sizes, std::numeric_limits<double>::infinity()).minCoeff();
  const double most = sizes.maxCoeff() / unit;   // 0 of a circuit without weights
  if (!(most > 1.0) || most > static_cast<double>(largest_weight(most_weight_bits))) return 0.0;
  return (sizes / unit - (sizes / unit).round()).abs().maxCoeff() <= 1e-9 ? unit : 0.0;
}

/// The fewest bits from the usual ones that hold ±`most`.
int bits_for(double most) {
  int bits = usual_weight_bits;
  while (bits < most_weight_bits && largest_weight(bits) < most) ++bits;
  return bits;
}

/// Explicit weights as a rule's result, so that their margins are reported alike and whole multiples stay whole.
Learned given_weights(const Design& design, const Circuit& circuit) {
  Learned given;
  given.weights = circuit.weights;
  given.bias = circuit.bias;
  given.exact_scale = common_unit(given.weights);
  if (given.exact_scale > 0.0) given.weight_bits = bits_for(given.weights.cwiseAbs().maxCoeff() / given.exact_scale);
  if (design.memory.patterns.rows() > 0) set_margins(given, design.memory.patterns);
  return given;
}

void refuse_all_held(const Design& design, const std::vector<Cue>& cues) {
  for (const Cue& cue : cues) {
    if (cue.clamp.size() > 0 && cue.clamp.allFinite()) {
      throw InputError(Location{design.file, 0}, "cues.as",
                       "\"clamp\" holds every output; allowed with cues that have 0 entries, which stay free");
    }
  }
}

/// Whether every clamp has an output code within one of it: a table that is too coarse for it, or a hard unit, has none.
void require_codes(const Design& design, const FixedNetwork& network, const Designed& designed) {
  for (const Cue& cue : designed.cues) {
    const Vector held = realised_clamp(network, cue, raw_cue(network, designed.core.bias, cue));
    for (Index i = 0; i < held.size(); ++i) {
      if (!(std::abs(held[i] - cue.clamp[i]) > network.lsb_drive)) continue;
      throw InputError(Location{design.file, 0}, "cues.amplitude",
                       "the core's output nearest to " + number_text(cue.clamp[i]) + ", at which neuron " +
                           std::to_string(i) + " is to be clamped, is " + number_text(held[i]) +
                           "; allowed: outputs of its table, to within one code");
    }
  }
}

/// Whether every delay is 0, or one that can be integrated step by step, and none is lost where phases cut a recall.
void require_delays(const Design& design, const Circuit& circuit, const HoldPhases& phases) {
  constexpr double least = 1e-4, most = 1e3;   // of the least τ
  if (circuit.longest_delay() == 0.0) return;
  const double tau = circuit.tau.minCoeff();
  for (const double delay : circuit.delay) {
    if (delay == 0.0 || (delay >= least * tau && delay <= most * tau)) continue;
    throw InputError(Location{design.file, 0}, "circuit.delay",
                     fmt::format("{} is out of range; allowed: 0, and {:.4g} to {:.4g} (1e-4 to 1,000 of the least τ)",
                                 number_text(delay), least * tau, most * tau));
  }
  if (phases.empty()) return;
  throw InputError(Location{design.file, 0}, "recall.hold",
                   "holds neurons, which a circuit with delays (circuit.delay) has no phases for; allowed: hold = []");
}

/// Core coordinates, cues and phases of the circuit.
void complete(const Design& design, Designed& designed) {
  designed.core = to_core(designed.circuit);
  designed.cues = to_core(make_cues(design, designed.circuit), designed.circuit);
  designed.phases = hold_phases(design, designed.circuit);
  require_delays(design, designed.circuit, designed.phases);
  refuse_all_held(design, designed.cues);
  if (design.cues.carry && !designed.phases.empty()) {
    throw InputError(Location{design.file, 0}, "cues.carry",
                     "needs recalls without phases; allowed with recall.hold = [] (--set recall.hold=[])");
  }
}

Designed circuit_of(const Design& design, Learned learned) {
  Designed designed;
  designed.circuit = make_circuit(design, learned.weights, learned.bias, learned.factors, learned.hidden);
  designed.learned = std::move(learned);
  complete(design, designed);
  return designed;
}

Prepared quantised(const Design& design, Designed designed) {
  designed.cues = hold_clamped(design, designed.circuit, std::move(designed.cues));
  Quantised quantised = quantise(designed.core, quantise_options(design, designed));
  const bool clamped = design.cues.present && design.cues.as == CueUse::clamp;
  set_phases(design, clamped, designed.phases, quantised.network);
  if (!designed.phases.empty()) quantised.reasons.push_back(phases_text(quantised.network));
  if (clamped) require_codes(design, quantised.network, designed);
  if (design.cues.carry) carry_states(quantised.network, designed.core.bias, designed.cues);
  Circuit realised = std::move(quantised.realised);
  return {std::move(designed.learned), std::move(designed.circuit), std::move(designed.core),
          std::move(designed.cues),    std::move(quantised),        std::move(realised),       std::move(designed.phases)};
}

}  // namespace

Vector memory_outputs(const Design& design, const Learned& learned, Index m) {
  return (learned.states.rows() > 0 ? learned.states : design.memory.patterns).row(m);
}

Keep kept_for_simulation(const Design& design) {
  constexpr int most_dense = 4096;
  constexpr int neurons_a_pattern = 8;   // with more patterns than that the M × M work is the dearer
  const bool low_rank = neurons_a_pattern * design.memory.patterns.rows() <= design.neurons;
  const bool smooth = design.circuit.activation != ActivationKind::hard;  // exact arcs read the matrix
  const bool factored = has_factors(design.memory) && low_rank && smooth;
  return factored && design.neurons > most_dense ? Keep::factors : Keep::matrix;
}

Keep kept_for_hardware(const Design& design) {
  if (design.hardware.form == "dense") return Keep::matrix;
  const bool smooth = design.circuit.activation != ActivationKind::hard;
  if (has_factors(design.memory) && smooth) return Keep::factors;
  throw InputError(Location{design.file, 0}, "hardware.form",
                   "\"factored\" needs the rule hebb (with every weight) or pseudo-inverse and units that are not hard; allowed \"dense\"");
}

Designed prepare_circuit(const Design& design, Keep keep) {
  Designed designed;
  if (design.circuit.weights) {
    designed.circuit = make_circuit(design);
    designed.learned = given_weights(design, designed.circuit);
  } else if (design.problem.kind == ProblemKind::linear_program) {
    return circuit_of(design, linear_program_circuit(design));
  } else {
    if (design.memory.patterns.rows() == 0) {
      throw InputError(Location{design.file, 0}, "memory.patterns",
                       "is missing; only basin capacity draws memories of its own; allowed: patterns for the rule");
    }
    return circuit_of(design, learn(design, keep));
  }
  complete(design, designed);
  return designed;
}

Prepared prepare(const Design& design) { return quantised(design, prepare_circuit(design, kept_for_hardware(design))); }

Prepared prepare(const Design& design, const Learned& learned) { return quantised(design, circuit_of(design, learned)); }

}  // namespace basin
