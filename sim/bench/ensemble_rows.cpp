#include "sim/bench/ensemble_rows.hpp"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <memory>

#include "sim/bench/ensemble_parts.hpp"
#include "sim/bench/ensemble_problem.hpp"
#include "sim/bench/ensemble_rival.hpp"
#include "sim/bench/fma_peak.hpp"
#include "sim/bench/least_time.hpp"
#include "sim/reference/parallel_ensemble.hpp"

namespace basin {
namespace {

using nlohmann::json;

constexpr Index neurons = 256;
constexpr Index memories = 16;
constexpr double fixed_step = 0.125;    // τ
constexpr std::size_t fixed_steps = 40;

double least(const std::vector<double>& times) { return *std::min_element(times.begin(), times.end()); }

double wall_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// CPU time of all threads.
double process_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

EnsembleOptions single_options() {
  EnsembleOptions options;
  options.precision = Precision::single;
  options.rtol = 1e-5;
  options.atol = 1e-6;
  return options;
}

EnsembleOptions fixed_options() {
  EnsembleOptions options = single_options();
  options.fixed_step = fixed_step;
  options.t_end = fixed_step * static_cast<double>(fixed_steps);
  options.stop_when_settled = false;
  return options;
}

/// The measurements. One object makes all rows of a run, so that they share the problem.
class Bench {
 public:
  explicit Bench(const EnsembleBenchOptions& options)
      : options_(options), repeats_(options.quick ? 3 : 5), problem_(neurons, memories, options.quick ? 1000 : 10000) {}

  /// Share of the FMA peak that the 2N² operations of the evaluations of cues make; what else is done counts as time alone.
  json peak_share(const std::string& name, const EnsembleOptions& options) const {
    const Ensemble ensemble(problem_.circuit, options);
    std::vector<double> times, peaks;
    EnsembleWork work;
    for (int i = 0; i < repeats_; ++i) {
      peaks.push_back(fma_peak_single());
      times.push_back(run(ensemble, &work));
    }
    const double peak = *std::max_element(peaks.begin(), peaks.end());
    const double operations = 2.0 * neurons * neurons * static_cast<double>(work.evaluations);
    json row = own(name, times);
    row["value"] = operations / least(times) / peak;
    row["detail"] = {{"meaning", "share of the FMA peak in single precision"},
                     {"gflops", operations / least(times) * 1e-9},
                     {"peak_gflops", peak * 1e-9},
                     {"peaks_gflops", peaks},
                     {"evaluations_per_cue", static_cast<double>(work.evaluations) / static_cast<double>(count())},
                     {"idle_share", static_cast<double>(work.idle) / static_cast<double>(work.idle + work.evaluations)},
                     {"evaluation_parts", evaluation_parts(neurons, peak)},
                     {"cues", count()}};
    return row;
  }

  json against(const std::string& library) const {
    const Ensemble ensemble(problem_.circuit, fixed_options());
    EnsembleRival rival(library, options_.python, problem_, fixed_step, fixed_steps);
    std::vector<double> own_times, rival_times, smaller_times;
    rival.run(EnsembleRival::Batch::whole);  // compiles and warms up
    rival.run(EnsembleRival::Batch::smaller);
    for (int i = 0; i < repeats_; ++i) {
      own_times.push_back(run(ensemble, nullptr));
      smaller_times.push_back(rival.run(EnsembleRival::Batch::smaller));
      rival_times.push_back(rival.run(EnsembleRival::Batch::whole));
    }
    json row = own("ensemble vs " + library, own_times);
    row["basin"]["error"] = worst_error([&](std::size_t k) { return ends_[k]; });
    const Matrix states = rival.states();
    const double rival_error =
        worst_error([&](std::size_t k) { return Vector(states.row(static_cast<Index>(k)).transpose()); });
    row["rival"] = {
        {"name", library + ", all cues in one batch, same RK4 steps"}, {"times", rival_times}, {"error", rival_error}};
    row["ratio"] = least(rival_times) / least(own_times);
    row["detail"] = {{"cues", count()}, {"steps", fixed_steps},
                     {"smaller_batches", {{"times", smaller_times}, {"ratio", least(smaller_times) / least(own_times)}}},
                     {"error", "max |u - RK4 in double precision| over 48 cues"}};
    return row;
  }

  json factored() const {
    Circuit circuit = problem_.circuit;
    circuit.factors = std::make_shared<const Factors>(problem_.factors);
    const Ensemble factored(circuit, fixed_options());
    const Ensemble dense(problem_.circuit, fixed_options());
    return pair(
        "ensemble factored vs dense", "dense", [&] { return run(factored, nullptr); },
        [&] { return run(dense, nullptr); }, {{"factors", memories}, {"cues", count()}});
  }

