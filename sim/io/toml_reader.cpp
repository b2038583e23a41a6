#include "sim/io/toml_reader.hpp"

#include <toml++/toml.h>

#include <string>

#include "sim/io/file.hpp"

namespace basin {

namespace {

/// Walks over TOML text and throws where the parser must not be asked to go: NUL bytes, brackets or dotted keys nested
/// too deeply, and characters beyond ASCII where TOML allows none but toml++ 3.3 runs into undefined behaviour (its
/// issue 190): outside texts and comments, and behind a backslash.
class Scan {
 public:
  Scan(std::string_view text, const std::string& file) : text_(text), file_(file) {
    if (text_.starts_with("\xef\xbb\xbf")) at_ = 3;
  }

  void run() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '\0') throw InputError(here(), "", "holds a NUL byte; allowed: UTF-8 text");
      if (c == '"' || c == '\'') {
        skip_string(c);
      } else if (c == '#') {
        skip_comment();
      } else {
        if (is_foreign(at_)) refuse_foreign();
        count(c);
        ++at_;
      }
    }
  }

 private:
  [[nodiscard]] Location here() const { return {file_, line_}; }

  [[nodiscard]] bool is_foreign(std::size_t at) const {
    return at < text_.size() && (static_cast<unsigned char>(text_[at]) & 0x80U) != 0;
  }

  [[noreturn]] void refuse_foreign() const {
    throw InputError(here(), "",
                     "has a character beyond ASCII where TOML allows none; allowed: quoted texts and comments");
  }

  /// Looks at what a backslash in a text stands before; in a long text it may join lines.
  void check_escape(bool multiline) const {
    constexpr std::string_view blanks = " \t\r\n";
    std::size_t next = at_ + 1;
    while (multiline && next < text_.size() && blanks.find(text_[next]) != std::string_view::npos) ++next;
    if (is_foreign(next)) refuse_foreign();
  }

  void count(char c) {
    if (c == '[' || c == '{') ++depth_;
    if ((c == ']' || c == '}') && depth_ > 0) --depth_;
    if (c == '\n') ++line_;
    if (c == '.') ++dots_;
    if (c == '=' || c == ',' || c == '\n' || c == '[' || c == ']' || c == '{' || c == '}') dots_ = 0;
    if (depth_ > max_toml_depth || dots_ >= max_toml_depth) {
      throw InputError(here(), "", "nests too deeply; allowed: " + std::to_string(max_toml_depth) + " levels");
    }
  }

  void skip_comment() {
    while (at_ < text_.size() && text_[at_] != '\n' && text_[at_] != '\0') ++at_;
  }

  /// Goes behind the string that starts here; an unterminated one is the parser's to report.
  void skip_string(char quote) {
    const std::string three(3, quote);
    const bool multiline = text_.substr(at_).starts_with(three);
    at_ += multiline ? 3 : 1;
    while (at_ < text_.size() && text_[at_] != '\0') {
      if (multiline ? text_.substr(at_).starts_with(three) : text_[at_] == quote) {
        at_ += multiline ? 3 : 1;
        return;
      }
      if (text_[at_] == '\n') {
        if (!multiline) return;
        ++line_;
      }
      if (quote == '"' && text_[at_] == '\\') check_escape(multiline);
      at_ += quote == '"' && text_[at_] == '\\' && at_ + 1 < text_.size() && text_[at_ + 1] != '\n' ? 2 : 1;
    }
  }

  std::string_view text_;
  std::string file_;
  std::size_t at_ = 0;
  int line_ = 1;
  int depth_ = 0;
  int dots_ = 0;
};

Location place(const toml::source_region& source, const std::string& file) {
  return {file, static_cast<int>(source.begin.line)};
}

Value convert(const toml::node& node, const std::string& file);

Value::Table convert_table(const toml::table& table, const std::string& file) {
  Value::Table result;
  for (const auto& [key, node] : table) {
    Value value = convert(node, file);
    if (value.where.line == 0) value.where = place(key.source(), file);
    result.emplace(std::string(key.str()), std::move(value));
  }
  return result;
}

Value convert(const toml::node& node, const std::string& file) {
  Value value;
  value.where = place(node.source(), file);
  if (const auto* table = node.as_table()) {
    value.data = convert_table(*table, file);
  } else if (const auto* array = node.as_array()) {
    Value::Array entries;
    for (const toml::node& entry : *array) entries.push_back(convert(entry, file));
    value.data = std::move(entries);
  } else if (const auto* text = node.as_string()) {
    value.data = text->get();
  } else if (const auto* integer = node.as_integer()) {
    value.data = integer->get();
  } else if (const auto* number = node.as_floating_point()) {
    value.data = number->get();
  } else if (const auto* flag = node.as_boolean()) {
    value.data = flag->get();
  } else {
    throw InputError(value.where, "", "holds a date or time; allowed: numbers, texts, true, false, lists and tables");
  }
  return value;
}

}  // namespace

Value parse_toml(std::string_view text, const std::string& file) {
  Scan(text, file).run();
  try {
    const toml::table table = toml::parse(text, file);
    Value root{convert_table(table, file), Location{file, 1}};
    return root;
  } catch (const toml::parse_error& error) {
    throw InputError(place(error.source(), file), "", "is not TOML: " + std::string(error.description()));
  }
}

Value read_toml(const std::filesystem::path& file) {
  return parse_toml(read_file(file, max_toml_bytes), file.string());
}

}  // namespace basin
