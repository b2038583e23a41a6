#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "models/circuit/activation.hpp"
#include "sim/spice/deck_elements.hpp"

namespace basin {

/// The Hopfield circuit that a deck is. SI units, voltages as in the deck.
struct DeckCircuit {
  std::vector<std::string> names;   // the node of each neuron's state
  Matrix conductance;               // T, S, N × N
  Vector current;                   // A into every node, what resistors to fixed voltages bring included
  Vector ground;                    // ohm: all resistors to fixed voltages in parallel; infinite without one
  Vector capacitance;               // F
  Vector gain;                      // V/V
  Vector threshold;                 // V
  Vector initial;                   // V
  std::vector<bool> unipolar;
  Activation activation;
  double swing = 1.0;               // V
  Vector pole_hz;                   // empty: no poles
  Vector slew_v_per_s;              // empty: none
  Vector saturation_v;              // empty: none
  Vector output_resistance;         // ohm; zeros: none
  Vector delay_s;                   // zeros: none
  std::optional<double> t_end;      // s

  [[nodiscard]] Index size() const { return capacitance.size(); }
  /// Small-signal amplification, as ResistorNetwork has it.
  [[nodiscard]] double amplification(Index i) const;
};

/// Recognises the circuit. Throws InputError with file and line for an element that has no place in one.
DeckCircuit recognise(const Elements& elements, const std::string& file);

}  // namespace basin
