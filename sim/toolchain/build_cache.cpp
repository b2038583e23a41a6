#include "sim/toolchain/build_cache.hpp"

#include <cstdio>
#include <fcntl.h>
#include <fstream>
#include <unistd.h>

#include "models/design/sha256.hpp"
#include "sim/toolchain/cached_folder.hpp"
#include "sim/toolchain/file_lock.hpp"
#include "sim/toolchain/tool_error.hpp"

namespace basin {
namespace {

namespace fs = std::filesystem;

void flush(const fs::path& file) {
  const int descriptor = open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0 || fsync(descriptor) != 0) throw EnvironmentError("can't write " + file.string());
  close(descriptor);
}

}  // namespace

std::string cache_key(std::uint32_t hardware_id, const std::string& made_by) {
  char id[9];
  std::snprintf(id, sizeof id, "%08x", hardware_id);
  return std::string(id) + "-" + hex(sha256(made_by)).substr(0, 8);
}

fs::path cached_file(const CacheEntry& entry, const std::string& file, const BuildStep& build) {
  return cached_folder(entry.cache, entry.key, [&](const fs::path& kept) {
    const fs::path work = kept / "work";
    fs::create_directory(work);
    build(work, kept);
    fs::remove_all(work);
    for (const auto& made : fs::directory_iterator(kept)) flush(made.path());
  }) / file;
}

void discard(const CacheEntry& entry) {
  const FileLock lock(entry.cache / ("." + entry.key + ".lock"));
  fs::remove_all(entry.folder());
}

void write_text(const fs::path& file, const std::string& text) {
  std::error_code error;
  fs::create_directories(file.parent_path(), error);
  std::ofstream stream(file, std::ios::binary);
  stream << text;
  stream.close();
  if (error || !stream) throw EnvironmentError("can't write " + file.string());
}

}  // namespace basin
