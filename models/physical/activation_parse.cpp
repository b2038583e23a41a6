#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <vector>

#include "models/physical/activation_text.hpp"
#include "models/physical/shape_text.hpp"

namespace basin {
namespace {

struct Token {
  std::string text;       // lower case
  double number = 0.0;
  bool is_number = false;
};
using Tokens = std::vector<Token>;

constexpr std::size_t most_characters = 1 << 20;

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.'; }

/// Nothing when there is a character that no expression of ours has.
std::optional<Tokens> tokens_of(std::string_view text) {
  Tokens tokens;
  if (text.size() > most_characters) return std::nullopt;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (std::isspace(static_cast<unsigned char>(c)) != 0) {
      ++at;
      continue;
    }
    Token token;
    if (std::isdigit(static_cast<unsigned char>(c)) != 0 || c == '.') {
      const auto read = std::from_chars(text.data() + at, text.data() + text.size(), token.number);
      if (read.ec != std::errc{} || !std::isfinite(token.number)) return std::nullopt;
      token.is_number = true;
      at = static_cast<std::size_t>(read.ptr - text.data());
      if (at < text.size() && is_word(text[at])) return std::nullopt;   // a unit or a scale: not in expressions
    } else if (is_word(c)) {
      while (at < text.size() && is_word(text[at])) token.text += static_cast<char>(std::tolower(static_cast<unsigned char>(text[at++])));
    } else if (std::string_view("()+-*/@").find(c) != std::string_view::npos) {
      token.text = c;
      ++at;
    } else {
      return std::nullopt;
    }
    tokens.push_back(std::move(token));
  }
  return tokens;
}

bool same(const Token& a, const Token& b) {
  constexpr double six_digits = 1e-6;
  if (a.is_number != b.is_number) return false;
  return a.is_number ? std::abs(a.number - b.number) <= six_digits * std::abs(b.number) : a.text == b.text;
}

/// A part of an expression, read from the left.
class Reader {
 public:
  explicit Reader(const Tokens& tokens, std::size_t begin, std::size_t end) : tokens_(tokens), at_(begin), end_(end) {}

  [[nodiscard]] bool done() const { return at_ == end_; }
  [[nodiscard]] std::size_t at() const { return at_; }
  bool take(std::string_view symbol) {
    if (done() || tokens_[at_].is_number || tokens_[at_].text != symbol) return false;
    ++at_;
    return true;
  }
  std::optional<double> number() {
    if (done() || !tokens_[at_].is_number) return std::nullopt;
    return tokens_[at_++].number;
  }
  std::optional<std::string> word() {
    if (done() || (!tokens_[at_].is_number && !is_word(tokens_[at_].text.front()))) return std::nullopt;
    const Token& token = tokens_[at_++];
    return token.is_number ? std::to_string(static_cast<long>(token.number)) : token.text;
  }
  /// ± and a number.
  std::optional<double> signed_number() {
    const double sign = take("-") ? -1.0 : 1.0;
    if (sign > 0.0 && !take("+")) return std::nullopt;
    const auto value = number();
    return value ? std::optional(sign * *value) : std::nullopt;
  }
  /// The input of a shape: a whole pair of parentheses, or what comes before the first `stop` outside of any.
  std::optional<Tokens> input(const Token* stop) {
    const std::size_t begin = at_;
    int depth = 0;
    const bool grouped = !done() && tokens_[at_].text == "(";
    for (; at_ < end_; ++at_) {
      const Token& token = tokens_[at_];
      if (depth == 0 && at_ > begin && (grouped || (stop != nullptr && same(token, *stop)))) break;
      if (token.text == "(") ++depth;
      if (token.text == ")" && --depth < 0) return std::nullopt;
    }
    if (at_ == begin || depth != 0) return std::nullopt;
    return Tokens(tokens_.begin() + static_cast<std::ptrdiff_t>(begin), tokens_.begin() + static_cast<std::ptrdiff_t>(at_));
  }

 private:
  const Tokens& tokens_;
  std::size_t at_, end_;
};

bool all_same(const Tokens& a, const Tokens& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!same(a[i], b[i])) return false;
  }
  return true;
}

