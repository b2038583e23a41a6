#include "sim/capacity/hardware_trial.hpp"

#include <fmt/format.h>

#include "sim/compare/engine_set.hpp"
#include "sim/compare/lockstep.hpp"
#include "sim/reference/raw_cue.hpp"
#include "sim/toolchain/interrupt.hpp"

namespace basin {

Prepared prepare_trial(const Design& design, const Cell& cell, const Draw& draw, TrialWeights& weights) {
  const Design own = trial_design(design, cell, draw);
  return prepare(own, weights.of(own.memory, kept_for_hardware(own)));
}

std::vector<RawRecall> recall_beside(std::span<const std::unique_ptr<Engine>> engines, std::span<const RawCue> cues,
                                     std::int64_t step_limit, TrialOutcome& outcome) {
  const Engine& other = *engines[1];
  if (const std::string problem = identity_problem(*engines[0], other); !problem.empty() && outcome.mismatch.empty()) {
    outcome.mismatch = "verilator: " + problem;
  }
  std::vector<RawRecall> recalls;
  for (std::size_t r = 0; r < cues.size(); ++r) {
    throw_if_interrupted();
    const LockstepCue run = run_lockstep(engines, cues[r], static_cast<int>(r), step_limit);
    const EngineCue& own = run.engines[1];
    outcome.words += (own.steps + 1) * run.trace.neurons;
    outcome.cycles += own.cycles;
    if (own.mismatch && outcome.mismatch.empty()) {
      const Mismatch& first = *own.mismatch;
      outcome.mismatch = fmt::format("recall {}, step {}, neuron {}: {} is {}, expected {}", r, first.step, first.neuron,
                                     first.what, first.got, first.expected);
    }
    const auto end = other.state();
    recalls.push_back({{end.begin(), end.end()}, static_cast<std::int64_t>(own.steps), other.settled(), own.overflow});
  }
  return recalls;
}

std::vector<RawRecall> recall_on(const std::string& engine, const FixedNetwork& network, std::span<const RawCue> cues,
                                 TrialOutcome& outcome) {
  if (engine != "verilator") return BatchModel(network).recall(cues);
  std::vector<std::unique_ptr<Engine>> engines;
  for (const char* name : {"golden", "verilator"}) engines.push_back(make_engine(name, network));
  return recall_beside(engines, cues, network.step_limit, outcome);
}

TrialOutcome hardware_trial(const Design& design, const Cell& cell, const Draw& draw, TrialWeights& weights) {
  const Prepared prepared = prepare_trial(design, cell, draw, weights);
  TrialOutcome outcome;
  const std::vector<RawRecall> recalls = recall_on(cell.engine, prepared.quantised.network, raw_cues(prepared), outcome);
  for (std::size_t r = 0; r < recalls.size(); ++r) {
    Vector u(cell.neurons);
    for (Index i = 0; i < u.size(); ++i) u[i] = recalls[r].state[static_cast<std::size_t>(i)] * prepared.quantised.network.lsb_state;
    outcome.unsettled += recalls[r].settled ? 0 : 1;
    add_recall(outcome, draw, static_cast<Index>(r), outputs(prepared.realised, u));
  }
  return outcome;
}

}  // namespace basin
