#pragma once

#include <cstddef>
#include <functional>

#include "models/ode/ensemble.hpp"

namespace basin {

/// Integrates cues 0 … count − 1 of an ensemble on `jobs` threads, a panel each. `make_cue(i)` is called once a cue,
/// when a lane is free for it, by any thread; `done` gets every run as it ends, one call at a time, in an order that
/// may depend on `jobs`; the runs don't. Rethrows what either throws; throws Interrupted when a lane becomes free.
EnsembleWork integrate_ensemble(const Ensemble& ensemble, std::size_t count, int jobs,
                                const std::function<EnsembleCue(std::size_t cue)>& make_cue,
                                const std::function<void(EnsembleRun&& run)>& done);

}  // namespace basin
