#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace basin::cli {

/// Columns that UTF-8 `text` takes on a terminal: wide characters two, combining ones none.
int display_width(std::string_view text);
/// `text` made safe to print: control characters and malformed UTF-8 become U+FFFD, so that no name in a file can move
/// the cursor or colour the screen.
std::string printable(std::string_view text);
/// `text` in exactly `width` columns or more: blanks appended, or put in front when `right`.
std::string padded(std::string_view text, int width, bool right = false);
/// `text` in at most `width` columns, its end replaced by "…" where it was longer.
std::string shortened(std::string_view text, int width);
/// Lines of at most `width` columns, broken at blanks, within a word only where it is longer than a line.
std::vector<std::string> wrapped(std::string_view text, int width);

}  // namespace basin::cli
