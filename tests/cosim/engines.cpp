#include "tests/cosim/engines.hpp"

#include "sim/golden/golden_engine.hpp"
#include "sim/systemc/systemc_engine.hpp"
#include "sim/toolchain/rtl_sources.hpp"
#include "sim/toolchain/tools.hpp"
#include "sim/verilator/verilator_engine.hpp"

namespace basin::cosim {

std::uint32_t hardware_id_of(const CoreConfig& core) { return config_id(core, read_rtl_sources(source_root()).text); }

std::unique_ptr<Engine> make_golden(const FixedNetwork& network) {
  return make_golden_engine(network, hardware_id_of(network.core));
}

std::unique_ptr<Engine> make_verilated(const FixedNetwork& network) { return make_verilator_engine(network); }

std::unique_ptr<Engine> make_systemc(const FixedNetwork& network) { return make_systemc_engine(network); }

}  // namespace basin::cosim
