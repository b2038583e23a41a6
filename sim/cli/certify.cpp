#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <optional>

#include "models/design/identity.hpp"
#include "models/design/schema.hpp"
#include "models/fixed/stability.hpp"
#include "sim/cli/certify_a_priori.hpp"
#include "sim/cli/certify_report.hpp"
#include "sim/cli/certify_results.hpp"
#include "sim/cli/certify_runs.hpp"
#include "sim/cli/results_folder.hpp"
#include "sim/cli/verb.hpp"
#include "sim/report/certify_chart.hpp"
#include "sim/report/tube_chart.hpp"

namespace basin::cli {
namespace {

struct CertifyArguments {
  std::filesystem::path design;
  std::vector<std::string> engines{"golden"};
  int runs = 0;   // cues whose runs are certified
  std::optional<double> epsilon;   // of B, for formats
};

/// Tubes around the hardware's runs of the first cues.
CertifiedRuns runs_of(Context& context, const Design& design, const CertifyArguments& chosen) {
  CertifyRunsOptions options;
  options.engines = chosen.engines;
  options.jobs = context.jobs();
  options.most = static_cast<std::size_t>(chosen.runs);
  options.progress = [&context](std::size_t done, std::size_t total) { context.progress().update("making tubes", done, total); };
  CertifiedRuns certified = certify_runs(design, options);
  context.progress().clear();
  return certified;
}

/// Writes and prints them; whether every run is granted against the circuit that the hardware holds.
bool show_runs(Context& context, const Design& design, const CertifiedRuns& certified, const std::filesystem::path& folder,
               Json& document) {
  const std::string id = design_id(design);
  for (const TubeVersion version : {TubeVersion::realised, TubeVersion::designed}) {
    write_result(folder / (std::string("runs-") + to_string(version) + ".json"),
                 runs_certificate(certified, version, id).dump() + "\n");
  }
  const std::string chart = report::tube_chart(design, certified);
  write_result(folder / "tube.svg", chart);
  context.show({"A run of the hardware within its tube", "image/svg+xml", chart});
  add_runs(document, certified);
  print_runs(context.terminal(), design, certified, folder);
  return certified.granted(TubeVersion::realised) == certified.runs.size();
}

/// Bounds before any run, and the formats that keep within epsilon.
Apriori bounds_of(Context& context, const Design& design, double epsilon) {
  Apriori bounds = bound_a_priori(design, epsilon, [&context](int exponent) {
    context.progress().update("looking for a step", static_cast<std::size_t>(exponent), finest_step);
  });
  context.progress().clear();
  return bounds;
}

int certify(Context& context, const CertifyArguments& chosen) {
  const Design design = context.design(chosen.design);
  const std::filesystem::path folder = context.folder(design.name);
  const auto count = static_cast<std::size_t>(design.memory.patterns.rows());
  const CertifiedMemories certified = certify_memories(design, context.jobs(), [&context, count](std::size_t done) {
    context.progress().update("proving memories", done, count);
  });
  context.progress().clear();
  const std::optional<CertifiedRuns> runs = chosen.runs > 0 ? std::optional(runs_of(context, design, chosen)) : std::nullopt;
  std::optional<Apriori> bounds;
  if (chosen.epsilon) bounds = bounds_of(context, design, *chosen.epsilon);
  const std::string chart = report::certify_chart(design.name, certified);
  write_result(folder / "certificate.json", certificate_of(certified, design_id(design)).dump() + "\n");
  if (!chart.empty()) {
    write_result(folder / "certify.svg", chart);
    context.show({"What is proved", "image/svg+xml", chart});
  }
  bool holds = certified.all_certified();
  const bool refuted = std::ranges::any_of(certified.memories, [](const MemoryCertificate& memory) {
    return memory.standing == Standing::impossible;
  });
  Json found;
  add_certified(found, certified);
  print_certified(context.terminal(), design, certified, folder, !chart.empty());
  if (runs) holds = show_runs(context, design, *runs, folder, found) && holds;
  if (bounds) {
    add_a_priori(found, *bounds);
    write_result(folder / "bounds.json", bounds_certificate(*bounds, design_id(design)).dump() + "\n");
    print_a_priori(context.terminal(), design, *bounds, folder);
    holds = bounds->choice.hardware && holds;
  }
  Json document = context.head(holds ? "pass" : refuted ? "fail" : "unknown");
  document.update(found);
  context.publish(folder, std::move(document));
  return holds ? 0 : 1;
}

}  // namespace

Action declare_certify(CLI::App& command) {
  const auto options = std::make_shared<CertifyArguments>();
  command.add_option("DESIGN", options->design, "Design file or folder (default: the bundled letters)")->type_name("");
  command.add_option("--runs", options->runs, "Also certify the hardware's runs of the first N cues (default 0)")
      ->type_name("N")
      ->check(CLI::Range(0, max_cues).description(""));
  command
      .add_option("--epsilon", options->epsilon,
                  "Also bound every run before it is made, and find the largest step and the smallest formats within E of B")
      ->type_name("E")
      ->check(CLI::Range(1e-9, 1.0).description(""));
  command.add_option("--engines", options->engines, "Engines that must take the steps of these runs (default golden)")
      ->type_name("LIST")
      ->delimiter(',');
  return [options](Context& context) { return certify(context, *options); };
}

}  // namespace basin::cli
