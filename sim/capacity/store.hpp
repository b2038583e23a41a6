#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "sim/capacity/trial.hpp"

namespace basin {

/// Finished cells on disk, a file each, written whole or not at all: what lets an interrupted run go on.
class CellStore {
 public:
  /// Makes nothing until a cell is kept.
  explicit CellStore(std::filesystem::path folder) : folder_(std::move(folder)) {}

  /// The trials of the cell of that id, when this build of Basin finished `trials` of them of `recalls` recalls each (0: a
  /// search for weight bits). A file that can't be read as such, or has other numbers of them or values that none can have,
  /// counts as none.
  [[nodiscard]] std::optional<std::vector<TrialOutcome>> find(const std::string& id, int trials, int recalls) const;
  /// Throws EnvironmentError.
  void keep(const std::string& id, const std::vector<TrialOutcome>& trials) const;

 private:
  [[nodiscard]] std::filesystem::path file(const std::string& id) const { return folder_ / (id.substr(0, 32) + ".json"); }

  std::filesystem::path folder_;
};

}  // namespace basin
