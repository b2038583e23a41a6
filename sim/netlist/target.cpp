#include "sim/netlist/target.hpp"

#include <array>

#include "models/design/error.hpp"
#include "models/design/text.hpp"

namespace basin {

std::span<const Target> all_targets() {
  static const std::array<Target, 2> targets{{
      {.name = "ice40-hx8k",
       .board = "ice40_hx8k",
       .device = {"--hx8k", "--package", "ct256"},
       .icetime_device = "hx8k",
       .logic_cells = 7680,
       .block_rams = 32,
       .synthesis = {"-device", "hx"}},
      {.name = "ice40-up5k",
       .board = "ice40_up5k",
       .device = {"--up5k", "--package", "sg48"},
       .icetime_device = "up5k",
       .logic_cells = 5280,
       .block_rams = 30,
       .synthesis = {"-device", "u", "-dsp", "-spram"},
       .dsps = 8,
       .single_port_rams = 4},
  }};
  return targets;
}

const Target& target_named(const std::string& name) {
  std::vector<std::string> names;
  for (const Target& target : all_targets()) {
    if (target.name == name) return target;
    names.push_back(target.name);
  }
  throw InputError("hardware.target: " + in_quotes(name) + " is nothing that synth makes; allowed: " + alternatives(names));
}

}  // namespace basin
