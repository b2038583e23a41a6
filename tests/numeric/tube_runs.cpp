#include "tests/numeric/tube_runs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "models/ode/reference.hpp"
#include "sim/io/design_reader.hpp"
#include "tests/support/pattern_sets.hpp"
#include "tests/support/toml_design.hpp"

namespace basin::test {
namespace {

constexpr std::uint64_t seed = 8421;

double between(Random& random, double low, double high) { return low + (high - low) * random.uniform(); }

/// Random memories, one cue.
Design random_design(Index neurons, std::uint32_t stream) {
  Random random(seed, Stream::test, stream);
  const auto memories = static_cast<Index>(std::lround(between(random, 0.08, 0.125) * static_cast<double>(neurons)));
  const double gain = between(random, 3.0, 4.0), flip = between(random, 0.0, 0.15);
  return toml_design(fmt::format("[circuit]\nunits = \"normalised\"\ngain = {}\n[memory]\nrule = \"pseudo-inverse\"\npatterns = {}\n"
                                 "[cues]\nflip = {}\ncount = 1\nseed = {}\n[hardware]\nstep = \"1/32\"\n",
                                 gain, rows_text(distinct_patterns(seed, stream, memories, neurons)), flip, stream));
}

std::string list(Random& random, Index count, double low, double high) {
  std::string text = "[";
  for (Index i = 0; i < count; ++i) text += fmt::format("{}{}", i == 0 ? "" : ", ", between(random, low, high));
  return text + "]";
}

/// The same in volts and seconds, of unequal parts.
Design physical_design(std::uint32_t stream) {
  Random random(seed, Stream::test, stream);
  const Index neurons = 16 + static_cast<Index>(random.below(17));
  const Matrix patterns = distinct_patterns(seed, stream, neurons / 10, neurons);
  const std::string resistance = list(random, neurons, 9e4, 1.1e5), capacitance = list(random, neurons, 9e-12, 1.1e-11);
  return toml_design(fmt::format("[circuit]\nunits = \"physical\"\ngain = 3.5\nresistance = {}\ncapacitance = {}\n[memory]\n"
                                 "rule = \"pseudo-inverse\"\npatterns = {}\n[cues]\nflip = 0.1\ncount = 1\nseed = {}\n[hardware]\n"
                                 "step = \"1/32\"\n",
                                 resistance, capacitance, rows_text(patterns), stream));
}

double excess_over(const Vector& error, const std::vector<std::int64_t>& radii, double unit) {
  double excess = -1.0;
  for (Index i = 0; i < error.size(); ++i) {
    excess = std::max(excess, error[i] - static_cast<double>(radii[static_cast<std::size_t>(i)]) * unit);
  }
  return excess;
}

/// |u_hw − u| − E and its like at the sample times, `parts` of them a step.
void hold_against(const ReferenceRun& reference, const Tube& tube, const Trace& trace, std::size_t parts, TubeOutcome& outcome) {
  for (Index row = 0; row < reference.samples.rows(); ++row) {
    const std::size_t k = static_cast<std::size_t>(row) / parts;
    const double part = static_cast<double>(static_cast<std::size_t>(row) % parts) / static_cast<double>(parts);
    const Vector here = trace.state(std::min(k, trace.steps())), next = trace.state(std::min(k + 1, trace.steps()));
    const Vector error = (here + part * (next - here) - reference.samples.row(row).transpose()).cwiseAbs();
    if (part == 0.0) outcome.true_supremum = std::max(outcome.true_supremum, error.maxCoeff());
    if (k >= tube.radii.size()) {
      if (tube.is_granted()) outcome.later_excess = std::max(outcome.later_excess, excess_over(error, tube.rest, tube.unit));
    } else if (part == 0.0) {
      outcome.worst_excess = std::max(outcome.worst_excess, excess_over(error, tube.radii[k], tube.unit));
    } else if (k < tube.step) {
      outcome.between_excess = std::max(outcome.between_excess, error.maxCoeff() - tube.between);
    }
  }
}

}  // namespace

std::vector<TubeRun> tube_runs(int each) {
  std::vector<TubeRun> runs;
  for (const Index neurons : {16, 32, 64}) {
    for (int k = 0; k < each; ++k) {
      runs.push_back({fmt::format("N = {}", neurons), random_design(neurons, static_cast<std::uint32_t>(1000 * neurons + k)), 0});
    }
  }
  const Design letters = read_design(BASIN_SOURCE_DIR "/examples/letters/design.toml", {"cues.flip=0.1", "cues.count=20"});
  for (int k = 0; k < each; ++k) runs.push_back({"letters", letters, k});
  for (int k = 0; k < each; ++k) runs.push_back({"physical", physical_design(static_cast<std::uint32_t>(500 + k)), 0});
  return runs;
}

TubeOutcome judge_tube(const TubeRun& run, TubeVersion version) {
  TubeOutcome outcome;
  CertifyRunsOptions certify_options;
  certify_options.versions = {version};
  certify_options.cues = {run.cue};
  CertifiedRuns all = certify_runs(run.design, certify_options);
  outcome.run = std::move(all.runs.front());
  outcome.bound = all.bound;
  const Tube& tube = outcome.tube();
  const Circuit circuit = all.circuit_of(outcome.run.tubes.front());
  const Vector& start = outcome.run.tubes.front().start;
  const Trace& trace = outcome.run.trace;
  constexpr std::size_t parts = 4;
  constexpr std::size_t later_steps = 320;   // ten τ
  ReferenceOptions options;
  options.rtol = 1e-12;
  options.atol = 1e-14;
  options.stop_when_settled = false;
  options.record_energy = false;
  options.find_settle_time = false;
  for (std::size_t k = 0; k <= (trace.steps() + later_steps) * parts; ++k) {
    options.sample_times.push_back(trace.dt * static_cast<double>(k) / static_cast<double>(parts));
  }
  options.t_end = options.sample_times.back();
  const ReferenceRun reference = integrate(circuit, start, options);
  hold_against(reference, tube, trace, parts, outcome);
  outcome.true_final = (polish(circuit, reference.u).u - trace.state(trace.steps())).cwiseAbs().maxCoeff();
  return outcome;
}

}  // namespace basin::test
