#pragma once

#include <filesystem>

namespace basin {

/// Bytes that this process can still have: the least of the machine's free memory, the limit on its address space
/// (`ulimit -v`) and those of its control groups, each less what is taken. Infinite where nothing of it can be read.
double memory_left();

/// The least of limit − usage over the control groups that `membership` (/proc/self/cgroup) names and those above them,
/// below `root` (/sys/fs/cgroup), versions 1 and 2. Infinite without a limit.
double control_group_memory_left(const std::filesystem::path& membership, const std::filesystem::path& root);

}  // namespace basin
