#pragma once

#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/design/design.hpp"
#include "models/design/units.hpp"

namespace basin {

/// What a key holds.
enum class Kind {
  name,  // a design name
  boolean,
  integer,
  integers,  // a whole number, or a list of different ones
  power_of_two,  // an integer
  number,
  numbers,         // a number, or a list of different ones
  quantity,        // a number, or text with a unit in a physical design
  step,            // "1/32"
  state_format,    // bits, or "s16.12"
  choice,          // one of `words`
  choices,         // one of `words`, or a list of different ones
  neuron_choices,  // one of `words`, or a list of N of them
  neuron_values,   // a number, text with a unit, a list of N of them, or a csv or npy file
  matrix,          // rows of numbers, or a csv or npy file
  patterns,        // pattern files, pictures in text, or rows of ±1
  names,           // a list of texts
  phases,          // a list of `words`, a phase each, or "auto"
  durations,       // a quantity, or a list of them
  shift            // two integers
};

/// One key of the design file: the only place that knows its type, default, range and meaning.
struct Key {
  std::string_view section = {};  // "" for the top level
  std::string_view name = {};
  Kind kind = Kind::number;
  std::string_view fallback = {};  // the default as TOML text; empty when there is none
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  Dimension dimension = Dimension::none;
  bool always_si = false;  // takes units in normalised designs too
  std::vector<std::string_view> words = {};  // texts allowed besides, or instead of, a value
  std::string_view doc = {};
  std::string_view example = {};  // as TOML text
  std::string_view starter = {};  // its text in the starter design; empty: shown as a comment

  /// "circuit.gain".
  [[nodiscard]] std::string path() const;
};

struct Section {
  std::string_view name;
  std::string_view doc;
};

/// Most neurons a design may have: its dense matrices of 8 N² bytes, of which a run keeps about six, then take 12 GiB.
inline constexpr int max_neurons = 16384;
inline constexpr int max_patterns = 16384;
inline constexpr int max_holds = 3;
inline constexpr int max_cues = 1'000'000;

/// Every key, section by section in the order of the documentation.
std::span<const Key> schema();
std::span<const Section> sections();
/// The key at `path`, which must exist.
const Key& schema_key(std::string_view path);
/// What a key takes, in words: "a number from 0 to 1". Used by messages and by the documentation.
std::string allowed(const Key& key, Units units);

/// docs/design-file.md.
std::string schema_markdown();
/// A commented design that is valid as it stands: what `basin init` writes.
std::string starter_design();

}  // namespace basin
