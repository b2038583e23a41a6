#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <optional>

#include "sim/cli/announce.hpp"
#include "sim/cli/learning_report.hpp"
#include "sim/cli/recall_results.hpp"
#include "sim/cli/results_folder.hpp"
#include "sim/cli/verb.hpp"
#include "sim/cli/verify_page.hpp"
#include "sim/cli/verify_report.hpp"
#include "sim/cli/verify_wave.hpp"
#include "sim/compare/verification.hpp"

namespace basin::cli {
namespace {

struct VerifyArguments {
  std::filesystem::path design;
  std::vector<std::string> engines;    // empty: the default ones
  std::string port;
  std::optional<int> wave;
  bool internals = false;
};

/// Verilated copies of the core that run every cue.
int simulators(const std::vector<std::string>& engines) {
  if (engines.empty()) return 2;
  return static_cast<int>(std::count_if(engines.begin(), engines.end(), [](const std::string& engine) {
    return engine == "verilator" || engine == "systemc";
  }));
}

int verify(Context& context, const VerifyArguments& chosen) {
  Design design = context.design(chosen.design, {.delay = true});
  if (!design.amplifier.is_ideal()) {   // verify is about the core, which computes the ideal circuit
    design.warnings.emplace_back("[amplifier] is left out: the core is compared with ideal amplifiers; simulate and spice apply it");
  }
  const std::filesystem::path folder = context.folder(design.name);
  if (chosen.wave) require_recordable(design, *chosen.wave);
  announce(context, estimate_verification(design, context.jobs(), simulators(chosen.engines)));
  VerificationOptions options;
  options.engines = chosen.engines;
  options.port = chosen.port;
  options.jobs = context.jobs();
  options.progress = [&context](std::string_view stage, std::size_t done, std::size_t total) {
    context.progress().update(stage, done, total);
  };
  Verification found = run_verification(design, options);
  std::optional<CueWave> wave;
  if (chosen.wave) wave = record_wave(context, design, *chosen.wave, chosen.internals, folder, found);
  context.progress().clear();
  Json document = context.head(to_string(found.verdict), Identities{found.hardware_id, found.network_id});
  add_verification(document, design, found);
  const Json learning = learning_of(design, found.prepared.learned);
  document["learning"] = learning;
  if (wave) document["wave"] = wave_of(*wave);
  write_arrays(folder, found.traces, found.lsb_state);
  write_result(folder / "report.html", verification_page(context, design, chosen.design, found, wave, folder));
  print_verification(context.terminal(), design, found, folder, learning);
  if (wave) print_wave(context.terminal(), *wave, folder);
  context.publish(folder, std::move(document));
  return found.verdict == Verdict::pass ? 0 : 1;
}

}  // namespace

Action declare_verify(CLI::App& command) {
  const auto options = std::make_shared<VerifyArguments>();
  command.add_option("DESIGN", options->design, "Design file or folder (default: the bundled letters)")->type_name("");
  command.add_option("--engines,--engine", options->engines, "Engines to compare (default golden,verilator,systemc,icarus,gate)")
      ->type_name("LIST")
      ->delimiter(',')
      ->allow_extra_args(false);
  command.add_option("--port", options->port, "Serial port of the engine board")->type_name("PATH");
  command.add_option("--wave", options->wave, "Also record circuit and core recalling one cue, for GTKWave")
      ->type_name("CUE");
  command.add_flag("--internals", options->internals, "With --wave: also every signal inside the core")->needs("--wave");
  return [options](Context& context) { return verify(context, *options); };
}

}  // namespace basin::cli
