// write_design FOLDER: basin_cfg.svh of the letters example, for the core of the simulated board.
#include <fstream>
#include <string>

#include "sim/io/design_reader.hpp"
#include "sim/reference/pipeline.hpp"
#include "sim/toolchain/rtl_sources.hpp"

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const basin::Design design = basin::read_design(BASIN_SOURCE_DIR "/examples/letters/design.toml", {});
  const basin::CoreConfig& core = basin::prepare(design).quantised.network.core;
  std::ofstream file(std::string(argv[1]) + "/basin_cfg.svh");
  file << basin::configuration_header(core, basin::config_id(core, basin::read_rtl_sources(BASIN_SOURCE_DIR).text));
  return file ? 0 : 1;
}
