#pragma once

#include <string>
#include <vector>

#include "models/physical/amplifier_system.hpp"

namespace basin {

/// The names that decks give to nodes: u<i> for the state of neuron i, vp<i> and vn<i> for its outputs.
std::string state_node(Index i);
std::string output_node(Index i, bool inverted);

/// The circuit as a netlist that ngspice, Xyce and LTspice read alike: a .subckt for each kind of amplifier and for the network
/// (above 332 neurons, which is more nodes than ngspice allows one, its elements as they are), their instances, and where biases need it the reference of ±S; no analysis and no control language. `amplifiers`: null for
/// ideal ones. A delay is a matched line that carries what has changed since the start, so that it begins without a past of its
/// own. Amplifiers of `drive.held_v` are sources of that voltage, and `drive.current` are current sources. `title` goes
/// into the first line and must be one line.
std::string deck_text(const ResistorNetwork& network, const AmplifierModel* amplifiers, const Drive& drive,
                      const std::string& title);

enum class Dialect { ngspice, xyce, ltspice };

/// One transient analysis of a deck.
struct Bench {
  std::string title;           // one line
  std::string deck;            // file name of the deck, beside the bench
  std::string result;          // file name of what the simulator writes
  Vector start;                // V at every u at t = 0, N
  double t_end = 0.0;          // s
  double max_step = 0.0;       // s
};

/// The bench as that simulator reads it: the deck included, starts, tolerances, the analysis, what to keep.
std::string bench_text(Dialect dialect, const Bench& bench);

/// What ngspice prints once a bench has run to its end.
inline constexpr const char* end_marker = "basin-bench-finished";

}  // namespace basin
