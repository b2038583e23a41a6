#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/fixed/core_config.hpp"
#include "models/fixed/network.hpp"
#include "sim/golden/golden_engine.hpp"
#include "sim/io/design_reader.hpp"
#include "sim/reference/pipeline.hpp"
#include "sim/toolchain/rtl_sources.hpp"

namespace basin::board_test {

/// The letters example as integers: what the simulated board was elaborated for.
inline const FixedNetwork& letters() {
  static const FixedNetwork network =
      prepare(read_design(BASIN_SOURCE_DIR "/examples/letters/design.toml", {})).quantised.network;
  return network;
}

inline std::uint32_t letters_hardware() {
  static const std::uint32_t id = config_id(letters().core, read_rtl_sources(BASIN_SOURCE_DIR).text);
  return id;
}

/// A start far from every equilibrium: `seed` chooses signs and sizes.
inline std::vector<std::int32_t> some_state(std::uint32_t seed) {
  std::vector<std::int32_t> state;
  const std::int32_t scale = std::int32_t{1} << (letters().core.state_bits - 4);
  for (int i = 0; i < letters().neurons; ++i) {
    seed = seed * 1664525U + 1013904223U;
    const auto draw = static_cast<std::int32_t>(seed >> 16);
    state.push_back(draw % scale - scale / 2);
  }
  return state;
}

/// The state of the golden model after `steps` steps from there.
inline std::vector<std::int32_t> golden_state(const std::vector<std::int32_t>& start, int steps) {
  const auto golden = make_golden_engine(letters(), letters_hardware());
  golden->load(start);
  for (int k = 0; k < steps; ++k) golden->step();
  return {golden->state().begin(), golden->state().end()};
}

}  // namespace basin::board_test
