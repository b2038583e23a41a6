#include <CLI/CLI.hpp>
#include <memory>

#include "sim/cli/results_folder.hpp"
#include "sim/cli/synth_report.hpp"
#include "sim/cli/verb.hpp"
#include "sim/report/verb_charts.hpp"
#include "sim/synth/release.hpp"
#include "sim/synth/synthesis.hpp"

namespace basin::cli {
namespace {

struct SynthArguments {
  std::filesystem::path design;
  std::string target;
  std::filesystem::path release;
  std::string boot = boot_name(SynthesisOptions{}.boot);
  int seeds = SynthesisOptions{}.seeds;
};

std::vector<std::string> targets_of(const SynthArguments& chosen) {
  if (chosen.target != "all") return {chosen.target};
  std::vector<std::string> names;
  for (const Target& target : all_targets()) names.push_back(target.name);
  return names;
}

/// Writes the release for the first target, before the long work begins; null without --release.
Json write_release_of(Context& context, const Design& design, const SynthArguments& chosen) {
  if (chosen.release.empty()) return nullptr;
  ReleaseOptions options;
  options.folder = chosen.release;
  options.notice = [&context](const std::string& what) { context.progress().update(what, 0, 1); };
  const Release release = write_release(aimed_at(design, targets_of(chosen).front()), options);
  context.progress().clear();
  context.terminal().heading("Release folder");
  context.terminal().paragraph(chosen.release.string() + ". Its testbench in Icarus: " + release.verdict);
  return Json{{"folder", chosen.release.string()}, {"recalls", release.recalls}};
}

report::ClockRuns clock_of(const Synthesis& found) {
  report::ClockRuns runs{found.target, {}, found.median_fmax_mhz()};
  for (const Placement& placement : found.seeds) runs.mhz_of_seed.emplace_back(placement.seed, placement.fmax_mhz);
  return runs;
}

int synthesise_design(Context& context, const SynthArguments& chosen) {
  const Design design = context.design(chosen.design, {.delay = true});
  SynthesisOptions options;
  options.boot = boot_named(chosen.boot);
  for (const std::string& target : targets_of(chosen)) {
    require_boot(options.boot, target_named(aimed_at(design, target).hardware.target));
  }
  options.out = context.folder(design.name);
  options.seeds = chosen.seeds;
  options.jobs = context.jobs();
  options.progress = [&context](std::string_view stage, std::size_t done, std::size_t total) {
    context.progress().update(stage, done, total);
  };
  Json release = write_release_of(context, design, chosen);
  std::vector<Synthesis> all;
  for (const std::string& target : targets_of(chosen)) {
    options.target = target;
    all.push_back(synthesise(design, options));
    context.progress().clear();
    print_synthesis(context.terminal(), design, all.back(), options.out);
  }
  Json document = context.head("pass", Identities{all.front().hardware_id, all.front().network_id});
  Json results = Json::array();
  std::vector<report::ClockRuns> clocks;
  for (const Synthesis& found : all) {
    results.push_back(synthesis_of(found));
    clocks.push_back(clock_of(found));
  }
  document["synthesis"] = all.size() == 1 ? results[0] : results;
  if (!release.is_null()) document["release"] = std::move(release);
  const std::string chart = report::clock_chart(design, clocks);
  write_result(options.out / "synth.svg", chart);
  context.show({"Clock of every place and route run", "image/svg+xml", chart});
  context.publish(options.out, std::move(document));
  return 0;
}

}  // namespace

Action declare_synth(CLI::App& command) {
  const auto options = std::make_shared<SynthArguments>();
  command.add_option("DESIGN", options->design, "Design file or folder (default: the bundled letters)")->type_name("");
  command.add_option("--target", options->target, "FPGA, or all (default: the design's)")->type_name("T");
  command.add_option("--seeds", options->seeds, "Place and route runs, seeds 1 to N (default 8)")
      ->type_name("N")
      ->check(CLI::Range(1, 1000).description(""));
  command.add_option("--boot", options->boot, "Where the board's network comes from: flash, contents (default flash)")
      ->type_name("B");
  command.add_option("--release", options->release, "Also write sources, load image and testbench to a new folder")
      ->type_name("DIR");
  return [options](Context& context) { return synthesise_design(context, *options); };
}

}  // namespace basin::cli
