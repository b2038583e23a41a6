#pragma once

#include <filesystem>
#include <string_view>

namespace basin {

/// Puts `bytes` into `file`, whole or not at all: a temporary name in the same folder, fsync, rename. Readers see the
/// old file or the new one. Throws EnvironmentError, and leaves no temporary file, when that fails. A device or a pipe
/// (/dev/stdout) is written to directly.
void write_atomically(const std::filesystem::path& file, std::string_view bytes);

}  // namespace basin
