#include "models/design/schema_keys.hpp"

namespace basin {

std::vector<Key> physical_keys() {
  return {
      {.section = "physical",
       .name = "resistance",
       .kind = Kind::quantity,
       .fallback = "\"100 kohm\"",
       .low = 1e-3,
       .high = 1e15,
       .dimension = Dimension::ohm,
       .always_si = true,
       .doc = "R of every node of a normalised design. A physical one has its own.",
       .example = "\"100 kohm\""},
      {.section = "physical",
       .name = "capacitance",
       .kind = Kind::quantity,
       .fallback = "\"10 pF\"",
       .low = 1e-18,
       .high = 1.0,
       .dimension = Dimension::farad,
       .always_si = true,
       .doc = "C of a neuron of τ = 1 of a normalised design. A physical one has its own.",
       .example = "\"10 pF\""},
      {.section = "physical",
       .name = "output_swing",
       .kind = Kind::quantity,
       .fallback = "1.0",
       .low = 1e-6,
       .high = 1e6,
       .dimension = Dimension::volt,
       .always_si = true,
       .doc = "Volts that stand for V = 1. Every voltage is as many times larger than in the design.",
       .example = "\"5 V\""},
      {.section = "physical",
       .name = "series",
       .kind = Kind::choice,
       .fallback = "\"exact\"",
       .words = {"exact", "E12", "E24", "E96"},
       .doc = "Preferred values (IEC 60063) that resistors and capacitors are rounded to, by ratio.",
       .example = "\"E24\""},
      {.section = "physical",
       .name = "levels",
       .kind = Kind::integer,
       .low = 1,
       .high = 65536,
       .doc = "Programmable conductances: each of the network's is rounded to one of so many equal steps from 0 to the largest, "
              "and is absent at 0. Default: any value. Not beside `series`.",
       .example = "16"},
  };
}

std::vector<Key> amplifier_keys() {
  return {
      {.section = "amplifier",
       .name = "gain_bandwidth",
       .kind = Kind::neuron_values,
       .low = 1e-3,
       .high = 1e18,
       .dimension = Dimension::hertz,
       .always_si = true,
       .doc = "Gain–bandwidth product of each amplifier: its output follows g with one pole at this over its small-signal gain. "
              "Default: no pole.",
       .example = "\"100 MHz\""},
      {.section = "amplifier",
       .name = "output_resistance",
       .kind = Kind::neuron_values,
       .fallback = "0",
       .low = 0,
       .high = 1e9,
       .dimension = Dimension::ohm,
       .always_si = true,
       .doc = "In series with both outputs of each amplifier, so that the network loads them.",
       .example = "\"75 ohm\""},
  };
}

}  // namespace basin
