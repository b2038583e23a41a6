// write_design FOLDER: basin_cfg.svh of the letters example, for the core of the simulated board, and in FOLDER/filled the
// one of a core that holds the letters from the start.
#include <fstream>
#include <string>

#include "models/fixed/contents.hpp"
#include "sim/io/design_reader.hpp"
#include "sim/reference/pipeline.hpp"
#include "sim/toolchain/rtl_sources.hpp"

int main(int argc, char** argv) {
  using namespace basin;
  if (argc != 2) return 2;
  const std::string folder = argv[1];
  const FixedNetwork network = prepare(read_design(BASIN_SOURCE_DIR "/examples/letters/design.toml", {})).quantised.network;
  const std::uint32_t id = config_id(network.core, read_rtl_sources(BASIN_SOURCE_DIR).text);
  std::ofstream file(folder + "/basin_cfg.svh"), filled(folder + "/filled/basin_cfg.svh");
  file << configuration_header(network.core, id);
  filled << configuration_header(network.core, id, contents_of(network));
  return file && filled ? 0 : 1;
}
