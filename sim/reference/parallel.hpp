#pragma once

#include <cstddef>
#include <functional>

namespace basin {

/// Calls `work(item, worker)` for every item 0 … count − 1 on `jobs` threads, worker < jobs. Each item must depend on its
/// index alone; then nothing depends on `jobs`. Stops early and rethrows the exception of the lowest item that threw;
/// throws Interrupted between items. `done(n)` is called after each item, one call at a time; it may be empty.
void for_each_parallel(std::size_t count, int jobs, const std::function<void(std::size_t item, std::size_t worker)>& work,
                       const std::function<void(std::size_t done)>& done = {});

}  // namespace basin
