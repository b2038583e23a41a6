#include "sim/toolchain/cached_folder.hpp"

#include <cstdlib>

#include "sim/toolchain/file_lock.hpp"
#include "sim/toolchain/tool_error.hpp"

namespace basin {
namespace {

namespace fs = std::filesystem;

/// A folder in the cache that is gone at the end of the scope, unless it was given another name.
class NewFolder {
 public:
  NewFolder(const fs::path& cache, const std::string& prefix) {
    std::string pattern = (cache / (prefix + "XXXXXX")).string();
    if (mkdtemp(pattern.data()) == nullptr) throw EnvironmentError("can't write in " + cache.string());
    path_ = pattern;
  }
  ~NewFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  NewFolder(const NewFolder&) = delete;
  NewFolder& operator=(const NewFolder&) = delete;
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

/// What a process that was killed has left. Called under the key's lock: nobody else fills this key.
void remove_leftovers(const fs::path& cache, const std::string& prefix) {
  for (const auto& entry : fs::directory_iterator(cache)) {
    if (entry.path().filename().string().rfind(prefix, 0) == 0) fs::remove_all(entry.path());
  }
}

}  // namespace

fs::path cached_folder(const fs::path& cache, const std::string& key, const std::function<void(const fs::path&)>& fill) {
  const fs::path entry = cache / key;
  try {
    if (fs::exists(entry)) return entry;
    fs::create_directories(cache);
    const FileLock lock(cache / ("." + key + ".lock"));
    if (fs::exists(entry)) return entry;
    const std::string prefix = ".build-" + key + "-";
    remove_leftovers(cache, prefix);
    const NewFolder folder(cache, prefix);
    fill(folder.path());
    fs::rename(folder.path(), entry);
  } catch (const fs::filesystem_error& error) {
    throw EnvironmentError(error.what());
  }
  return entry;
}

}  // namespace basin
