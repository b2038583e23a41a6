#include "sim/reference/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "sim/toolchain/interrupt.hpp"

namespace basin {
namespace {

/// What the workers share.
struct Pool {
  std::atomic<std::size_t> next{0};
  std::atomic<bool> stop{false};
  std::mutex mutex;                 // guards all below, and calls of `done`
  std::size_t finished = 0;
  std::size_t failed_item = 0;
  std::exception_ptr failure;

  void fail(std::size_t item) {
    const std::lock_guard lock(mutex);
    if (failure == nullptr || item < failed_item) {
      failure = std::current_exception();
      failed_item = item;
    }
    stop = true;
  }
};

}  // namespace

void for_each_parallel(std::size_t count, int jobs, const std::function<void(std::size_t, std::size_t)>& work,
                       const std::function<void(std::size_t)>& done) {
  Pool pool;
  const auto run = [&](std::size_t worker) {
    while (!pool.stop) {
      const std::size_t item = pool.next++;
      if (item >= count) return;
      try {
        throw_if_interrupted();
        work(item, worker);
        const std::lock_guard lock(pool.mutex);
        ++pool.finished;
        if (done) done(pool.finished);
      } catch (...) {
        pool.fail(item);
      }
    }
  };
  const std::size_t workers = std::clamp<std::size_t>(static_cast<std::size_t>(std::max(jobs, 1)), 1, std::max<std::size_t>(count, 1));
  std::vector<std::thread> threads;
  for (std::size_t worker = 1; worker < workers; ++worker) threads.emplace_back(run, worker);
  run(0);
  for (std::thread& thread : threads) thread.join();
  if (pool.failure) std::rethrow_exception(pool.failure);
}

}  // namespace basin
