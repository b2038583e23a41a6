#include "sim/netlist/target.hpp"

#include <array>

#include "models/design/error.hpp"
#include "models/design/text.hpp"

namespace basin {

std::span<const Target> all_targets() {
  static const std::array<Target, 1> targets{{
      {"ice40-hx8k", "ice40_hx8k", {"--hx8k", "--package", "ct256"}, 7680, 32},
  }};
  return targets;
}

const Target& target_named(const std::string& name) {
  std::vector<std::string> names;
  for (const Target& target : all_targets()) {
    if (target.name == name) return target;
    names.push_back(target.name);
  }
  throw InputError("hardware.target: " + quoted(name) + " is nothing that synth makes; allowed: " + alternatives(names));
}

}  // namespace basin
