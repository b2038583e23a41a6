#include "sim/reference/amplifier_recall.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "sim/reference/attractors.hpp"
#include "sim/reference/clamp.hpp"
#include "sim/reference/made_circuit.hpp"
#include "sim/reference/run_noise.hpp"
#include "sim/reference/sequences.hpp"

namespace basin {
namespace {

/// V in (−1, 1) of outputs in volts.
Vector bipolar(const ResistorNetwork& network, const Vector& volts) {
  Vector v = volts / network.swing;
  for (Index i = 0; i < v.size(); ++i) {
    if (network.unipolar[static_cast<std::size_t>(i)]) v[i] = 2.0 * v[i] - 1.0;
  }
  return v;
}

/// First t after which every V stays within 0.01 of where it ends: by the outputs at a thousand times, linear between
/// them.
double settle_time(const AmplifierSystem& system, const Vector& start, double t_final, AmplifierRunOptions options) {
  constexpr int points = 1000;
  constexpr double near = 0.01;
  options.t_end = t_final;
  options.pattern_at = {};
  options.times.clear();
  for (int k = 0; k <= points; ++k) options.times.push_back(t_final * k / points);
  const AmplifierRun run = integrate(system, start, options);
  const Vector end = system.positive_outputs(run.y);
  const auto away = [&](int k) {
    return (system.positive_outputs(run.samples.row(k)) - end).cwiseAbs().maxCoeff() / system.swing();
  };
  for (int k = points - 1; k >= 0; --k) {
    const double before = away(k), after = away(k + 1);
    if (before > near)
      return options.times[static_cast<std::size_t>(k)] + t_final / points * (before - near) / (before - after);
  }
  return 0.0;
}

}  // namespace

FoundRun amplifier_recall(const Design& design, const PhysicalDesign& physical, int index,
                          const std::vector<double>& times) {
  const ResistorNetwork& network = physical.parts.network;
  const Cue& given = physical.designed.cues[static_cast<std::size_t>(index)];
  const PhysicalCue driven = physical_cue(physical, given);
  const AmplifierSystem system(network, physical.amplifiers, driven.drive);
  const Index n = network.size();
  const double unit = physical.parts.time_unit;
  const Vector start = system.start(driven.start);
  AmplifierRunOptions options{.rtol = design.simulate.rtol, .atol = design.simulate.atol * network.swing,
                              .slowest = physical.parts.made.tau.maxCoeff(), .times = times};
  if (const auto end = end_of(design, physical.designed)) options.t_end = *end * unit;
  std::optional<ThermalNoise> noise = noise_of(design, physical, static_cast<std::uint32_t>(index));
  if (noise) options.noise = &*noise;
  for (double& t : options.times) t *= unit;
  const auto signs_at = [&](const auto& y) {
    return signed_volts(network, physical.amplifiers, driven.drive, Eigen::Map<const Vector>(y.data(), n));
  };
  if (design.memory.patterns.rows() > 0) {
    options.pattern_at = [&](const State& y) { return pattern_of_signs(design.memory.patterns, signs_at(y)); };
  }
  AmplifierRun run = integrate(system, start, options);
  const Vector u = run.y.head(n);

  Circuit circuit = physical.designed.circuit;
  if (given.bias.size() > 0) circuit.bias += given.bias;
  const ClampedCircuit clamped(circuit, given.clamp);
  const auto energy_at = [&](const Vector& volts) {
    return energy(clamped.free_circuit(), clamped.restrict(volts / physical.volts()));
  };

  FoundRun found;
  SimulatedCue& cue = found.cue;
  cue.cue = index;
  if (given.target >= 0) cue.target = design.memory.names[static_cast<std::size_t>(given.target)];
  cue.signs = sign_text(signs_at(u).head(circuit.visible()));
  cue.reason = run.reason();
  if (run.period) cue.period = *run.period / unit;
  for (PatternVisit& visit : run.visits) visit.t /= unit;
  cue.sequence = kept_sequence(design.memory, std::move(run.visits));
  cue.t_final = run.t_final / unit;
  cue.energy = energy_at(u);
  cue.largest_energy_rise = -1.0;
  cue.u = u / physical.volts();
  const Vector volts = system.positive_outputs(run.y);
  cue.v = volts / network.swing;
  cue.overlap = overlap(bipolar(network, volts), design.memory, given.target);
  cue.steps = run.steps;
  cue.form = "dense";
  cue.samples = run.samples.leftCols(n) / physical.volts();
  found.named.u = signs_at(u) / physical.volts();
  cue.output_samples.resize(run.samples.rows(), n);
  for (Index k = 0; k < run.samples.rows(); ++k) {
    cue.output_samples.row(k) = system.positive_outputs(run.samples.row(k)).transpose() / network.swing;
    cue.energies.push_back(energy_at(run.samples.row(k).head(n)));
  }
  if (!run.settled) return found;
  cue.settle_time = settle_time(system, start, run.t_final, options) / unit;
  const auto point = operating_point(network, physical.amplifiers, u, driven.drive);
  if (!point) return found;
  found.end.converged = true;
  found.stable = point->stable;
  found.end.stable = point->stable.value_or(true);
  found.end.residual = system.residual(system.at_rest(point->u_v)) / physical.volts();
  found.end.eigenvalues = 2.0 * std::numbers::pi * unit * point->poles_hz;
  found.end_u = found.end.u = point->u_v / physical.volts();
  found.end_v = point->output_v / network.swing;
  found.named = found.end;
  found.named.u = signs_at(point->u_v) / physical.volts();
  found.end_energy = energy_at(point->u_v);
  return found;
}

std::optional<bool> amplifiers_store(const Design& design, const PhysicalDesign& physical, Index memory) {
  MadeCircuit made(physical.parts.network, physical.amplifiers);
  const auto point = made.stored(memory_outputs(design, physical.designed.learned, memory));
  return point ? point->stable : std::optional(false);
}

}  // namespace basin
