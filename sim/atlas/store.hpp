#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "sim/atlas/recalls.hpp"

namespace basin {

/// Finished blocks on disk, a file each, written whole or not at all: what lets an interrupted run go on.
class BlockStore {
 public:
  /// Makes nothing until a block is kept. Blocks are told apart by the design, `design_id`, and what they run of it.
  BlockStore(std::filesystem::path folder, std::string design_id) : folder_(std::move(folder)), design_(std::move(design_id)) {}

  /// What names a block: starts first … first + count − 1 of a set.
  [[nodiscard]] std::string id(const StartSet& set, const Plane* plane, std::size_t first, std::size_t count) const;
  /// The block of that id when this build of Basin finished it, of `count` starts of circuits of `neurons`. A file that can't be
  /// read as such counts as none.
  [[nodiscard]] std::optional<BlockEnds> find(const std::string& id, std::size_t count, Index neurons) const;
  /// Throws EnvironmentError.
  void keep(const std::string& id, const BlockEnds& ends) const;

 private:
  [[nodiscard]] std::filesystem::path file(const std::string& id) const { return folder_ / (id.substr(0, 32) + ".json"); }

  std::filesystem::path folder_;
  std::string design_;
};

}  // namespace basin
