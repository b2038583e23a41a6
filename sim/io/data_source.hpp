#pragma once

#include <filesystem>

#include "models/design/data_source.hpp"

namespace basin {

/// The data files beside a design. A reference is a path relative to the design's folder that stays within it; absolute
/// paths and paths that lead out are refused, before anything is opened.
class FileData : public DataSource {
 public:
  explicit FileData(std::filesystem::path folder) : folder_(std::move(folder)) {}

  [[nodiscard]] Matrix matrix(const Value& reference, const std::string& key) const override;
  [[nodiscard]] PatternSet patterns(const Value& reference, const std::string& key) const override;

 private:
  std::filesystem::path folder_;
};

}  // namespace basin
