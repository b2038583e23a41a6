#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

namespace basin {

/// One entry of a cache of things that tools built: a folder named by everything that made it, whole or absent.
struct CacheEntry {
  std::filesystem::path cache;
  std::string key;

  [[nodiscard]] std::filesystem::path folder() const { return cache / key; }
};

/// The name of an entry for the core `hardware_id`, built as `made_by` says: sources, tools and their versions, options.
std::string cache_key(std::uint32_t hardware_id, const std::string& made_by);

/// Builds inside `work`, which is gone at the end, and leaves what is to stay in `kept`. Both exist.
using BuildStep = std::function<void(const std::filesystem::path& work, const std::filesystem::path& kept)>;

/// The path of `file` in the entry: found there, or built by `build` and put there in one step. Safe when called by many
/// threads and processes at once; a build that fails or is interrupted leaves nothing behind. Throws what `build` throws,
/// Interrupted, EnvironmentError.
std::filesystem::path cached_file(const CacheEntry& entry, const std::string& file, const BuildStep& build);

/// Removes an entry that turned out to be damaged.
void discard(const CacheEntry& entry);

/// Writes `text` to `file`, whose folder is made. Throws EnvironmentError.
void write_text(const std::filesystem::path& file, const std::string& text);

}  // namespace basin
