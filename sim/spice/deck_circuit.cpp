#include "sim/spice/deck_circuit.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numbers>
#include <set>

#include "models/design/schema.hpp"
#include "models/design/text.hpp"
#include "sim/spice/deck_overlaps.hpp"

namespace basin {
namespace {

using Kind = Element::Kind;

[[noreturn]] void refuse(const Element& element, const std::string& problem) {
  throw InputError(element.where, element.name, problem);
}

/// An amplifier's output, on the way from its source to the network.
struct Output {
  Index neuron = 0;
  bool inverted = false;
  double pole_hz = 0.0;         // 0: none
  double slew = 0.0;            // V/s; 0: unlimited
  double resistance = 0.0;      // ohm
  double delay = 0.0;           // s
};

bool same_shape(const Activation& a, const Activation& b) {
  const Matrix p = a.points(), q = b.points();
  return a.kind() == b.kind() && p.rows() == q.rows() && (p.size() == 0 || (p - q).cwiseAbs().maxCoeff() <= 1e-9);
}

class Recogniser {
 public:
  Recogniser(const Elements& elements, const std::string& file) : elements_(elements), file_(file) {}

  DeckCircuit recognise() {
    find_neurons();
    const Index n = static_cast<Index>(circuit_.names.size());
    if (n == 0) throw InputError(Location{file_, 0}, "", "has no amplifier, E or B element with S*g(λ*V(u)), so no neurons");
    const std::string most = "; allowed: at most " + std::to_string(max_neurons);
    if (n > max_neurons) throw InputError(Location{file_, 0}, "", "has " + std::to_string(n) + " neurons" + most);
    for (Vector* zero : {&circuit_.current, &circuit_.capacitance, &circuit_.gain, &circuit_.threshold, &circuit_.initial,
                         &circuit_.pole_hz, &circuit_.slew_v_per_s, &circuit_.saturation_v, &circuit_.output_resistance, &circuit_.delay_s}) {
      *zero = Vector::Zero(n);
    }
    circuit_.conductance = Matrix::Zero(n, n);
    circuit_.ground = Vector::Constant(n, std::numeric_limits<double>::infinity());
    circuit_.unipolar.assign(static_cast<std::size_t>(n), false);
    find_fixed();
    find_sources();
    find_lags();
    find_followers();
    find_lines();
    find_followers();
    hear_overlaps();
    if (const Element* lonely = find_followers()) refuse(*lonely, "follows no amplifier");
    find_output_resistors();
    add_resistors();
    overlaps_.add_to(circuit_.conductance, circuit_.ground);
    add_capacitors();
    add_currents();
    finish();
    return std::move(circuit_);
  }

 private:
  void find_neurons() {
    circuit_.names = states_of(elements_);
    for (std::size_t i = 0; i < circuit_.names.size(); ++i) neurons_[circuit_.names[i]] = static_cast<Index>(i);
  }

  [[nodiscard]] std::optional<Index> neuron(const std::string& node) const {
    const auto place = neurons_.find(node);
    return place == neurons_.end() ? std::nullopt : std::optional(place->second);
  }
  [[nodiscard]] const Output* output(const std::string& node) const {
    const auto place = outputs_.find(node);
    return place == outputs_.end() ? nullptr : &place->second;
  }

  /// The other end of a two-pole from ground.
  static std::optional<std::string> above_ground(const Element& element) {
    if (element.to == "0" && element.from != "0") return element.from;
    if (element.from == "0" && element.to != "0") return element.to;
    return std::nullopt;
  }

  void find_fixed() {
    fixed_["0"] = 0.0;
    std::set<std::string> lines;   // where they begin
    for (const Element& element : elements_.all) if (element.kind == Kind::line) lines.insert(element.from);
    for (const Element& element : elements_.all) {
      if (element.kind != Kind::voltage || lines.contains(element.to)) continue;
      const auto node = above_ground(element);
      if (!node) refuse(element, "is not between a node and ground; allowed: a reference voltage");
      if (neuron(*node)) refuse(element, "holds the state " + *node + "; allowed: a reference for bias resistors");
      if (!fixed_.try_emplace(*node, element.from == "0" ? -element.value : element.value).second) {
        refuse(element, "is a second voltage at " + *node);
      }
    }
  }

  void drive(const Element& element, const std::string& node, const Output& output) {
    if (neuron(node) || fixed_.contains(node)) refuse(element, "drives " + node + ", which is a state or a fixed voltage");
    if (!outputs_.try_emplace(node, output).second) refuse(element, "is a second source at " + node);
  }

