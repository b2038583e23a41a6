#include "sim/netlist/capacity.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>

namespace basin {
namespace {

int ceil_div(int a, int b) { return (a + b - 1) / b; }

int weight_words(const CoreConfig& core) { return ceil_div(core.neurons, core.lanes) * core.neurons; }

int words_of(const MemoryShape& memory) {
  return std::max(2, static_cast<int>(std::bit_ceil(static_cast<unsigned>(memory.words))));
}

/// X, as long as its words are needed again, Â and D̂.
void add_factors(std::vector<MemoryShape>& memories, const CoreConfig& core) {
  const int bank = core.factor_bank_bits(), banks = core.used_lanes() / bank;
  if (!core.single_port) memories.push_back({"factors", bank, core.factor_words(), banks});
  memories.push_back({"echo", bank, core.echo_words(), banks});
  memories.push_back({"core", core.weight_bits, core.memory_groups() * core.memories, core.used_lanes()});
  memories.push_back({"diagonal", core.diagonal_bits(), core.neurons});
}

/// What makes the sums of the factored form, by counting registers and adders: a lane's y (term, sum, ring, choice), its digits
/// and their row, its z (sum, ring, term, tree); the diagonal's multiplier and the overlap that all lanes share.
double factored_cells(const CoreConfig& core) {
  const int groups = core.memory_groups(), y = core.overlap_bits(), z = core.mixed_bits(), row = y + core.weight_bits;
  const double lane = core.drive_bits + y * (groups + 1.7) + core.weight_bits + 8 + row + z * (3 + (groups > 1 ? groups : 0));
  return core.used_lanes() * lane + row + 1.4 * core.diagonal_bits() * core.drive_bits;
}

}  // namespace

std::vector<MemoryShape> core_memories(const CoreConfig& core) {
  const int n = core.neurons;
  std::vector<MemoryShape> memories{
      {"states", core.state_bits, n},
      {"biases", core.bias_bits, n},
      {"differences", core.difference_bits(), n},
      {"outputs", core.drive_bits, core.memories > 0 ? n : core.pages * static_cast<int>(std::bit_ceil(static_cast<unsigned>(std::max(n, 2))))},
      {"bases", core.drive_bits, core.tables * core.table_segments},
      {"rises", core.slope_bits, core.tables * core.table_segments},
  };
  if (core.memories > 0) add_factors(memories, core);
  else if (!core.single_port) memories.push_back({"weights", core.weight_bits, weight_words(core), core.lanes});
  if (core.tau) memories.push_back({"taus", 8, n});
  if (core.gain) memories.push_back({"gains", 12, n});
  if (core.tables > 1) memories.push_back({"selectors", 2, n});
  if (core.pages > 2) memories.push_back({"delays", clog2(core.pages), n});
  if (core.phases > 0) memories.push_back({"clamps", core.phases, n});
  return memories;
}

int block_rams(const MemoryShape& memory) {
  struct Mode {
    int words, width;
  };
  // The last one is made of 256 × 16 with its write mask.
  constexpr std::array<Mode, 5> modes{{{256, 16}, {512, 8}, {1024, 4}, {2048, 2}, {4096, 1}}};
  const int words = words_of(memory);
  int fewest = ceil_div(words, modes[0].words) * ceil_div(memory.width, modes[0].width);
  for (const Mode& mode : modes) fewest = std::min(fewest, ceil_div(words, mode.words) * ceil_div(memory.width, mode.width));
  // Yosys prices a block RAM at 64 bits of flip-flops and takes what is cheaper.
  const std::int64_t bits = std::int64_t{words} * memory.width;
  return bits <= std::int64_t{64} * fewest ? 0 : fewest;
}

int core_block_rams(const CoreConfig& core) {
  int total = 0;
  for (const MemoryShape& memory : core_memories(core)) total += memory.copies * block_rams(memory);
  return total;
}

int block_rams(const CoreConfig& core) {
  const MemoryShape frames{"frames", 32, 128, 1};   // the buffer of the board's link
  return core_block_rams(core) + block_rams(frames);
}

int dsps(const CoreConfig& core) { return core.block_multipliers ? core.lanes : 0; }

int single_port_rams(const CoreConfig& core) {
  constexpr int words = 16384, width = 16;
  if (!core.single_port) return 0;
  if (core.memories > 0) {
    const int banks = core.used_lanes() / core.factor_bank_bits();
    return banks * ceil_div(static_cast<int>(std::bit_ceil(static_cast<unsigned>(core.factor_words()))), words);
  }
  const int field = core.weight_bits > 8 ? 16 : core.weight_bits > 4 ? 8 : 4;
  // Yosys selects between memories by the address, whose words are a power of two.
  const int deep = ceil_div(static_cast<int>(std::bit_ceil(static_cast<unsigned>(weight_words(core)))), words);
  return ceil_div(core.lanes, width / field) * deep;
}

int logic_cells(const CoreConfig& core) {
  // Least squares over the cores of docs/rtl/resources.md.
  const double lane = core.block_multipliers ? core.dot_bits() : 1.18 * core.weight_bits * (core.drive_bits + 8);
  double cells = 2300 + (core.memories > 0 ? factored_cells(core) : core.lanes * lane) +
                 19 * (core.difference_bits() + core.state_bits) + 19 * core.drive_bits +
                 1.9 * (core.segment_shift() + 2) * core.slope_bits + 38 * std::log2(core.neurons);
  if (core.tau) cells += 19 * (core.difference_bits() + 2);
  if (core.gain) cells += 34 * core.state_bits;
  if (core.tables > 1) cells += 20;
  return static_cast<int>(cells);
}

std::optional<Shortage> certain_shortage(const CoreConfig& core, const Target& target) {
  constexpr double doubt = 1.25;
  if (const int rams = block_rams(core); rams > target.block_rams) return Shortage{"block RAMs", rams, target.block_rams};
  if (const int rams = single_port_rams(core); rams > target.single_port_rams) {
    return Shortage{"single-port RAMs", rams, target.single_port_rams};
  }
  if (const int blocks = dsps(core); blocks > target.dsps) return Shortage{"DSP blocks", blocks, target.dsps};
  if (const int cells = logic_cells(core); cells > doubt * target.logic_cells) {
    return Shortage{"logic cells", cells, target.logic_cells};
  }
  return std::nullopt;
}

LargestFit largest_fit(const CoreConfig& core, const Target& target) {
  for (CoreConfig smaller = core; --smaller.neurons > 0 && smaller.neurons >= core.memories;) {
    for (smaller.lanes = std::min(core.used_lanes(), smaller.neurons); smaller.lanes > 0; --smaller.lanes) {
      if (block_rams(smaller) <= target.block_rams && single_port_rams(smaller) <= target.single_port_rams &&
          dsps(smaller) <= target.dsps && logic_cells(smaller) <= target.logic_cells) {
        return {smaller.neurons, smaller.lanes};
      }
    }
  }
  return {};
}

}  // namespace basin
