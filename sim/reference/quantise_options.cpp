#include "sim/reference/quantise_options.hpp"

#include <algorithm>

namespace basin {

QuantiseOptions quantise_options(const Design& design, const Designed& designed) {
  QuantiseOptions options;
  options.hardware = design.hardware;
  options.file = design.file;
  options.max_state_deviation = design.verify.max_state_deviation;
  options.max_total_deviation = design.verify.max_total_deviation;
  options.exact_scale = designed.learned.exact_scale;
  options.exact_bits = designed.learned.weight_bits;
  if (designed.learned.margins.size() > 0) options.smallest_margin = designed.learned.margins.minCoeff();
  for (const Cue& cue : designed.cues) {
    options.largest_start = std::max(options.largest_start, cue.start.cwiseAbs().maxCoeff());
    if (cue.bias.size() > 0) {
      options.largest_cue_bias = std::max(options.largest_cue_bias, cue.bias.cwiseAbs().maxCoeff());
    }
  }
  return options;
}

}  // namespace basin
