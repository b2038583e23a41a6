#include "sim/bench/hardware_case.hpp"

#include "models/design/random.hpp"
#include "sim/reference/pipeline.hpp"
#include "sim/reference/raw_cue.hpp"

namespace basin::bench {
namespace {

constexpr std::uint64_t seed = 1;

Matrix random_patterns(int count, int neurons) {
  Random random(seed, Stream::test, 0);
  Matrix patterns(count, neurons);
  for (Index m = 0; m < count; ++m) {
    for (Index i = 0; i < neurons; ++i) patterns(m, i) = random.sign();
  }
  return patterns;
}

Design design_of(int neurons, int lanes, int cues) {
  Design design;
  design.name = "bench";
  design.file = "bench";
  design.neurons = neurons;
  CircuitSpec& circuit = design.circuit;
  circuit.units = Units::normalised;
  circuit.tau = Vector::Ones(neurons);
  circuit.unipolar.assign(static_cast<std::size_t>(neurons), false);
  circuit.gain = Vector::Constant(neurons, 4.0);
  circuit.bias = circuit.threshold = circuit.initial = Vector::Zero(neurons);
  design.memory.rule = Rule::pseudo_inverse;
  design.memory.patterns = random_patterns(neurons / 10, neurons);
  for (int m = 0; m < neurons / 10; ++m) design.memory.names.push_back(std::to_string(m));
  design.cues.present = true;
  design.cues.flip = 0.2;
  design.cues.count = cues;
  design.hardware.lanes = lanes;
  return design;
}

}  // namespace

HardwareCase hardware_case(int neurons, int lanes, int cues) {
  const Prepared prepared = prepare(design_of(neurons, lanes, cues));
  return {prepared.quantised.network, raw_cues(prepared)};
}

}  // namespace basin::bench
