#include "sim/gate/gate_engine.hpp"

#include <stdexcept>

#include "sim/gate/vendor_cells.hpp"
#include "sim/netlist/core_netlist.hpp"
#include "sim/rtl/rtl_engine.hpp"
#include "sim/toolchain/rtl_sources.hpp"
#include "sim/toolchain/tools.hpp"
#include "sim/verilator/verilator_engine.hpp"

namespace basin {
namespace {

/// Cells have their unconnected inputs tied by the netlist; the models' own defaults are not Verilog of 2005.
VerilogFiles gates(const CoreConfig& core, const std::function<void(const std::string&)>& notice,
                   const std::optional<CoreContents>& contents = {}) {
  const CoreNetlist netlist = core_netlist(core, device_of(core), notice, contents);
  const bool up5k = device_of(core).name == "ice40-up5k";
  return {{netlist.verilog, ice40_cells()}, {up5k ? "ICE40_U" : "ICE40_HX", "NO_ICE40_DEFAULT_ASSIGNMENTS"}};
}

}  // namespace

const Target& device_of(const CoreConfig& core) {
  return target_named(core.block_multipliers || core.single_port ? "ice40-up5k" : "ice40-hx8k");
}

RtlBuildOptions gate_build(const CoreConfig& core, const std::function<void(const std::string&)>& notice,
                           const std::optional<CoreContents>& contents) {
  RtlBuildOptions options;
  options.notice = notice;
  options.netlist = gates(core, notice, contents);
  return options;
}

std::unique_ptr<Engine> make_gate_engine(const FixedNetwork& network, const std::function<void(const std::string&)>& notice) {
  const auto model = load_rtl_model(network.core, gate_build(network.core, notice));
  return std::make_unique<RtlEngine>("gate", network, model->config_id(), make_verilated_port(model));
}

VvpCore prepare_gate_icarus(const CoreConfig& core, const std::function<void(const std::string&)>& notice) {
  const VerilogFiles verilog = gates(core, notice);
  const std::uint32_t id = config_id(core, read_rtl_sources(source_root()).text);
  return compile_vvp({core, id, verilog.files, verilog.defines}, {.source = {}, .cache = {}, .notice = notice});
}

std::unique_ptr<Engine> make_gate_icarus_engine(const FixedNetwork& network, const VvpCore& core) {
  if (!(network.core == core.core)) throw std::logic_error("the netlist was made for another configuration");
  return std::make_unique<RtlEngine>("gate-icarus", network, core.config_id, make_vvp_port(core));
}

}  // namespace basin
