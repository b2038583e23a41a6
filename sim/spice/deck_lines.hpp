#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "models/design/error.hpp"

namespace basin {

/// One statement of a deck: continuation lines joined, comments gone, lower case.
struct DeckLine {
  Location where;      // its first line
  std::string text;

  /// Words, split at blanks and commas; what is between braces or quotes is one piece.
  [[nodiscard]] std::vector<std::string> words() const;
};

/// The statements of a deck and of the files beside it that it includes, up to `.end`. A `.control` block is read over: it may
/// hold commands that run the analysis and write results, nothing else, and none of them is carried out. Throws InputError with
/// file and line.
std::vector<DeckLine> read_deck(const std::filesystem::path& file);

/// A number as SPICE spells it: "10k", "1meg", "10pF", "1e-11".
double spice_number(const std::string& text, const Location& where, const std::string& of);

}  // namespace basin
