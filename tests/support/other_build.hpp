#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

#include "sim/io/file.hpp"
#include "sim/io/program_id.hpp"

namespace basin::test {

/// Makes what a store kept in `folder` that of another build.
inline void give_to_another_build(const std::filesystem::path& folder) {
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::string text = read_file(entry.path(), std::uint64_t{1} << 24U);
    const std::size_t at = text.find(program_id());
    ASSERT_NE(at, std::string::npos) << entry.path();
    std::ofstream(entry.path()) << text.replace(at, program_id().size(), program_id().size(), '0');
  }
}

}  // namespace basin::test
