#include "sim/spice/comparison.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/reference/parallel.hpp"
#include "sim/spice/ngspice.hpp"
#include "sim/spice/reference_run.hpp"
#include "sim/toolchain/tool_error.hpp"

namespace basin {
namespace {

constexpr double steps_a_time_constant = 50.0;
constexpr double steps_a_rate = 4.0;
constexpr double steps_a_rate_with_kinks = 16.0;   // a step over a corner of g has an error of its own order
constexpr double fewest_steps = 1000.0;
constexpr double oscillator_steps = 1e5;   // a phase error grows with every period: percents with fewer
constexpr int turns_of_an_oscillator = 6;

/// Whether some u turns back time and again by more than a hundredth of its range.
bool oscillates(const ReferenceTrace& reference) {
  if (reference.end != "settled" && reference.end != "time-limit") return true;
  for (Index i = 0; i < reference.u.cols(); ++i) {
    const double least = 0.01 * (reference.u.col(i).maxCoeff() - reference.u.col(i).minCoeff());
    double extreme = reference.u(0, i), direction = 0.0;
    int turns = 0;
    for (const double u : reference.u.col(i)) {
      if (direction != 0.0 && (u - extreme) * direction >= 0.0) extreme = u;
      if (std::abs(u - extreme) <= least) continue;
      turns += direction != 0.0 ? 1 : 0;
      direction = u > extreme ? 1.0 : -1.0;
      extreme = u;
    }
    if (turns >= turns_of_an_oscillator) return true;
  }
  return false;
}

/// The largest Σ_j|W_ij| of the network: 1 of direct resistors that leave nothing for the ground, far less where paths through
/// overlap amplifiers cancel.
double largest_row(const ResistorNetwork& network) {
  if (network.overlaps() == 0) return 1.0;
  return network.synapses().cwiseAbs().rowwise().sum().cwiseQuotient(network.total_conductance()).maxCoeff();
}

/// Where amplifiers are in their steep part the state moves as fast as (1 + β)/τ, β their gain times the largest row of |W|.
/// ngspice's own control of the step does not see it coming out of a saddle.
double max_step(const ReferenceTrace& reference, const ResistorNetwork& network, const AmplifierModel& amplifiers) {
  if (oscillates(reference)) return reference.t_end / oscillator_steps;
  const double step = std::min(reference.t_end / fewest_steps, reference.shortest / steps_a_time_constant);
  const double steepest = largest_row(network) * network.amplification().maxCoeff();
  const bool kinks = amplifiers.saturation_v.size() > 0 || std::any_of(network.activation.kinds().begin(), network.activation.kinds().end(), [](const Activation& kind) {
    return kind.flat_beyond() < std::numeric_limits<double>::infinity();
  });
  const double steps = kinks ? steps_a_rate_with_kinks : steps_a_rate;
  return std::isfinite(steepest) ? std::min(step, reference.shortest / (steps * (1.0 + steepest))) : step;
}

SpiceRun run_of(const Design& design, const PhysicalDesign& physical, const PhysicalCue& cue, const ReferenceTrace& reference,
                std::size_t number) {
  SpiceRun run;
  const std::string what = fmt::format("{} of {} neurons", design.name, cue.start.size());
  run.deck = deck_text(physical.parts.network, physical.is_ideal ? nullptr : &physical.amplifiers, cue.drive,
                       fmt::format("{}, {} amplifiers", what, physical.is_ideal ? "ideal" : "real"));
  run.bench = {fmt::format("{}, cue {}", what, number), deck_file, result_file, cue.start, reference.t_end,
               max_step(reference, physical.parts.network, physical.amplifiers)};
  return run;
}

/// Columns v(<node>) at the time points.
Matrix voltages(const Waveforms& waves, const std::vector<Index>& points, Index neurons, const auto& node) {
  Matrix values(static_cast<Index>(points.size()), neurons);
  for (Index i = 0; i < neurons; ++i) {
    const Index column = waves.find("v(" + node(i) + ")");
    if (column < 0) throw ToolError("ngspice", "its result lacks v(" + node(i) + ")");
    values.col(i) = waves.values(points, column);
  }
  return values;
}

/// Takes the place of the largest |a − b|/scale into `found` where it is larger than what is there, and the first time that one is
/// too large.
void look_at(const Matrix& a, const Matrix& b, double scale, const char* quantity, ComparedCue& found) {
  Index row = 0, column = 0;
  const Matrix apart = (a - b).cwiseAbs() / scale;
  const double largest = apart.maxCoeff(&row, &column);
  for (Index k = 0; k < apart.rows(); ++k) {
    if (apart.row(k).maxCoeff() <= max_spice_difference) continue;
    const double t = found.times[static_cast<std::size_t>(k)];
    found.apart_from = std::min(found.apart_from.value_or(t), t);
    break;
  }
  if (largest < found.difference && !found.quantity.empty()) return;
  found.difference = largest;
  found.neuron = static_cast<int>(column);
  found.t = found.times[static_cast<std::size_t>(row)];
  found.quantity = quantity;
}

/// ngspice at its time points nearest to those of `plan`, and the reference integrated to just these.
ComparedCue compare(const Design& design, const PhysicalDesign& physical, const PhysicalCue& cue, const ReferenceTrace& plan,
                    const Waveforms& waves) {
  const ResistorNetwork& network = physical.parts.network;
  const std::vector<Index> points = nearest_points(waves, plan.times);
  ComparedCue found;
  for (const Index point : points) found.times.push_back(std::min(waves.values(point, 0), plan.t_end));
  ReferenceTrace reference = reference_trace(design, physical, cue, found.times);
  found.end = plan.end;
  found.t_end = plan.t_end;
  found.points = static_cast<std::size_t>(waves.values.rows());
  found.u_spice = voltages(waves, points, network.size(), state_node);
  found.v_spice = voltages(waves, points, network.size(), [](Index i) { return output_node(i, false); });
  found.u = std::move(reference.u);
  found.v = std::move(reference.v);
  found.end_u = std::move(reference.end_u);
  for (Index i = 0; i < cue.drive.held_v.size(); ++i) {   // the reference does not follow the state of a held neuron
    if (!std::isnan(cue.drive.held_v[i])) found.u_spice.col(i) = found.u.col(i);
  }
  found.u_scale = std::max(network.swing * invariant_bound(physical.parts.made), cue.start.cwiseAbs().maxCoeff());
  look_at(found.u, found.u_spice, found.u_scale, "u", found);
  const bool hard = network.activation.are_hard();
  if (!hard) look_at(found.v, found.v_spice, network.swing, "V", found);   // jumps: any shift in time is all of the scale
  return found;
}

void drop_arrays(ComparedCue& cue) {
  for (Matrix* array : {&cue.u, &cue.u_spice, &cue.v, &cue.v_spice}) array->resize(0, 0);
  cue.times.clear();
}

}  // namespace

SpiceRun spice_run(const Design& design, const PhysicalDesign& physical, std::size_t cue) {
  const PhysicalCue given = physical_cue(physical, physical.designed.cues[cue]);
  return run_of(design, physical, given, reference_trace(design, physical, given), cue);
}

Comparison compare_with_spice(const Design& design, PhysicalDesign physical, const ComparisonOptions& options) {
  Comparison result;
  result.physical = std::move(physical);
  const std::vector<Cue>& cues = result.physical.designed.cues;
  const std::size_t count = std::min(options.cues.value_or(cues.size()), cues.size());
  result.cues.resize(count);
  for_each_parallel(
      count, options.jobs,
      [&](std::size_t c, std::size_t) {
        const PhysicalCue cue = physical_cue(result.physical, cues[c]);
        const ReferenceTrace plan = reference_trace(design, result.physical, cue);
        const SpiceRun run = run_of(design, result.physical, cue, plan, c);
        result.cues[c] = compare(design, result.physical, cue, plan, run_ngspice(run.deck, run.bench));
        result.cues[c].cue = static_cast<int>(c);
      },
      [&](std::size_t done) {
        if (options.progress) options.progress("ngspice", done, count);
      });
  for (std::size_t c = 0; c < count; ++c) {
    if (result.cues[c].difference > result.cues[result.worst].difference) result.worst = c;
  }
  for (std::size_t c = 0; c < count; ++c) {
    if (c != result.worst) drop_arrays(result.cues[c]);
  }
  return result;
}

}  // namespace basin