  void find_sources() {
    for (const Element& element : elements_.all) {
      if (element.kind != Kind::source) continue;
      if (element.to != "0") refuse(element, "is not between a node and ground");
      const SourceExpression& source = *element.source;
      const Index i = *neuron(source.node);
      const auto at = static_cast<std::size_t>(i);
      const double gain = source.gain_per_volt * source.swing;
      if (known_.insert(i).second) {
        circuit_.gain[i] = gain;
        circuit_.threshold[i] = source.threshold;
        circuit_.unipolar[at] = source.unipolar;
        circuit_.saturation_v[i] = source.saturation;
      } else if (circuit_.gain[i] != gain || circuit_.threshold[i] != source.threshold || circuit_.unipolar[at] != source.unipolar ||
                 circuit_.saturation_v[i] != source.saturation) {
        refuse(element, "is another amplifier of " + source.node + "; allowed: one and its inverse");
      }
      if (known_.size() == 1) {
        circuit_.activation = source.activation;
        circuit_.swing = source.swing;
      } else if (!same_shape(circuit_.activation, source.activation) || circuit_.swing != source.swing) {
        refuse(element, "has another shape or swing than the amplifiers before it; allowed: one for all");
      }
      drive(element, element.from, {i, source.inverted});
    }
  }

  /// R, or a current that slews, from a source to a node with a grounded C that is no state: the pole.
  void find_lags() {
    for (const Element& element : elements_.all) {
      if (element.kind != Kind::capacitor) continue;
      const auto node = above_ground(element);
      if (!node) refuse(element, "is not between a node and ground");
      if (neuron(*node)) continue;
      if (element.initial.value_or(0.0) != 0.0) refuse(element, "starts at " + number_text(*element.initial) + " V; allowed: 0, or a state");
      if (!lag_capacitors_.try_emplace(*node, &element).second) refuse(element, "is a second capacitor at " + *node);
    }
    for (const Element& element : elements_.all) {
      if (element.kind == Kind::slewing) add_slewing(element);
      if (element.kind != Kind::resistor) continue;
      for (const auto& [lag, source] : {std::pair(element.to, element.from), std::pair(element.from, element.to)}) {
        const auto capacitor = lag_capacitors_.find(lag);
        const Output* from = output(source);
        if (capacitor == lag_capacitors_.end() || from == nullptr || from->pole_hz > 0.0) continue;
        Output delayed = *from;
        delayed.pole_hz = 1.0 / (2.0 * std::numbers::pi * element.value * capacitor->second->value);
        drive(element, lag, delayed);
        used_.insert(&element);
      }
    }
    for (const auto& [node, capacitor] : lag_capacitors_) {
      if (output(node) == nullptr) refuse(*capacitor, "is at " + node + ", which neither drives an amplifier nor follows one");
    }
  }

  void add_slewing(const Element& element) {
    const auto capacitor = lag_capacitors_.find(element.to);
    const Output* from = output(element.from);
    if (capacitor == lag_capacitors_.end() || from == nullptr || from->pole_hz > 0.0 || element.control_from != element.from ||
        element.control_to != element.to) {
      refuse(element, "is not from an amplifier to its own grounded capacitor");
    }
    Output delayed = *from;
    delayed.pole_hz = 1.0 / (2.0 * std::numbers::pi * element.value * capacitor->second->value);
    delayed.slew = element.limit / capacitor->second->value;
    drive(element, element.to, delayed);
  }

  /// The one element of a kind that is not used yet and fits.
  const Element& part_of(const Element& line, Kind kind, const char* what, const auto& fits) {
    const Element* found = nullptr;
    for (const Element& element : elements_.all) {
      if (element.kind != kind || used_.contains(&element) || !fits(element)) continue;
      if (found != nullptr) refuse(element, std::string("is a second ") + what + ", line " + line.name);
      found = &element;
    }
    if (found == nullptr) refuse(line, std::string("has no ") + what + "; allowed: a matched line as docs/spice.md has it");
    used_.insert(found);
    return *found;
  }

  /// From an output, less what it was before the start, through a matched line, and that again: V a delay ago.
  void find_lines() {
    for (const Element& line : elements_.all) {
      if (line.kind != Kind::line) continue;
      const Element& before = part_of(line, Kind::voltage, "source before it", [&](const Element& e) { return e.to == line.from; });
      const Element& end = part_of(line, Kind::resistor, "resistor behind it", [&](const Element& e) { return above_ground(e) == std::optional(line.to); });
      const Element& after = part_of(line, Kind::gain, "E of gain 1 behind it",
                                     [&](const Element& e) { return e.control_from == line.to && e.control_to == "0" && e.value == 1.0; });
      const Output* from = output(before.from);
      const auto past = fixed_.find(after.to);
      if (end.value != line.value) refuse(end, "does not match the line " + line.name + "; allowed: its Z0");
      if (from == nullptr || from->delay > 0.0) refuse(before, "comes from no amplifier");
      if (past == fixed_.end() || past->second != before.value) refuse(after, "stands on another voltage than is before the line " + line.name);
      Output late = *from;
      late.delay = line.delay;
      drive(after, after.from, late);
      pasts_.push_back({&before, late});
    }
  }

