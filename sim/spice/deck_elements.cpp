#include "sim/spice/deck_elements.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

#include "models/design/text.hpp"
#include "models/physical/slew_text.hpp"

namespace basin {
namespace {

constexpr int deepest = 8;
constexpr std::size_t most_elements = 4'000'000;
/// Statements that say how to simulate, not what.
constexpr std::array<std::string_view, 8> about_running{".options", ".option", ".save", ".print", ".probe", ".temp", ".plot", ".backanno"};

[[noreturn]] void refuse(const DeckLine& line, const std::string& key, const std::string& problem) {
  throw InputError(line.where, key, problem);
}

struct Subcircuit {
  std::vector<std::string> ports;
  std::vector<const DeckLine*> body;
};

class Flattener {
 public:
  explicit Flattener(const std::vector<DeckLine>& lines) {
    std::vector<const DeckLine*> top;
    Subcircuit* open = nullptr;
    for (const DeckLine& line : lines) {
      const auto words = line.words();
      if (words.front() == ".subckt") {
        if (open != nullptr || words.size() < 3) refuse(line, ".subckt", "needs a name and nodes, outside of any other");
        const auto [place, is_new] = subcircuits_.try_emplace(words[1]);
        if (!is_new) refuse(line, ".subckt", in_quotes(words[1]) + " is there twice");
        open = &place->second;
        open->ports.assign(words.begin() + 2, words.end());
      } else if (words.front() == ".ends") {
        if (open == nullptr) refuse(line, ".ends", "ends nothing");
        open = nullptr;
      } else {
        (open != nullptr ? open->body : top).push_back(&line);
      }
    }
    if (open != nullptr) refuse(lines.back(), ".subckt", "has no .ends");
    for (const DeckLine* line : top) add(*line, "", {}, 0);
  }

  Elements take() { return std::move(found_); }

 private:
  using Ports = std::map<std::string, std::string>;

  static std::string node(const std::string& name, const std::string& instance, const Ports& ports) {
    if (name == "0" || name == "gnd") return "0";
    if (const auto port = ports.find(name); port != ports.end()) return port->second;
    return instance + name;
  }

  void add(const DeckLine& line, const std::string& instance, const Ports& ports, int depth) {
    const auto words = line.words();
    if (words.front().front() == '.') return directive(line, words, depth);
    if (words.front().front() == 'x') return expand(line, words, instance, ports, depth);
    if (words.size() < 4) refuse(line, words.front(), "is incomplete; allowed: name, two nodes and a value");
    if (found_.all.size() >= most_elements) refuse(line, "", "is one element too many; allowed: " + std::to_string(most_elements));
    Element element;
    element.where = line.where;
    element.name = instance + words[0];
    if (!names_.insert(element.name).second) refuse(line, element.name, "is there twice");
    element.from = node(words[1], instance, ports);
    element.to = node(words[2], instance, ports);
    fill(line, words, instance, ports, element);
    found_.all.push_back(std::move(element));
  }

  void fill(const DeckLine& line, const std::vector<std::string>& words, const std::string& instance, const Ports& ports,
            Element& element) {
    const char letter = words.front().front();
    const auto value = [&](std::size_t i) { return spice_number(words[i], line.where, element.name); };
    const auto expect = [&](std::size_t count) {
      if (words.size() != count) refuse(line, element.name, "has more than its value");
    };
    switch (letter) {
      case 'r':
      case 'c':
        element.kind = letter == 'r' ? Element::Kind::resistor : Element::Kind::capacitor;
        element.value = value(3);
        if (!(element.value > 0.0)) refuse(line, element.name, in_quotes(words[3]) + " is out of range; allowed: more than 0");
        if (letter == 'c' && words.size() == 5 && words[4].starts_with("ic=")) {
          element.initial = spice_number(words[4].substr(3), line.where, element.name);
        } else {
          expect(4);
        }
        break;
      case 'i':
      case 'v': {
        element.kind = letter == 'i' ? Element::Kind::current : Element::Kind::voltage;
        const std::size_t at = words[3] == "dc" ? 4 : 3;
        if (words.size() != at + 1) refuse(line, element.name, "is no constant source; allowed: DC and a value");
        element.value = value(at);
        break;
      }
      case 'e':
        if (words.size() == 6) {
          element.kind = Element::Kind::gain;
          element.control_from = node(words[3], instance, ports);
          element.control_to = node(words[4], instance, ports);
          element.value = value(5);
          break;
        }
        [[fallthrough]];
      case 'b':
        element.kind = Element::Kind::source;
        element.source = source_of(line, element.name);
        element.source->node = node(element.source->node, instance, ports);
        break;
      case 'g': {
        element.kind = Element::Kind::slewing;
        const auto slewing = parse_slew(expression_of(line));
        if (!slewing) refuse(line, element.name, "is no current that slews; allowed: VALUE={I*0.5*(abs(k*(V(a)-V(b))+1)-abs(k*(V(a)-V(b))-1))}");
        element.value = 1.0 / slewing->per_volt;
        element.limit = slewing->limit;
        element.control_from = node(slewing->from, instance, ports);
        element.control_to = node(slewing->to, instance, ports);
        break;
      }
      case 't':
        fill_line(line, words, instance, ports, element);
        break;
      default:
        refuse(line, element.name, "is no part of a Hopfield circuit; allowed: R, C, I, V, E, B, G, T and X");
    }
  }

