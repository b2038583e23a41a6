#include "sim/systemc/bench_run.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <exception>

#include "models/design/error.hpp"
#include "sim/io/design_reader.hpp"
#include "sim/systemc/bench_setup.hpp"
#include "sim/systemc/cue_list.hpp"
#include "sim/systemc/for_each_cue.hpp"
#include "sim/systemc/recording.hpp"
#include "sim/toolchain/interrupt.hpp"
#include "sim/toolchain/tool_error.hpp"

namespace basin::systemc {
namespace {

int complain(int code, const char* name, const std::exception& error) {
  std::fprintf(stderr, "%s: %s\n", name, error.what());
  return code;
}

void print(const Bench& bench, int errors) {
  const TimeScale& time = bench.time_scale();
  std::printf("%lld network steps compared, %s; largest deviation %.2e of B\n",
              static_cast<long long>(bench.scoreboard().compared() - 1), bench.settled() ? "settled" : "at the step limit",
              bench.scoreboard().largest_deviation());
  std::printf("one step: %g of circuit time in %s of simulated time\n", time.dt, time.interval.to_string().c_str());
  std::printf("%s\n", errors == 0 ? "PASS" : "FAIL");
}

/// FILE, or FILE-<cue> where there are several.
std::filesystem::path wave_of(std::filesystem::path file, int cue, bool several) {
  if (file.empty() || !several) return file;
  const std::string name = file.stem().string() + "-" + std::to_string(cue) + file.extension().string();
  return file.replace_filename(name);
}

struct Waves {
  std::filesystem::path file;   // empty: none
  bool internals = false;
};

int recall(const PreparedBench& prepared, const Waves& waves, const MakeSource& make_source) {
  const std::unique_ptr<CueSource> source = make_source(prepared.start);
  Bench bench("bench", prepared.setup);
  bench.source.bind(*source);
  std::optional<Recording> recording;
  if (!waves.file.empty()) bench.trace(recording.emplace(waves.file).trace());
  if (waves.internals) bench.core().record_internals(recording->internals());
  sc_core::sc_start();
  bench.core().end_record();
  throw_if_interrupted();
  if (recording) recording->finish(static_cast<std::size_t>(prepared.setup.network.neurons));
  const int errors = sc_core::sc_report_handler::get_count(sc_core::SC_ERROR);
  print(bench, errors);
  return errors == 0 ? 0 : 1;
}

}  // namespace

void declare(CLI::App& app, BenchOptions& options) {
  app.add_option("DESIGN", options.design, "Design file")->type_name("");
  app.add_option("--set", options.set, "Override a key of the design: key=value")->allow_extra_args(false);
  app.add_option("--cue", options.cues, "Which cues to recall: 3, 0,3,7 or 0-9 (default 0)")->type_name("LIST");
  app.add_option("--wave", options.wave,
                 "Write FILE.fst or FILE.vcd, as FILE ends, and FILE.gtkw for GTKWave; of several cues FILE-<cue>")
      ->type_name("FILE");
  app.add_flag("--internals", options.internals, "Also write FILE-internals.fst, with every signal inside the core")
      ->needs("--wave");
}

std::optional<int> parse(CLI::App& app, int argc, char** argv) {
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  return std::nullopt;
}

int run_bench(const BenchOptions& options, const MakeSource& make_source) {
  if (options.design.empty()) throw InputError("a design file is needed");
  install_interrupt_handler();
  sc_core::sc_report_handler::set_actions(sc_core::SC_ERROR, sc_core::SC_DISPLAY);
  const Design design = read_design(options.design, options.set);
  const std::vector<int> cues = cues_in(options.cues, cue_count(design));
  const Prepared prepared = prepare(design);
  return for_each_cue(cues, [&](int cue) {
    RtlBuildOptions build;
    build.notice = [](const std::string& text) { std::fprintf(stderr, "%s\n", text.c_str()); };
    build.internals = options.internals;
    const PreparedBench bench = prepare_bench(design, prepared, cue, build);
    return recall(bench, {wave_of(options.wave, cue, cues.size() > 1), options.internals}, make_source);
  });
}

int guarded(const char* name, const std::function<int()>& program) {
  try {
    return program();
  } catch (const InputError& error) {
    return complain(2, name, error);
  } catch (const ClaimError& error) {
    return complain(1, name, error);
  } catch (const ToolError& error) {
    return complain(3, name, error);
  } catch (const EnvironmentError& error) {
    return complain(5, name, error);
  } catch (const Interrupted& error) {
    return complain(130, name, error);
  } catch (const std::exception& error) {
    return complain(4, name, error);
  }
}

int simulate_main(int argc, char** argv) {
  setenv("SC_COPYRIGHT_MESSAGE", "DISABLE", 1);   // standard output may belong to the answers to requests
  return sc_core::sc_elab_and_sim(argc, argv);
}

}  // namespace basin::systemc
