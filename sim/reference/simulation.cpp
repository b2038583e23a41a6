#include "sim/reference/simulation.hpp"

#include <algorithm>

#include "models/circuit/attracting_box.hpp"
#include "models/circuit/delay_stability.hpp"
#include "models/design/error.hpp"
#include "models/design/text.hpp"
#include "sim/reference/amplifier_recall.hpp"
#include "sim/reference/attractors.hpp"
#include "sim/reference/clamp.hpp"
#include "sim/reference/hold_walk.hpp"
#include "sim/reference/parallel.hpp"
#include "sim/reference/recall.hpp"
#include "sim/reference/run_noise.hpp"
#include "sim/reference/sequences.hpp"

namespace basin {
namespace {

constexpr double energy_tolerance = 1e-9;   // of energy_scale(): what rounding and the tolerances of a run can raise E by

/// A cue on its circuit: the designed one with the cue's bias in it and its held outputs taken out.
struct Start {
  Circuit circuit;        // design coordinates
  ClampedCircuit clamped;
  Vector u;               // u(0), all neurons

  Start(const Designed& designed, const Cue& cue)
      : circuit(with_bias(designed.circuit, cue.bias)), clamped(circuit, cue.clamp), u(cue.start + circuit.threshold) {}
  Start(const Start&) = delete;
  Start& operator=(const Start&) = delete;

