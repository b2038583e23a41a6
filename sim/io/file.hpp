#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace basin {

/// All bytes of a regular file. Throws InputError that names the file: missing, unreadable, no regular file (a folder,
/// a FIFO, a device: none of them is read from or waited for), or more than `most` bytes.
std::string read_file(const std::filesystem::path& file, std::uint64_t most);

}  // namespace basin
