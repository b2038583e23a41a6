#include "tests/cosim/engines.hpp"

#include <mutex>
#include <optional>

#include "sim/golden/golden_engine.hpp"
#include "sim/icarus/icarus_engine.hpp"
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

std::unique_ptr<Engine> make_icarus(const FixedNetwork& network) {
  static std::mutex mutex;
  static std::optional<VvpCore> last;   // asking the tools for their versions takes longer than a small recall
  const std::lock_guard lock(mutex);
  if (!last || !(last->core == network.core)) last = prepare_icarus(network.core);
  return make_icarus_engine(network, *last);
}

}  // namespace basin::cosim
