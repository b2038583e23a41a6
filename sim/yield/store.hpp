#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace basin {

/// Recalled cues and stored memories of every circuit of one case.
struct YieldCounts {
  std::vector<int> recalled;
  std::vector<int> stored;
};

/// Finished cases on disk, a file each, written whole or not at all: what lets an interrupted run go on.
class YieldStore {
 public:
  /// Makes nothing until a case is kept.
  explicit YieldStore(std::filesystem::path folder) : folder_(std::move(folder)) {}

  /// The counts under that id, when this build of Basin finished them for `circuits` circuits of so many cues and memories.
  /// A file that can't be read as such counts as none.
  [[nodiscard]] std::optional<YieldCounts> find(const std::string& id, std::size_t circuits, int cues, int memories) const;
  /// Throws EnvironmentError.
  void keep(const std::string& id, const YieldCounts& counts) const;

 private:
  [[nodiscard]] std::filesystem::path file(const std::string& id) const { return folder_ / (id.substr(0, 32) + ".json"); }

  std::filesystem::path folder_;
};

}  // namespace basin
