#include "sim/io/atomic_file.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include "sim/toolchain/tool_error.hpp"
#include "tests/unit/io/scratch.hpp"

namespace basin {

TEST(WriteAtomically, ReplacesAFileAndLeavesNothingElse) {
  const Scratch scratch;
  const auto file = scratch.write("out.json", "old");
  write_atomically(file, "new");
  EXPECT_EQ(file_bytes(file), "new");
  EXPECT_EQ(scratch.names(), std::vector<std::string>{"out.json"});
}

TEST(WriteAtomically, LeavesNoTraceWhenItFails) {
  const Scratch scratch;
  std::filesystem::create_directory(scratch.path() / "taken");
  EXPECT_THROW(write_atomically(scratch.path() / "taken", "x"), EnvironmentError);
  EXPECT_THROW(write_atomically(scratch.path() / "absent" / "out.json", "x"), EnvironmentError);
  EXPECT_EQ(scratch.names(), std::vector<std::string>{"taken"});
}

TEST(WriteAtomically, ReportsAFullDevice) { EXPECT_THROW(write_atomically("/dev/full", "x"), EnvironmentError); }

// Two writers of one name: each goes through its own temporary file.
TEST(WriteAtomically, StepsAsideForATemporaryFileOfThatName) {
  const Scratch scratch;
  const auto file = scratch.path() / "out";
  write_atomically(file, "1");
  const std::string stale = "out." + std::to_string(::getpid()) + "-0.tmp";
  scratch.write(stale, "stale");
  write_atomically(file, "2");
  EXPECT_EQ(file_bytes(file), "2");
  EXPECT_EQ(file_bytes(scratch.path() / stale), "stale");
}

}  // namespace basin