/// Range without the parentheses that enclose all of it.
std::pair<std::size_t, std::size_t> unwrapped(const Tokens& tokens, std::size_t begin, std::size_t end) {
  while (end - begin >= 2 && tokens[begin].text == "(" && tokens[end - 1].text == ")") {
    int depth = 0;
    for (std::size_t i = begin; i + 1 < end; ++i) {
      depth += tokens[i].text == "(" ? 1 : tokens[i].text == ")" ? -1 : 0;
      if (depth == 0) return {begin, end};
    }
    ++begin;
    --end;
  }
  return {begin, end};
}

/// The input when tokens[begin, end) are the shape around it.
std::optional<Tokens> match(const Tokens& tokens, std::size_t begin, std::size_t end, const Tokens& shape) {
  std::optional<Tokens> found;
  const auto [shape_begin, shape_end] = unwrapped(shape, 0, shape.size());
  std::tie(begin, end) = unwrapped(tokens, begin, end);
  Reader reader(tokens, begin, end);
  for (std::size_t k = shape_begin; k < shape_end; ++k) {
    if (shape[k].text == std::string(1, input_mark)) {
      const auto input = reader.input(k + 1 < shape_end ? &shape[k + 1] : nullptr);
      if (!input || (found && !all_same(*found, *input))) return std::nullopt;
      found = input;
    } else if (reader.done() || !same(tokens[reader.at()], shape[k])) {
      return std::nullopt;
    } else {
      shape[k].is_number ? static_cast<void>(reader.number()) : static_cast<void>(reader.take(shape[k].text));
    }
  }
  return reader.done() ? found : std::nullopt;
}

/// V(node), or V(node) ± number.
bool read_voltage(Reader& reader, SourceExpression& source) {
  if (!reader.take("v") || !reader.take("(")) return false;
  const auto node = reader.word();
  if (!node || !reader.take(")")) return false;
  source.node = *node;
  return true;
}

/// gain·V(node), gain·(V(node) − θ), V(node)·gain, or V(node).
bool read_input(const Tokens& tokens, SourceExpression& source) {
  const auto [begin, end] = unwrapped(tokens, 0, tokens.size());
  Reader reader(tokens, begin, end);
  if (const auto gain = reader.number()) {
    source.gain_per_volt = *gain;
    if (!reader.take("*")) return false;
    const bool shifted = reader.take("(");
    if (!read_voltage(reader, source)) return false;
    if (shifted) {
      const auto offset = reader.signed_number();
      if (!offset || !reader.take(")")) return false;
      source.threshold = -*offset;
    }
  } else {
    if (!read_voltage(reader, source)) return false;
    if (reader.take("*")) {
      const auto factor = reader.number();
      if (!factor) return false;
      source.gain_per_volt = *factor;
    }
  }
  return reader.done() && source.gain_per_volt > 0.0;
}

/// The points of c + Σ d_k |z − z_k|, and its input.
std::optional<Tokens> match_table(const Tokens& tokens, std::size_t begin, std::size_t end, Matrix& points) {
  std::tie(begin, end) = unwrapped(tokens, begin, end);
  Reader reader(tokens, begin, end);
  const bool negative = reader.take("-");
  const auto middle = reader.number();
  if (!middle) return std::nullopt;
  std::vector<std::pair<double, double>> kinks;   // z_k, d_k
  std::optional<Tokens> input;
  while (!reader.done()) {
    const auto d = reader.signed_number();
    if (!d || !reader.take("*") || !reader.take("abs") || !reader.take("(")) return std::nullopt;
    const auto here = reader.input(nullptr);
    const auto offset = here ? reader.signed_number() : std::nullopt;
    if (!offset || !reader.take(")") || (input && !all_same(*input, *here))) return std::nullopt;
    if (!kinks.empty() && -*offset <= kinks.back().first) return std::nullopt;
    input = here;
    kinks.emplace_back(-*offset, *d);
  }
  if (kinks.size() < 2) return std::nullopt;
  points.resize(static_cast<Index>(kinks.size()), 2);
  for (std::size_t k = 0; k < kinks.size(); ++k) {
    double g = negative ? -*middle : *middle;
    for (const auto& [z, d] : kinks) g += d * std::abs(kinks[k].first - z);
    points.row(static_cast<Index>(k)) << kinks[k].first, g;
  }
  return input;
}

