#include <vector>

#include "models/design/rule_names.hpp"
#include "models/design/schema_keys.hpp"
#include "models/design/weight_bits.hpp"

namespace basin {
namespace {

/// Those that make weights of the visible neurons alone.
std::vector<std::string_view> rules() {
  std::vector<std::string_view> words = rule_words();
  std::erase(words, "any");
  std::erase(words, "polynomial");
  std::erase(words, "sequence");
  return words;
}

}  // namespace

std::vector<Key> capacity_keys() {
  return {
      {.section = "capacity",
       .name = "neurons",
       .kind = Kind::integers,
       .low = 2,
       .high = max_neurons,
       .doc = "Number of neurons N, or several. Default: `circuit.neurons`.",
       .example = "[500, 1000, 2000]"},
      {.section = "capacity",
       .name = "patterns",
       .kind = Kind::integers,
       .low = 1,
       .high = max_patterns,
       .doc = "Numbers of memories M. Either this or `loads`.",
       .example = "[100, 120, 140]"},
      {.section = "capacity",
       .name = "loads",
       .kind = Kind::numbers,
       .low = 1e-4,
       .high = 10,
       .doc = "Loads α: M = round(α N), at least 1, for every N.",
       .example = "[0.10, 0.12, 0.14]"},
      {.section = "capacity",
       .name = "trials",
       .kind = Kind::integer,
       .fallback = "20",
       .low = 1,
       .high = 1e5,
       .doc = "Sets of random memories that are drawn for every cell of the table, each independently.",
       .example = "20"},
      {.section = "capacity",
       .name = "recalls",
       .kind = Kind::integer,
       .fallback = "1",
       .low = 1,
       .high = 4096,
       .doc = "Memories of each set that are recalled, at most M.",
       .example = "16"},
      {.section = "capacity",
       .name = "dynamics",
       .kind = Kind::choice,
       .fallback = "\"analog\"",
       .words = {"analog", "sign"},
       .doc = "`analog`: the circuit. `sign`: two-valued neurons at T = 0, one after the other.",
       .example = "\"sign\""},
      {.section = "capacity",
       .name = "rules",
       .kind = Kind::choices,
       .words = rules(),
       .doc = "Rules to compare. Default: `memory.rule`, or hebb.",
       .example = "[\"hebb\", \"storkey\"]"},
      {.section = "capacity",
       .name = "gains",
       .kind = Kind::numbers,
       .low = 1e-9,
       .high = 1e9,
       .doc = "Gains λ of the circuit. Default: `circuit.gain`.",
       .example = "[2.0, 10.0]"},
      {.section = "capacity",
       .name = "flips",
       .kind = Kind::numbers,
       .low = 0,
       .high = 1,
       .doc = "Shares of a cue that are turned. Default: `cues.flip`.",
       .example = "[0.0, 0.1]"},
      {.section = "capacity",
       .name = "engines",
       .kind = Kind::choices,
       .fallback = "\"reference\"",
       .words = {"reference", "golden", "verilator"},
       .doc = "What recalls: the circuit's equation, the fixed-point model, the RTL, every word of which is compared with "
              "the fixed-point model's.",
       .example = "[\"reference\", \"golden\"]"},
      {.section = "capacity",
       .name = "weight_bits",
       .kind = Kind::integers,
       .low = least_weight_bits,
       .high = most_weight_bits,
       .words = {"fewest"},
       .doc = "Bits of a weight on the engines of integers. `fewest`: the fewest with which every memory is stored. Default: "
              "`hardware.weight`.",
       .example = "[4, 8]"},
  };
}

}  // namespace basin
