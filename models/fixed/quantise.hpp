#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/circuit/circuit.hpp"
#include "models/fixed/network.hpp"

namespace basin {

/// What the hardware must meet, from `[hardware]` and `[verify]`. Absent optionals are "auto".
struct QuantiseOptions {
  HardwareSpec hardware;
  double max_state_deviation = 1e-3;
  std::optional<double> max_total_deviation;
  double largest_start = 0.0;        // max |u0| over the cues, core coordinates
  double largest_cue_bias = 0.0;     // max |b| that a cue adds
  double smallest_margin = 0.0;      // least κ over the memories; 0 when there are none
  double exact_scale = 0.0;          // Learned::exact_scale
  int exact_bits = 0;                // Learned::weight_bits: what "auto" starts from; 0: its usual 8
  std::string file;                  // of the design, for messages
};

/// A network quantised, and the reasons for its formats as the user reads them.
struct Quantised {
  FixedNetwork network;
  Circuit realised;                   // what the integers stand for: the weights, biases, gains and τ of the hardware, g exact;
                                      // core coordinates. prepare() moves it out
  double bound = 0.0;                 // B of the realised circuit, at least max|u0|
  double stability_limit = 0.0;       // largest stable h for the order, 0 when there is no a-priori rule
  std::string stability_note;         // e.g. "no energy argument: W is not symmetric"
  std::vector<std::string> reasons;   // one line a format chosen by auto
};

/// `circuit` is in core coordinates (to_core). Throws ClaimError naming the largest step that holds when the step breaks the
/// stability rule and allow_unstable_step is false; throws InputError for formats that cannot hold the network.
Quantised quantise(const Circuit& circuit, const QuantiseOptions& options);

/// Most steps of a recall: max_steps, which counts steps of 1/32 where "auto" takes the finer step_exponent.
std::int64_t step_limit(const HardwareSpec& hardware);

/// λ of the hardware, N: the nearest that gain words hold.
Vector realised_gain(const FixedNetwork& network, const Circuit& core);

/// The integers of one bias vector (core coordinates), for cues that add to b.
std::vector<std::int32_t> raw_bias(const FixedNetwork& network, const Vector& bias);

}  // namespace basin
