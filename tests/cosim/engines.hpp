#pragma once

#include <memory>
#include <ostream>

#include "models/fixed/network.hpp"
#include "sim/engine.hpp"

namespace basin::cosim {

/// One way of running a network: what the conformance suite is run on.
struct EngineKind {
  const char* name;
  std::unique_ptr<Engine> (*make)(const FixedNetwork& network);
};
inline void PrintTo(const EngineKind& kind, std::ostream* stream) { *stream << kind.name; }

/// hardware.id of a configuration, from the RTL as it stands.
std::uint32_t hardware_id_of(const CoreConfig& core);

std::unique_ptr<Engine> make_golden(const FixedNetwork& network);
std::unique_ptr<Engine> make_verilated(const FixedNetwork& network);
std::unique_ptr<Engine> make_systemc(const FixedNetwork& network);
std::unique_ptr<Engine> make_icarus(const FixedNetwork& network);

}  // namespace basin::cosim
