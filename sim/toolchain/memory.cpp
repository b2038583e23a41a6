#include "sim/toolchain/memory.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <limits>
#include <optional>
#include <string>
#include <utility>

namespace basin {
namespace {

constexpr double unlimited = std::numeric_limits<double>::infinity();

/// The number that is alone in a file; empty for "max" and for a file that can't be read.
std::optional<double> number_in(const std::filesystem::path& file) {
  std::ifstream in(file);
  double value = 0.0;
  if (!(in >> value)) return std::nullopt;
  return value;
}

double machine_memory_left() {
  std::ifstream in("/proc/meminfo");
  for (std::string key, rest; in >> key; std::getline(in, rest)) {
    double kibibytes = 0.0;
    if (key == "MemAvailable:" && in >> kibibytes) return kibibytes * 1024.0;
  }
  return unlimited;
}

double address_space_left() {
  rlimit limit{};
  if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return unlimited;
  const double pages = number_in("/proc/self/statm").value_or(0.0);
  return static_cast<double>(limit.rlim_cur) - pages * static_cast<double>(sysconf(_SC_PAGESIZE));
}

/// Cached pages of files that a group gives back when memory is short.
double reclaimable(const std::filesystem::path& group) {
  std::ifstream in(group / "memory.stat");
  double found = 0.0;
  double value = 0.0;
  for (std::string key; in >> key >> value;) {
    if (key == "inactive_file" || key == "total_inactive_file") found = std::max(found, value);
  }
  return found;
}

/// Of one group; either version's pair of files.
double group_left(const std::filesystem::path& group) {
  double left = unlimited;
  for (const auto& [limit, usage] : {std::pair{"memory.max", "memory.current"},
                                     std::pair{"memory.limit_in_bytes", "memory.usage_in_bytes"}}) {
    const auto most = number_in(group / limit);
    if (most) left = std::min(left, *most - number_in(group / usage).value_or(0.0) + reclaimable(group));
  }
  return left;
}

}  // namespace

double control_group_memory_left(const std::filesystem::path& membership, const std::filesystem::path& root) {
  double left = unlimited;
  std::ifstream in(membership);
  for (std::string line; std::getline(in, line);) {  // "0::/a/b" in version 2, "5:memory:/a/b" in version 1
    const bool second = line.starts_with("0::");
    const std::size_t first_version = line.find(":memory:");
    if (!second && first_version == std::string::npos) continue;
    const std::filesystem::path base = second ? root : root / "memory";
    std::filesystem::path group = line.substr(line.find(":/") + 2);
    for (; !group.empty(); group = group.parent_path()) left = std::min(left, group_left(base / group));
    left = std::min(left, group_left(base));
  }
  return left;
}

double memory_left() {
  const double groups = control_group_memory_left("/proc/self/cgroup", "/sys/fs/cgroup");
  return std::max(0.0, std::min({machine_memory_left(), address_space_left(), groups}));
}

}  // namespace basin