/// g(z) of tokens[begin, end).
bool read_shape(const Tokens& tokens, std::size_t begin, std::size_t end, SourceExpression& source) {
  constexpr std::array kinds{ActivationKind::tanh,           ActivationKind::algebraic, ActivationKind::arctan,
                             ActivationKind::clipped_linear, ActivationKind::hard,      ActivationKind::erf};
  for (const ActivationKind kind : kinds) {
    const auto input = match(tokens, begin, end, tokens_of(shape_text(kind)).value());
    if (!input || !read_input(*input, source)) continue;
    source.activation = Activation(kind);
    return true;
  }
  Matrix points;
  const auto input = match_table(tokens, begin, end, points);
  if (!input || !read_input(*input, source) || points.col(1).cwiseAbs().maxCoeff() > 1.0 + 1e-9) return false;
  points.col(1) = points.col(1).cwiseMax(-1.0).cwiseMin(1.0);
  source.activation = Activation(points);
  return true;
}

/// g, or 0.5 + 0.5 g.
bool read_range(const Tokens& tokens, std::size_t begin, std::size_t end, SourceExpression& source) {
  const auto [inner, last] = unwrapped(tokens, begin, end);
  constexpr std::array<std::string_view, 2> joins{"+", "*"};
  Reader reader(tokens, inner, last);
  const auto half = reader.number();
  source.unipolar = half == 0.5 && reader.take(joins[0]) && reader.number() == 0.5 && reader.take(joins[1]);
  if (source.unipolar && read_shape(tokens, reader.at(), last, source)) return true;
  source.unipolar = false;
  return read_shape(tokens, begin, end, source);
}

/// S*g, or g alone.
bool read_swing(const Tokens& tokens, std::size_t begin, std::size_t end, SourceExpression& source) {
  Reader reader(tokens, begin, end);
  if (const auto swing = reader.number(); swing && *swing > 0.0 && reader.take("*")) {
    source.swing = *swing;
    if (read_range(tokens, reader.at(), end, source)) return true;
  }
  source.swing = 1.0;
  return read_range(tokens, begin, end, source);
}

/// 0.5*(abs(x+c)-abs(x-c)): x cut off at ±c.
bool read_saturated(const Tokens& tokens, std::size_t begin, SourceExpression& source) {
  Reader reader(tokens, begin, tokens.size());
  if (reader.number() != 0.5) return false;
  for (const char* symbol : {"*", "(", "abs", "("}) {
    if (!reader.take(symbol)) return false;
  }
  // The rest is x+c)-abs(x-c)): two of x, two of c, and eight more.
  constexpr std::size_t others = 8, numbers = 2;
  const std::size_t from = reader.at(), left = tokens.size() - from;
  if (left < others + numbers + 2 || (left - others - numbers) % 2 != 0) return false;
  const std::size_t length = (left - others - numbers) / 2;
  const std::size_t to = from + length;
  if (!tokens[to + 1].is_number || !(tokens[to + 1].number > 0.0)) return false;
  SourceExpression inside = source;
  if (!read_swing(tokens, from, to, inside)) return false;
  inside.saturation = tokens[to + 1].number;
  Tokens again(tokens.begin() + static_cast<std::ptrdiff_t>(from), tokens.begin() + static_cast<std::ptrdiff_t>(to));
  const Tokens x = again;
  const Token end = tokens[to + 1];
  const auto add = [&again](const char* symbol) { again.push_back({symbol, 0.0, false}); };
  add("+");
  again.push_back(end);
  for (const char* symbol : {")", "-", "abs", "("}) add(symbol);
  again.insert(again.end(), x.begin(), x.end());
  add("-");
  again.push_back(end);
  for (const char* symbol : {")", ")"}) add(symbol);
  if (!all_same(again, Tokens(tokens.begin() + static_cast<std::ptrdiff_t>(from), tokens.end()))) return false;
  source = inside;
  return true;
}

}  // namespace

std::optional<SourceExpression> parse_source(std::string_view text) {
  const auto tokens = tokens_of(text);
  if (!tokens || tokens->empty()) return std::nullopt;
  SourceExpression source;
  Reader reader(*tokens, 0, tokens->size());
  source.inverted = reader.take("-");
  const std::size_t begin = reader.at();
  if (read_swing(*tokens, begin, tokens->size(), source) || read_saturated(*tokens, begin, source)) return source;
  return std::nullopt;
}

}  // namespace basin
