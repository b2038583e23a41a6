#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/design/design.hpp"
#include "models/design/text.hpp"

/// The canonical JSON of design.id. Numbers are as number_text() has them, so that equal designs give equal bytes.
namespace basin {

/// Writes JSON piece by piece. Whoever calls it keeps the keys sorted.
class JsonWriter {
 public:
  explicit JsonWriter(std::function<void(std::string_view)> sink) : sink_(std::move(sink)) {}
  ~JsonWriter() { flush(); }
  JsonWriter(const JsonWriter&) = delete;
  JsonWriter& operator=(const JsonWriter&) = delete;

  void open(char bracket) {
    separate();
    text_ += bracket;
    first_ = true;
  }
  void close(char bracket) {
    text_ += bracket;
    first_ = false;
  }
  void key(std::string_view name) {
    separate();
    append_text(name);
    text_ += ':';
    first_ = true;
  }
  void raw(std::string_view json) {
    separate();
    text_ += json;
    first_ = false;
    if (text_.size() > 1 << 16) flush();
  }
  void number(double value) { raw(number_text(value + 0.0)); }  // −0 is 0
  void text(std::string_view value) {
    separate();
    append_text(value);
    first_ = false;
  }

 private:
  void separate() {
    if (!first_) text_ += ',';
    first_ = true;
  }
  /// Texts in a design are printable ASCII: quotes and backslashes are all there is to escape.
  void append_text(std::string_view value) {
    text_ += '"';
    for (const char c : value) {
      if (c == '"' || c == '\\') text_ += '\\';
      text_ += c;
    }
    text_ += '"';
  }
  void flush() {
    sink_(text_);
    text_.clear();
  }

  std::function<void(std::string_view)> sink_;
  std::string text_;
  bool first_ = true;
};

inline void field(JsonWriter& json, std::string_view key, double value) {
  json.key(key);
  json.number(value);
}

inline void field(JsonWriter& json, std::string_view key, std::int64_t value) {
  json.key(key);
  json.raw(std::to_string(value));
}

/// A seed, which may be beyond 2^53.
inline void field(JsonWriter& json, std::string_view key, std::uint64_t value) {
  json.key(key);
  json.raw(std::to_string(value));
}

inline void field(JsonWriter& json, std::string_view key, int value) { field(json, key, std::int64_t{value}); }

inline void field(JsonWriter& json, std::string_view key, std::string_view value) {
  json.key(key);
  json.text(value);
}

inline void field(JsonWriter& json, std::string_view key, const char* value) { field(json, key, std::string_view(value)); }

inline void field(JsonWriter& json, std::string_view key, bool value) {
  json.key(key);
  json.raw(value ? "true" : "false");
}

/// Absent: null.
template <class Value>
void field(JsonWriter& json, std::string_view key, const std::optional<Value>& value) {
  json.key(key);
  value ? json.number(static_cast<double>(*value)) : json.raw("null");
}

inline void field(JsonWriter& json, std::string_view key, const Vector& values) {
  json.key(key);
  json.open('[');
  for (const double value : values) json.number(value);
  json.close(']');
}

inline void field(JsonWriter& json, std::string_view key, const Matrix& matrix) {
  json.key(key);
  json.open('[');
  for (Index row = 0; row < matrix.rows(); ++row) {
    json.open('[');
    for (const double value : matrix.row(row)) json.number(value);
    json.close(']');
  }
  json.close(']');
}

template <class Number>
void list(JsonWriter& json, std::string_view key, const std::vector<Number>& numbers) {
  json.key(key);
  json.open('[');
  for (const Number number : numbers) json.number(number);
  json.close(']');
}

}  // namespace basin
