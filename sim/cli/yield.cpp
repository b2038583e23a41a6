#include <CLI/CLI.hpp>
#include <memory>

#include "sim/cli/announce.hpp"
#include "sim/cli/results_folder.hpp"
#include "sim/cli/verb.hpp"
#include "sim/cli/yield_report.hpp"
#include "sim/cli/yield_results.hpp"
#include "sim/report/yield_chart.hpp"
#include "sim/toolchain/interrupt.hpp"
#include "sim/yield/yield.hpp"

namespace basin::cli {
namespace {

struct YieldArguments {
  std::filesystem::path design;
  int runs = 100;
};

int measure_yield(Context& context, const YieldArguments& chosen) {
  const Design design = context.design(chosen.design, {.delay = true, .noise = true});
  const std::filesystem::path folder = context.folder(design.name);
  announce(context, estimate_yield(design, chosen.runs, context.jobs()));
  YieldOptions options;
  options.runs = chosen.runs;
  options.store = folder / "cases";
  options.jobs = context.jobs();
  options.progress = [&context](const std::string& stage, std::size_t done, std::size_t total) {
    context.progress().update(stage, done, total);
  };
  YieldReport report;
  try {
    report = run_yield(design, options);
  } catch (const Interrupted&) {
    context.progress().clear();
    write_checked(stderr, "basin: finished cases are kept in " + options.store.string() +
                              "; the same command goes on from there\n");
    throw;
  }
  context.progress().clear();
  Json document = context.head("pass");
  add_yield(document, design, report);
  const std::string chart = report::yield_chart(design.name, report);
  write_result(folder / "yield.svg", chart);
  context.show({"Yield", "image/svg+xml", chart});
  print_yield(context.terminal(), design, report, folder);
  context.publish(folder, std::move(document));
  return 0;
}

}  // namespace

Action declare_yield(CLI::App& command) {
  const auto options = std::make_shared<YieldArguments>();
  command.add_option("DESIGN", options->design, "Design file or folder (default: the bundled letters)")->type_name("");
  command.add_option("--runs", options->runs, "Circuits to make of each random case (default 100)")
      ->type_name("N")
      ->check(CLI::Range(1, 1'000'000).description(""));
  return [options](Context& context) { return measure_yield(context, *options); };
}

}  // namespace basin::cli
