#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/design/design.hpp"
#include "sim/cli/results.hpp"
#include "sim/cli/terminal.hpp"

namespace CLI {
class App;
}

/// The verb interface. A verb is one file: it declares its options on its sub-command and gives back what to do when it
/// is chosen: parse, call, print. It lets errors through; main turns them into exit codes.
namespace basin::cli {

/// Options that every verb has.
struct CommonOptions {
  std::filesystem::path out;          // empty: out/<name>
  std::optional<std::uint64_t> seed;  // --seed N is --set cues.seed=N
  int jobs = 0;                       // worker threads; 0: one a core
  std::vector<std::string> set;       // "key=value"
  bool json = false;
  bool quiet = false;
  bool no_color = false;
  std::string command;                // as the user typed it, for the record
};

/// What a verb can do with a design that most can't. A delay is refused where it isn't taken, noise is left out with a warning.
struct Takes {
  bool delay = false;
  bool noise = false;
};

/// What a verb runs with.
class Context {
 public:
  Context(std::string verb, const CommonOptions& options);

  [[nodiscard]] const std::string& name() const { return verb_; }
  [[nodiscard]] const CommonOptions& options() const { return options_; }
  /// Standard output for a reader; silent with --quiet and --json.
  Terminal& terminal() { return terminal_; }
  /// The bar on standard error.
  Progress& progress() { return progress_; }
  /// Worker threads to use, at least 1.
  [[nodiscard]] int jobs() const;
  /// Reads `file` with --set and --seed applied; a folder means its design.toml, nothing the bundled letters. Throws
  /// InputError, also for what the verb doesn't take.
  Design design(const std::filesystem::path& file, Takes takes = {});
  /// What changes keys of the design, as "key=value": --set, and --seed as the key it stands for.
  [[nodiscard]] std::vector<std::string> overrides() const;
  /// --out, or out/<name> under the working directory. Throws EnvironmentError when nothing can be written there: ask
  /// before the work.
  [[nodiscard]] std::filesystem::path folder(std::string_view name) const;
  /// The common first keys of results.json, in their order: basin, verb, design, hardware, network, status, elapsed_s.
  /// `status` is "pass", "fail" or "unknown"; absent identities leave their keys out.
  [[nodiscard]] Json head(std::string_view status, const std::optional<Identities>& identities = std::nullopt) const;
  /// A picture for report.html, of a type that the page can hold ("image/svg+xml").
  void show(report::Figure figure) { figures_.push_back(std::move(figure)); }
  /// Sets elapsed_s, writes `folder`/results.json atomically and, with --json, prints the same bytes on standard
  /// output. With pictures it also writes `folder`/report.html: these, what the terminal was told, and where it comes from.
  void publish(const std::filesystem::path& folder, Json document);

 private:
  [[nodiscard]] std::string page(const std::string& status) const;

  std::string verb_;
  CommonOptions options_;
  Terminal terminal_;
  Progress progress_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::optional<Design> design_;  // the last one read, for head()
  std::vector<report::Figure> figures_;
};

/// Runs the verb and returns 0 (done and holds) or 1 (ran, and the claim does not hold).
using Action = std::function<int(Context&)>;

/// Each declares its options on `command`, whose name and description main has set. Options live in the returned
/// action.
Action declare_init(CLI::App& command);
Action declare_doctor(CLI::App& command);
Action declare_learn(CLI::App& command);
Action declare_simulate(CLI::App& command);
Action declare_verify(CLI::App& command);
Action declare_synth(CLI::App& command);
Action declare_capacity(CLI::App& command);
Action declare_certify(CLI::App& command);
Action declare_atlas(CLI::App& command);
Action declare_spice(CLI::App& command);
Action declare_import(CLI::App& command);
Action declare_yield(CLI::App& command);

}  // namespace basin::cli
