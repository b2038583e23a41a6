#include "models/fixed/core_config.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <stdexcept>
#include <vector>

#include "models/design/sha256.hpp"
#include "models/design/weight_bits.hpp"
#include "models/fixed/contents.hpp"
#include "models/fixed/protocol.hpp"

namespace basin {
namespace {

// The laws of docs/arithmetic.md §1 on one configuration whose widths are worked out by hand.
constexpr CoreConfig example{.neurons = 64, .state_bits = 18, .weight_bits = 8, .drive_bits = 13, .bias_bits = 24,
                             .state_shift = 5, .table_domain = 16, .table_segments = 256};
static_assert(example.dot_bits() == 26);         // 8 + 13 − 1 + 6
static_assert(example.drive_sum_bits() == 27);   // one more than max(26, 24)
static_assert(example.difference_bits() == 28);  // one more than max(27 + 0, 18 + 5)
static_assert(example.update_bits() == 30);
static_assert(example.segment_shift() == 8);     // 16 − 8
static_assert(example.full_code() == 4095 && example.max_state() == 131071);
static_assert(64LL * 128 * 4095 <= (1LL << 25) - 1);   // N products of the largest magnitude fit dot_bits

void require(const char* key, std::int64_t value, std::int64_t low, std::int64_t high) {
  if (value < low || value > high) {
    throw std::invalid_argument(fmt::format("{} = {} is outside {} … {}", key, value, low, high));
  }
}

struct Parameter {
  const char* key;    // docs/arithmetic.md §1
  const char* name;   // in basin_cfg.svh
  const char* type;
  std::int64_t value;
};

/// The parameters in canonical order: the one list behind the identity and the generated header.
std::vector<Parameter> parameters(const CoreConfig& c) {
  const char* size = "int unsigned";
  return {{"neurons", "CfgNeurons", size, c.neurons},
          {"lanes", "CfgLanes", size, c.lanes},
          {"state_bits", "CfgStateBits", size, c.state_bits},
          {"weight_bits", "CfgWeightBits", size, c.weight_bits},
          {"drive_bits", "CfgDriveBits", size, c.drive_bits},
          {"bias_bits", "CfgBiasBits", size, c.bias_bits},
          {"state_shift", "CfgStateShift", "int", c.state_shift},
          {"table_domain", "CfgTableDomain", size, c.table_domain},
          {"table_segments", "CfgTableSegments", size, c.table_segments},
          {"slope_bits", "CfgSlopeBits", size, c.slope_bits},
          {"tables", "CfgTables", size, c.tables},
          {"table_odd", "CfgTableOdd", "bit", c.table_odd},
          {"tau", "CfgTau", "bit", c.tau},
          {"gain", "CfgGain", "bit", c.gain},
          {"phases", "CfgPhases", size, c.phases},
          {"pages", "CfgPages", size, c.pages},
          {"block_multipliers", "CfgBlockMultipliers", "bit", c.block_multipliers},
          {"single_port", "CfgSinglePort", "bit", c.single_port}};
}

struct Bit {
  const char* name;
  std::uint32_t mask;
};
constexpr Bit bits[] = {{"ControlStart", protocol::control_start},
                        {"ControlCheck", protocol::control_check},
                        {"ControlClear", protocol::control_clear},
                        {"ControlStop", protocol::control_stop},
                        {"StatusBusy", protocol::status_busy},
                        {"StatusSettled", protocol::status_settled},
                        {"StatusOverflow", protocol::status_overflow},
                        {"StatusLoadError", protocol::status_load_error},
                        {"StatusPhase", protocol::status_phase},
                        {"StepOrder2", protocol::step_order2}};

}  // namespace

void validate(const CoreConfig& config) {
  require("neurons", config.neurons, 1, most_neurons(config.memories > 0));
  require("memories", config.memories, 0, config.neurons);
  require("lanes", config.lanes, 1, std::min(config.neurons, 512));
  require("block_multipliers", config.block_multipliers, 0, config.memories > 0 ? 0 : 1);   // the factored form has no use for them
  require("state_bits", config.state_bits, 4, 32);
  require("weight_bits", config.weight_bits, least_weight_bits, most_weight_bits);
  require("drive_bits", config.drive_bits, 2, 16);
  require("bias_bits", config.bias_bits, 2, 32);
  require("state_shift", config.state_shift, -16, 31);
  require("table_domain", config.table_domain, 1, config.state_bits - 1);
  require("table_segments", config.table_segments, 1, 1024);
  require("slope_bits", config.slope_bits, 2, 17);
  require("tables", config.tables, 1, 4);
  require("phases", config.phases, 0, protocol::most_phases);
  require("pages", config.pages, 2, config.memories > 0 ? 2 : most_pages);
  if (!std::has_single_bit(static_cast<unsigned>(config.pages))) {
    throw std::invalid_argument(fmt::format("pages = {} is not a power of two", config.pages));
  }
  if (!std::has_single_bit(static_cast<unsigned>(config.table_segments))) {
    throw std::invalid_argument(fmt::format("table_segments = {} is not a power of two", config.table_segments));
  }
  if (config.segment_shift() < 0) {
    throw std::invalid_argument(fmt::format("table_segments = {} is more than table_domain = {} has codes",
                                            config.table_segments, config.table_domain));
  }
  require("the update's width", config.update_bits(), 1, widest_integer);
}

std::string canonical_text(const CoreConfig& config) {
  std::string text;
  for (const Parameter& parameter : parameters(config)) text += fmt::format("{}={}\n", parameter.key, parameter.value);
  text += config.memories == 0 ? "form=dense\n" : fmt::format("form=factored\nmemories={}\n", config.memories);
  text += fmt::format("protocol={}\n", protocol::version);
  return text;
}

std::uint32_t config_id(const CoreConfig& config, const std::string& rtl_sources) {
  const auto digest = sha256(canonical_text(config) + rtl_sources);
  return static_cast<std::uint32_t>(digest[0]) << 24 | static_cast<std::uint32_t>(digest[1]) << 16 |
         static_cast<std::uint32_t>(digest[2]) << 8 | static_cast<std::uint32_t>(digest[3]);
}

std::string configuration_header(const CoreConfig& config, std::uint32_t config_id, const CoreContents& contents) {
  validate(config);
  std::string text = "// Written by Basin from one core configuration (docs/arithmetic.md); included by rtl/basin_pkg.sv.\n";
  for (const Parameter& parameter : parameters(config)) {
    text += fmt::format("localparam {} {} = {};\n", parameter.type, parameter.name, parameter.value);
  }
  text += fmt::format("localparam int unsigned CfgMemories = {};\n", config.memories);
  text += fmt::format("localparam logic [31:0] CfgConfigId = 32'h{:08x};\n", config_id);
  for (const protocol::Register& reg : protocol::registers) {
    text += fmt::format("localparam logic [3:0] Reg{} = 4'd{};\n", reg.name, reg.address);
  }
  for (const protocol::Kind& kind : protocol::kinds) {
    text += fmt::format("localparam logic [3:0] Kind{} = 4'd{};\n", kind.name, kind.code);
  }
  for (const Bit& bit : bits) {
    text += fmt::format("localparam int unsigned {} = {};\n", bit.name, std::countr_zero(bit.mask));
  }
  return text + contents_text(contents);
}

std::string configuration_header(const CoreConfig& config, std::uint32_t config_id) {
  return configuration_header(config, config_id, empty_contents(config));
}

}  // namespace basin
