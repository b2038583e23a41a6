#pragma once

#include <filesystem>
#include <functional>
#include <string>

namespace basin {

/// The folder `cache`/`key`: as it is, or filled by `fill` in a folder beside it that then takes the name in one step.
/// Safe when called by many threads and processes at once; what fails or is interrupted leaves nothing behind. Throws
/// EnvironmentError, Interrupted and whatever `fill` throws.
std::filesystem::path cached_folder(const std::filesystem::path& cache, const std::string& key,
                                    const std::function<void(const std::filesystem::path&)>& fill);

}  // namespace basin
