// basin_bench_golden: speed of the golden model and of the simulated core, one JSON object a row.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <string>

#include "sim/bench/hardware_rows.hpp"

namespace {

void print_rows(const std::string& wanted, bool quick) {
  for (const basin::bench::HardwareBenchmark& benchmark : basin::bench::hardware_benchmarks()) {
    if (std::string(benchmark.name).find(wanted) == std::string::npos) continue;
    std::printf("%s\n", json_line(benchmark.run(quick)).c_str());
    std::fflush(stdout);
  }
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Speed of the golden model and of the simulated core, one JSON object a row");
  std::string row;
  bool quick = false;
  app.add_option("--row", row, "Only rows whose name contains this");
  app.add_flag("--quick", quick, "Measure shorter");
  CLI11_PARSE(app, argc, argv);
  try {
    print_rows(row, quick);
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "basin_bench_golden: %s\n", error.what());
    return 1;
  }
}
