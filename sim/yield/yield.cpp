#include "sim/yield/yield.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "models/design/activation_names.hpp"
#include "models/design/error.hpp"
#include "models/design/sha256.hpp"
#include "models/physical/tolerance.hpp"
#include "sim/reference/made_circuit.hpp"
#include "sim/reference/parallel.hpp"
#include "sim/reference/run_noise.hpp"
#include "sim/toolchain/interrupt.hpp"
#include "sim/yield/store.hpp"

namespace basin {
namespace {

void require_targets(const Design& design) {
  const Location file{design.file, 0};
  if (design.memory.patterns.rows() == 0) {
    throw InputError(file, "memory.patterns", "is missing, and yield counts recalls of memories; allowed: patterns");
  }
  if (!design.cues.present || design.cues.from != CueSource::patterns) {
    throw InputError(
        file, "cues.from",
        "gives cues that belong to no memory, and a recall is one of the cue's own; allowed: \"patterns\"");
  }
  if (design.circuit.activation == ActivationKind::hard) {
    throw InputError(file, "circuit.activation",
                     "\"hard\" is no amplifier that can be made; allowed: a smooth one of high gain");
  }
}

/// `kind` for the visible neurons; hidden units keep theirs.
Activations swapped(const ResistorNetwork& network, ActivationKind kind) {
  if (network.hidden == 0) return Activation(kind);
  std::vector<Activation> kinds{Activation(kind)};
  const std::vector<Activation>& before = network.activation.kinds();
  kinds.insert(kinds.end(), before.begin(), before.end());
  std::vector<std::uint8_t> selectors(static_cast<std::size_t>(network.size()), 0);
  for (Index i = network.size() - network.hidden; i < network.size(); ++i) {
    selectors[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(1 + network.activation.kind_of(i));
  }
  return {std::move(kinds), std::move(selectors)};
}

/// The components of one case, and what every circuit made of them is asked.
class Bench {
 public:
  Bench(const Design& design, const PhysicalDesign& physical) : design_(design), physical_(physical) {
    for (const Cue& cue : physical.designed.cues) cues_.push_back(physical_cue(physical, cue));
    for (Index m = 0; m < design.memory.patterns.rows(); ++m)
      outputs_.push_back(memory_outputs(design, physical.designed.learned, m));
  }

  [[nodiscard]] int cues() const { return static_cast<int>(cues_.size()); }
  [[nodiscard]] int memories() const { return static_cast<int>(outputs_.size()); }

  /// Counts of the circuits of `what`.
  YieldCounts run(const YieldCase& what, std::size_t circuits, const YieldOptions& options,
                  const std::function<void(std::size_t)>& done) const {
    PhysicalDesign of_case = physical_;
    Design design = design_;
    design.amplifier = what.amplifier;
    if (!what.is_noisy) design.noise.temperature.reset();
    if (!what.is_delayed) of_case.designed.circuit.delay.resize(0);
    Realisation& parts = of_case.parts = realise(design, of_case.designed.circuit);
    if (what.activation) {
      parts.network.activation = swapped(parts.network, *what.activation);
      parts.amplifiers = amplifier_model(what.amplifier, parts.network);
    }
    of_case.amplifiers = parts.amplifiers;
    YieldCounts counts{std::vector<int>(circuits), std::vector<int>(circuits)};
    for_each_parallel(
        circuits, options.jobs,
        [&](std::size_t circuit, std::size_t) {
          MadeParts made =
              made_parts(parts.network, parts.amplifiers, what.tolerance, static_cast<std::uint32_t>(circuit));
          const auto noise = [&](std::size_t cue) { return noise_of_run(design, of_case, circuit * cues_.size() + cue); };
          ask(MadeCircuit(std::move(made.network), std::move(made.amplifiers)), noise, counts.recalled[circuit], counts.stored[circuit]);
        },
        done);
    return counts;
  }

 private:
  /// Of run number `run`, by which every circuit's and every cue's draws are their own; those of the first circuit are simulate's.
  static std::optional<NoisyRun> noise_of_run(const Design& design, const PhysicalDesign& physical, std::size_t run) {
    auto noise = noise_of(design, physical, static_cast<std::uint32_t>(run));
    if (!noise) return std::nullopt;
    return NoisyRun{std::move(*noise), *end_of(design, physical.designed) * physical.parts.time_unit};
  }

  void ask(MadeCircuit circuit, const std::function<std::optional<NoisyRun>(std::size_t)>& noise, int& recalled, int& stored) const {
    for (const Vector& outputs : outputs_) stored += circuit.stores(outputs) ? 1 : 0;
    for (std::size_t c = 0; c < cues_.size(); ++c) {
      throw_if_interrupted();
      const int target = physical_.designed.cues[c].target;
      const bool is_sequence = design_.memory.rule == Rule::sequence;
      const bool back = is_sequence ? circuit.follows(cues_[c], design_.memory, target, noise(c))
                                    : circuit.recalls(cues_[c], design_.memory.patterns.row(target), noise(c));
      recalled += back ? 1 : 0;
    }
  }

  const Design& design_;
  const PhysicalDesign& physical_;
  std::vector<PhysicalCue> cues_;
  std::vector<Vector> outputs_;  // of each memory
};

YieldRow row_of(const YieldCase& what, YieldCounts counts, int cues, int memories) {
  YieldRow row{what, std::move(counts.recalled), std::move(counts.stored), {}, {}};
  std::vector<int> complete;
  for (const int stored : row.stored) complete.push_back(stored == memories ? 1 : 0);
  row.yield = share_of(row.recalled, cues);
  row.all_stored = share_of(complete, 1);
  return row;
}

std::string case_id(const Design& design, const YieldCase& what, std::size_t circuits) {
  const std::string kind = what.activation ? to_string(*what.activation) : "";
  return hex(sha256(fmt::format("yield {} {} {}{} {} {}", design.id, what.name, what.is_delayed ? "late " : "",
                                what.is_noisy ? "noisy" : "", kind, circuits)));
}

std::size_t circuits_of(const YieldCase& what, int runs) {
  return what.is_random() ? static_cast<std::size_t>(runs) : 1;
}

}  // namespace

YieldReport run_yield(const Design& design, const YieldOptions& options) {
  require_targets(design);
  PhysicalDesign physical = prepare_physical(design, AmplifierChoice::ideal);
  physical.amplifiers = physical.parts.amplifiers;        // of all together, whose steps with noise are the shortest
  describe_noise(design, physical.designed, &physical);   // throws where they would not reach the end
  const Bench bench(design, physical);
  const YieldStore store(options.store);
  YieldReport report{options.runs,
                     bench.cues(),
                     bench.memories(),
                     has_faults(design),
                     design.memory.rule == Rule::sequence,
                     to_string(design.circuit.activation),
                     {},
                     0};
  const std::vector<YieldCase> cases = yield_cases(design);
  std::size_t total = 0, finished = 0;
  for (const YieldCase& each : cases) total += circuits_of(each, options.runs);
  for (const YieldCase& each : cases) {
    const std::size_t circuits = circuits_of(each, options.runs);
    const std::string id = case_id(design, each, circuits);
    auto counts = store.find(id, circuits, report.cues, report.memories);
    report.found += counts ? 1 : 0;
    if (!counts) {
      counts = bench.run(each, circuits, options, [&](std::size_t done) {
        if (options.progress) options.progress(each.name, finished + done, total);
      });
      store.keep(id, *counts);
    }
    finished += circuits;
    report.rows.push_back(row_of(each, std::move(*counts), report.cues, report.memories));
  }
  return report;
}

Estimate estimate_yield(const Design& design, int runs, int jobs) {
  constexpr double evaluations = 600.0;                                    // of a recall
  constexpr double multiply_add = 5e-10, unit = 3e-8, eigenvalues = 1e-8;  // seconds, one core
  const double n = design.neurons;
  const bool lags = design.amplifier.gain_bandwidth_hz.size() > 0 || design.amplifier.slew_rate_v_per_s.size() > 0;
  const double states = lags ? 2.0 * n : n;
  const double an_evaluation = multiply_add * n * n + unit * n;
  const double cues = static_cast<double>(cue_count(design));
  const double points = 2.0 * static_cast<double>(design.memory.patterns.rows()) * eigenvalues * states * states * states;
  double seconds = 0.0;
  for (const YieldCase& each : yield_cases(design)) {
    const double a_recall = (each.is_noisy ? noisy_evaluations(design) : evaluations) * an_evaluation;
    seconds += static_cast<double>(circuits_of(each, runs)) * (cues * a_recall + points);
  }
  constexpr double matrices = 12.0;
  return {(3.0 + matrices * jobs) * sizeof(double) * states * states,
          seconds / std::max(1, std::min(jobs, runs))};
}

}  // namespace basin
