// write_headers FOLDER NAME [filled]: writes basin_cfg.svh of one test configuration; filled: with a random network in it.
#include <fstream>
#include <string>

#include "models/fixed/contents.hpp"
#include "tests/rtl/configurations.hpp"
#include "tests/rtl/random_network.hpp"

int main(int argc, char** argv) {
  using namespace basin;
  const bool filled = argc == 4 && std::string(argv[3]) == "filled";
  if (argc != 3 && !filled) return 2;
  const CoreConfig& core = rtl_test::configuration(argv[2]);
  std::mt19937 random(1);
  const CoreContents contents =
      filled ? contents_of(rtl_test::random_network(core, core.neurons, rtl_test::Drive::Extreme, random)) : empty_contents(core);
  std::ofstream file(std::string(argv[1]) + "/basin_cfg.svh");
  file << configuration_header(core, rtl_test::config_id, contents);
  return file ? 0 : 1;
}
