#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/design/types.hpp"
#include "models/design/value.hpp"

namespace basin {

/// How many different activations a circuit may have: as many as a core has tables (docs/arithmetic.md).
inline constexpr std::size_t most_activations = 4;

enum class Units { physical, normalised };
/// `power` belongs to hidden units of a rule alone: no design names it.
enum class ActivationKind { tanh, logistic, erf, algebraic, arctan, clipped_linear, hard, table, power };
enum class Rule { none, hebb, storkey, pseudo_inverse, perceptron, max_margin, unlearning, covariance, polynomial, any, sequence };
enum class Diagonal { zero, keep };
enum class CueSource { patterns, file };
enum class CueUse { state, input, clamp };
enum class Held { visible, hidden };
enum class PreferredSeries { exact, e12, e24, e96 };
enum class ProblemKind { none, linear_program };
enum class Order : int { one = 1, two = 2 };

/// `[circuit]`: every per-neuron vector has N entries; SI units when physical, plain numbers when normalised.
struct CircuitSpec {
  Units units = Units::physical;
  Vector capacitance;                      // F; empty when normalised
  Vector resistance;                       // ohm: whole resistance at the node; empty when normalised or given as ρ
  Vector input_resistance;                 // ohm: ρ, amplifier input resistance; empty when `resistance` is given
  Vector tau;                              // normalised only; ones by default
  ActivationKind activation = ActivationKind::tanh;   // of all, or of the first neuron
  std::vector<ActivationKind> activation_of;          // one a neuron where they differ, else empty
  std::vector<bool> unipolar;              // range of each neuron: true for (0, 1)
  Vector gain;
  std::optional<Matrix> activation_table;  // rows (λu, g), for ActivationKind::table
  std::optional<Matrix> weights;           // T in siemens when physical, W when normalised; absent with a [memory] rule
  Vector bias;                             // I in amperes when physical, b when normalised; zeros by default
  Vector threshold;                        // θ, V = g(λ(u − θ)); zeros by default
  Vector initial;                          // u(0) when there are no cues; zeros by default
  Vector delay;                            // of each output on its way to every neuron: s when physical, τ when normalised;
                                           // empty: none at all
  bool symmetric = false;                  // the user requires T = Tᵀ
};

/// `[memory]`: `patterns` is M × N with entries ±1.
struct MemorySpec {
  Rule rule = Rule::none;
  Diagonal diagonal = Diagonal::zero;
  double margin = 0.5;                     // perceptron, max-margin
  int max_epochs = 10000;                  // perceptron, max-margin, any
  bool symmetric = true;                   // perceptron, max-margin: W = Wᵀ within the learning
  Matrix mask;                             // N × N of 0 and 1: where a weight may be, whatever its diagonal; empty: everywhere
  Vector polarity;                         // N: sign of every weight that leaves the neuron, 0 for both; empty: both
  std::optional<int> weight_bits;          // perceptron, max-margin: weights are integers of so many bits within the learning
  std::optional<double> row_sum;           // the most that Σ_j|W_ij| + |b_i| may be
  double unlearning_rate = 0.01;           // ε
  int unlearning_count = 100;
  std::uint64_t seed = 1;                  // of every draw in learning: unlearning, a random topology, learned integers
  int degree = 3;                          // polynomial: n of the energy
  bool visible_only = false;               // any: no hidden units
  bool hidden_memories = false;            // any: hidden units, where needed, are one a memory
  double tau_slow = 8.0;                   // sequence: τ of the slow units over the largest τ of the neurons
  Matrix patterns;
  std::vector<std::string> names;          // M names, "0", "1", … by default
  int image_width = 0;                     // 0 when the patterns are not pictures
  int image_height = 0;
};

/// `[cues]`.
struct CueSpec {
  bool present = false;
  CueSource from = CueSource::patterns;
  Matrix given;                            // a row a cue, when from a file
  double flip = 0.0;
  double occlude = 0.0;                    // share of the picture that a rectangle of zeros covers
  int shift_right = 0;                     // pixels by which the picture is moved
  int shift_down = 0;
  int count = 0;
  std::uint64_t seed = 1;
  CueUse as = CueUse::state;
  double amplitude = 0.5;
  bool carry = false;                      // each starts from where the one before it ended
};

/// `[recall]`: the phases of a recall before all neurons are free.
struct RecallSpec {
  std::optional<std::vector<Held>> hold;   // what each holds; absent: "auto"
  std::vector<double> hold_time;           // s when physical, τ when normalised: one, or one a phase; empty: 12 max(τ)
};

/// `[simulate]`. `t_end` absent means "auto".
struct SimulateSpec {
  std::optional<double> t_end;             // s when physical, τ when normalised
  double rtol = 1e-8;
  double atol = 1e-10;
  int samples = 0;
};

/// `[hardware]`. Absent optionals mean "auto".
struct HardwareSpec {
  std::string target = "sim";
  int lanes = 1;
  int step_exponent = 5;                   // K, h = 2^−K
  bool automatic_step = false;             // a finer one where the stability rule asks for it
  Order order = Order::two;
  std::optional<int> state_bits;
  std::optional<int> state_fraction;       // of "s16.12"
  std::optional<int> weight_bits;
  std::optional<int> table_segments;
  std::optional<int> drive_bits;
  std::int64_t settle_threshold = 0;
  std::int64_t max_steps = 4096;
  bool allow_unstable_step = false;
  std::string form = "dense";
};

/// `[verify]`.
struct VerifySpec {
  int icarus_cues = 4;                     // of all cues, for the slow engines
  double max_state_deviation = 1e-3;
  std::optional<double> max_total_deviation;
  double max_moved_by_weights = 0.03;
  double max_borderline = 0.05;
};

/// `[capacity]`: random memories, drawn anew for every trial of every cell.
struct CapacitySpec {
  bool present = false;                    // the section says how many memories
  std::vector<int> neurons;                // rising
  std::vector<std::vector<int>> patterns;  // M for every entry of `neurons`, rising
  int trials = 20;
  int recalls = 1;                         // of each trial
  bool sign = false;                       // two-valued neurons at T = 0 instead of the circuit
  std::vector<Rule> rules;
  std::vector<double> gains;
  std::vector<double> flips;
  std::vector<std::string> engines;        // "reference", "golden", "verilator"
  std::vector<int> weight_bits;            // empty: hardware.weight
  bool fewest_bits = false;                // look for the fewest weight bits instead of recalling
};

/// `[physical]`: the components that make the circuit.
struct PhysicalSpec {
  double resistance_ohm = 1e5;             // of every node of a normalised design
  double capacitance_f = 1e-11;            // of a neuron of τ = 1 of a normalised design
  double output_swing_v = 1.0;             // V that stand for V = 1
  PreferredSeries series = PreferredSeries::exact;
  std::optional<int> levels;               // steps of a programmable conductance
  bool overlaps = false;                   // synapses by overlap amplifiers, of factored weights