  /// T a 0 b 0 Z0=ohm TD=s
  static void fill_line(const DeckLine& line, const std::vector<std::string>& words, const std::string& instance, const Ports& ports,
                        Element& element) {
    element.kind = Element::Kind::line;
    const bool grounded = words.size() == 7 && node(words[2], instance, ports) == "0" && node(words[4], instance, ports) == "0";
    if (!grounded || !words[5].starts_with("z0=") || !words[6].starts_with("td=")) {
      refuse(line, element.name, "is no line that delays an output; allowed: T a 0 b 0 Z0=ohm TD=s");
    }
    element.to = node(words[3], instance, ports);
    element.value = spice_number(words[5].substr(3), line.where, element.name);
    element.delay = spice_number(words[6].substr(3), line.where, element.name);
    if (!(element.value > 0.0 && element.delay > 0.0)) refuse(line, element.name, "has a Z0 or TD out of range; allowed: more than 0");
  }

  /// What stands after v=, value= or vol=.
  static std::string_view expression_of(const DeckLine& line) {
    const std::size_t equals = line.text.find('=');
    std::string_view text = equals == std::string::npos ? "" : trimmed(std::string_view(line.text).substr(equals + 1));
    if (text.size() >= 2 && ((text.front() == '{' && text.back() == '}') || (text.front() == '\'' && text.back() == '\''))) {
      text = text.substr(1, text.size() - 2);
    }
    return text;
  }

  static SourceExpression source_of(const DeckLine& line, const std::string& name) {
    const auto source = parse_source(expression_of(line));
    if (!source) {
      refuse(line, name, "is no amplifier of a Hopfield circuit; allowed: S*g(λ*V(u)) or S*g(λ*(V(u)-θ)), ± and in (0, S) as docs/spice.md "
                         "lists them");
    }
    return *source;
  }

  void directive(const DeckLine& line, const std::vector<std::string>& words, int depth) {
    const std::string& word = words.front();
    if (depth > 0) refuse(line, word, "stands in a .subckt; allowed there: elements");
    if (word == ".tran") {
      transient(line, words);
    } else if (word == ".ic") {
      starts(line, words);
    } else if (std::ranges::find(about_running, word) == about_running.end()) {
      refuse(line, word, "is not understood; allowed: .subckt, .ends, .include, .ic, .tran, .options, .save, .print, .end");
    }
  }

  void transient(const DeckLine& line, const std::vector<std::string>& words) {
    if (found_.t_end) refuse(line, ".tran", "is there twice");
    if (words.size() < 3 || words.back() != "uic") {
      refuse(line, ".tran", "starts from a solved operating point; allowed: .tran step end [start [max]] uic");
    }
    found_.t_end = spice_number(words[2], line.where, ".tran");
    if (!(*found_.t_end > 0.0)) refuse(line, ".tran", in_quotes(words[2]) + " is out of range; allowed: more than 0");
  }

  void starts(const DeckLine& line, const std::vector<std::string>& words) {
    for (std::size_t i = 1; i < words.size(); ++i) {
      const std::size_t close = words[i].find(")=");
      if (!words[i].starts_with("v(") || close == std::string::npos) refuse(line, ".ic", "is not understood; allowed: V(node)=number");
      const std::string name = words[i].substr(2, close - 2);
      if (!found_.starts.try_emplace(name, spice_number(words[i].substr(close + 2), line.where, ".ic")).second) {
        refuse(line, ".ic", "V(" + name + ") is there twice");
      }
    }
  }

  void expand(const DeckLine& line, const std::vector<std::string>& words, const std::string& instance, const Ports& ports, int depth) {
    const auto kind = subcircuits_.find(words.back());
    if (kind == subcircuits_.end()) refuse(line, words.front(), in_quotes(words.back()) + " is no .subckt of the deck");
    if (++instances_ > most_elements) refuse(line, words.front(), "is one instance too many; allowed: " + std::to_string(most_elements));
    if (depth >= deepest) refuse(line, words.front(), "is nested more than " + std::to_string(deepest) + " deep");
    const Subcircuit& inside = kind->second;
    if (words.size() != inside.ports.size() + 2) {
      refuse(line, words.front(), "has " + std::to_string(words.size() - 2) + " nodes; allowed: " + std::to_string(inside.ports.size()));
    }
    Ports inner;
    for (std::size_t i = 0; i < inside.ports.size(); ++i) inner[inside.ports[i]] = node(words[i + 1], instance, ports);
    for (const DeckLine* each : inside.body) add(*each, instance + words.front() + ".", inner, depth + 1);
  }

  std::map<std::string, Subcircuit> subcircuits_;
  std::set<std::string> names_;
  std::size_t instances_ = 0;
  Elements found_;
};

/// "u12" is 12.
std::optional<long> trailing_number(const std::string& name) {
  const std::size_t digits = name.find_last_not_of("0123456789") + 1;
  long value = 0;
  const auto read = std::from_chars(name.data() + digits, name.data() + name.size(), value);
  return read.ec == std::errc{} && digits < name.size() ? std::optional(value) : std::nullopt;
}

}  // namespace

Elements flatten(const std::vector<DeckLine>& lines) { return Flattener(lines).take(); }

std::vector<std::string> states_of(const Elements& elements) {
  std::vector<std::string> order;
  std::set<std::string> known;
  for (const Element& element : elements.all) {
    if (element.kind == Element::Kind::source && known.insert(element.source->node).second) order.push_back(element.source->node);
  }
  if (std::ranges::all_of(order, [](const std::string& name) { return trailing_number(name).has_value(); })) {
    std::ranges::stable_sort(order, [](const std::string& a, const std::string& b) { return *trailing_number(a) < *trailing_number(b); });
  }
  return order;
}

}  // namespace basin