  void check_pasts() const {
    for (const auto& [element, from] : pasts_) {
      const Index i = from.neuron;
      const double g = circuit_.activation.value(circuit_.gain[i] * (circuit_.initial[i] - circuit_.threshold[i]) / circuit_.swing);
      double positive = circuit_.swing * (circuit_.unipolar[static_cast<std::size_t>(i)] ? 0.5 * (1.0 + g) : g);
      if (const double most = circuit_.saturation_v[i]; most > 0.0) positive = std::clamp(positive, -most, most);
      if (from.pole_hz > 0.0) positive = 0.0;   // its capacitor starts empty
      if (const double expected = from.inverted ? -positive : positive; std::abs(element->value - expected) > 1e-6 * circuit_.swing) {
        refuse(*element, "makes the past " + number_text(element->value) + " V; allowed: " + number_text(expected) + ", the output of the start");
      }
    }
  }

  /// E elements of gain ±1; the first of those that follow nothing known yet.
  const Element* find_followers() {
    std::vector<const Element*> waiting;
    for (const Element& element : elements_.all) {
      if (element.kind == Kind::gain && !used_.contains(&element)) waiting.push_back(&element);
    }
    for (bool moved = true; moved;) {
      moved = false;
      std::erase_if(waiting, [&](const Element* element) {
        const Output* from = element->control_to == "0" ? output(element->control_from) : nullptr;
        if (from == nullptr) return false;
        if (std::abs(element->value) != 1.0 || element->to != "0") refuse(*element, "has no gain of 1 or -1 from ground");
        Output follower = *from;
        if (element->value < 0.0) follower.inverted = !follower.inverted;
        drive(*element, element->from, follower);
        used_.insert(element);
        return moved = true;
      });
    }
    return waiting.empty() ? nullptr : waiting.front();
  }

  void hear_overlaps() {
    overlaps_ = find_overlaps(elements_, used_, {circuit_.size(), [this](const std::string& node) { return neuron(node); },
      [this](const std::string& node) -> std::optional<std::pair<Index, double>> {
        const Output* from = output(node);
        if (from == nullptr || from->pole_hz > 0.0 || from->delay > 0.0) return std::nullopt;
        return std::pair(from->neuron, from->inverted ? -1.0 : 1.0);
      },
      [this](const std::string& node) { return !neuron(node) && !fixed_.contains(node) && output(node) == nullptr; }});
    used_.insert(overlaps_.elements.begin(), overlaps_.elements.end());
    wired_.insert(overlaps_.heard.begin(), overlaps_.heard.end());
  }

  /// R from an output to a node that is nothing else yet.
  void find_output_resistors() {
    std::map<std::string, Output> loaded;
    for (const Element& element : elements_.all) {
      if (element.kind != Kind::resistor || used_.contains(&element)) continue;
      for (const auto& [node, source] : {std::pair(element.to, element.from), std::pair(element.from, element.to)}) {
        const Output* from = output(source);
        if (from == nullptr || neuron(node) || fixed_.contains(node) || output(node) != nullptr) continue;
        Output behind = *from;
        behind.resistance = element.value;
        if (!loaded.try_emplace(node, behind).second) refuse(element, "is a second resistor from an output to " + node);
        used_.insert(&element);
      }
    }
    outputs_.merge(loaded);
  }

  void add_resistors() {
    for (const Element& element : elements_.all) {
      if (element.kind != Kind::resistor || used_.contains(&element)) continue;
      const bool forward = neuron(element.to) && !neuron(element.from);
      const std::string& state = forward ? element.to : element.from;
      const std::string& other = forward ? element.from : element.to;
      const auto i = neuron(state);
      if (!i || neuron(other)) refuse(element, "is between " + element.from + " and " + element.to + "; allowed: from a state to an output or a fixed voltage");
      if (const Output* from = output(other)) {
        add_weight(element, *i, *from);
      } else if (const auto fixed = fixed_.find(other); fixed != fixed_.end()) {
        const double before = circuit_.ground[*i];
        circuit_.ground[*i] = std::isinf(before) ? element.value : 1.0 / (1.0 / before + 1.0 / element.value);
        circuit_.current[*i] += fixed->second / element.value;
      } else {
        refuse(element, "comes from " + other + ", which is no output and no fixed voltage");
      }
    }
  }

