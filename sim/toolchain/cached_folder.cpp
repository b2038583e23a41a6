#include "sim/toolchain/cached_folder.hpp"

#include <algorithm>
#include <system_error>
#include <vector>

#include "sim/toolchain/file_lock.hpp"
#include "sim/toolchain/scratch_folder.hpp"
#include "sim/toolchain/tool_error.hpp"

namespace basin {
namespace {

namespace fs = std::filesystem;

/// What a process that was killed has left. Called under the key's lock: nobody else fills this key.
void remove_leftovers(const fs::path& cache, const std::string& prefix) {
  for (const auto& entry : fs::directory_iterator(cache)) {
    if (entry.path().filename().string().rfind(prefix, 0) == 0) fs::remove_all(entry.path());
  }
}

constexpr const char* gone_prefix = ".gone-";

struct Entry {
  fs::path folder;
  fs::file_time_type used;
  std::uintmax_t bytes = 0;
};

std::uintmax_t size_of(const fs::path& folder) {
  std::uintmax_t bytes = 0;
  std::error_code gone;   // somebody else may remove it meanwhile
  for (fs::recursive_directory_iterator at(folder, gone), end; at != end; at.increment(gone)) {
    const std::uintmax_t size = at->is_regular_file(gone) ? at->file_size(gone) : 0;
    bytes += gone ? 0 : size;
  }
  return bytes;
}

/// Other processes see an entry whole or not at all: it loses its name before its files.
void remove_entry(const fs::path& folder) {
  const fs::path nameless = folder.parent_path() / (gone_prefix + folder.filename().string());
  std::error_code gone;
  fs::rename(folder, nameless, gone);
  fs::remove_all(nameless, gone);
}

void make_room(const fs::path& cache, const CacheBound& bound) {
  std::vector<Entry> entries;
  std::uintmax_t total = 0;
  for (const auto& at : fs::directory_iterator(cache)) {
    std::error_code gone;
    const std::string name = at.path().filename().string();
    if (name.starts_with(gone_prefix)) fs::remove_all(at.path(), gone);   // of a process that was killed meanwhile
    if (name.starts_with(".") || !at.is_directory(gone)) continue;
    entries.push_back({at.path(), at.last_write_time(gone), size_of(at.path())});
    total += entries.back().bytes;
  }
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.used < b.used; });
  const auto latest = fs::file_time_type::clock::now() - bound.unused;
  for (const Entry& entry : entries) {
    if (total <= bound.bytes || entry.used > latest) return;
    std::error_code gone;
    if (fs::last_write_time(entry.folder, gone) != entry.used) continue;   // used while the others were measured
    remove_entry(entry.folder);
    total -= entry.bytes;
  }
}

bool is_there(const fs::path& entry) {
  if (!fs::exists(entry)) return false;
  std::error_code untouched;   // somebody else's cache, which still serves; or the entry has just gone
  fs::last_write_time(entry, fs::file_time_type::clock::now(), untouched);
  return !untouched || fs::exists(entry);
}

}  // namespace

fs::path cached_folder(const fs::path& cache, const std::string& key, const std::function<void(const fs::path&)>& fill,
                       const CacheBound& bound) {
  const fs::path entry = cache / key;
  try {
    if (is_there(entry)) return entry;
    fs::create_directories(cache);
    const FileLock lock(cache / ("." + key + ".lock"));
    if (is_there(entry)) return entry;
    const std::string prefix = ".build-" + key + "-";
    remove_leftovers(cache, prefix);
    const ScratchFolder folder(cache, prefix);
    fill(folder.path());
    fs::rename(folder.path(), entry);
    make_room(cache, bound);
  } catch (const fs::filesystem_error& error) {
    throw EnvironmentError(error.what());
  }
  return entry;
}

}  // namespace basin
