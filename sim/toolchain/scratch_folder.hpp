#pragma once

#include <filesystem>
#include <string>

namespace basin {

/// A new folder, gone with all in it at the end of the scope unless it was given another name.
class ScratchFolder {
 public:
  /// In `parent`, named `prefix` and six more characters. Throws EnvironmentError when it can't be made.
  ScratchFolder(const std::filesystem::path& parent, const std::string& prefix);
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace basin
