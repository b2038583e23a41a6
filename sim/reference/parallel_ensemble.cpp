#include "sim/reference/parallel_ensemble.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <utility>

#include "sim/reference/parallel.hpp"
#include "sim/toolchain/interrupt.hpp"

namespace basin {

EnsembleWork integrate_ensemble(const Ensemble& ensemble, std::size_t count, int jobs,
                                const std::function<EnsembleCue(std::size_t cue)>& make_cue,
                                const std::function<void(EnsembleRun&& run)>& done) {
  std::atomic<std::size_t> next{0};
  std::mutex mutex;  // guards `done` and `work`
  EnsembleWork work;
  const Ensemble::Source source = [&](EnsembleCue& cue) {
    throw_if_interrupted();
    const std::size_t number = next++;
    if (number >= count) return false;
    cue = make_cue(number);
    cue.number = number;
    return true;
  };
  const Ensemble::Sink sink = [&](EnsembleRun&& run) {
    const std::lock_guard lock(mutex);
    done(std::move(run));
  };
  const std::size_t panels = (count + ensemble.lanes() - 1) / ensemble.lanes();
  const std::size_t workers = std::min(static_cast<std::size_t>(std::max(jobs, 1)), panels);
  for_each_parallel(workers, static_cast<int>(workers), [&](std::size_t, std::size_t) {
    EnsembleWork part;
    try {
      part = ensemble.integrate(source, sink);
    } catch (...) {
      next = count;  // the other threads need no more cues
      throw;
    }
    const std::lock_guard lock(mutex);
    work.evaluations += part.evaluations;
    work.idle += part.idle;
  });
  return work;
}

}  // namespace basin
