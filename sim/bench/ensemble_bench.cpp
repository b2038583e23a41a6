// basin_bench_ensemble [--quick] [--row TEXT] [--python FILE]: measures ensembles, one JSON object a line.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <string>

#include "sim/bench/ensemble_rows.hpp"
#include "sim/toolchain/interrupt.hpp"
#include "sim/toolchain/tool_error.hpp"
#include "sim/toolchain/tools.hpp"

namespace {

int complain(int code, const std::string& what) {
  std::fprintf(stderr, "basin_bench_ensemble: %s\n", what.c_str());
  return code;
}

/// Measures the rows whose name contains `text`.
void measure(const basin::EnsembleBenchOptions& options, const std::string& text) {
  for (const basin::BenchRow& row : basin::ensemble_rows(options)) {
    if (row.name.find(text) == std::string::npos) continue;
    std::printf("%s\n", row.measure().dump().c_str());
    std::fflush(stdout);
  }
}

}  // namespace

int main(int argc, char** argv) {
  basin::install_interrupt_handler();
  basin::EnsembleBenchOptions options;
  std::string text;
  std::string python;
  CLI::App app("Measures ensembles: one JSON object a row on standard output.");
  app.add_flag("--quick", options.quick, "a tenth of the cues, fewer repeats");
  app.add_option("--row", text, "only rows whose name contains TEXT")->type_name("TEXT");
  app.add_option("--python", python, "Python with numpy, jax and torch; default: that of scripts/bench --install")
      ->type_name("FILE");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  try {
    options.python = python.empty() ? basin::cache_root() / "bench-venv/bin/python3" : std::filesystem::path(python);
    measure(options, text);
    return 0;
  } catch (const basin::Interrupted& error) {
    return complain(130, error.what());
  } catch (const basin::ToolError& error) {
    for (const std::string& line : error.last_lines()) std::fprintf(stderr, "    %s\n", line.c_str());
    return complain(3, error.what() + (error.hint().empty() ? "" : "; " + error.hint()));
  } catch (const basin::EnvironmentError& error) {
    return complain(5, error.what());
  } catch (const std::exception& error) {
    return complain(4, error.what());
  }
}
