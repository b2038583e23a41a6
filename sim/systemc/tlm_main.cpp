// basin_systemc_tlm: one program of TLM-2.0 transactions on the golden model or on the Verilated core. docs/systemc.md
#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <systemc>

#include "sim/io/design_reader.hpp"
#include "sim/systemc/bench_run.hpp"
#include "sim/systemc/bench_setup.hpp"
#include "sim/systemc/tlm_golden.hpp"
#include "sim/systemc/tlm_program.hpp"
#include "sim/systemc/tlm_rtl.hpp"

namespace {

using namespace basin::systemc;

std::unique_ptr<CoreTarget> make_target(bool rtl, const BenchSetup& setup) {
  const basin::CoreConfig& core = setup.network.core;
  if (rtl) return std::make_unique<RtlTarget>("target", setup.object, core);
  const double clocks = static_cast<double>(core.neurons) * core.neurons / core.lanes;   // nearly a step's
  return std::make_unique<GoldenTarget>("target", core, setup.config_id, clocks * sc_core::sc_time(10, sc_core::SC_NS));
}

int run(int argc, char** argv) {
  BenchOptions options;
  bool rtl = false;
  CLI::App app{"A program of TLM-2.0 transactions; prints each with its answer"};
  app.add_option("DESIGN", options.design, "Design file")->required();
  app.add_option("--set", options.set, "Override a key of the design: key=value")->allow_extra_args(false);
  app.add_flag("--rtl", rtl, "On the Verilated core (default: on the golden model)");
  if (const auto code = parse(app, argc, argv)) return *code;
  const basin::Design design = basin::read_design(options.design, options.set);
  const PreparedBench bench = prepare_bench(design, basin::prepare(design), 0);
  const auto target = make_target(rtl, bench.setup);
  TlmProgram program("program", bench.setup.network, bench.state);
  program.socket.bind(target->socket);
  sc_core::sc_start();
  std::fputs(program.transcript().c_str(), stdout);
  return 0;
}

}  // namespace

int sc_main(int argc, char** argv) {
  return guarded("basin_systemc_tlm", [=] { return run(argc, argv); });
}

int main(int argc, char** argv) { return simulate_main(argc, argv); }
