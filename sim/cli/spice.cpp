#include <CLI/CLI.hpp>
#include <map>
#include <memory>

#include "models/design/schema.hpp"
#include "sim/cli/results_folder.hpp"
#include "sim/cli/spice_report.hpp"
#include "sim/cli/spice_results.hpp"
#include "sim/cli/verb.hpp"
#include "sim/report/spice_chart.hpp"
#include "sim/spice/ngspice.hpp"
#include "sim/toolchain/tools.hpp"

namespace basin::cli {
namespace {

const std::map<std::string, AmplifierChoice> models{{"ideal", AmplifierChoice::ideal}, {"opamp", AmplifierChoice::opamp}};
const std::map<std::string, Dialect> dialects{
    {"ngspice", Dialect::ngspice}, {"xyce", Dialect::xyce}, {"ltspice", Dialect::ltspice}};

struct SpiceArguments {
  std::filesystem::path design;
  std::string model;      // "": opamp where the design has [amplifier]
  std::string dialect = "ngspice";
  std::size_t cues = 0;   // 0: all
};

/// The deck, and the bench of cue 0 that reads it.
void write_deck(const std::filesystem::path& folder, const SpiceRun& run, const std::string& dialect) {
  Bench bench = run.bench;
  if (dialect == "xyce") bench.result = "result.csv";
  write_result(folder / deck_file, run.deck);
  write_result(folder / ("bench." + dialect + ".cir"), bench_text(dialects.at(dialect), bench));
}

int run_spice(Context& context, const SpiceArguments& chosen) {
  const Design design = context.design(chosen.design, {.delay = true});
  const std::filesystem::path folder = context.folder(design.name);
  ComparisonOptions options;
  const std::string of_design = design.amplifier.is_ideal() ? "ideal" : "opamp";
  options.amplifiers = models.at(chosen.model.empty() ? of_design : chosen.model);
  if (chosen.cues > 0) options.cues = chosen.cues;
  options.jobs = context.jobs();
  options.progress = [&context](std::string_view stage, std::size_t done, std::size_t total) {
    context.progress().update(stage, done, total);
  };
  PhysicalDesign physical = prepare_physical(design, options.amplifiers);
  write_deck(folder, spice_run(design, physical, 0), chosen.dialect);
  tool_path("ngspice");   // missing: says so now, with the netlist written
  const Comparison comparison = compare_with_spice(design, std::move(physical), options);
  context.progress().clear();
  std::vector<Vector> ends;
  for (const ComparedCue& cue : comparison.cues) {
    if (cue.end == "settled") ends.push_back(cue.end_u);
  }
  const Sheet sheet = make_sheet(design, comparison.physical, ends);
  write_result(folder / "bill_of_materials.csv", parts_csv(sheet));
  write_result(folder / "spice.csv", waveforms_csv(comparison));
  const std::string chart = report::spice_chart(design.name, comparison);
  write_result(folder / "spice.svg", chart);
  context.show({"ngspice and the reference", "image/svg+xml", chart});
  Json document = context.head(comparison.agrees() ? "pass" : "fail");
  add_spice(document, design, comparison, sheet);
  print_spice(context.terminal(), design, comparison, sheet, folder, chosen.dialect);
  context.publish(folder, std::move(document));
  return comparison.agrees() ? 0 : 1;
}

}  // namespace

Action declare_spice(CLI::App& command) {
  const auto options = std::make_shared<SpiceArguments>();
  command.add_option("DESIGN", options->design, "Design file or folder (default: the bundled letters)")->type_name("");
  command.add_option("--model", options->model, "Amplifiers: ideal, or opamp as in [amplifier] (default: as the design has them)")
      ->type_name("NAME")
      ->check(CLI::IsMember({"ideal", "opamp"}).description(""));
  command.add_option("--dialect", options->dialect, "Bench for ngspice, xyce or ltspice (default ngspice)")
      ->type_name("NAME")
      ->check(CLI::IsMember({"ngspice", "xyce", "ltspice"}).description(""));
  command.add_option("--cues", options->cues, "Run the first N cues (default all)")
      ->type_name("N")
      ->check(CLI::Range(1, max_cues).description(""));
  return [options](Context& context) { return run_spice(context, *options); };
}

}  // namespace basin::cli
