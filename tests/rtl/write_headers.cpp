// write_headers FOLDER NAME: writes basin_cfg.svh of one test configuration.
#include <fstream>
#include <string>

#include "models/fixed/core_config.hpp"
#include "tests/rtl/configurations.hpp"

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const basin::CoreConfig& core = basin::rtl_test::configuration(argv[2]);
  std::ofstream file(std::string(argv[1]) + "/basin_cfg.svh");
  file << basin::configuration_header(core, basin::rtl_test::config_id);
  return file ? 0 : 1;
}
