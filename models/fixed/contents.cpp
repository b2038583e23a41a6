#include "models/fixed/contents.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <span>
#include <stdexcept>

#include "models/fixed/protocol.hpp"

namespace basin {
namespace {

using namespace protocol;

constexpr int literal_bits = 256;

int power_of_two(int words) { return static_cast<int>(std::bit_ceil(static_cast<unsigned>(std::max(words, 2)))); }

/// What a load fills, in the order of its kinds.
std::vector<MemoryImage> fillable(const CoreConfig& core) {
  const int neurons = power_of_two(core.neurons), entries = power_of_two(core.tables * core.table_segments);
  const int rows = (core.neurons + core.lanes - 1) / core.lanes;
  const bool factored = core.memories > 0;
  const int bank = core.factor_bank_bits(), lanes = core.used_lanes();
  return {{kind_weights, core.weight_bits, core.single_port || factored ? 0 : power_of_two(rows * core.neurons), core.lanes, {}},
          {kind_factors, bank, core.single_port || !factored ? 0 : power_of_two(core.factor_words()), lanes / bank, {}},
          {kind_core, core.weight_bits, factored ? power_of_two(core.memory_groups() * core.memories) : 0, lanes, {}},
          {kind_diagonal, core.diagonal_bits(), factored ? neurons : 0, 1, {}},
          {kind_biases, core.bias_bits, neurons, 1, {}},
          {kind_gains, 12, core.gain ? neurons : 0, 1, {}},
          {kind_taus, 8, core.tau ? neurons : 0, 1, {}},
          {kind_selectors, 2, core.tables > 1 ? neurons : 0, 1, {}},
          {kind_delays, clog2(core.pages), core.pages > 2 ? neurons : 0, 1, {}},
          {kind_bases, core.drive_bits, entries, 1, {}},
          {kind_clamps, std::max(core.phases, 1), core.phases > 0 ? neurons : 0, 1, {}},
          {kind_rises, core.slope_bits, entries, 1, {}}};
}

/// Word `first` of a packet: row i of the weights starts at word (i / P) · N of lane i mod P, that of the core at (i / P) · M.
std::size_t place_of(const MemoryImage& memory, std::size_t first, const CoreConfig& core) {
  if (memory.kind != kind_weights && memory.kind != kind_core) return first;
  const auto lanes = static_cast<std::size_t>(core.used_lanes());
  const auto stride = static_cast<std::size_t>(memory.kind == kind_core ? core.memories : core.neurons);
  return first % lanes * static_cast<std::size_t>(memory.depth) + first / lanes * stride;
}

/// The signs of one neuron: bit p of word (neuron, group) is memory group · P + p, a bank of the lanes after the other.
void put_signs(MemoryImage& memory, std::size_t neuron, std::span<const std::uint32_t> signs, const CoreConfig& core) {
  const auto lanes = static_cast<std::size_t>(core.used_lanes()), bank = static_cast<std::size_t>(memory.width);
  const std::size_t first = neuron << clog2(core.memory_groups());
  for (std::size_t m = 0; m < signs.size(); ++m) {
    const std::size_t lane = m % lanes, word = lane / bank * static_cast<std::size_t>(memory.depth) + first + m / lanes;
    memory.words[word] |= (signs[m] >> 1 & 1U) << (lane % bank);   // bit 1 of −1, not of 1
  }
}

/// All words of a memory as one constant, the first in its lowest bits.
std::string constant(const MemoryImage& memory) {
  const auto width = static_cast<std::size_t>(memory.width);
  const std::size_t bits = memory.words.size() * width;
  const auto bit = [&](std::size_t at) { return memory.words[at / width] >> (at % width) & 1U; };
  std::string text = "{";
  for (std::size_t end = bits; end > 0;) {
    const std::size_t size = end % literal_bits == 0 ? literal_bits : end % literal_bits;
    const std::size_t start = end - size;
    std::string digits;
    for (std::size_t digit = (size + 3) / 4; digit-- > 0;) {
      unsigned value = 0;
      for (std::size_t k = 0; k < 4 && 4 * digit + k < size; ++k) value |= bit(start + 4 * digit + k) << k;
      digits += "0123456789abcdef"[value];
    }
    text += fmt::format("{}\n  {}'h{}", end == bits ? "" : ",", size, digits);
    end = start;
  }
  return text + "}";
}

const char* name_of(std::uint32_t code) {
  return std::find_if(kinds.begin(), kinds.end(), [&](const Kind& kind) { return kind.code == code; })->name;
}

}  // namespace

CoreContents empty_contents(const CoreConfig& core) {
  return {false, fillable(core),
          {{reg_neurons, static_cast<std::uint32_t>(core.neurons)}, {reg_step, 0}, {reg_settle, 0}, {reg_limit, 0},
           {reg_phase0, 0}, {reg_phase1, 0}, {reg_phase2, 0}, {reg_delay, 0}}};
}

CoreContents contents_of(const FixedNetwork& network) {
  if (network.core.single_port) throw std::invalid_argument("single-port memories have no initial contents");
  CoreContents contents = empty_contents(network.core);
  contents.filled = true;
  for (const auto& [address, word] : register_settings(network)) {
    std::find_if(contents.registers.begin(), contents.registers.end(), [at = address](const auto& one) { return one.first == at; })
        ->second = word;
  }
  for (MemoryImage& memory : contents.memories) {
    memory.words.assign(static_cast<std::size_t>(memory.copies) * static_cast<std::size_t>(memory.depth), 0);
  }
  for (const std::vector<std::uint32_t>& packet : load_image(network)) {
    const std::uint32_t kind = packet.front() >> 28, first = packet.front() >> 14 & max_count;
    const auto memory = std::find_if(contents.memories.begin(), contents.memories.end(),
                                     [&](const MemoryImage& one) { return one.kind == kind; });
    if (kind == kind_factors) {
      put_signs(*memory, first, std::span(packet).subspan(1), network.core);
      continue;
    }
    const std::uint32_t mask = ~std::uint32_t{0} >> (32 - memory->width);
    std::transform(packet.begin() + 1, packet.end(),
                   memory->words.begin() + static_cast<std::ptrdiff_t>(place_of(*memory, first, network.core)),
                   [&](std::uint32_t word) { return word & mask; });
  }
  return contents;
}

std::string contents_text(const CoreContents& contents) {
  std::string text = fmt::format("localparam bit CfgContents = {};\n", contents.filled ? 1 : 0);
  for (const auto& [address, word] : contents.registers) {
    const auto name = std::find_if(registers.begin(), registers.end(), [&](const Register& r) { return r.address == address; })->name;
    text += fmt::format("localparam logic [31:0] Reset{} = 32'h{:08x};\n", name, word);
  }
  for (const MemoryImage& memory : contents.memories) {
    // What is not filled has a bit a copy: a constant of its size could be wider than tools take.
    const std::size_t bits = memory.words.empty() ? static_cast<std::size_t>(memory.copies)
                                                  : memory.words.size() * static_cast<std::size_t>(memory.width);
    text += fmt::format("localparam logic [{}:0] Contents{} = {};\n", bits - 1, name_of(memory.kind),
                        memory.words.empty() ? "'0" : constant(memory));
  }
  return text;
}

}  // namespace basin
