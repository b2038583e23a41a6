#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace basin {

/// The RTL as rtl/sources.f lists it: one file a line, relative to the source tree, in the order in which tools read them.
struct RtlSources {
  std::filesystem::path root;         // the source tree
  std::vector<std::string> names;     // as listed
  std::string text;                   // each name, "\n" and the file's bytes: what hardware.id is made of (arithmetic.md §8)
};

/// Reads `root`/rtl/sources.f and all it lists. Throws EnvironmentError when one can't be read.
RtlSources read_rtl_sources(const std::filesystem::path& root);

/// The whole content of a file. Throws EnvironmentError when it can't be read.
std::string read_file(const std::filesystem::path& file);

}  // namespace basin
