#include "sim/toolchain/cached_folder.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "tests/unit/toolchain/scratch.hpp"

namespace basin::test {
namespace {

namespace fs = std::filesystem;

class CachedFolder : public testing::Test {
 protected:
  /// Makes or finds an entry of a kilobyte.
  fs::path entry(const std::string& key, const CacheBound& bound) {
    return cached_folder(cache_, key, [](const fs::path& made) { std::ofstream(made / "data") << std::string(1024, 'x'); }, bound);
  }
  /// As if the entry had last been used that long ago.
  void age(const std::string& key, std::chrono::hours hours) {
    fs::last_write_time(cache_ / key, fs::file_time_type::clock::now() - hours);
  }
  [[nodiscard]] bool kept(const std::string& key) const { return fs::exists(cache_ / key / "data"); }

  Scratch scratch_;
  fs::path cache_ = scratch_.path() / "cache";
};

constexpr CacheBound two{2048, std::chrono::hours(1)};

TEST_F(CachedFolder, LosesTheEntryThatWasUnusedLongestWhenItIsFull) {
  entry("a", two);
  entry("b", two);
  age("a", std::chrono::hours(3));
  age("b", std::chrono::hours(2));
  entry("a", two);   // used again
  entry("c", two);
  EXPECT_TRUE(kept("a"));
  EXPECT_FALSE(kept("b"));
  EXPECT_TRUE(kept("c"));
}

TEST_F(CachedFolder, KeepsWhatWasUsedWithinTheHourEvenWhenItIsTooFull) {
  for (const char* key : {"a", "b", "c", "d"}) entry(key, two);
  for (const char* key : {"a", "b", "c", "d"}) EXPECT_TRUE(kept(key)) << key;
}

TEST_F(CachedFolder, ServesManyAtOnceWhileItIsFull) {
  constexpr CacheBound tight{1024, std::chrono::seconds(1000)};
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 20; ++i) {
        const std::string key = std::to_string((i + t) % 5);
        EXPECT_TRUE(fs::exists(entry(key, tight) / "data"));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace basin::test
