#include "sim/capacity/plan.hpp"

#include <fmt/format.h>

#include <cmath>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "models/design/error.hpp"
#include "models/design/identity.hpp"
#include "models/design/random.hpp"
#include "models/design/rule_names.hpp"
#include "models/design/sha256.hpp"

namespace basin {
namespace {

Location file_of(const Design& design) { return {design.file, 0}; }

/// Most memories that `rule` makes weights of; 0: any number.
int most_patterns(Rule rule, Diagonal diagonal, int neurons) {
  if (rule != Rule::pseudo_inverse) return 0;
  return diagonal == Diagonal::zero ? neurons - 1 : neurons;   // W = 1 at M = N: nothing beside the diagonal
}

void check_rule(const Design& design, Rule rule) {
  for (std::size_t n = 0; n < design.capacity.neurons.size(); ++n) {
    const int neurons = design.capacity.neurons[n];
    const int most = most_patterns(rule, design.memory.diagonal, neurons);
    const int wanted = design.capacity.patterns[n].back();
    if (most == 0 || wanted <= most) continue;
    throw ClaimError(fmt::format("{}: {} of {} neurons can't hold {} memories: their pseudo-inverse leaves nothing {}; at most {}",
                                 design.file, to_string(rule), neurons, wanted,
                                 design.memory.diagonal == Diagonal::zero ? "beside the diagonal" : "to tell them apart by", most));
  }
}

/// One number in place of N equal ones.
void narrow(Vector& values) {
  if (values.size() > 1) values = Vector(values.head(1));
}

void spread(Vector& values, int neurons) {
  if (values.size() > 0) values = Vector::Constant(neurons, values[0]);
}

template <class Change>
void each_vector(CircuitSpec& circuit, const Change& change) {
  for (Vector* values : {&circuit.capacitance, &circuit.resistance, &circuit.input_resistance, &circuit.tau, &circuit.gain,
                         &circuit.bias, &circuit.threshold}) {
    change(*values);
  }
}

std::uint64_t key_of(const Design& design, const Cell& cell) {
  return design.cues.seed ^ (static_cast<std::uint64_t>(cell.neurons) << 40U) ^ (static_cast<std::uint64_t>(cell.patterns) << 20U);
}

/// A design of defaults but for the cell and what a trial of two-valued neurons reads of `design`.
Design used_by_all(const Design& design, const Cell& cell) {
  Design own;
  own.neurons = cell.neurons;
  own.memory.diagonal = design.memory.diagonal;
  if (cell.rule == Rule::perceptron || cell.rule == Rule::max_margin) {
    own.memory.margin = design.memory.margin;
    own.memory.max_epochs = design.memory.max_epochs;
  }
  own.cues.seed = design.cues.seed;
  CapacitySpec& spec = own.capacity;
  spec.present = true;
  spec.neurons = {cell.neurons};
  spec.patterns = {{cell.patterns}};
  spec.trials = design.capacity.trials;
  spec.recalls = recalls_of(design.capacity, cell);
  spec.sign = cell.sign;
  spec.rules = {cell.rule};
  if (spec.recalls > 0) spec.flips = {cell.flip};
  spec.engines = {cell.engine};
  if (cell.weight_bits) spec.weight_bits = {*cell.weight_bits};
  spec.fewest_bits = design.capacity.fewest_bits;
  return own;
}

/// Adds what the circuit's trials read.
void add_circuit(Design& own, const Design& design, const Cell& cell) {
  own.circuit = design.circuit;
  own.circuit.gain = Vector::Constant(1, cell.gain);
  own.circuit.unipolar.resize(1);
  each_vector(own.circuit, narrow);
  own.circuit.initial.resize(0);
  own.cues.amplitude = design.cues.amplitude;
  if (cell.engine != "reference") return;
  own.simulate = design.simulate;
  own.simulate.samples = 0;
}

/// Adds what the engines of integers read. How many lanes there are shows in the clocks of the RTL alone.
void add_hardware(Design& own, const Design& design, const Cell& cell) {
  own.hardware = design.hardware;
  own.hardware.lanes = cell.engine == "verilator" ? std::min(design.hardware.lanes, cell.neurons) : 1;
  if (cell.weight_bits || design.capacity.fewest_bits) own.hardware.weight_bits.reset();
  own.verify.max_state_deviation = design.verify.max_state_deviation;   // formats follow from these two
  own.verify.max_total_deviation = design.verify.max_total_deviation;
}

/// Draws until the pattern is none of those before.
void draw_pattern(SignMatrix& patterns, Index m, std::set<std::string_view>& seen, Random& random) {
  do {
    std::uint32_t bits = 0;
    for (Index i = 0; i < patterns.cols(); ++i) {
      if (i % 32 == 0) bits = random.bits();
      patterns(m, i) = (bits >> (i % 32) & 1U) != 0 ? 1 : -1;
    }
  } while (!seen.emplace(reinterpret_cast<const char*>(patterns.row(m).data()), patterns.cols()).second);
}

}  // namespace

bool Cell::same_settings(const Cell& other) const {
  return rule == other.rule && gain == other.gain && flip == other.flip && engine == other.engine && weight_bits == other.weight_bits &&
         sign == other.sign;
}

std::vector<Cell> cells_of(const Design& design) {
  const CapacitySpec& spec = design.capacity;
  if (!spec.present) {
    throw InputError(file_of(design), "capacity.patterns",
                     "is missing; allowed: numbers of memories, or loads, in a section [capacity]");
  }
  std::vector<Cell> cells;
  const auto add = [&](Cell cell) {
    for (std::size_t n = 0; n < spec.neurons.size(); ++n) {
      cell.neurons = spec.neurons[n];
      for (const int patterns : spec.patterns[n]) {
        cell.patterns = patterns;
        cells.push_back(cell);
      }
    }
  };
  for (const Rule rule : spec.rules) {
    check_rule(design, rule);
    for (const double gain : spec.gains) {
      for (const double flip : spec.flips) {
        Cell cell{0, 0, rule, gain, flip, {}, {}, spec.sign};
        for (const std::string& engine : spec.engines) {
          cell.engine = engine;
          cell.weight_bits.reset();
          if (engine == "reference" || spec.weight_bits.empty()) {
            add(cell);
            continue;
          }
          for (const int bits : spec.weight_bits) {
            cell.weight_bits = bits;
            add(cell);
          }
        }
      }
    }
  }
  return cells;
}

int recalls_of(const CapacitySpec& spec, const Cell& cell) {
  return spec.fewest_bits ? 0 : std::min(spec.recalls, cell.patterns);
}

std::string cell_id(const Design& design, const Cell& cell, std::string_view rtl) {
  Design own = used_by_all(design, cell);
  if (!cell.sign) add_circuit(own, design, cell);
  if (cell.engine != "reference") add_hardware(own, design, cell);
  const std::string id = design_id(own);
  return cell.engine == "verilator" ? hex(sha256(id + std::string(rtl))) : id;
}

Draw draw_trial(const Design& design, const Cell& cell, int trial) {
  const auto number = static_cast<std::uint32_t>(trial);
  Draw draw{SignMatrix(cell.patterns, cell.neurons), {}};
  Random memories(key_of(design, cell), Stream::capacity_patterns, number);
  std::set<std::string_view> seen;
  for (Index m = 0; m < cell.patterns; ++m) draw_pattern(draw.patterns, m, seen, memories);
  const int recalls = std::min(design.capacity.recalls, cell.patterns);
  draw.starts = draw.patterns.topRows(recalls);
  Random flips(key_of(design, cell), Stream::capacity_flips, number);
  const auto turned = static_cast<Index>(std::llround(cell.flip * cell.neurons));
  for (Index r = 0; r < recalls; ++r) {
    for (const Index i : chosen(cell.neurons, turned, flips)) {
      auto& neuron = draw.starts(r, i);
      neuron = static_cast<std::int8_t>(-neuron);
    }
  }
  return draw;
}

Design trial_design(const Design& design, const Cell& cell, const Draw& draw) {
  Design own = design;
  own.neurons = cell.neurons;
  own.circuit.gain = Vector::Constant(1, cell.gain);
  each_vector(own.circuit, [&](Vector& values) { spread(values, cell.neurons); });
  own.circuit.unipolar.assign(static_cast<std::size_t>(cell.neurons), design.circuit.unipolar.front());
  own.memory.rule = cell.rule;
  own.memory.patterns = draw.patterns.cast<double>();
  own.memory.names.clear();
  for (Index m = 0; m < draw.patterns.rows(); ++m) own.memory.names.push_back(std::to_string(m));
  own.cues.present = true;
  own.cues.from = CueSource::file;
  own.cues.given = draw.starts.cast<double>();
  own.cues.count = static_cast<int>(draw.starts.rows());
  if (cell.weight_bits) own.hardware.weight_bits = cell.weight_bits;
  own.hardware.lanes = std::min(own.hardware.lanes, cell.neurons);
  return own;
}

}  // namespace basin
