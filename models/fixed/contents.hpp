#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "models/fixed/network.hpp"

namespace basin {

/// What the memories of one kind hold: a word an address, every address of the first copy before those of the next.
struct MemoryImage {
  std::uint32_t kind = 0;              // protocol.hpp
  int width = 1;                       // bits of a word
  int depth = 0;                       // words of a copy, a power of two; 0: no such memory that could be filled
  int copies = 1;                      // lanes of weights and core, banks of X
  std::vector<std::uint32_t> words;    // copies · depth of at most `width` bits; empty: unknown
};

/// What a core holds from configuration on, before anything is loaded.
struct CoreContents {
  bool filled = false;
  std::vector<MemoryImage> memories;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> registers;   // address, word: what a reset gives them
};

/// Of a core that has to be loaded: n = N, all other settings 0, memories unknown.
CoreContents empty_contents(const CoreConfig& core);
/// Of a core in which `network` has been loaded, word by word of load_image and register_settings (network.hpp). Throws
/// std::invalid_argument when its weights or factors are in single-port memories, which can't be filled.
CoreContents contents_of(const FixedNetwork& network);

/// The part of basin_cfg.svh that says so.
std::string contents_text(const CoreContents& contents);

}  // namespace basin
