#include "sim/compare/batch_recall.hpp"

#include <algorithm>
#include <utility>

#include "sim/reference/parallel.hpp"

namespace basin {

std::vector<RawRecall> recall_batch(const BatchModel& model, std::span<const RawCue> cues, int jobs) {
  // Long enough that a block is full nearly all the time, short enough that threads end together.
  constexpr std::size_t share = 512;
  // One form for all, so that a short last share is computed like the others.
  const BatchForm form = model.form_for(cues.size());
  std::vector<RawRecall> recalls(cues.size());
  const auto one_share = [&](std::size_t item, std::size_t /*worker*/) {
    const std::size_t first = item * share;
    auto part = model.recall(cues.subspan(first, std::min(share, cues.size() - first)), {}, form);
    std::move(part.begin(), part.end(), recalls.begin() + static_cast<std::ptrdiff_t>(first));
  };
  for_each_parallel((cues.size() + share - 1) / share, std::max(jobs, 1), one_share);
  return recalls;
}

}  // namespace basin
