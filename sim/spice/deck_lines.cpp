#include "sim/spice/deck_lines.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>

#include "models/design/text.hpp"
#include "sim/io/file.hpp"
#include "sim/io/lines.hpp"

namespace basin {
namespace {

constexpr std::uint64_t largest_deck = std::uint64_t{256} << 20;
/// What a control block may hold: it runs the analysis and keeps its results.
constexpr std::array<std::string_view, 9> harmless{"run", "set", "option", "save", "write", "wrdata", "echo", "quit", "tran"};

[[noreturn]] void refuse(const Location& where, const std::string& key, const std::string& problem) {
  throw InputError(where, key, problem);
}

std::string lowered(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lower;
}

/// Without what follows `;` or `$`.
std::string_view without_comment(std::string_view line) { return trimmed(line.substr(0, line.find_first_of(";$"))); }

std::string first_word(std::string_view text) { return lowered(text.substr(0, text.find_first_of(" \t"))); }

class DeckReader {
 public:
  std::vector<DeckLine> read(const std::filesystem::path& file) {
    folder_ = file.parent_path();
    add_file(file, true);
    return std::move(lines_);
  }

 private:
  void add_file(const std::filesystem::path& file, bool is_main) {
    const std::string bytes = read_file(file, largest_deck);
    Lines lines(bytes);
    bool joinable = false;   // whether a continuation line has something to continue
    while (lines.next()) {
      const Location where{file.string(), lines.number()};
      check_characters(lines.text(), where);
      if (is_main && lines.number() == 1) continue;   // the title
      const std::string_view text = without_comment(lines.text());
      if (text.empty() || text.front() == '*') continue;
      if (ended_) refuse(where, "", "goes on after .end");
      if (in_control_) {
        control(text, where);
      } else if (text.front() == '+') {
        if (!joinable) refuse(where, "", "continues nothing");
        lines_.back().text += " " + lowered(trimmed(text.substr(1)));
      } else {
        joinable = statement(text, where, is_main);
      }
    }
    if (in_control_) refuse(Location{file.string(), lines.number()}, ".control", "has no .endc");
  }

  static void check_characters(std::string_view text, const Location& where) {
    constexpr std::size_t longest = 1 << 20;
    if (text.size() > longest) refuse(where, "", "is longer than " + std::to_string(longest) + " characters");
    for (const char c : text) {
      if (static_cast<unsigned char>(c) < ' ' && c != '\t') refuse(where, "", "has a control character: no SPICE deck");
    }
  }

  void control(std::string_view text, const Location& where) {
    const std::string word = first_word(text);
    if (word == ".endc") {
      in_control_ = false;
    } else if (std::ranges::find(harmless, word) == harmless.end()) {
      refuse(where, ".control", in_quotes(word) + " is no command of a plain run; allowed: run, set, option, save, write, wrdata, "
                                               "echo, tran, quit");
    }
  }

  /// Whether it became a statement that can be continued.
  bool statement(std::string_view text, const Location& where, bool is_main) {
    const std::string word = first_word(text);
    if (word == ".control") {
      in_control_ = true;
    } else if (word == ".end") {
      ended_ = is_main;
    } else if (word == ".include" || word == ".inc") {
      if (!is_main) refuse(where, ".include", "is nested; allowed in the deck itself");
      add_file(folder_ / beside(text.substr(word.size()), where), false);
    } else {
      lines_.push_back({where, lowered(text)});
      return true;
    }
    return false;
  }

  /// A plain name: a deck reads nothing but what lies beside it.
  static std::string beside(std::string_view text, const Location& where) {
    text = trimmed(text);
    if (text.size() >= 2 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front()) {
      text = text.substr(1, text.size() - 2);
    }
    if (text.empty() || text.front() == '.' || text.find_first_of("/\\~`$|") != std::string_view::npos) {
      refuse(where, ".include", in_quotes(text) + " is not beside the deck; allowed: the name of a file in its folder");
    }
    return std::string(text);
  }

  std::filesystem::path folder_;
  std::vector<DeckLine> lines_;
  bool in_control_ = false;
  bool ended_ = false;
};

}  // namespace

std::vector<DeckLine> read_deck(const std::filesystem::path& file) { return DeckReader().read(file); }

std::vector<std::string> DeckLine::words() const {
  std::vector<std::string> all;
  std::string word;
  int depth = 0;
  for (const char c : text) {
    depth += c == '{' || c == '(' ? 1 : c == '}' || c == ')' ? -1 : 0;
    if (depth <= 0 && (c == ' ' || c == '\t' || c == ',')) {
      if (!word.empty()) all.push_back(std::move(word));
      word.clear();
    } else {
      word += c;
    }
  }
  if (!word.empty()) all.push_back(std::move(word));
  return all;
}

double spice_number(const std::string& text, const Location& where, const std::string& of) {
  constexpr std::array<std::pair<std::string_view, double>, 9> scales{
      {{"meg", 1e6}, {"f", 1e-15}, {"p", 1e-12}, {"n", 1e-9}, {"u", 1e-6}, {"m", 1e-3}, {"k", 1e3}, {"g", 1e9}, {"t", 1e12}}};
  const std::size_t skip = text.starts_with('+') ? 1 : 0;
  double value = 0.0;
  const auto read = std::from_chars(text.data() + skip, text.data() + text.size(), value);
  const std::string_view rest(read.ptr, static_cast<std::size_t>(text.data() + text.size() - read.ptr));
  const bool letters = std::ranges::all_of(rest, [](unsigned char c) { return std::isalpha(c) != 0; });
  if (read.ec != std::errc{} || !std::isfinite(value) || !letters) {
    refuse(where, of, in_quotes(text) + " is not a number; allowed: a number, with or without a scale f p n u m k meg g t");
  }
  for (const auto& [name, scale] : scales) {
    if (rest.starts_with(name)) return scale < 1.0 ? value / (1.0 / scale) : value * scale;
  }
  return value;
}

}  // namespace basin
