#pragma once

#include <string>
#include <vector>

#include "sim/compare/verification.hpp"

namespace basin::report {

/// One neuron of one recall: u of the realised circuit and of the hardware.
struct NeuronSeries {
  int neuron = 0;
  std::vector<double> analog;
  std::vector<double> hardware;
};

/// Overlap ξ·V/N with one memory over a recall: of the realised circuit and of the hardware.
struct OverlapSeries {
  std::string memory;
  std::vector<double> analog;
  std::vector<double> hardware;
};

/// One recall up to its settling, at the samples that were kept.
struct CueSeries {
  int cue = 0;
  std::vector<double> t;
  std::vector<double> analog_energy;
  std::vector<double> hardware_energy;   // of the realised circuit at the hardware's state
  std::vector<double> deviation;         // max_i |u_hardware − u_realised| / B / max(1, A); 0 where it is not judged
  std::vector<OverlapSeries> overlaps;   // with the memories that it passed first; empty unless it passed two
  std::vector<NeuronSeries> neurons;     // those that move most, and the one that deviates most
};

/// Whether the traces that the series are made of were kept.
bool has_series(const Verification& found);
/// The golden model's recall of `cue` beside the circuit's, `neurons` of its states and `overlaps` of its overlaps with
/// `memory` at most.
CueSeries series_of(const Verification& found, const MemorySpec& memory, int cue, std::size_t neurons, std::size_t overlaps);
/// Signs ('+', '-', '0') of the realised circuit's end.
std::string analog_signs(const Verification& found, int cue);
/// Signs of an engine's end, which are golden's as every bit is; "" where it differs from golden or did not run the cue.
std::string engine_signs(const Verification& found, const EngineReport& engine, int cue);
/// At most `most` cues worth a look: that of the largest deviation, some that did not come back, then the first ones;
/// in order.
std::vector<int> chosen_cues(const Verification& found, std::size_t most);

}  // namespace basin::report
