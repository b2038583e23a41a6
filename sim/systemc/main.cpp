// basin_systemc: the RTL core in a SystemC simulation. docs/systemc.md
#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <systemc>

#include "sim/systemc/serve.hpp"

namespace {

int run(int argc, char** argv) {
  CLI::App app{"The RTL core in a SystemC simulation"};
  std::string object;
  int neurons = 1;
  app.add_option("--serve", object, "Answer Basin's requests with this Verilated core")->required();
  app.add_option("--neurons", neurons, "Most neurons of that core")->check(CLI::PositiveNumber);
  CLI11_PARSE(app, argc, argv);
  return basin::systemc::serve(object, neurons);
}

}  // namespace

int sc_main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "basin_systemc: %s\n", error.what());
    return 4;
  }
}

int main(int argc, char** argv) {
  setenv("SC_COPYRIGHT_MESSAGE", "DISABLE", 1);   // standard output belongs to the answers
  return sc_core::sc_elab_and_sim(argc, argv);
}
