#include "models/design/resolve.hpp"

#include "models/design/identity.hpp"
#include "models/design/resolve_parts.hpp"
#include "models/design/text.hpp"

namespace basin {

namespace resolve {

NeuronCount::NeuronCount(const Document& document) : document_(document) {
  if (document.has("circuit.neurons")) {
    count_ = document.integer("circuit.neurons");
    source_ = "circuit.neurons";
  }
}

void NeuronCount::observe(std::string_view path, Index count, const std::string& as) {
  if (count > max_neurons) {
    document_.fail(path, document_.file_of(path) + as + ", and a design of " + std::to_string(count) + " neurons " +
                             too_many_neurons(static_cast<double>(count)));
  }
  if (count_ == 0) {
    count_ = count;
    source_ = path;
  }
  if (count == count_) return;
  document_.fail(path, document_.file_of(path) + as + "; allowed: " + std::to_string(count_) +
                           ", the number of neurons by " + source_ + " (line " +
                           std::to_string(document_.where(source_).line) + ")");
}

int NeuronCount::get() const {
  if (count_ == 0) {
    document_.fail("circuit.neurons",
                   "is missing and nothing else says it; allowed: neurons, memory.patterns, circuit.weights "
                   "or a list with one value a neuron");
  }
  return static_cast<int>(count_);
}

}  // namespace resolve

Design resolve_design(const Value& root, const DataSource& data) {
  const Document document(root, data);
  Design design;
  design.file = root.where.file;
  design.name = resolve::design_name(document);
  resolve::NeuronCount count(document);
  resolve::refuse_beside_drawn_patterns(document);
  design.memory = resolve::memory(document, count);
  resolve::capacity_neurons(document, count);
  design.problem = resolve::problem(document, count);
  design.circuit = resolve::circuit(document, count);
  resolve::set_amplifiers(design.problem, design.circuit);
  design.neurons = count.get();
  design.cues = resolve::cues(document, design.memory, design.neurons);
  design.recall = resolve::recall(document, design.circuit, design.cues);
  design.simulate = resolve::simulate(document, design.circuit);
  design.hardware = resolve::hardware(document, design.neurons);
  design.verify = resolve::verify(document);
  design.capacity = resolve::capacity(document, design.circuit, design.memory, design.cues, design.neurons);
  design.physical = resolve::physical(document);
  design.amplifier = resolve::amplifier(document, design.neurons);
  design.tolerance = resolve::tolerance(document);
  design.noise = resolve::noise(document);
  resolve::refuse_beside_overlaps(document, design);
  design.id = design_id(design);
  return design;
}

}  // namespace basin
