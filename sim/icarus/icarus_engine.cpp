#include "sim/icarus/icarus_engine.hpp"

#include <stdexcept>

#include "sim/rtl/rtl_engine.hpp"

namespace basin {

VvpCore prepare_icarus(const CoreConfig& core, const IcarusOptions& options) {
  const PlainVerilog plain = elaborate_core(core, options);
  return compile_vvp({core, plain.config_id, {plain.file}, {}}, options);
}

std::unique_ptr<Engine> make_icarus_engine(const FixedNetwork& network, const VvpCore& core) {
  if (!(network.core == core.core)) throw std::logic_error("the core for vvp was built for another configuration");
  return std::make_unique<RtlEngine>("icarus", network, core.config_id, make_vvp_port(core));
}

std::unique_ptr<Engine> make_icarus_engine(const FixedNetwork& network, const IcarusOptions& options) {
  return make_icarus_engine(network, prepare_icarus(network.core, options));
}

}  // namespace basin
