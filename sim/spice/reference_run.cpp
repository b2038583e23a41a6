#include "sim/spice/reference_run.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "models/ode/reference.hpp"
#include "sim/reference/clamp.hpp"

namespace basin {
namespace {

std::optional<double> t_end_s(const Design& design, const Realisation& parts) {
  if (!design.simulate.t_end) return std::nullopt;
  return *design.simulate.t_end * parts.time_unit;
}

/// i·t_end/K, i = 1 … K. The start itself is given to both sides.
std::vector<double> sample_times(const Design& design, double t_end) {
  const int count = design.simulate.samples > 0 ? design.simulate.samples : usual_samples;
  std::vector<double> times;
  for (int i = 1; i <= count; ++i) times.push_back(t_end * i / count);
  return times;
}

/// The normalised equation, voltages in units of S.
ReferenceTrace ideal_trace(const Design& design, const PhysicalDesign& physical, const PhysicalCue& cue,
                           const std::vector<double>& times) {
  const double swing = physical.parts.network.swing;
  Circuit circuit = physical.parts.made;
  if (cue.drive.current.size() > 0) circuit.bias += cue.drive.current.cwiseProduct(circuit.resistance) / swing;
  const Vector held = cue.drive.held_v / swing;
  const ClampedCircuit clamped(circuit, held);
  const Vector start = clamped.restrict(cue.start / swing);
  Integrator integrator(clamped.free_circuit());
  ReferenceOptions options{.rtol = design.simulate.rtol, .atol = design.simulate.atol, .t_end = t_end_s(design, physical.parts),
                           .sample_times = {}, .stop_when_settled = !design.simulate.t_end, .record_energy = false,
                           .find_settle_time = false};
  ReferenceTrace trace;
  const ReferenceRun first = integrator.run(start, options);
  trace.end = to_string(first.reason);
  trace.t_end = options.t_end.value_or(first.t_final);
  options.t_end = trace.t_end;
  options.stop_when_settled = false;
  trace.times = times.empty() ? sample_times(design, trace.t_end) : times;
  options.sample_times = trace.times;
  const ReferenceRun run = integrator.run(start, options);
  trace.u = cue.start.transpose().replicate(run.samples.rows(), 1);
  trace.v.resize(run.samples.rows(), circuit.size());
  for (Index k = 0; k < run.samples.rows(); ++k) {
    Vector u = cue.start / swing;
    clamped.put(run.samples.row(k).transpose(), u);
    trace.u.row(k) = swing * u.transpose();
    trace.v.row(k) = swing * clamped.outputs(run.samples.row(k).transpose()).transpose();
  }
  trace.end_u = trace.u.row(trace.u.rows() - 1);
  trace.shortest = circuit.tau.minCoeff();
  return trace;
}

ReferenceTrace amplifier_trace(const Design& design, const PhysicalDesign& physical, const PhysicalCue& cue,
                               const std::vector<double>& times) {
  const ResistorNetwork& network = physical.parts.network;
  const AmplifierSystem system(network, physical.amplifiers, cue.drive);
  const Index n = network.size();
  const Vector start = system.start(cue.start);
  AmplifierRunOptions options{.rtol = design.simulate.rtol, .atol = design.simulate.atol * network.swing,
                              .slowest = physical.parts.made.tau.maxCoeff(), .t_end = t_end_s(design, physical.parts)};
  ReferenceTrace trace;
  const AmplifierRun first = integrate(system, start, options);
  trace.end = to_string(first.reason());
  trace.t_end = options.t_end.value_or(first.t_final);
  options.t_end = trace.t_end;
  options.times = trace.times = times.empty() ? sample_times(design, trace.t_end) : times;
  const AmplifierRun run = integrate(system, start, options);
  trace.u = run.samples.leftCols(n);
  trace.v.resize(run.samples.rows(), n);
  for (Index k = 0; k < run.samples.rows(); ++k) trace.v.row(k) = system.positive_outputs(run.samples.row(k)).transpose();
  trace.end_u = run.y.head(n);
  trace.shortest = physical.parts.made.tau.minCoeff();
  if (physical.amplifiers.has_pole()) {
    trace.shortest = std::min(trace.shortest, 0.5 * std::numbers::inv_pi / physical.amplifiers.pole_hz.maxCoeff());
  }
  return trace;
}

}  // namespace

ReferenceTrace reference_trace(const Design& design, const PhysicalDesign& physical, const PhysicalCue& cue,
                               const std::vector<double>& times) {
  return physical.is_ideal ? ideal_trace(design, physical, cue, times) : amplifier_trace(design, physical, cue, times);
}

}  // namespace basin
