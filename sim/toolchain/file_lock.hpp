#pragma once

#include <filesystem>

namespace basin {

/// An exclusive lock between threads and processes: a file that exists while somebody holds or awaits the lock.
class FileLock {
 public:
  /// Waits for the lock. Throws Interrupted when a signal comes first, EnvironmentError when `file` can't be made.
  explicit FileLock(std::filesystem::path file);
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

 private:
  std::filesystem::path file_;
  int descriptor_ = -1;
};

}  // namespace basin
