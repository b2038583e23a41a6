#include <CLI/CLI.hpp>
#include <memory>

#include "sim/cli/announce.hpp"
#include "sim/cli/learning_report.hpp"
#include "sim/cli/results_folder.hpp"
#include "sim/cli/simulate_report.hpp"
#include "sim/cli/simulate_results.hpp"
#include "sim/cli/verb.hpp"
#include "sim/reference/simulation.hpp"
#include "sim/report/state_chart.hpp"
#include "sim/report/verb_charts.hpp"

namespace basin::cli {
namespace {

struct SimulateArguments {
  std::filesystem::path design;
  bool csv = false;
  bool lyapunov = false;
};

int simulate_design(Context& context, const SimulateArguments& chosen) {
  const Design design = context.design(chosen.design, {.delay = true, .noise = true});
  const std::filesystem::path folder = context.folder(design.name);
  if (chosen.csv && design.simulate.samples == 0) {
    throw InputError("--csv: the design takes no samples; add --set simulate.samples=200");
  }
  announce(context, estimate_simulation(design, context.jobs(), chosen.csv));
  SimulationOptions options;
  options.jobs = context.jobs();
  options.lyapunov = chosen.lyapunov;
  options.progress = [&context](std::string_view stage, std::size_t done, std::size_t total) {
    context.progress().update(stage, done, total);
  };
  const Simulation found = simulate(design, options);
  context.progress().clear();
  const bool holds = simulation_holds(found);
  Json document = context.head(holds ? "pass" : "fail");
  add_simulation(document, design, found);
  const Json learning = learning_of(design, found.designed.learned);
  document["learning"] = learning;
  const Traces traces = traces_of(design, found);
  write_arrays(folder, traces, 1.0);
  if (!found.times.empty()) {
    const std::string chart = report::state_chart(design.name, found, design.circuit.units == Units::physical);
    write_result(folder / "simulate.svg", chart);
    context.show({"States over time", "image/svg+xml", chart});
  }
  if (chosen.csv) write_result(folder / "samples.csv", samples_csv(traces));
  print_simulation(context.terminal(), design, found, folder, chosen.csv, learning);
  context.show({"How the cues ended", "image/svg+xml", report::simulation_chart(design, found)});
  context.publish(folder, std::move(document));
  return holds ? 0 : 1;
}

}  // namespace

Action declare_simulate(CLI::App& command) {
  const auto options = std::make_shared<SimulateArguments>();
  command.add_option("DESIGN", options->design, "Design file or folder (default: the bundled letters)")->type_name("");
  command.add_flag("--csv", options->csv, "Also write samples.csv: cue,t,u0…,V0…");
  command.add_flag("--lyapunov", options->lyapunov, "Measure the largest Lyapunov exponent of runs that don't settle");
  return [options](Context& context) { return simulate_design(context, *options); };
}

}  // namespace basin::cli
