// basin_systemc: the RTL core in a SystemC simulation. docs/systemc.md
#include <CLI/CLI.hpp>
#include <string>
#include <systemc>
#include <vector>

#include "sim/systemc/bench_run.hpp"
#include "sim/systemc/serve.hpp"

namespace {

int run(int argc, char** argv) {
  basin::systemc::BenchOptions options;
  std::string object;
  std::int64_t longest_wait = 65536;
  CLI::App app{"The RTL core and the analog circuit, side by side in simulated time"};
  basin::systemc::declare(app, options);
  auto* serve = app.add_option("--serve", object, "Answer Basin's requests with this Verilated core instead");
  app.add_option("--longest-wait", longest_wait, "Clocks that anything in it may take")->check(CLI::PositiveNumber)->needs(serve);
  if (const auto code = basin::systemc::parse(app, argc, argv)) return *code;
  if (!object.empty()) return basin::systemc::serve(object, longest_wait);
  return basin::systemc::run_bench(options, [](const basin::Vector& start) {
    return std::make_unique<basin::systemc::DesignCue>("cue", start);
  });
}

}  // namespace

int sc_main(int argc, char** argv) {
  return basin::systemc::guarded("basin_systemc", [=] { return run(argc, argv); });
}

int main(int argc, char** argv) { return basin::systemc::simulate_main(argc, argv); }
