#include "models/design/schema.hpp"

#include <array>
#include <cassert>
#include <cmath>

#include "models/design/text.hpp"

namespace basin {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

constexpr std::array<Section, 6> all_sections{{
    {"circuit", "The analog circuit: its neurons, their components and, where no rule makes them, its weights."},
    {"memory", "What the circuit shall remember, and the rule that makes weights of it."},
    {"cues", "The starting points of the recalls. Without this section there is one, `circuit.initial`."},
    {"simulate", "The continuous-time reference."},
    {"hardware", "The fixed-point core."},
    {"verify", "What `basin verify` requires."},
}};

std::vector<Key> circuit_keys() {
  return {
      {.section = "circuit", .name = "units", .kind = Kind::choice, .fallback = "\"physical\"",
       .words = {"physical", "normalised"},
       .doc = "`physical`: farads, ohms, siemens, volts, amperes, seconds. `normalised`: plain numbers, times in units of τ.",
       .example = "\"normalised\"", .starter = "\"physical\""},
      {.section = "circuit", .name = "neurons", .kind = Kind::integer, .low = 1, .high = max_neurons,
       .doc = "Number of neurons N. Where patterns, weights or a list say it, it may be left out.", .example = "64"},
      {.section = "circuit", .name = "capacitance", .kind = Kind::neuron_values, .low = 1e-24, .high = 1e3,
       .dimension = Dimension::farad, .doc = "C of each neuron. Physical designs need it.", .example = "\"10 pF\"",
       .starter = "\"10 pF\""},
      {.section = "circuit", .name = "resistance", .kind = Kind::neuron_values, .low = 1e-9, .high = 1e18,
       .dimension = Dimension::ohm,
       .doc = "R, the whole resistance at each neuron. Physical designs need this or `input_resistance`.",
       .example = "\"100 kohm\"", .starter = "\"100 kohm\""},
      {.section = "circuit", .name = "input_resistance", .kind = Kind::neuron_values, .low = 1e-9, .high = 1e18,
       .dimension = Dimension::ohm, .doc = "ρ, the amplifier's input resistance: 1/R = 1/ρ + Σ|T|.", .example = "\"1 Mohm\""},
      {.section = "circuit", .name = "tau", .kind = Kind::neuron_values, .fallback = "1", .low = 1e-18, .high = 1e18,
       .doc = "Time constant of each neuron. Normalised designs only; physical ones have τ = R C.", .example = "[1, 2, 1]"},
      {.section = "circuit", .name = "activation", .kind = Kind::choice, .fallback = "\"tanh\"",
       .words = {"tanh", "logistic", "erf", "algebraic", "arctan", "clipped-linear", "hard", "table"},
       .doc = "V = g(λu). All but `hard` have slope λ at 0 in the bipolar range.", .example = "\"arctan\"",
       .starter = "\"tanh\""},
      {.section = "circuit", .name = "activation_table", .kind = Kind::matrix, .low = -1e9, .high = 1e9,
       .doc = "For `activation = \"table\"`: rows (λu, g), λu rising, g never falling, |g| ≤ 1; straight lines between, constant "
              "outside.",
       .example = "\"amplifier.csv\""},
      {.section = "circuit", .name = "range", .kind = Kind::neuron_choices, .fallback = "\"bipolar\"",
       .words = {"bipolar", "unipolar"},
       .doc = "Range of V: (−1, 1), or (0, 1) with (1 + g)/2. `logistic` is unipolar, and so is its default.",
       .example = "\"unipolar\""},
      {.section = "circuit", .name = "gain", .kind = Kind::neuron_values, .fallback = "4.0", .low = 1e-9, .high = 1e9,
       .doc = "λ of each neuron: per volt when physical.", .example = "4.0", .starter = "4.0"},
      {.section = "circuit", .name = "weights", .kind = Kind::matrix, .low = -1e30, .high = 1e30,
       .dimension = Dimension::siemens,
       .doc = "N rows of N numbers: T in siemens when physical, W when normalised. Row i holds the inputs of neuron i. "
              "Either this or `memory.rule`.",
       .example = "\"weights.npy\""},
      {.section = "circuit", .name = "bias", .kind = Kind::neuron_values, .fallback = "0", .low = -1e30, .high = 1e30,
       .doc = "b of each neuron. Normalised designs only.", .example = "0.1"},
      {.section = "circuit", .name = "input_current", .kind = Kind::neuron_values, .fallback = "0", .low = -1e30, .high = 1e30,
       .dimension = Dimension::ampere, .doc = "I into each neuron. Physical designs only.", .example = "\"5 nA\""},
      {.section = "circuit", .name = "threshold", .kind = Kind::neuron_values, .fallback = "0", .low = -1e9, .high = 1e9,
       .dimension = Dimension::volt, .doc = "θ of each neuron: V = g(λ(u − θ)).", .example = "\"100 mV\""},
      {.section = "circuit", .name = "initial", .kind = Kind::neuron_values, .fallback = "0", .low = -1e9, .high = 1e9,
       .dimension = Dimension::volt, .doc = "u(0) of each neuron when the design has no `[cues]`.", .example = "[0.1, -0.1]"},
      {.section = "circuit", .name = "symmetric", .kind = Kind::boolean, .fallback = "false",
       .doc = "Require T = Tᵀ of the given weights (to within 1e-12 of the largest).", .example = "true"},
  };
}

std::vector<Key> memory_keys() {
  return {
      {.section = "memory", .name = "patterns", .kind = Kind::patterns,
       .doc = "The memories: a file, a list of files, pictures in text, or rows of 1 and −1.", .example = "\"letters.txt\"",
       .starter = "'''\nname: T\n#####\n..#..\n..#..\n..#..\n..#..\n\nname: L\n#....\n#....\n#....\n#....\n#####\n\nname: X\n#...#"
                  "\n.#.#.\n..#..\n.#.#.\n#...#\n'''"},
      {.section = "memory", .name = "names", .kind = Kind::names,
       .doc = "One name a memory. Default: the names in a text picture file, else \"0\", \"1\", …", .example = "[\"A\", \"B\"]"},
      {.section = "memory", .name = "rule", .kind = Kind::choice, .words = {"hebb", "pseudo-inverse", "perceptron"},
       .doc = "How weights are made of the patterns. Either this or `circuit.weights`.", .example = "\"pseudo-inverse\"",
       .starter = "\"pseudo-inverse\""},
      {.section = "memory", .name = "diagonal", .kind = Kind::choice, .fallback = "\"zero\"", .words = {"zero", "keep"},
       .doc = "Whether neurons feed themselves.", .example = "\"keep\""},
      {.section = "memory", .name = "margin", .kind = Kind::number, .fallback = "0.5", .low = 0, .high = 1e6,
       .doc = "`perceptron`: the margin κ that every memory must reach.", .example = "0.5"},
      {.section = "memory", .name = "max_epochs", .kind = Kind::integer, .fallback = "10000", .low = 1, .high = 1e9,
       .doc = "`perceptron`: passes after which it gives up.", .example = "10000"},
  };
}

std::vector<Key> cue_keys() {
  return {
      {.section = "cues", .name = "from", .kind = Kind::matrix, .fallback = "\"patterns\"", .low = -1e9, .high = 1e9,
       .words = {"patterns"},
       .doc = "`patterns`: the memories with entries flipped; cue c belongs to memory c mod M. Or a row of N numbers a cue, "
              "0 where nothing is known.",
       .example = "\"cues.csv\"", .starter = "\"patterns\""},
      {.section = "cues", .name = "flip", .kind = Kind::number, .fallback = "0.0", .low = 0, .high = 1,
       .doc = "Share of the entries that are turned: exactly round(flip · N) places a cue.", .example = "0.2", .starter = "0.2"},
      {.section = "cues", .name = "count", .kind = Kind::integer, .low = 1, .high = max_cues,
       .doc = "Number of cues. Default: one a memory, or one a row.", .example = "120", .starter = "30"},
      {.section = "cues", .name = "seed", .kind = Kind::integer, .fallback = "1", .low = 0, .high = 9.2e18,
       .doc = "Seed of the flips and of every other draw.", .example = "1", .starter = "1"},
      {.section = "cues", .name = "as", .kind = Kind::choice, .fallback = "\"state\"", .words = {"state", "input"},
       .doc = "`state`: u(0) = amplitude · cue, in volts when physical. `input`: amplitude · cue is added to b or I, and u(0) = 0.",
       .example = "\"state\""},
      {.section = "cues", .name = "amplitude", .kind = Kind::number, .fallback = "0.5", .low = 0, .high = 1e9,
       .doc = "What a cue entry of 1 is worth.", .example = "0.5"},
  };
}

std::vector<Key> simulate_keys() {
  return {
      {.section = "simulate", .name = "t_end", .kind = Kind::quantity, .fallback = "\"auto\"", .low = 1e-30, .high = 1e30,
       .dimension = Dimension::second, .words = {"auto"},
       .doc = "Length of a run, at most 10⁶ of the largest τ. `auto`: until |du/dt| ≤ 10 rtol B, at most 1,000 τ.",
       .example = "\"20 us\""},
      {.section = "simulate", .name = "rtol", .kind = Kind::number, .fallback = "1e-8", .low = 1e-14, .high = 0.1,
       .doc = "Relative error a step.", .example = "1e-8"},
      {.section = "simulate", .name = "atol", .kind = Kind::number, .fallback = "1e-10", .low = 1e-30, .high = 1,
       .doc = "Absolute error a step.", .example = "1e-10"},
      {.section = "simulate", .name = "samples", .kind = Kind::integer, .fallback = "0", .low = 0, .high = 1e6,
       .doc = "K gives the states at times i t_end/K, i = 0 … K; 0 none.", .example = "200"},
  };
}

std::vector<Key> hardware_keys() {
  return {
      {.section = "hardware", .name = "target", .kind = Kind::choice, .fallback = "\"sim\"", .words = {"ice40-hx8k", "sim"},
       .doc = "What the core is built for; `sim` is simulation alone.", .example = "\"ice40-hx8k\"",
       .starter = "\"ice40-hx8k\""},
      {.section = "hardware", .name = "lanes", .kind = Kind::integer, .fallback = "1", .low = 1, .high = 512,
       .doc = "Multiply-accumulate units P, at most N; P need not divide N.", .example = "8", .starter = "5"},
      {.section = "hardware", .name = "step", .kind = Kind::step, .fallback = "\"1/32\"", .doc = "h = dt/τ = 2^−K.",
       .example = "\"1/32\"", .starter = "\"1/32\""},
      {.section = "hardware", .name = "order", .kind = Kind::integer, .fallback = "2", .low = 1, .high = 2,
       .doc = "1: Euler. 2: Adams–Bashforth.", .example = "2", .starter = "2"},
      {.section = "hardware", .name = "state", .kind = Kind::state_format, .fallback = "\"auto\"", .words = {"auto"},
       .doc = "Word of a state: bits, or `\"s16.12\"`, 16 bits of which 12 after the point.", .example = "\"s16.12\""},
      {.section = "hardware", .name = "weight", .kind = Kind::integer, .fallback = "\"auto\"", .low = 2, .high = 16,
       .words = {"auto"}, .doc = "Bits of a weight.", .example = "8"},
      {.section = "hardware", .name = "activation_table", .kind = Kind::power_of_two, .fallback = "\"auto\"", .low = 1,
       .high = 1024, .words = {"auto"}, .doc = "Segments of the activation table.", .example = "64"},
      {.section = "hardware", .name = "settle_threshold", .kind = Kind::integer, .fallback = "0", .low = 0, .high = 1 << 30,
       .doc = "Settled: no state word moved by more than this.", .example = "0"},
      {.section = "hardware", .name = "max_steps", .kind = Kind::integer, .fallback = "4096", .low = 1, .high = 2147483647,
       .doc = "Steps after which a recall ends unsettled.", .example = "4096"},
      {.section = "hardware", .name = "allow_unstable_step", .kind = Kind::boolean, .fallback = "false",
       .doc = "Run a step that breaks the stability rule.", .example = "true"},
      {.section = "hardware", .name = "form", .kind = Kind::choice, .fallback = "\"dense\"", .words = {"dense"},
       .doc = "How W·V is computed.", .example = "\"dense\""},
  };
}

std::vector<Key> verify_keys() {
  return {
      {.section = "verify", .name = "max_state_deviation", .kind = Kind::number, .fallback = "1e-3", .low = 1e-9, .high = 1e3,
       .doc = "Limit of the normalised deviation between hardware and realised circuit.", .example = "1e-3", .starter = "1e-3"},
      {.section = "verify", .name = "max_total_deviation", .kind = Kind::number, .low = 1e-9, .high = 1e3,
       .doc = "Limit of the deviation from the designed circuit; `weight = \"auto\"` then chooses the bits. Default: no limit.",
       .example = "0.05"},
      {.section = "verify", .name = "max_moved_by_weights", .kind = Kind::number, .fallback = "0.03", .low = 0, .high = 1,
       .doc = "Largest share of cues that weight rounding may send elsewhere.", .example = "0.03"},
      {.section = "verify", .name = "max_borderline", .kind = Kind::number, .fallback = "0.05", .low = 0, .high = 1,
       .doc = "Largest share of cues so near a boundary that nothing can be claimed.", .example = "0.05"},
  };
}

std::vector<Key> all_keys() {
  std::vector<Key> keys{{.section = "", .name = "name", .kind = Kind::name,
                         .doc = "Names the design and its output folder `out/<name>`. Default: the file name, where it is a name.",
                         .example = "\"letters\"", .starter = "\"starter\""}};
  for (auto part : {circuit_keys, memory_keys, cue_keys, simulate_keys, hardware_keys, verify_keys}) {
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
  const bool with_unit = units == Units::physical && key.dimension != Dimension::none;
  const std::string unit = with_unit ? " " + std::string(unit_name(key.dimension)) : "";
  const std::string quantity = "a number" + interval(key) + unit;
  switch (key.kind) {
    case Kind::name: return "1 to 64 characters A–Z a–z 0–9 . _ -, the first a letter";
    case Kind::boolean: return "true or false";
    case Kind::integer: return "a whole number" + interval(key);
    case Kind::power_of_two: return "a power of two" + interval(key);
    case Kind::number: return quantity;
    case Kind::quantity: return quantity + (with_unit ? " or " + unit_help(key.dimension) : "");
    case Kind::step: return "a power of two from \"1/1\" to \"1/32768\"";
    case Kind::state_format: return "bits from 4 to 32, \"s16.12\" with 4 to 32 bits and a fraction of 0 to 40";
    case Kind::choice: return "";
    case Kind::neuron_choices: return "a list of them, one a neuron";
    case Kind::neuron_values:
      return quantity + (with_unit ? " or " + unit_help(key.dimension) : "") + ", a list of these, or a .csv or .npy file";
    case Kind::matrix: return "a .csv or .npy file, or a list of rows, of numbers" + interval(key) + unit;
    case Kind::patterns:
      return "a .txt, .csv, .npy or .pbm file, a list of files, pictures of # and . in text, or rows of 1 and -1";
    case Kind::names: return "a list of different texts of 1 to 64 printable ASCII characters, one a pattern";
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
