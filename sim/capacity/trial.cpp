#include "sim/capacity/trial.hpp"

#include <memory>
#include <utility>

#include "models/circuit/circuit.hpp"
#include "models/learning/rule.hpp"
#include "models/ode/ensemble.hpp"
#include "sim/reference/cues.hpp"
#include "sim/reference/parallel_ensemble.hpp"

namespace basin {
namespace {

constexpr int most_sweeps = 1000;        // of asymmetric weights, which need not come to rest
constexpr double decided = 0.01;         // an output nearer to 0 has no sign that counts: it may be on its way to 0
constexpr double single_enough = 1e-6;   // an rtol that single precision holds

/// The trial's circuit, with its weights as factors too where a product by them is cheaper.
Circuit circuit_of(const Design& own, const Draw& draw, TrialWeights& weights) {
  const Index memories = draw.patterns.rows();
  const bool low_rank = 2 * memories < draw.patterns.cols();
  if (own.memory.rule == Rule::hebb) {   // learn() would sum what packed bits count
    const double unit = 1.0 / static_cast<double>(own.neurons);
    Circuit circuit = make_circuit(own, HebbSigns(draw.patterns, own.memory.diagonal).weights(), Vector::Zero(own.neurons));
    const double removed = own.memory.diagonal == Diagonal::zero ? static_cast<double>(memories) : 0.0;
    if (low_rank) {
      circuit.factors = std::make_shared<const Factors>(Factors{own.memory.patterns, Matrix::Identity(memories, memories) * unit,
                                                                Vector::Constant(own.neurons, -removed * unit),
                                                                Vector::Ones(own.neurons)});
    }
    return circuit;
  }
  const Learned& learned = weights.of(own.memory);
  return make_circuit(own, learned.weights, learned.bias, low_rank ? learned.factors : nullptr);
}

EnsembleOptions ensemble_options(const Design& design) {
  EnsembleOptions options;
  options.precision = design.simulate.rtol >= single_enough ? Precision::single : Precision::twice;
  options.rtol = design.simulate.rtol;
  options.atol = design.simulate.atol;
  options.t_end = design.simulate.t_end;
  return options;
}

}  // namespace

const Learned& TrialWeights::of(const MemorySpec& memory, Keep keep) {
  std::optional<Learned>& kept = keep == Keep::matrix ? matrix_ : factors_;
  if (!kept) kept = learn(memory, keep);
  return *kept;
}

void add_recall(TrialOutcome& outcome, const Draw& draw, Index r, const Vector& v) {
  double overlap = 0.0;
  Index agreeing = 0;
  for (Index i = 0; i < v.size(); ++i) {
    overlap += draw.patterns(r, i) * v[i];
    agreeing += draw.patterns(r, i) * v[i] > decided ? 1 : -1;
  }
  const auto size = static_cast<double>(v.size());
  outcome.overlaps.push_back(overlap / size);
  outcome.sign_overlaps.push_back(static_cast<double>(agreeing) / size);
}

TrialOutcome sign_trial(const Design& design, const Cell& cell, const Draw& draw, TrialWeights& weights) {
  TrialOutcome outcome;
  const auto recall_all = [&](const auto& recall) {
    for (Index r = 0; r < draw.starts.rows(); ++r) {
      const SignRecall end = recall(Signs(draw.starts.row(r).transpose()));
      outcome.unsettled += end.settled ? 0 : 1;
      add_recall(outcome, draw, r, end.state.cast<double>());
    }
  };
  if (cell.rule == Rule::hebb) {
    const HebbSigns hebb(draw.patterns, design.memory.diagonal);
    recall_all([&](const Signs& start) { return hebb.recall(start, most_sweeps); });
  } else {
    const Learned& learned = weights.of(trial_design(design, cell, draw).memory);
    recall_all([&](const Signs& start) { return recall_signs(learned.weights, learned.bias, start, most_sweeps); });
  }
  return outcome;
}

TrialOutcome reference_trial(const Design& design, const Cell& cell, const Draw& draw, TrialWeights& weights) {
  const Design own = trial_design(design, cell, draw);
  const Circuit circuit = circuit_of(own, draw, weights);
  const EnsembleOptions options = ensemble_options(own);
  const Ensemble ensemble(circuit, options);
  const std::vector<Cue> cues = make_cues(own, circuit);
  std::vector<EnsembleRun> runs(cues.size());
  integrate_ensemble(
      ensemble, cues.size(), 1, [&](std::size_t r) { return EnsembleCue{r, cues[r].start, cues[r].bias}; },
      [&](EnsembleRun&& run) { runs[run.number] = std::move(run); });
  TrialOutcome outcome;
  const Circuit core = to_core(circuit);   // bipolar
  for (std::size_t r = 0; r < runs.size(); ++r) {
    outcome.unsettled += runs[r].reason == EndReason::settled ? 0 : 1;
    add_recall(outcome, draw, static_cast<Index>(r), outputs(core, runs[r].u - circuit.threshold));
  }
  return outcome;
}

TrialOutcome run_trial(const Design& design, const Cell& cell, int trial, TrialWeights& weights) {
  const Draw draw = draw_trial(design, cell, trial);
  if (design.capacity.fewest_bits) return fewest_bits_trial(design, cell, draw, weights);
  if (cell.sign) return sign_trial(design, cell, draw, weights);
  if (cell.engine == "reference") return reference_trial(design, cell, draw, weights);
  return hardware_trial(design, cell, draw, weights);
}

}  // namespace basin
