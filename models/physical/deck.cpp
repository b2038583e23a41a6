#include "models/physical/deck.hpp"

#include <cmath>
#include <map>
#include <numbers>
#include <tuple>

#include "models/design/text.hpp"
#include "models/physical/activation_text.hpp"

namespace basin {
namespace {

constexpr double lag_resistance = 1000.0;   // ohm, of the RC that makes an amplifier's pole
constexpr Index most_ports = 1000;          // of a .subckt: ngspice has no more
constexpr const char* positive_reference = "refp";
constexpr const char* negative_reference = "refn";

/// Names on lines of at most a handful: simulators have limits for a line.
void append_nodes(std::string& text, Index count, const auto& name) {
  constexpr Index a_line = 16;
  for (Index i = 0; i < count; ++i) text += (i % a_line == 0 ? "\n+ " : " ") + name(i);
}

/// Everything that tells one amplifier from another.
/// gain, threshold, unipolar, pole, R_o, place of the activation
using AmplifierKind = std::tuple<double, double, bool, double, double, std::size_t>;

class DeckWriter {
 public:
  DeckWriter(const ResistorNetwork& network, const AmplifierModel* amplifiers, const Drive& drive)
      : network_(network), amplifiers_(amplifiers), drive_(drive), biased_((network.bias.array() != 0.0).any()),
        is_flat_(3 * network.size() + 2 > most_ports) {}

  std::string write(const std::string& title) {
    text_ = "* " + title + "\n* SI units. " + std::to_string(network_.size()) + " neurons: states u<i>, outputs vp<i>, inverted vn<i>\n";
    write_amplifiers();
    write_network();
    write_instances();
    return std::move(text_);
  }

 private:
  [[nodiscard]] AmplifierKind kind_of(Index i) const {
    const bool pole = amplifiers_ != nullptr && amplifiers_->has_pole();
    return {network_.gain[i], network_.threshold[i], network_.unipolar[static_cast<std::size_t>(i)],
            pole ? amplifiers_->pole_hz[i] : 0.0, amplifiers_ != nullptr ? amplifiers_->output_resistance[i] : 0.0, network_.activation.kind_of(i)};
  }
  [[nodiscard]] bool is_held(Index i) const { return drive_.held_v.size() > 0 && !std::isnan(drive_.held_v[i]); }

  void element(const std::string& name, const std::string& from, const std::string& to, double value) {
    text_ += name + " " + from + " " + to + " " + number_text(value) + "\n";
  }
  void source(const std::string& name, const std::string& node, const AmplifierKind& kind, bool inverted) {
    const auto& [gain, threshold, unipolar, pole, resistance, activation] = kind;
    SourceExpression expression{network_.activation.kinds()[activation], "u", gain / network_.swing, threshold, network_.swing, unipolar, inverted};
    text_ += name + " " + node + " 0 VALUE={" + expression_text(expression) + "}\n";
  }

  void write_amplifiers() {
    for (Index i = 0; i < network_.size(); ++i) {
      if (is_held(i)) continue;
      const auto [place, is_new] = kinds_.try_emplace(kind_of(i), "amplifier" + std::to_string(kinds_.size()));
      if (is_new) write_amplifier(place->first, place->second);
    }
  }

  void write_amplifier(const AmplifierKind& kind, const std::string& name) {
    const double pole = std::get<3>(kind), resistance = std::get<4>(kind);
    const std::string plus = resistance > 0.0 ? "bp" : "vp", minus = resistance > 0.0 ? "bn" : "vn";
    text_ += "\n.subckt " + name + " u vp vn\n";
    if (pole > 0.0) {
      source("Eg", "g", kind, false);
      element("Rq", "g", "x", lag_resistance);
      text_ += "Cq x 0 " + number_text(1.0 / (2.0 * std::numbers::pi * lag_resistance * pole)) + " IC=0\n";
      text_ += "Ep " + plus + " 0 x 0 1\nEn " + minus + " 0 x 0 -1\n";
    } else {
      source("Ep", plus, kind, false);
      source("En", minus, kind, true);
    }
    if (resistance > 0.0) {
      element("Rop", "bp", "vp", resistance);
      element("Ron", "bn", "vn", resistance);
    }
    text_ += ".ends\n";
  }

  void write_nodes() {
    const Index n = network_.size();
    append_nodes(text_, n, state_node);
    append_nodes(text_, n, [](Index i) { return output_node(i, false); });
    append_nodes(text_, n, [](Index i) { return output_node(i, true); });
    if (biased_) text_ += std::string("\n+ ") + positive_reference + " " + negative_reference;
  }

  void write_network() {
    text_ += is_flat_ ? "\n* the network: more nodes than a .subckt may have" : "\n.subckt network";
    if (!is_flat_) write_nodes();
    text_ += "\n";
    for (Index i = 0; i < network_.size(); ++i) {
      const std::string number = std::to_string(i), node = state_node(i);
      element("C" + number, node, "0", network_.capacitance[i]);
      if (network_.leak[i] > 0.0) element("Rl" + number, node, "0", ohms(network_.leak[i]));
      const double bias = network_.bias[i];
      if (bias != 0.0) element("Rb" + number, bias > 0.0 ? positive_reference : negative_reference, node, ohms(bias));
      for (Index j = 0; j < network_.size(); ++j) {
        const double g = network_.conductance(i, j);
        if (g != 0.0) element("R" + number + "_" + std::to_string(j), output_node(j, g < 0.0), node, ohms(g));
      }
    }
    text_ += is_flat_ ? "\n" : ".ends\n\n";
  }

  void write_instances() {
    for (Index i = 0; i < network_.size(); ++i) {
      const std::string number = std::to_string(i), plus = output_node(i, false), minus = output_node(i, true);
      if (is_held(i)) {
        text_ += "Vp" + number + " " + plus + " 0 DC " + number_text(drive_.held_v[i]) + "\n";
        text_ += "Vn" + number + " " + minus + " 0 DC " + number_text(-drive_.held_v[i]) + "\n";
      } else {
        text_ += "X" + number + " " + state_node(i) + " " + plus + " " + minus + " " + kinds_.at(kind_of(i)) + "\n";
      }
      if (drive_.current.size() > 0 && drive_.current[i] != 0.0) {
        text_ += "I" + number + " 0 " + state_node(i) + " DC " + number_text(drive_.current[i]) + "\n";
      }
    }
    if (!is_flat_) {
      text_ += "Xnetwork";
      write_nodes();
      text_ += "\n+ network\n";
    }
    if (!biased_) return;
    text_ += std::string("Vrefp ") + positive_reference + " 0 DC " + number_text(network_.swing) + "\n";
    text_ += std::string("Vrefn ") + negative_reference + " 0 DC " + number_text(-network_.swing) + "\n";
  }

  const ResistorNetwork& network_;
  const AmplifierModel* amplifiers_;
  const Drive& drive_;
  bool biased_;
  bool is_flat_;
  std::map<AmplifierKind, std::string> kinds_;
  std::string text_;
};

}  // namespace

std::string state_node(Index i) { return "u" + std::to_string(i); }

std::string output_node(Index i, bool inverted) { return (inverted ? "vn" : "vp") + std::to_string(i); }

std::string deck_text(const ResistorNetwork& network, const AmplifierModel* amplifiers, const Drive& drive,
                      const std::string& title) {
  return DeckWriter(network, amplifiers, drive).write(one_line(title));
}

}  // namespace basin
