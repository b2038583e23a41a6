#include "sim/reference/carry.hpp"

#include <span>

#include "models/fixed/batch.hpp"
#include "sim/reference/raw_cue.hpp"
#include "sim/toolchain/interrupt.hpp"

namespace basin {

void carry_states(const FixedNetwork& network, const Vector& bias, std::vector<Cue>& cues) {
  const BatchModel golden(network);
  for (std::size_t c = 0; c + 1 < cues.size(); ++c) {
    throw_if_interrupted();
    const RawCue raw = raw_cue(network, bias, cues[c]);
    const std::vector<RawRecall> made = golden.recall(std::span(&raw, 1));
    Vector& next = cues[c + 1].start;
    for (Index i = 0; i < next.size(); ++i) next[i] = made.front().state[static_cast<std::size_t>(i)] * network.lsb_state;
  }
}

}  // namespace basin
