#include "sim/systemc/systemc_engine.hpp"

#include <string>

#include "models/fixed/clocks.hpp"
#include "sim/rtl/child_port.hpp"

namespace basin {
namespace {

constexpr double answer_timeout_s = 600;

}  // namespace

std::filesystem::path systemc_program() { return BASIN_SYSTEMC_PROGRAM; }

std::unique_ptr<RtlEngine> make_systemc_engine(const FixedNetwork& network, RtlBuildOptions options) {
  options.flavour = RtlFlavour::systemc;
  const RtlBuild build = prepare_rtl_build(network.core, options);
  ProcessOptions program;
  program.arguments = {systemc_program().string(), "--serve", build_rtl(build).string(), "--longest-wait",
                       std::to_string(longest_wait(network.core))};
  program.timeout_s = answer_timeout_s;
  return std::make_unique<RtlEngine>("systemc", network, build.config_id, make_child_port("basin_systemc", program));
}

}  // namespace basin
