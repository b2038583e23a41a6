#include "sim/compare/engine_set.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "models/design/error.hpp"
#include "models/design/text.hpp"
#include "sim/board/board_port.hpp"
#include "sim/gate/gate_engine.hpp"
#include "sim/golden/golden_engine.hpp"
#include "sim/icarus/icarus_engine.hpp"
#include "sim/systemc/systemc_engine.hpp"
#include "sim/toolchain/rtl_sources.hpp"
#include "sim/toolchain/tools.hpp"
#include "sim/verilator/verilator_engine.hpp"

namespace basin {

std::unique_ptr<Engine> make_engine(const std::string& name, const FixedNetwork& network,
                                    const std::function<void(const std::string&)>& notice, const std::string& port) {
  const auto expected_id = [&] { return config_id(network.core, read_rtl_sources(source_root()).text); };
  RtlBuildOptions build;
  build.notice = notice;
  if (name == "golden") return make_golden_engine(network, expected_id());
  if (name == "verilator") return make_verilator_engine(network, build);
  if (name == "systemc") return make_systemc_engine(network, build);
  if (name == "icarus") return make_icarus_engine(network, {.source = {}, .cache = {}, .notice = notice});
  if (name == "gate") return make_gate_engine(network, notice);
  if (name == "gate-icarus") return make_gate_icarus_engine(network, prepare_gate_icarus(network.core, notice));
  if (name == "board") {
    if (port.empty()) throw InputError("--port: engine \"board\" needs the serial port of the board");
    return make_board_engine(network, expected_id(), port);
  }
  throw InputError("engine " + in_quotes(name) + " is unknown; allowed golden, verilator, systemc, icarus, gate, " +
                   "gate-icarus or board");
}

std::vector<std::string> engine_names(const std::vector<std::string>& asked) {
  std::vector<std::string> names{"golden"};
  for (const std::string& name : asked) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  return names;
}

bool is_slow(const std::string& name) { return name == "icarus" || name == "gate" || name == "gate-icarus"; }

bool slow_engines_run(std::size_t cue, std::size_t count, std::size_t chosen) {
  return cue * chosen % count < std::min(chosen, count);
}

EngineSets::EngineSets(std::vector<std::string> names, EngineFactory factory, const FixedNetwork& network, int workers)
    : names_(std::move(names)),
      factory_(std::move(factory)),
      network_(network),
      sets_(static_cast<std::size_t>(std::max(workers, 1))) {}

const std::vector<std::unique_ptr<Engine>>& EngineSets::of(std::size_t worker, const std::vector<bool>& stay_out) {
  auto& set = sets_[worker];
  set.resize(names_.size());
  for (std::size_t e = 0; e < names_.size(); ++e) {
    const bool needed = e >= stay_out.size() || !stay_out[e];
    if (needed && set[e] == nullptr) set[e] = factory_(names_[e], network_);
  }
  return set;
}

std::vector<bool> EngineSets::slow_ones() const {
  std::vector<bool> slow;
  for (const std::string& name : names_) slow.push_back(is_slow(name));
  return slow;
}

std::string identity_problem(const Engine& golden, const Engine& engine) {
  if (engine.hardware_id() != golden.hardware_id()) {
    return fmt::format("hardware.id is {:08x}, expected {:08x}", engine.hardware_id(), golden.hardware_id());
  }
  if (engine.network_id() != golden.network_id()) {
    return fmt::format("network.id is {:08x}, expected {:08x}", engine.network_id(), golden.network_id());
  }
  return {};
}

}  // namespace basin
