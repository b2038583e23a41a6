#include "sim/spice/deck_overlaps.hpp"

#include <cmath>
#include <map>
#include <vector>

#include "models/physical/resistor_network.hpp"

namespace basin {
namespace {

using Kind = Element::Kind;

class Finder {
 public:
  Finder(const Elements& elements, const std::set<const Element*>& used, const DeckNodes& nodes)
      : elements_(elements), used_(used), nodes_(nodes) {}

  DeckOverlaps find() {
    find_inputs();
    for (const Element& element : elements_.all) {
      if (element.kind == Kind::resistor && !used_.contains(&element)) hear(element);
    }
    find_outputs();
    found_.conductance = Matrix::Zero(nodes_.neurons, nodes_.neurons);
    found_.total = Vector::Zero(nodes_.neurons);
    for (const Element& element : elements_.all) {
      if (element.kind == Kind::resistor && !used_.contains(&element)) spread(element);
    }
    return std::move(found_);
  }

 private:
  struct Input {
    std::vector<std::pair<Index, double>> hears;   // from which output, S
    double total = 0.0;
  };

  void find_inputs() {
    for (const Element& element : elements_.all) {
      if (element.kind != Kind::gain || used_.contains(&element) || std::abs(element.value) != 1.0) continue;
      if (element.to != "0" || element.control_to != "0" || !nodes_.is_free(element.from)) continue;
      if (!nodes_.is_free(element.control_from)) continue;
      inputs_[element.control_from];
      gains_.push_back(&element);
    }
  }

  void hear(const Element& resistor) {
    for (const auto& [node, source] : {std::pair(resistor.to, resistor.from), std::pair(resistor.from, resistor.to)}) {
      const auto input = inputs_.find(node);
      const auto output = nodes_.output(source);
      if (input == inputs_.end() || !output) continue;
      input->second.hears.emplace_back(output->first, output->second / resistor.value);
      input->second.total += 1.0 / resistor.value;
      found_.elements.insert(&resistor);
      found_.heard.insert(output->first);
    }
  }

  /// A gain on a node that hears nothing, and a second one at a node, are left for others to refuse.
  void find_outputs() {
    for (const Element* gain : gains_) {
      const Input& input = inputs_.at(gain->control_from);
      if (input.hears.empty() || !outputs_.try_emplace(gain->from, &input, gain->value).second) continue;
      found_.elements.insert(gain);
    }
  }

  void spread(const Element& resistor) {
    for (const auto& [node, source] : {std::pair(resistor.to, resistor.from), std::pair(resistor.from, resistor.to)}) {
      const auto i = nodes_.state(node);
      const auto output = outputs_.find(source);
      if (!i || output == outputs_.end()) continue;
      const auto& [input, sign] = output->second;
      for (const auto& [j, conductance] : input->hears) {
        found_.conductance(*i, j) += sign / resistor.value * conductance / input->total;
      }
      found_.total[*i] += 1.0 / resistor.value;
      found_.elements.insert(&resistor);
    }
  }

  const Elements& elements_;
  const std::set<const Element*>& used_;
  const DeckNodes& nodes_;
  std::map<std::string, Input> inputs_;
  std::map<std::string, std::pair<const Input*, double>> outputs_;
  std::vector<const Element*> gains_;
  DeckOverlaps found_;
};

}  // namespace

void DeckOverlaps::add_to(Matrix& synapses, Vector& ground) const {
  if (elements.empty()) return;
  const auto rows = [&synapses] { return Vector(synapses.cwiseAbs().rowwise().sum()); };
  const Vector all = rows() + total;
  synapses += conductance;
  const Vector rest = all - rows();
  for (Index i = 0; i < ground.size(); ++i) {
    if (rest[i] > no_leak * all[i]) ground[i] = 1.0 / (1.0 / ground[i] + rest[i]);
  }
}

DeckOverlaps find_overlaps(const Elements& elements, const std::set<const Element*>& used, const DeckNodes& nodes) {
  return Finder(elements, used, nodes).find();
}

}  // namespace basin
