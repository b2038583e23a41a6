#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/fixed/core_config.hpp"
#include "sim/netlist/target.hpp"

namespace basin {

/// A memory of the core: `copies` of `words` words of `width` bits, with a port to write and a port to read.
struct MemoryShape {
  const char* name = "";
  int width = 0;
  int words = 0;
  int copies = 1;
};

/// The memories of basin_core, as rtl/core declares them.
std::vector<MemoryShape> core_memories(const CoreConfig& core);

/// iCE40 block RAMs that Yosys takes for one copy: 4 kbit as 256 × 16, 512 × 8, 1024 × 4 or 2048 × 2, the words rounded up
/// to a power of two; none where flip-flops are cheaper.
int block_rams(const MemoryShape& memory);

/// Block RAMs of a core alone.
int core_block_rams(const CoreConfig& core);

/// Block RAMs of a whole bitstream: a core and the board around it.
int block_rams(const CoreConfig& core);

/// Multiplier blocks of a core: exact.
int dsps(const CoreConfig& core);
/// 16,384 × 16 bit single-port memories of a core, that is of its weights: exact.
int single_port_rams(const CoreConfig& core);

/// An estimate of the logic cells of a whole bitstream, fitted to what nextpnr packs; docs/rtl/resources.md says how far
/// it is off.
int logic_cells(const CoreConfig& core);

/// What a core lacks on a target for certain, before anything is synthesised: memories and multipliers by their exact
/// counts, logic cells only where the estimate is beyond doubt.
struct Shortage {
  std::string resource;
  int needed = 0;
  int available = 0;
};
std::optional<Shortage> certain_shortage(const CoreConfig& core, const Target& target);

/// The largest network of a core's formats that fits a target, and the most lanes (up to the core's) with which it does.
struct LargestFit {
  int neurons = 0;             // 0: none fits
  int lanes = 0;
};
/// The search takes sizes below core.neurons alone: it is asked when that many don't fit.
LargestFit largest_fit(const CoreConfig& core, const Target& target);

}  // namespace basin
