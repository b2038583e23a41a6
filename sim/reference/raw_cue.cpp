#include "sim/reference/raw_cue.hpp"

#include <cmath>
#include <cstdlib>

#include "models/fixed/output_code.hpp"
#include "models/fixed/quantise.hpp"
#include "sim/reference/pipeline.hpp"

namespace basin {
namespace {

/// The state nearest to 0 on the side of `v` whose code is nearest to v; V rises with u.
std::int32_t state_of_output(const FixedNetwork& network, std::size_t i, double v) {
  const CoreConfig& core = network.core;
  const auto code = static_cast<std::int64_t>(std::floor(v * core.full_code() + 0.5));
  const std::int64_t side = code < 0 ? -1 : 1;
  const auto value = [&](std::int64_t magnitude) { return side * output_code(network, i, side * magnitude); };
  std::int64_t low = 0, high = core.max_state();   // the least magnitude that reaches the code is in [low, high]
  while (low < high) {
    const std::int64_t middle = low + (high - low) / 2;
    if (value(middle) >= side * code) high = middle;
    else low = middle + 1;
  }
  const bool before = low > 0 && std::abs(value(low - 1) - side * code) < std::abs(value(low) - side * code);
  return static_cast<std::int32_t>(side * (before ? low - 1 : low));
}

}  // namespace

RawCue raw_cue(const FixedNetwork& network, const Vector& bias, const Cue& cue) {
  RawCue raw;
  for (const double u : cue.start) raw.state.push_back(raw_state(network, u));
  if (cue.bias.size() > 0) raw.bias = raw_bias(network, bias + cue.bias);
  if (cue.clamp.size() == 0) return raw;
  raw.clamp = network.clamps;
  for (std::size_t i = 0; i < raw.clamp.size(); ++i) {
    const double v = cue.clamp[static_cast<Index>(i)];
    if (std::isnan(v)) continue;
    raw.clamp[i] = static_cast<std::uint8_t>((1U << network.core.phases) - 1U);
    raw.state[i] = state_of_output(network, i, v);
  }
  return raw;
}

std::vector<RawCue> raw_cues(const Prepared& prepared) {
  std::vector<RawCue> cues;
  for (const Cue& cue : prepared.cues) cues.push_back(raw_cue(prepared.quantised.network, prepared.core.bias, cue));
  return cues;
}

Vector realised_clamp(const FixedNetwork& network, const Cue& cue, const RawCue& raw) {
  Vector held = cue.clamp;
  for (Index i = 0; i < held.size(); ++i) {
    if (std::isnan(held[i])) continue;
    const auto at = static_cast<std::size_t>(i);
    held[i] = static_cast<double>(output_code(network, at, raw.state[at])) * network.lsb_drive;
  }
  return held;
}

Vector realised_start(const FixedNetwork& network, const Cue& cue, const RawCue& raw) {
  Vector start = cue.start;
  for (Index i = 0; i < cue.clamp.size(); ++i) {
    if (!std::isnan(cue.clamp[i])) start[i] = raw.state[static_cast<std::size_t>(i)] * network.lsb_state;
  }
  return start;
}

Vector realised_bias(const FixedNetwork& network, const Vector& bias, const RawCue& raw) {
  Vector realised = bias;
  for (std::size_t i = 0; i < raw.bias.size(); ++i) realised[static_cast<Index>(i)] = raw.bias[i] * network.lsb_sum();
  return realised;
}

}  // namespace basin
