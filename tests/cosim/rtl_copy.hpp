#pragma once

#include <filesystem>
#include <string>

#include "sim/verilator/build.hpp"

namespace basin::cosim {

/// A copy of what the Verilator and Icarus engines read of the source tree, and a cache, in a folder that is gone at the end.
class RtlCopy {
 public:
  RtlCopy();
  ~RtlCopy();
  RtlCopy(const RtlCopy&) = delete;
  RtlCopy& operator=(const RtlCopy&) = delete;

  [[nodiscard]] const std::filesystem::path& root() const { return root_; }
  [[nodiscard]] std::filesystem::path cache() const { return root_ / "cache"; }
  /// Builds quickly, from this copy, into this cache.
  [[nodiscard]] RtlBuildOptions options() const;
  /// Replaces `before`, which must stand exactly once in `file`, by `after`. Throws std::runtime_error otherwise.
  void replace(const std::string& file, const std::string& before, const std::string& after) const;

 private:
  std::filesystem::path root_;
};

}  // namespace basin::cosim
