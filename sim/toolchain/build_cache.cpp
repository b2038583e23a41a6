#include "sim/toolchain/build_cache.hpp"

#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <unistd.h>

#include "models/design/sha256.hpp"
#include "sim/toolchain/file_lock.hpp"
#include "sim/toolchain/tool_error.hpp"

namespace basin {
namespace {

namespace fs = std::filesystem;

std::string temporary_prefix(const std::string& key) { return ".build-" + key + "-"; }

fs::path lock_of(const CacheEntry& entry) { return entry.cache / ("." + entry.key + ".lock"); }

/// A folder in the cache that is gone at the end of the scope.
class BuildFolder {
 public:
  explicit BuildFolder(const CacheEntry& entry) {
    std::string pattern = (entry.cache / (temporary_prefix(entry.key) + "XXXXXX")).string();
    if (mkdtemp(pattern.data()) == nullptr) throw EnvironmentError("can't write in " + entry.cache.string());
    path_ = pattern;
  }
  ~BuildFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  BuildFolder(const BuildFolder&) = delete;
  BuildFolder& operator=(const BuildFolder&) = delete;
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

/// What a build that was killed has left. Called under the entry's lock: nobody else builds it.
void remove_leftovers(const CacheEntry& entry) {
  for (const auto& found : fs::directory_iterator(entry.cache)) {
    if (found.path().filename().string().rfind(temporary_prefix(entry.key), 0) == 0) fs::remove_all(found.path());
  }
}

void make_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) throw EnvironmentError("can't make " + folder.string() + ": " + error.message());
}

void flush(const fs::path& file) {
  const int descriptor = open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0 || fsync(descriptor) != 0) throw EnvironmentError("can't write " + file.string());
  close(descriptor);
}

void build_entry(const CacheEntry& entry, const BuildStep& build) {
  const BuildFolder folder(entry);
  const fs::path kept = folder.path() / "entry";
  fs::create_directory(kept);
  build(folder.path(), kept);
  for (const auto& file : fs::directory_iterator(kept)) flush(file.path());
  fs::rename(kept, entry.folder());
}

}  // namespace

std::string cache_key(std::uint32_t hardware_id, const std::string& made_by) {
  char id[9];
  std::snprintf(id, sizeof id, "%08x", hardware_id);
  return std::string(id) + "-" + hex(sha256(made_by)).substr(0, 8);
}

fs::path cached_file(const CacheEntry& entry, const std::string& file, const BuildStep& build) {
  fs::path path = entry.folder() / file;
  if (fs::exists(path)) return path;
  make_folder(entry.cache);
  const FileLock lock(lock_of(entry));
  if (fs::exists(path)) return path;
  try {
    remove_leftovers(entry);
    build_entry(entry, build);
  } catch (const fs::filesystem_error& error) {
    throw EnvironmentError(error.what());
  }
  return path;
}

void discard(const CacheEntry& entry) {
  const FileLock lock(lock_of(entry));
  fs::remove_all(entry.folder());
}

void write_text(const fs::path& file, const std::string& text) {
  make_folder(file.parent_path());
  std::ofstream stream(file, std::ios::binary);
  stream << text;
  stream.close();
  if (!stream) throw EnvironmentError("can't write " + file.string());
}

}  // namespace basin
