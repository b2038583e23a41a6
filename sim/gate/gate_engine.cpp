#include "sim/gate/gate_engine.hpp"

#include <stdexcept>

#include "sim/gate/vendor_cells.hpp"
#include "sim/netlist/core_netlist.hpp"
#include "sim/rtl/rtl_engine.hpp"
#include "sim/toolchain/rtl_sources.hpp"
#include "sim/toolchain/tools.hpp"

namespace basin {

VvpCore prepare_gate_icarus(const CoreConfig& core, const Target& target,
                            const std::function<void(const std::string&)>& notice) {
  const CoreNetlist netlist = core_netlist(core, target, notice);
  const std::uint32_t id = config_id(core, read_rtl_sources(source_root()).text);
  // Cells have their unconnected inputs tied by the netlist; the models' own defaults are not Verilog of 2005.
  return compile_vvp({core, id, {netlist.verilog, ice40_cells()}, {"ICE40_HX", "NO_ICE40_DEFAULT_ASSIGNMENTS"}},
                     {.source = {}, .cache = {}, .notice = notice});
}

std::unique_ptr<Engine> make_gate_icarus_engine(const FixedNetwork& network, const VvpCore& core) {
  if (!(network.core == core.core)) throw std::logic_error("the netlist was made for another configuration");
  return std::make_unique<RtlEngine>("gate-icarus", network, core.config_id, make_vvp_port(core));
}

}  // namespace basin