  void add_weight(const Element& element, Index i, const Output& from) {
    const Index j = from.neuron;
    const double g = (from.inverted ? -1.0 : 1.0) / element.value;
    if (circuit_.conductance(i, j) * g < 0.0) {
      refuse(element, "is besides one to the other output of the same amplifier; allowed: one of the two");
    }
    circuit_.conductance(i, j) += g;
    for (const auto& [vector, value, name] : {std::tuple(&circuit_.pole_hz, from.pole_hz, "pole"),
                                              std::tuple(&circuit_.slew_v_per_s, from.slew, "slew rate"),
                                              std::tuple(&circuit_.output_resistance, from.resistance, "output resistance"),
                                              std::tuple(&circuit_.delay_s, from.delay, "delay")}) {
      if (wired_.contains(j) && (*vector)[j] != value) refuse(element, std::string("is at an output of another ") + name + " of the same amplifier");
      (*vector)[j] = value;
    }
    wired_.insert(j);
  }

  void add_capacitors() {
    std::set<Index> started;
    for (const Element& element : elements_.all) {
      if (element.kind != Kind::capacitor) continue;
      const auto i = neuron(*above_ground(element));
      if (!i) continue;
      circuit_.capacitance[*i] += element.value;
      if (!element.initial) continue;
      if (!started.insert(*i).second) refuse(element, "is a second start of " + circuit_.names[static_cast<std::size_t>(*i)]);
      circuit_.initial[*i] = element.from == "0" ? -*element.initial : *element.initial;
    }
    for (Index i = 0; i < circuit_.size(); ++i) {
      const std::string& name = circuit_.names[static_cast<std::size_t>(i)];
      if (circuit_.capacitance[i] == 0.0) throw InputError(Location{file_, 0}, name, "has no capacitor to ground");
      if (std::isinf(circuit_.ground[i]) && circuit_.conductance.row(i).isZero(0.0)) {
        throw InputError(Location{file_, 0}, name, "has no resistor");
      }
    }
    for (const auto& [node, volts] : elements_.starts) {
      const auto i = neuron(node);
      if (!i) throw InputError(Location{file_, 0}, ".ic", "V(" + node + ") is no state; allowed: the input of an amplifier");
      circuit_.initial[*i] = volts;
    }
  }

  void add_currents() {
    for (const Element& element : elements_.all) {
      if (element.kind != Kind::current) continue;
      const auto node = above_ground(element);
      const auto i = node ? neuron(*node) : std::nullopt;
      if (!i) refuse(element, "is not between ground and a state");
      circuit_.current[*i] += element.from == "0" ? element.value : -element.value;
    }
  }

  /// What all amplifiers have or none: empty where none has it. One that drives nothing is as good as any.
  void settle(Vector& values, const std::string& what) {
    bool any = false, all = true;
    Index example = -1;
    for (Index j = 0; j < circuit_.size(); ++j) {
      if (!wired_.contains(j)) continue;
      any = any || values[j] > 0.0;
      all = all && values[j] > 0.0;
      if (example < 0) example = j;
    }
    if (any && !all) throw InputError(Location{file_, 0}, "", "gives some amplifiers a " + what + " and others none; allowed: all or none");
    for (Index j = 0; any && j < circuit_.size(); ++j) {
      if (!wired_.contains(j)) values[j] = values[example];
    }
    if (!any) values.resize(0);
  }

  void finish() {
    circuit_.t_end = elements_.t_end;
    check_pasts();
    settle(circuit_.pole_hz, "pole");
    settle(circuit_.slew_v_per_s, "slew rate");
    settle(circuit_.saturation_v, "saturation");
  }

  const Elements& elements_;
  std::string file_;
  DeckCircuit circuit_;
  std::map<std::string, Index> neurons_;
  std::map<std::string, double> fixed_;
  std::map<std::string, Output> outputs_;
  std::map<std::string, const Element*> lag_capacitors_;
  std::set<const Element*> used_;
  std::set<Index> known_, wired_;
  DeckOverlaps overlaps_;
  std::vector<std::pair<const Element*, Output>> pasts_;   // the sources that say them
};

}  // namespace

double DeckCircuit::amplification(Index i) const {
  return gain[i] * activation.slope(0.0) * (unipolar[static_cast<std::size_t>(i)] ? 0.5 : 1.0);
}

DeckCircuit recognise(const Elements& elements, const std::string& file) { return Recogniser(elements, file).recognise(); }

}  // namespace basin
