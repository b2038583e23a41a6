#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/design/data_source.hpp"
#include "models/design/schema.hpp"

namespace basin {

/// A value as messages show it: 4.0, "text", a list, a table.
std::string shown(const Value& value);
/// Why a design of so many neurons is refused, with the memory it would take.
std::string too_many_neurons(double neurons);
/// `path` ends in .csv, .npy, … (any case): `extension` with its point.
bool has_extension(std::string_view path, std::string_view extension);

/// A value tree under the schema. Every accessor takes a key path ("circuit.gain"), falls back on the schema's default,
/// checks type and range, and throws InputError with the place of the value.
class Document {
 public:
  /// Throws InputError for a section or key that the schema does not know. `root` must outlive the document.
  Document(const Value& root, const DataSource& data);

  /// The user's value, or null.
  [[nodiscard]] const Value* find(std::string_view path) const;
  [[nodiscard]] bool has(std::string_view path) const { return find(path) != nullptr; }
  [[nodiscard]] bool has_section(std::string_view section) const;
  /// Place of the value, else of its section, else of the file.
  [[nodiscard]] Location where(std::string_view path) const;
  [[nodiscard]] Units units() const { return units_; }
  [[nodiscard]] const DataSource& data() const { return data_; }

  /// Throws InputError about `path`.
  [[noreturn]] void fail(std::string_view path, const std::string& problem) const;

  [[nodiscard]] bool boolean(std::string_view path) const;
  [[nodiscard]] std::int64_t integer(std::string_view path) const;
  [[nodiscard]] double number(std::string_view path) const;
  [[nodiscard]] std::string choice(std::string_view path) const;
  /// Nothing when the value is "auto", or absent without a default.
  [[nodiscard]] std::optional<std::int64_t> optional_integer(std::string_view path) const;
  [[nodiscard]] std::optional<double> optional_number(std::string_view path) const;
  /// Of a key that takes one value or a list: all of them, in their order; none when absent without a default.
  [[nodiscard]] std::vector<std::int64_t> integers(std::string_view path) const;
  [[nodiscard]] std::vector<double> numbers(std::string_view path) const;
  [[nodiscard]] std::vector<std::string> choices(std::string_view path) const;
  /// The value or default is this text.
  [[nodiscard]] bool is_word(std::string_view path, std::string_view word) const;

  /// One number, in SI units when physical.
  [[nodiscard]] double scalar(const Value& value, const Key& key) const;
  /// The numbers of a per-neuron value; one number alone gives one entry.
  [[nodiscard]] std::vector<double> neuron_values(std::string_view path) const;
  /// Rows of numbers: a list of lists, or a file.
  [[nodiscard]] Matrix matrix(const Value& value, const Key& key) const;
  /// The value that holds: the user's, else the default; null when there is neither.
  [[nodiscard]] const Value* effective(std::string_view path) const;
  /// The data file at `path` as the start of a sentence, `"w.csv" `; empty when the numbers stand in the design.
  [[nodiscard]] std::string file_of(std::string_view path) const;
  /// Throws InputError: `value` is not what `key` takes.
  [[noreturn]] void reject(const Value& value, const Key& key, const std::string& why = "") const;

 private:
  [[nodiscard]] bool is_auto(std::string_view path) const;
  void check_known() const;
  void check_section(const Section& section, const Value& table) const;
  [[noreturn]] void reject_unknown(const Value& value, std::string_view section, const std::string& name) const;
  [[nodiscard]] std::int64_t whole(const Value& value, const Key& key) const;
  void check_range(double number, const Value& value, const Key& key) const;

  const Value& root_;
  const DataSource& data_;
  Units units_ = Units::physical;
  std::map<std::string, Value, std::less<>> defaults_;
};

}  // namespace basin
