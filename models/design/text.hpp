#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace basin {

/// `text` fit for one line of a terminal: control characters and bytes beyond ASCII become \xNN, and what is longer
/// than `limit` characters is cut with "…".
std::string printable(std::string_view text, std::size_t limit = 200);
/// `text` with its control characters as \xNN: one line, in its own script.
std::string one_line(std::string_view text);
/// `text` without blanks and tabs at its ends.
std::string_view trimmed(std::string_view text);
/// printable() in double quotes.
std::string in_quotes(std::string_view text);
/// The shortest decimal text that reads back as the same double, independent of the locale.
std::string number_text(double value);
/// `value` to three digits, for remarks and messages: "0.0123", "1.5e+06".
std::string three_digits(double value);
/// 1234567 as "1,234,567".
std::string grouped(std::uint64_t value);
/// 0.025 as "2.5 %".
std::string percent(double share);
/// `digits` significant digits with an SI prefix: 1.3e-6 and "s" as "1.3 µs". No prefix for "τ", no unit for "".
std::string quantity(double value, std::string_view unit, int digits = 3);
/// "a", "a or b", "a, b or c".
std::string alternatives(const std::vector<std::string>& items);
/// Levenshtein distance between two short words.
std::size_t edit_distance(std::string_view a, std::string_view b);
/// The candidate nearest to `word` within a third of its length plus one, or "" when none is that near.
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace basin