 private:
  static Circuit with_bias(Circuit circuit, const Vector& bias) {
    if (bias.size() > 0) circuit.bias += bias;
    return circuit;
  }
};

/// Sign-carrying state of all neurons: u − θ, and V (less ½ when unipolar) where it is held.
Vector signed_state(const Start& start, const Cue& cue, const Vector& free_u) {
  Vector x = start.clamped.expand(free_u) - start.circuit.threshold;
  for (Index i = 0; i < cue.clamp.size(); ++i) {
    const bool unipolar = start.circuit.unipolar[static_cast<std::size_t>(i)];
    if (cue.clamp[i] == cue.clamp[i]) x[i] = unipolar ? cue.clamp[i] - 0.5 : cue.clamp[i];
  }
  return x;
}

/// V in (−1, 1), whatever the range.
Vector bipolar(const Circuit& circuit, Vector v) {
  for (Index i = 0; i < v.size(); ++i) {
    if (circuit.unipolar[static_cast<std::size_t>(i)]) v[i] = 2.0 * v[i] - 1.0;
  }
  return v;
}

ReferenceOptions reference_options(const Design& design, const Designed& designed, const std::vector<double>& times) {
  ReferenceOptions options;
  options.rtol = design.simulate.rtol;
  options.atol = design.simulate.atol;
  options.t_end = end_of(design, designed);
  options.stop_when_settled = !options.t_end.has_value();
  options.sample_times = times;
  return options;
}

std::vector<double> sample_times(double t_end, int samples) {
  std::vector<double> times;
  for (int i = 0; i <= samples; ++i) times.push_back(t_end * i / samples);
  return times;
}

void fill_samples(const Start& start, const ReferenceRun& run, SimulatedCue& cue) {
  cue.energies = run.energies;
  cue.samples.resize(run.samples.rows(), start.circuit.size());
  for (Index k = 0; k < run.samples.rows(); ++k) {
    cue.samples.row(k) = start.clamped.expand(start.clamped.restrict(run.samples.row(k)));
  }
}

/// From where a run was cut off: 2,000 time constants after 100 in which the perturbation finds its direction.
LyapunovExponent lyapunov_from(const Design& design, const Circuit& circuit, const Vector& u) {
  const double tau = circuit.tau.maxCoeff();
  return largest_lyapunov(circuit, u,
                          {.rtol = design.simulate.rtol, .atol = design.simulate.atol, .transient = 100.0 * tau,
                           .duration = 2000.0 * tau, .interval = tau});
}

FoundRun run_cue(const Design& design, const Designed& designed, int index, const std::vector<double>& times, bool lyapunov) {
  const Cue& given = designed.cues[static_cast<std::size_t>(index)];
  const Start start(designed, given);
  const Circuit& free = start.clamped.free_circuit();
  ReferenceOptions options = reference_options(design, designed, times);
  std::optional<ThermalNoise> noise = noise_of(design, designed.circuit, static_cast<std::uint32_t>(index));
  if (noise) options.noise = &*noise;
  if (design.memory.patterns.rows() > 0) options.patterns = &design.memory.patterns;
  const ReferenceRun run = recall(start.clamped, start.u, designed.phases, options);
  const Vector end_u = start.clamped.restrict(run.u);

  FoundRun found;
  SimulatedCue& cue = found.cue;
  cue.cue = index;
  if (given.target >= 0) cue.target = design.memory.names[static_cast<std::size_t>(given.target)];
  cue.signs = sign_text(signed_state(start, given, end_u).head(start.circuit.visible()));
  cue.reason = run.reason;
  cue.period = run.period;
  cue.sequence = kept_sequence(design.memory, run.visits);
  cue.t_final = run.t_final;
  cue.energy = energy(free, end_u);
  cue.largest_energy_rise = run.largest_energy_rise;
  cue.u = start.clamped.expand(end_u);
  cue.v = start.clamped.outputs(end_u);
  cue.overlap = overlap(bipolar(start.circuit, cue.v), design.memory, given.target);
  cue.steps = run.steps;
  cue.form = run.form;
  fill_samples(start, run, cue);
  found.named.u = signed_state(start, given, end_u);
  if (lyapunov && run.reason == EndReason::time_limit) cue.lyapunov = lyapunov_from(design, free, end_u);
  if (run.reason != EndReason::settled) return found;
  cue.settle_time = run.settle_time;
  found.end = polish(free, end_u, free.longest_delay() == 0.0);
  found.named = found.end;
  if (!found.end.converged) return found;
  found.stable = found.end.stable;
  found.named.u = signed_state(start, given, found.end.u);
  found.end_u = start.clamped.expand(found.end.u);
  found.end_energy = energy(free, found.end.u);
  return found;
}

/// With `cues.carry` one after another, each from the state that the one before it ended in, which is noted as its start.
std::vector<FoundRun> run_cues(const Design& design, Designed& designed, const PhysicalDesign* amplifiers,
                               const SimulationOptions& options, const std::vector<double>& times) {
  const std::size_t count = designed.cues.size();
  const bool carries = design.cues.carry;
  std::vector<FoundRun> found(count);
  for_each_parallel(
      count, carries ? 1 : options.jobs,
      [&](std::size_t cue, std::size_t) {
        if (carries && cue > 0) designed.cues[cue].start = found[cue - 1].cue.u - designed.circuit.threshold;
        const int index = static_cast<int>(cue);
        found[cue] = amplifiers != nullptr ? amplifier_recall(design, *amplifiers, index, times)
                                           : run_cue(design, designed, index, times, options.lyapunov);
      },
      [&](std::size_t done) {
        if (options.progress) options.progress("integrating", done, count);
      });
  return found;
}

/// The end of a cue among the equilibria reached so far.
int place_equilibrium(const FoundRun& found, const std::string& name, double bound, std::vector<ReachedEquilibrium>& list) {
  auto place = std::find_if(list.begin(), list.end(), [&](const ReachedEquilibrium& known) {
    return same_equilibrium(known.u, found.end_u, bound);
  });
  if (place == list.end()) {
    list.push_back({name, found.stable, found.end.residual, found.end_u, found.end_energy, found.end.eigenvalues, 0, found.end_v});
    place = list.end() - 1;
  }
  ++place->cues;
  return static_cast<int>(place - list.begin());
}

/// Puts what the delays make of a reached equilibrium in the place of what is true without them; `found` is a cue that ended there.
void judge_with_delays(const Designed& designed, const FoundRun& found, ReachedEquilibrium& equilibrium) {
  const Start start(designed, designed.cues[static_cast<std::size_t>(found.cue.cue)]);
  const Circuit& free = start.clamped.free_circuit();
  if (free.longest_delay() == 0.0) return;
  DelayStability judged = judge(free, found.end.u);
  equilibrium.eigenvalues = std::move(judged.roots);
  equilibrium.stable = judged.stable;
}

/// B of the designed circuit, at least max|u0|.
double bound_of(const Designed& designed) {
  double bound = invariant_bound(designed.core);
  for (const Cue& cue : designed.cues) bound = std::max(bound, cue.start.cwiseAbs().maxCoeff());
  return bound;
}

/// No run with noise comes to rest: it has recalled the memory whose signs it ends with.
void name_by_signs(const MemorySpec& memory, int target, const Vector& u, SimulatedCue& cue) {
  const std::string known = memory_name(u, memory);
  if (memory.patterns.rows() == 0 || known.empty()) return;
  cue.attractor = known;
  cue.status = recall_status(known, memory, target);
}

void name_ends(const Design& design, std::vector<FoundRun>& found, Simulation& simulation) {
  const double bound = bound_of(simulation.designed);
  AttractorNames names(design.memory, bound);
  for (std::size_t c = 0; c < found.size(); ++c) {
    SimulatedCue& cue = found[c].cue;
    cue.attractor = names.name(found[c].named);
    cue.status = recall_status(cue.attractor, design.memory, simulation.designed.cues[c].target);
    if (design.noise.temperature) name_by_signs(design.memory, simulation.designed.cues[c].target, found[c].named.u, cue);
    if (!found[c].named.converged && cue.period) cue.attractor = cycle_name(cue.sequence, *cue.period);
    if (design.memory.rule == Rule::sequence) {
      cue.status = sequence_status(cue.sequence, design.memory, simulation.designed.cues[c].target);
    }
    if (!found[c].named.converged) continue;
    cue.equilibrium = place_equilibrium(found[c], cue.attractor, bound, simulation.equilibria);
    ReachedEquilibrium& reached = simulation.equilibria[static_cast<std::size_t>(cue.equilibrium)];
    if (reached.cues == 1 && simulation.delayed && !simulation.amplifiers) judge_with_delays(simulation.designed, found[c], reached);
  }
}

void describe_memories(const Design& design, const PhysicalDesign* amplifiers, Simulation& simulation) {
  const Learned& learned = simulation.designed.learned;
  std::optional<Circuit> held;
  if (design.memory.rule == Rule::sequence) held = slow_units_off(simulation.designed.core);
  const Circuit& storing = held ? *held : simulation.designed.core;
  std::optional<AttractingBoxes> boxes;
  if (design.memory.rule == Rule::any) boxes.emplace(simulation.designed.core);
  for (Index m = 0; m < design.memory.patterns.rows(); ++m) {
    SimulatedMemory memory;
    memory.name = design.memory.names[static_cast<std::size_t>(m)];
    memory.stored = amplifiers != nullptr ? amplifiers_store(design, *amplifiers, m)
                                          : stores(storing, memory_outputs(design, learned, m));
    if (boxes) memory.certified = boxes->around(design.memory.patterns.row(m)).has_value();
    memory.margin = simulation.designed.learned.margins[m];
    simulation.memories.push_back(memory);
  }
}

void require_time_for(const Design& design, const HoldPhases& phases) {
  if (!design.simulate.t_end || phases.empty() || *design.simulate.t_end > release_time(phases)) return;
  throw InputError(Location{design.file, 0}, "simulate.t_end",
                   number_text(*design.simulate.t_end) + " ends before the phases of the recall do; allowed: more than " +
                       number_text(release_time(phases)));
}

void require_derivatives(const Design& design, const Circuit& circuit) {
  if (design.noise.temperature || circuit.longest_delay() > 0.0 || !design.amplifier.is_ideal()) {
    throw InputError("--lyapunov is for ideal amplifiers without delays and noise");
  }
  if (!circuit.activation.are_hard() && circuit.is_dense()) return;
  throw InputError(Location{design.file, 0}, "circuit.activation",
                   "has no derivative, or W is kept as factors, so that there is no Lyapunov exponent; allowed: smooth units, "
                   "at most 4,096 neurons");
}

}  // namespace

Matrix sampled_outputs(const Simulation& found, std::size_t cue) {
  if (found.amplifiers) return found.cues[cue].output_samples;
  const HoldWalk walk(found.designed.circuit, found.designed.phases, found.designed.cues[cue].clamp);
  return outputs_along(walk, found.times, found.cues[cue].samples);
}

Simulation simulate(const Design& design, const SimulationOptions& options) {
  Simulation simulation;
  std::optional<PhysicalDesign> real;
  if (!design.amplifier.is_ideal()) real = prepare_physical(design, AmplifierChoice::opamp);
  const PhysicalDesign* amplifiers = real ? &*real : nullptr;
  if (real) simulation.amplifiers = real->amplifiers;
  simulation.designed = real ? real->designed : prepare_circuit(design, kept_for_simulation(design));
  require_time_for(design, simulation.designed.phases);
  simulation.noise = describe_noise(design, simulation.designed, amplifiers);
  if (options.lyapunov) require_derivatives(design, simulation.designed.circuit);
  simulation.symmetric = is_symmetric(simulation.designed.circuit);
  simulation.delayed = simulation.designed.circuit.longest_delay() > 0.0;
  simulation.energy_argument = simulation.symmetric && !simulation.delayed && !design.noise.temperature && amplifiers == nullptr;
  const bool sampled = design.simulate.samples > 0;
  const std::optional<double> t_end = end_of(design, simulation.designed);
  if (sampled && t_end) simulation.times = sample_times(*t_end, design.simulate.samples);
  std::vector<FoundRun> found = run_cues(design, simulation.designed, amplifiers, options, simulation.times);
  if (sampled && !t_end) {
    double longest = 0.0;
    for (const FoundRun& one : found) longest = std::max(longest, one.cue.t_final);
    simulation.times = sample_times(longest, design.simulate.samples);
    found = run_cues(design, simulation.designed, amplifiers, options, simulation.times);
  }
  name_ends(design, found, simulation);
  describe_memories(design, amplifiers, simulation);
  if (design.problem.kind != ProblemKind::none && !simulation.equilibria.empty()) {
    simulation.solution = solution_at(design.problem, outputs(simulation.designed.circuit, simulation.equilibria.front().u));
  }
  for (FoundRun& one : found) {
    if (one.cue.largest_energy_rise > energy_tolerance) simulation.energy_never_rises = false;
    simulation.cues.push_back(std::move(one.cue));
  }
  return simulation;
}

}  // namespace basin
