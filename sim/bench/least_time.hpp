#pragma once

#include <algorithm>
#include <ctime>
#include <limits>

namespace basin {

/// CPU time of the calling thread, in seconds.
inline double thread_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// CPU seconds of one call of `work`: the least of `repeats` averages over `rounds` calls.
template <class Work>
double least_seconds(int repeats, int rounds, Work work) {
  double least = std::numeric_limits<double>::infinity();
  for (int i = 0; i < repeats; ++i) {
    const double start = thread_seconds();
    for (int k = 0; k < rounds; ++k) work();
    least = std::min(least, (thread_seconds() - start) / rounds);
  }
  return least;
}

}  // namespace basin
