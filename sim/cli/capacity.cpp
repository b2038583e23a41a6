#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "sim/capacity/campaign.hpp"
#include "sim/cli/announce.hpp"
#include "sim/cli/capacity_report.hpp"
#include "sim/cli/capacity_results.hpp"
#include "sim/cli/results_folder.hpp"
#include "sim/cli/verb.hpp"
#include "sim/report/capacity_chart.hpp"
#include "sim/toolchain/interrupt.hpp"

namespace basin::cli {
namespace {

/// Memory at the peak: a few N × N matrices a thread; two-valued neurons with Hebb's rule keep none. The time depends on how
/// long recalls take near the critical load, which is what the campaign is to find out.
Estimate estimate_campaign(const Design& design, int jobs) {
  constexpr double matrices = 7.0;
  const CapacitySpec& spec = design.capacity;
  if (!spec.present) return {};
  const double neurons = spec.neurons.back();
  const double patterns = spec.patterns.back().back();
  const bool packed = spec.sign && std::ranges::all_of(spec.rules, [](Rule rule) { return rule == Rule::hebb; });
  const double threads = std::min(jobs, spec.trials);
  return {threads * (packed ? 4.0 * neurons * patterns : 8.0 * neurons * (matrices * neurons + 3.0 * patterns)), 0.0};
}

int measure(Context& context, const std::filesystem::path& file) {
  const Design design = context.design(file);
  const std::filesystem::path folder = context.folder(design.name);
  announce(context, estimate_campaign(design, context.jobs()));
  CampaignOptions options;
  options.store = folder / "cells";
  options.jobs = context.jobs();
  options.progress = [&context](const std::string& stage, std::size_t done, std::size_t total) {
    context.progress().update(stage, done, total);
  };
  Campaign campaign;
  try {
    campaign = run_campaign(design, options);
  } catch (const Interrupted&) {
    context.progress().clear();
    write_checked(stderr, "basin: finished cells are kept in " + options.store.string() + "; the same command goes on from there\n");
    throw;
  }
  context.progress().clear();
  Json document = context.head(campaign.bit_exact() ? "pass" : "fail");
  add_campaign(document, campaign);
  write_campaign(folder, campaign);
  const std::string chart = report::capacity_chart(design.name, campaign);
  write_result(folder / "capacity.svg", chart);
  context.show({"What is recalled, over the load", "image/svg+xml", chart});
  print_campaign(context.terminal(), design, campaign, folder);
  context.publish(folder, std::move(document));
  return campaign.bit_exact() ? 0 : 1;
}

}  // namespace

Action declare_capacity(CLI::App& command) {
  const auto design = std::make_shared<std::filesystem::path>();
  command.add_option("DESIGN", *design, "Design file or folder with a section [capacity]")->type_name("")->required();
  return [design](Context& context) { return measure(context, *design); };
}

}  // namespace basin::cli
