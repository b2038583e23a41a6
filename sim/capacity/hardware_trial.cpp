#include "sim/capacity/hardware_trial.hpp"

#include <fmt/format.h>

#include "sim/compare/engine_set.hpp"
#include "sim/compare/lockstep.hpp"
#include "sim/reference/raw_cue.hpp"
#include "sim/toolchain/interrupt.hpp"

namespace basin {

std::vector<RawRecall> recall_on_rtl(const FixedNetwork& network, std::span<const RawCue> cues,
                                     TrialOutcome& outcome) {
  std::vector<std::unique_ptr<Engine>> engines;
  for (const char* name : {"golden", "verilator"}) engines.push_back(make_engine(name, network));
  if (const std::string problem = identity_problem(*engines[0], *engines[1]); !problem.empty() && outcome.mismatch.empty()) {
    outcome.mismatch = "verilator: " + problem;
  }
  std::vector<RawRecall> recalls;
  for (std::size_t r = 0; r < cues.size(); ++r) {
    throw_if_interrupted();
    const LockstepCue run = run_lockstep(engines, cues[r], static_cast<int>(r), network.step_limit);
    const EngineCue& rtl = run.engines[1];
    outcome.words += (rtl.steps + 1) * run.trace.neurons;
    outcome.cycles += rtl.cycles;
    if (rtl.mismatch && outcome.mismatch.empty()) {
      const Mismatch& first = *rtl.mismatch;
      outcome.mismatch = fmt::format("recall {}, step {}, neuron {}: {} is {}, expected {}", r, first.step, first.neuron,
                                     first.what, first.got, first.expected);
    }
    const auto last = run.trace.row(run.trace.rows() - 1);
    recalls.push_back({{last.begin(), last.end()}, run.trace.steps(), run.settled, run.engines[0].overflow});
  }
  return recalls;
}

std::vector<RawRecall> recall_on(const std::string& engine, const FixedNetwork& network, std::span<const RawCue> cues,
                                 TrialOutcome& outcome) {
  if (engine == "verilator") return recall_on_rtl(network, cues, outcome);
  return BatchModel(network).recall(cues);
}

TrialOutcome hardware_trial(const Design& design, const Cell& cell, const Draw& draw) {
  const Prepared prepared = prepare(trial_design(design, cell, draw));
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
