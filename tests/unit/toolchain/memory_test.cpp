#include "sim/toolchain/memory.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmath>
#include <fstream>
#include <string>

#include "sim/toolchain/scratch_folder.hpp"

namespace basin {
namespace {

/// A tree of control groups in the scratch folder.
class Groups {
 public:
  void write(const std::string& name, const std::string& text) {
    std::filesystem::create_directories((folder_.path() / name).parent_path());
    std::ofstream(folder_.path() / name) << text << '\n';
  }
  [[nodiscard]] double left() const { return control_group_memory_left(folder_.path() / "membership", folder_.path()); }

 private:
  ScratchFolder folder_{std::filesystem::temp_directory_path(), "basin-memory-"};
};

TEST(MemoryLeft, IsTheLeastOfAGroupAndThoseAboveItInVersionTwo) {
  Groups groups;
  groups.write("membership", "0::/a/b");
  groups.write("a/memory.max", "1000");
  groups.write("a/memory.current", "400");
  groups.write("a/b/memory.max", "max");
  EXPECT_EQ(groups.left(), 600.0);
  groups.write("a/b/memory.max", "500");
  groups.write("a/b/memory.current", "100");
  EXPECT_EQ(groups.left(), 400.0);
}

TEST(MemoryLeft, ReadsVersionOneAndTakesBackCachedFiles) {
  Groups groups;
  groups.write("membership", "8:pids:/\n4:memory:/box");
  groups.write("memory/box/memory.limit_in_bytes", "1000");
  groups.write("memory/box/memory.usage_in_bytes", "900");
  groups.write("memory/box/memory.stat", "cache 700\ntotal_inactive_file 650");
  EXPECT_EQ(groups.left(), 750.0);
}

TEST(MemoryLeft, IsInfiniteWithoutGroups) {
  EXPECT_TRUE(std::isinf(control_group_memory_left("/nonexistent", "/nonexistent")));
}

TEST(MemoryLeft, IsWhatTheLimitOfTheAddressSpaceLeaves) {
  constexpr rlim_t room = rlim_t{64} << 20;
  rlimit before{};
  getrlimit(RLIMIT_AS, &before);
  std::size_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages;
  rlimit limited{pages * static_cast<std::size_t>(sysconf(_SC_PAGESIZE)) + room, before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_AS, &limited), 0);
  const double left = memory_left();
  setrlimit(RLIMIT_AS, &before);
  EXPECT_LE(left, static_cast<double>(room));
  EXPECT_GT(left, 0.9 * static_cast<double>(room));
}

}  // namespace
}  // namespace basin
