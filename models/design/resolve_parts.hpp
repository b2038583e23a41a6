#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "models/design/design.hpp"
#include "models/design/document.hpp"

/// The sections of resolve_design(), in the order in which they can be resolved.
namespace basin::resolve {

/// The number of neurons, as every piece of data agrees on it.
class NeuronCount {
 public:
  explicit NeuronCount(const Document& document);
  /// `count` neurons according to the data at `path`, "has 12 columns". Throws InputError when others say another
  /// number, or more than any design may have.
  void observe(std::string_view path, Index count, const std::string& as);
  /// Throws InputError when nothing said it.
  [[nodiscard]] int get() const;

 private:
  const Document& document_;
  Index count_ = 0;
  std::string source_;
};

MemorySpec memory(const Document& document, NeuronCount& count);
/// `symmetric`, `topology`, `polarity`, `weight_bits`, `row_sum` and the numbers of `unlearning`, once the patterns are known.
void restrictions(const Document& document, MemorySpec& spec);
CircuitSpec circuit(const Document& document, NeuronCount& count);
CueSpec cues(const Document& document, const MemorySpec& memory, int neurons);
RecallSpec recall(const Document& document, const CircuitSpec& circuit, const CueSpec& cues);
SimulateSpec simulate(const Document& document, const CircuitSpec& circuit);
HardwareSpec hardware(const Document& document, int neurons);
VerifySpec verify(const Document& document);
/// Whether [capacity] says how many memories to draw, so that the design needs none of its own.
bool draws_patterns(const Document& document);
/// Refuses keys whose values memories that [capacity] draws could not take up.
void refuse_beside_drawn_patterns(const Document& document);
/// [capacity] says the number of neurons where nothing else does.
void capacity_neurons(const Document& document, NeuronCount& count);
CapacitySpec capacity(const Document& document, const CircuitSpec& circuit, const MemorySpec& memory, const CueSpec& cues,
                      int neurons);
/// One entry a neuron, whether the design gives one for all or a list; empty when the key is absent and has no default.
Vector one_a_neuron(const Document& document, std::string_view path, int neurons);
PhysicalSpec physical(const Document& document);
AmplifierSpec amplifier(const Document& document, int neurons);
ToleranceSpec tolerance(const Document& document);
NoiseSpec noise(const Document& document);
/// What physical.network = "overlaps" has no place for: amplifiers that are ideal hear outputs at once, by parts that are exact.
void refuse_beside_overlaps(const Document& document, const Design& design);
/// Says the number of neurons, which are the variables.
ProblemSpec problem(const Document& document, NeuronCount& count);
/// The variables' amplifiers: clipped-linear, V = 1 at `largest`.
void set_amplifiers(const ProblemSpec& problem, CircuitSpec& circuit);
/// The largest τ, in the design's unit of time.
double slowest(const CircuitSpec& circuit);
std::string design_name(const Document& document);

}  // namespace basin::resolve