  /// Against panels that are filled again only when all their cues have settled.
  json retirement() const {
    const Ensemble ensemble(problem_.circuit, single_options());
    const auto whole_panels = [&] {
      const double start = thread_seconds();
      for (std::size_t first = 0; first < count(); first += ensemble.lanes()) {
        const std::size_t cues = std::min(ensemble.lanes(), count() - first);
        const auto make_cue = [&](std::size_t k) { return problem_.cue(first + k); };
        integrate_ensemble(ensemble, cues, 1, make_cue, [](EnsembleRun&&) {});
      }
      return thread_seconds() - start;
    };
    return pair(
        "ensemble retirement", "panels that wait for their last cue", [&] { return run(ensemble, nullptr); },
        whole_panels, {{"cues", count()}});
  }

  json two_cores() const {
    const Ensemble ensemble(problem_.circuit, fixed_options());
    std::vector<double> cpu[2];
    const auto wall = [&](int jobs) {
      const double cpu_start = process_seconds();
      const double start = wall_seconds();
      integrate_ensemble(ensemble, count(), jobs, [&](std::size_t k) { return problem_.cue(k); }, [](EnsembleRun&&) {});
      cpu[jobs - 1].push_back(process_seconds() - cpu_start);
      return wall_seconds() - start;
    };
    json row = pair("ensemble two cores", "one core", [&] { return wall(2); }, [&] { return wall(1); },
                    {{"cues", count()}, {"clock", "wall: other programs on the machine count"}});
    row["detail"]["ratio_of_cpu_time"] = 2.0 * least(cpu[0]) / least(cpu[1]);   // what two free cores give
    return row;
  }

 private:
  [[nodiscard]] std::size_t count() const { return problem_.starts.size(); }

  /// CPU time of all cues on this thread; their ends in ends_.
  double run(const Ensemble& ensemble, EnsembleWork* work) const {
    ends_.resize(count());
    std::size_t next = 0;
    const double start = thread_seconds();
    const EnsembleWork made = ensemble.integrate(
        [&](EnsembleCue& cue) {
          if (next == count()) return false;
          cue = problem_.cue(next++);
          return true;
        },
        [&](EnsembleRun&& ended) { ends_[ended.number] = std::move(ended.u); });
    const double seconds = thread_seconds() - start;
    if (work != nullptr) *work = made;
    return seconds;
  }

  template <class Own, class Rival>
  json pair(const std::string& name, const std::string& rival, Own own_run, Rival rival_run, json detail) const {
    std::vector<double> own_times, rival_times;
    for (int i = 0; i < repeats_; ++i) {
      own_times.push_back(own_run());
      rival_times.push_back(rival_run());
    }
    json row = own(name, own_times);
    row["rival"] = {{"name", rival}, {"times", rival_times}};
    row["ratio"] = least(rival_times) / least(own_times);
    row["detail"] = std::move(detail);
    return row;
  }

  static json own(const std::string& name, const std::vector<double>& times) {
    return {{"row", name}, {"unit", "s"}, {"basin", {{"times", times}}}};
  }

  /// max |u − u of the same steps in double precision| over some cues.
  template <class State>
  double worst_error(State state) const {
    EnsembleOptions options = fixed_options();
    options.precision = Precision::twice;
    double worst = 0.0;
    integrate_ensemble(
        Ensemble(problem_.circuit, options), std::min<std::size_t>(48, count()), 1,
        [&](std::size_t k) { return problem_.cue(k); },
        [&](EnsembleRun&& exact) { worst = std::max(worst, (state(exact.number) - exact.u).cwiseAbs().maxCoeff()); });
    return worst;
  }

  EnsembleBenchOptions options_;
  int repeats_;
  EnsembleProblem problem_;
  mutable std::vector<Vector> ends_;
};

}  // namespace

std::vector<BenchRow> ensemble_rows(const EnsembleBenchOptions& options) {
  const auto bench = std::make_shared<Bench>(options);
  std::vector<BenchRow> rows = {
      {"ensemble vs FMA peak fixed",
       [bench] { return bench->peak_share("ensemble vs FMA peak fixed", fixed_options()); }},
      {"ensemble vs FMA peak lockstep",
       [bench] { return bench->peak_share("ensemble vs FMA peak lockstep", single_options()); }},
  };
  for (const char* library : {"numpy", "jax", "torch"}) {
    rows.push_back({std::string("ensemble vs ") + library, [bench, library] { return bench->against(library); }});
  }
  rows.push_back({"ensemble factored vs dense", [bench] { return bench->factored(); }});
  rows.push_back({"ensemble retirement", [bench] { return bench->retirement(); }});
  rows.push_back({"ensemble two cores", [bench] { return bench->two_cores(); }});
  return rows;
}

}  // namespace basin
