#include "sim/compare/report.hpp"

#include <algorithm>
#include <optional>

#include "models/circuit/attracting_box.hpp"
#include "sim/compare/engine_set.hpp"
#include "sim/reference/sequences.hpp"

namespace basin {
namespace {

std::string target_name(const Design& design, int target) {
  return target >= 0 ? design.memory.names[static_cast<std::size_t>(target)] : std::string();
}

/// V of core coordinates, in (−1, 1), as the designed circuit has it.
Vector designed_outputs(const Circuit& circuit, Vector v) {
  for (Index i = 0; i < v.size(); ++i) {
    if (circuit.unipolar[static_cast<std::size_t>(i)]) v[i] = 0.5 * (1.0 + v[i]);
  }
  return v;
}

/// E of the designed circuit that the cue's clamps leave, with the cue's bias, at core state `u`.
double designed_energy(const Prepared& prepared, const Cue& cue, const Vector& u) {
  const Vector designed_u = u + prepared.circuit.threshold;
  if (cue.bias.size() == 0 && cue.clamp.size() == 0) return energy(prepared.circuit, designed_u);
  Circuit circuit = prepared.circuit;
  if (cue.bias.size() > 0) circuit.bias += cue.bias;
  const ClampedCircuit released(circuit, designed_outputs(circuit, cue.clamp));
  return energy(released.free_circuit(), released.restrict(designed_u));
}

/// Everything of a recall but the names, which depend on the other cues.
Recall make_recall(const Design& design, const Judgement& judgement, const CueComparison& found, int index) {
  const Cue& cue = judgement.prepared.cues[static_cast<std::size_t>(index)];
  Recall recall;
  recall.cue = index;
  recall.target = target_name(design, cue.target);
  recall.signs = sign_text(found.hardware_end.head(judgement.prepared.realised.visible()));
  recall.overlap = overlap(outputs(judgement.prepared.realised, found.hardware_end), design.memory, cue.target);
  recall.energy = designed_energy(judgement.prepared, cue, found.hardware_end);
  recall.settle_time = found.settle_time;
  recall.reference_settle_time = found.reference_settle_time;
  recall.steps = found.steps;
  recall.reason = found.hardware_reason;
  recall.period = found.period;
  recall.reference_reason = found.reference_reason;
  recall.reference_period = found.reference_period;
  recall.sequence = kept_sequence(design.memory, found.visits);
  recall.chaos = found.chaos;
  recall.judged_steps = found.judged_steps;
  recall.overflow = found.lockstep.engines.front().overflow;
  recall.deviation = found.deviation.value / judgement.bound();
  recall.total_deviation = found.total_deviation / judgement.bound();
  recall.amplification = found.amplification;
  recall.same_attractor = found.same_attractor;
  recall.borderline = !found.borderline.empty();
  recall.borderline_reason = found.borderline;
  recall.moved_by_weights = found.moved_by_weights;
  return recall;
}

/// Names every end: spurious ones in the order of the reference's cues, then what only the hardware or the designed
/// circuit reached.
void name_attractors(const Design& design, const Judgement& judgement, const std::vector<CueComparison>& cues,
                     std::vector<Recall>& recalls) {
  AttractorNames names(design.memory, judgement.bound());
  for (std::size_t c = 0; c < cues.size(); ++c) {
    recalls[c].reference_attractor = names.name(cues[c].reference_equilibrium);
    if (cues[c].reference_period) {
      recalls[c].reference_attractor = cycle_name(cues[c].reference_visits, *cues[c].reference_period);
    }
  }
  for (std::size_t c = 0; c < cues.size(); ++c) {
    recalls[c].attractor = names.name(cues[c].hardware_equilibrium);
    recalls[c].designed_attractor = names.name(cues[c].designed_equilibrium);
    recalls[c].status = recall_status(recalls[c].attractor, design.memory, judgement.prepared.cues[c].target);
    if (cues[c].chaos) recalls[c].attractor = recalls[c].reference_attractor = "chaos";
    if (cues[c].period) recalls[c].attractor = cycle_name(cues[c].visits, *cues[c].period);
    if (design.memory.rule == Rule::sequence) {
      recalls[c].status = sequence_status(recalls[c].sequence, design.memory, judgement.prepared.cues[c].target);
    }
  }
}

void summarise_deviation(const Design& design, const std::vector<CueComparison>& cues, Verification& verification) {
  Deviation& deviation = verification.deviation;
  deviation.limit = design.verify.max_state_deviation;
  deviation.total_limit = design.verify.max_total_deviation;
  std::vector<double> values;
  for (const Recall& recall : verification.recalls) {
    values.push_back(recall.deviation);
    deviation.total = std::max(deviation.total, recall.total_deviation);
    if (!recall.borderline) {
      deviation.normalised = std::max(deviation.normalised, recall.deviation / std::max(1.0, recall.amplification));
    }
  }
  const auto worst = std::max_element(values.begin(), values.end());
  deviation.max = *worst;
  deviation.p95 = quantile(values, 0.95);
  deviation.rms = root_mean_square(values);
  const auto cue = static_cast<std::size_t>(worst - values.begin());
  deviation.at = {static_cast<int>(cue), cues[cue].deviation.neuron, cues[cue].deviation.step};
}

std::vector<MemoryReport> describe_memories(const Design& design, const Prepared& prepared) {
  std::vector<MemoryReport> reports;
  std::optional<Circuit> held;
  if (design.memory.rule == Rule::sequence) held = slow_units_off(prepared.realised);
  const Circuit& storing = held ? *held : prepared.realised;
  std::optional<AttractingBoxes> boxes;
  if (design.memory.rule == Rule::any) boxes.emplace(prepared.realised);
  for (Index m = 0; m < design.memory.patterns.rows(); ++m) {
    MemoryReport report;
    report.name = design.memory.names[static_cast<std::size_t>(m)];
    report.stored = stores(storing, memory_outputs(design, prepared.learned, m));
    if (boxes) report.certified = boxes->around(design.memory.patterns.row(m)).has_value();
    report.margin = prepared.learned.margins[m];
    reports.push_back(report);
  }
  return reports;
}

/// The program's solution by the hardware, and by the designed circuit: its equilibrium from where the hardware ended.
void describe_solution(const ProblemSpec& problem, const Judgement& judgement, const CueComparison& found,
                       Verification& verification) {
  verification.solution = solution_at(problem, outputs(judgement.prepared.realised, found.hardware_end));
  const CueSetup setup = make_setup(judgement.prepared, 0);
  const Equilibrium end = polish(setup.designed, found.hardware_end);
  if (end.converged) verification.reference_solution = solution_at(problem, outputs(setup.designed, end.u));
}

void add_cue(const EngineCue& cue, int index, EngineReport& report) {
  if (!cue.compared) return;
  report.cues.push_back(index);
  report.steps += cue.steps;
  report.cycles += cue.cycles;
  report.overflow = report.overflow || cue.overflow;
  if (cue.mismatch && !report.mismatch) report.mismatch = cue.mismatch;
  report.bit_exact = report.bit_exact && !cue.mismatch;
}

}  // namespace

void describe_engines(const std::vector<std::unique_ptr<Engine>>& engines, Verification& verification) {
  const Engine& golden = *engines.front();
  verification.hardware_id = golden.hardware_id();
  verification.network_id = golden.network_id();
  for (const auto& engine : engines) {
    EngineReport report;
    report.name = engine->name();
    report.identity_problem = identity_problem(golden, *engine);
    verification.engines.push_back(report);
  }
}

void describe_cues(const Design& design, const Judgement& judgement, const std::vector<CueComparison>& cues,
                   Verification& verification) {
  verification.design_name = design.name;
  verification.design_id = design.id;
  verification.bound = judgement.bound();
  verification.lsb_state = judgement.network().lsb_state;
  for (std::size_t c = 0; c < cues.size(); ++c) {
    verification.recalls.push_back(make_recall(design, judgement, cues[c], static_cast<int>(c)));
    for (std::size_t e = 0; e < verification.engines.size(); ++e) {
      add_cue(cues[c].lockstep.engines[e], static_cast<int>(c), verification.engines[e]);
    }
  }
  name_attractors(design, judgement, cues, verification.recalls);
  summarise_deviation(design, cues, verification);
  verification.memories = describe_memories(design, judgement.prepared);
  if (design.problem.kind != ProblemKind::none) describe_solution(design.problem, judgement, cues.front(), verification);
}

}  // namespace basin