  bool operator==(const PhysicalSpec&) const = default;
};

/// `[amplifier]`: N entries each.
struct AmplifierSpec {
  Vector gain_bandwidth_hz;                // empty: no pole
  Vector output_resistance_ohm;            // zeros: ideal sources
  Vector open_loop_gain;                   // V/V; empty: infinite
  Vector slew_rate_v_per_s;                // empty: unlimited
  Vector saturation_v;                     // largest |V|; empty: that of g
  Vector input_offset_v;                   // zeros: none

  [[nodiscard]] bool is_ideal() const {
    return gain_bandwidth_hz.size() == 0 && output_resistance_ohm.isZero(0.0) && open_loop_gain.size() == 0 &&
           slew_rate_v_per_s.size() == 0 && saturation_v.size() == 0 && input_offset_v.isZero(0.0);
  }
};

/// `[tolerance]`: how the parts of one made circuit differ from those of the design. Shares are of the nominal value.
struct ToleranceSpec {
  bool uniform = false;                    // within ± the share; else Gaussian with the share as standard deviation
  double resistors = 0.0;
  double capacitors = 0.0;
  double input_offset_v = 0.0;             // standard deviation, or half the width
  double stuck_open = 0.0;                 // probability of a synapse
  double stuck_short = 0.0;
  double short_resistance_ohm = 1e3;       // what a shorted synapse has left
  double supply_droop = 0.0;               // share of the output swing that is lost
  std::uint64_t seed = 1;

  bool operator==(const ToleranceSpec&) const = default;
};

/// `[noise]`: the Johnson noise of the resistors.
struct NoiseSpec {
  std::optional<double> temperature;       // K when physical; k_B T of the normalised equation otherwise
  std::optional<double> step;              // s or τ; absent: a hundredth of the least τ
  std::uint64_t seed = 1;
};

/// `[problem]`: what the circuit is to solve.
struct ProblemSpec {
  ProblemKind kind = ProblemKind::none;
  Vector cost;                             // A: minimise A·V
  Matrix constraints;                      // D: a row a constraint, D V ≥ B
  Vector bounds;                           // B
  double penalty = 100.0;                  // K: slope of a constraint amplifier
  double largest = 10.0;                   // |V| that the variables' amplifiers reach
  double tau_constraint = 1e-3;            // τ of the constraint amplifiers over that of the variables
};

/// A resolved, validated design: what every later stage reads. Every default is filled in and every file read.
struct Design {
  std::string name;
  std::string file;                        // as the user named it, for messages
  int neurons = 0;
  CircuitSpec circuit;
  MemorySpec memory;
  CueSpec cues;
  RecallSpec recall;
  SimulateSpec simulate;
  HardwareSpec hardware;
  VerifySpec verify;
  CapacitySpec capacity;
  PhysicalSpec physical;
  AmplifierSpec amplifier;
  ToleranceSpec tolerance;
  NoiseSpec noise;
  ProblemSpec problem;
  std::string id;                          // design.id: SHA-256, hex
  std::vector<std::string> warnings;
};

}  // namespace basin
