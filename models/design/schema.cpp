#include "models/design/schema.hpp"

#include <array>
#include <cassert>

#include "models/design/schema_keys.hpp"
#include "models/design/text.hpp"

namespace basin {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

constexpr std::array<Section, 13> all_sections{{
    {"circuit", "The analog circuit: its neurons, their components and, where no rule makes them, its weights."},
    {"memory", "What the circuit shall remember, and the rule that makes weights of it."},
    {"cues", "The starting points of the recalls. Without this section there is one, `circuit.initial`."},
    {"recall", "What a recall holds before it lets all neurons go: its phases, which the core makes by itself."},
    {"simulate", "The continuous-time reference."},
    {"hardware", "The fixed-point core."},
    {"verify", "What `basin verify` requires."},
    {"capacity",
     "What `basin capacity` measures, on random memories of its own: `memory.patterns` may be left out beside it, and "
     "without [circuit] the circuit is normalised."},
    {"physical", "The circuit as a network of resistors, capacitors and amplifiers: what `basin spice` writes."},
    {"amplifier",
     "What real amplifiers do besides g, all of it off by default and independent of each other."},
    {"tolerance",
     "How far the parts of a circuit that is made lie from those of the design, drawn anew for each run of `basin yield`; all of it "
     "off by default and independent of each other."},
    {"noise", "Thermal noise of the resistors, off by default."},
    {"problem", "What the circuit is to solve, instead of `circuit.weights` or memories."},
}};

std::vector<Key> all_keys() {
  std::vector<Key> keys{
      {.section = "",
       .name = "name",
       .kind = Kind::name,
       .doc = "Names the design and its output folder `out/<name>`. Default: the file name, where it is a name.",
       .example = "\"letters\"",
       .starter = "\"starter\""}};
  for (auto part :
       {circuit_keys, memory_keys, cue_keys, recall_keys, simulate_keys, hardware_keys, verify_keys, capacity_keys, physical_keys,
        amplifier_keys, tolerance_keys, noise_keys, problem_keys}) {
    for (Key& key : part()) keys.push_back(std::move(key));
  }
  return keys;
}

/// "from 0 to 1", "at least 1".
std::string interval(const Key& key) {
  if (key.low == -infinity && key.high == infinity) return "";
  return " from " + number_text(key.low) + " to " + number_text(key.high);
}

std::string words(const Key& key) {
  std::vector<std::string> items;
  for (const std::string_view word : key.words) items.push_back("\"" + std::string(word) + "\"");
  return alternatives(items);
}

/// What a key's values are, without its words.
std::string value_kind(const Key& key, Units units) {
  const bool with_unit = (units == Units::physical || key.always_si) && key.dimension != Dimension::none;
  const std::string unit = with_unit ? " " + std::string(unit_name(key.dimension)) : "";
  const std::string quantity = "a number" + interval(key) + unit;
  switch (key.kind) {
    case Kind::name:
      return "1 to 64 characters A–Z a–z 0–9 . _ -, the first a letter";
    case Kind::boolean:
      return "true or false";
    case Kind::integer:
      return "a whole number" + interval(key);
    case Kind::integers:
      return "a whole number" + interval(key) + ", or a list of different ones";
    case Kind::power_of_two:
      return "a power of two" + interval(key);
    case Kind::number:
      return quantity;
    case Kind::numbers:
      return quantity + ", or a list of different ones";
    case Kind::quantity:
      return quantity + (with_unit ? " or " + unit_help(key.dimension) : "");
    case Kind::step:
      return "a power of two from \"1/1\" to \"1/32768\"";
    case Kind::state_format:
      return "bits from 4 to 32, \"s16.12\" with 4 to 32 bits and a fraction of 0 to 40";
    case Kind::choice:
      return "";
    case Kind::choices:
      return "a list of different ones";
    case Kind::neuron_choices:
      return "a list of them, one a neuron";
    case Kind::neuron_values:
      return quantity + (with_unit ? " or " + unit_help(key.dimension) : "") +
             ", a list of these, or a .csv or .npy file";
    case Kind::matrix:
      return "a .csv or .npy file, or a list of rows, of numbers" + interval(key) + unit;
    case Kind::patterns:
      return "a .txt, .csv, .npy, .pbm, .pgm or .png file, a list of files, pictures of # and . in text, or rows of 1 "
             "and -1";
    case Kind::names:
      return "a list of different texts of 1 to 64 printable ASCII characters, one a pattern";
    case Kind::phases:
      return "a list of at most " + std::to_string(max_holds) + " of \"visible\" and \"hidden\"";
    case Kind::durations:
      return quantity + (with_unit ? " or " + unit_help(key.dimension) : "") + ", or a list of these, one a phase";
    case Kind::shift:
      return "two whole numbers, less than the picture's width and height in size";
  }
  return quantity;
}

}  // namespace

std::string Key::path() const { return (section.empty() ? "" : std::string(section) + ".") + std::string(name); }

std::span<const Key> schema() {
  static const std::vector<Key> keys = all_keys();
  return keys;
}

std::span<const Section> sections() { return all_sections; }

const Key& schema_key(std::string_view path) {
  const Key* found = nullptr;
  for (const Key& key : schema()) {
    if (key.path() == path) found = &key;
  }
  assert(found != nullptr);
  return *found;
}

std::string allowed(const Key& key, Units units) {
  const std::string value = value_kind(key, units);
  if (key.words.empty()) return value;
  return value.empty() ? words(key) : words(key) + ", " + value;
}

}  // namespace basin
