#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

namespace basin {

/// How large a cache may grow before entries go, the longest unused first, and how long a used one is left alone: long
/// enough for whoever has just been given its path to open what is in it.
struct CacheBound {
  std::uintmax_t bytes = std::uintmax_t{1} << 30;
  std::chrono::seconds unused = std::chrono::hours(1);
};

/// The folder `cache`/`key`: as it is, or filled by `fill` in a folder beside it that then takes the name in one step.
/// Safe when called by many threads and processes at once; what fails or is interrupted leaves nothing behind. A new entry
/// makes room for itself within `bound`. Throws EnvironmentError, Interrupted and whatever `fill` throws.
std::filesystem::path cached_folder(const std::filesystem::path& cache, const std::string& key,
                                    const std::function<void(const std::filesystem::path&)>& fill,
                                    const CacheBound& bound = {});

}  // namespace basin
