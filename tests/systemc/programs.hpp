#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "sim/toolchain/scratch_folder.hpp"

namespace basin::test {

/// A folder that is gone at the end.
struct Folder : ScratchFolder {
  Folder() : ScratchFolder(std::filesystem::temp_directory_path(), "basin-systemc-") {}
};

using Variables = std::vector<std::pair<std::string, std::string>>;

struct Outcome {
  int code = -1;
  std::string text;   // the last lines of both outputs
};

/// Runs a program to its end, in `folder` if one is given.
Outcome run(std::vector<std::string> arguments, const std::filesystem::path& folder = {}, Variables environment = {});

/// The FST file of that name in the folder as GTKWave's own reader writes it down.
std::filesystem::path read_back(const std::filesystem::path& folder, const std::string& name);

/// A flip-flop whose first neuron a cue clamps, with a phase of 32 steps that holds both. Returns the design file.
std::filesystem::path write_phased_design(const std::filesystem::path& folder);

std::string content(const std::filesystem::path& file);
/// How often `word` stands in `text`.
int count(const std::string& text, const std::string& word);

}  // namespace basin::test
