#include "models/physical/deck.hpp"

#include <cmath>
#include <compare>
#include <map>
#include <numbers>

#include "models/design/text.hpp"
#include "models/physical/activation_text.hpp"
#include "models/physical/slew_text.hpp"

namespace basin {
namespace {

constexpr double lag_resistance = 1000.0;   // ohm, of the RC that makes an amplifier's pole
constexpr double line_resistance = 1000.0;  // ohm, of the matched lines that delay outputs
constexpr Index most_ports = 1000;          // of a .subckt: ngspice has no more
constexpr const char* positive_reference = "refp";
constexpr const char* negative_reference = "refn";

/// Names of an overlap amplifier's nodes, its input and outputs ±.
std::string overlap_node(Index k) { return "o" + std::to_string(k); }
std::string overlap_output(Index k, bool inverted) { return (inverted ? "mn" : "mp") + std::to_string(k); }

/// Names on lines of at most a handful: simulators have limits for a line.
void append_nodes(std::string& text, Index count, const auto& name) {
  constexpr Index a_line = 16;
  for (Index i = 0; i < count; ++i) text += (i % a_line == 0 ? "\n+ " : " ") + name(i);
}

/// Everything that tells one amplifier from another; 0 where it has none of it.
struct AmplifierKind {
  double gain = 0.0, threshold = 0.0;   // effective ones
  bool unipolar = false;
  double pole = 0.0, slew = 0.0, saturation = 0.0, resistance = 0.0;
  std::size_t activation = 0;           // its place

  auto operator<=>(const AmplifierKind&) const = default;
};

class DeckWriter {
 public:
  DeckWriter(const ResistorNetwork& network, const AmplifierModel* amplifiers, const Drive& drive)
      : network_(network),
        amplifiers_(amplifiers),
        drive_(drive),
        gain_(amplifiers != nullptr ? amplifiers->gain(network) : network.gain),
        threshold_(amplifiers != nullptr ? amplifiers->threshold(network) : network.threshold),
        swing_(network.swing * (amplifiers != nullptr ? amplifiers->swing_share : 1.0)),
        biased_((network.bias.array() != 0.0).any()),
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
    AmplifierKind kind{.gain = gain_[i], .threshold = threshold_[i], .unipolar = network_.unipolar[static_cast<std::size_t>(i)],
                       .activation = network_.activation.kind_of(i)};
    if (amplifiers_ == nullptr) return kind;
    const auto entry = [i](const Vector& values) { return values.size() > 0 ? values[i] : 0.0; };
    kind.pole = entry(amplifiers_->pole_hz);
    kind.slew = entry(amplifiers_->slew_v_per_s);
    kind.saturation = entry(amplifiers_->saturation_v);
    if (!is_delayed(i)) kind.resistance = output_resistance(i);
    return kind;
  }
  [[nodiscard]] double output_resistance(Index i) const {
    return amplifiers_ != nullptr && amplifiers_->output_resistance.size() > 0 ? amplifiers_->output_resistance[i] : 0.0;
  }
  [[nodiscard]] bool is_delayed(Index i) const { return network_.delay.size() > 0 && network_.delay[i] > 0.0 && !is_held(i); }
  /// Where the network hears an output.
  [[nodiscard]] std::string heard_node(Index i, bool inverted) const {
    if (!is_delayed(i)) return output_node(i, inverted);
    return std::string(output_resistance(i) > 0.0 ? "h" : "d") + (inverted ? "n" : "p") + std::to_string(i);
  }
  [[nodiscard]] bool is_held(Index i) const { return drive_.held_v.size() > 0 && !std::isnan(drive_.held_v[i]); }

  void element(const std::string& name, const std::string& from, const std::string& to, double value) {
    text_ += name + " " + from + " " + to + " " + number_text(value) + "\n";
  }
  void source(const std::string& name, const std::string& node, const AmplifierKind& kind, bool inverted) {
    const SourceExpression expression{network_.activation.kinds()[kind.activation], "u", kind.gain / swing_, kind.threshold, swing_,
                                      kind.unipolar, inverted, kind.saturation};
    text_ += name + " " + node + " 0 VALUE={" + expression_text(expression) + "}\n";
  }

  void write_amplifiers() {
    for (Index i = 0; i < network_.size(); ++i) {
      if (is_held(i)) continue;
      const auto [place, is_new] = kinds_.try_emplace(kind_of(i), "amplifier" + std::to_string(kinds_.size()));
      if (is_new) write_amplifier(place->first, place->second);
    }
    if (network_.overlaps() > 0) text_ += "\n.subckt overlap o mp mn\nEp mp 0 o 0 1\nEn mn 0 o 0 -1\n.ends\n";
  }

  void write_amplifier(const AmplifierKind& kind, const std::string& name) {
    const double pole = kind.pole, resistance = kind.resistance;
    const std::string plus = resistance > 0.0 ? "bp" : "vp", minus = resistance > 0.0 ? "bn" : "vn";
    text_ += "\n.subckt " + name + " u vp vn\n";
    if (pole > 0.0) {
      source("Eg", "g", kind, false);
      const double capacitance = 1.0 / (2.0 * std::numbers::pi * lag_resistance * pole);
      if (kind.slew > 0.0) {
        text_ += "Gq g x VALUE={" + slew_text({"g", "x", 1.0 / lag_resistance, kind.slew * capacitance}) + "}\n";
      } else {
        element("Rq", "g", "x", lag_resistance);
      }
      text_ += "Cq x 0 " + number_text(capacitance) + " IC=0\n";
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
    append_nodes(text_, n, [this](Index i) { return heard_node(i, false); });
    append_nodes(text_, n, [this](Index i) { return heard_node(i, true); });
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
        if (g != 0.0) element("R" + number + "_" + std::to_string(j), heard_node(j, g < 0.0), node, ohms(g));
      }
    }
    for (Index k = 0; k < network_.overlaps(); ++k) write_overlap(k);
    text_ += is_flat_ ? "\n" : ".ends\n\n";
  }

  void write_overlap(Index k) {
    const std::string number = std::to_string(k), input = overlap_node(k);
    text_ += "Xo" + number + " " + input + " " + overlap_output(k, false) + " " + overlap_output(k, true) + " overlap\n";
    for (Index i = 0; i < network_.size(); ++i) {
      const std::string pair = number + "_" + std::to_string(i);
      const double hears = network_.sensing(k, i), drives = network_.spreading(i, k);
      if (hears != 0.0) element("Ro" + pair, heard_node(i, hears < 0.0), input, ohms(hears));
      if (drives != 0.0) element("Rm" + pair, overlap_output(k, drives < 0.0), state_node(i), ohms(drives));
    }
  }

  /// dp is what vp was a delay ago: the start's output, and what the line brings beyond it. The output resistance comes after it.
  void write_line(Index i) {
    const std::string number = std::to_string(i), past = number_text(drive_.past_v[i]), resistance = number_text(line_resistance);
    text_ += "Vs" + number + " " + output_node(i, false) + " s" + number + " DC " + past + "\n";
    text_ += "T" + number + " s" + number + " 0 t" + number + " 0 Z0=" + resistance + " TD=" + number_text(network_.delay[i]) + "\n";
    text_ += "Rt" + number + " t" + number + " 0 " + resistance + "\n";
    text_ += "Vd" + number + " d" + number + " 0 DC " + past + "\n";
    text_ += "Edp" + number + " dp" + number + " d" + number + " t" + number + " 0 1\n";
    text_ += "Edn" + number + " dn" + number + " 0 dp" + number + " 0 -1\n";
    if (output_resistance(i) == 0.0) return;
    for (const bool inverted : {false, true}) {
      const std::string node = (inverted ? "n" : "p") + number;
      element("Rh" + node, "d" + node, "h" + node, output_resistance(i));
    }
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
      if (is_delayed(i)) write_line(i);
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
  Vector gain_, threshold_;
  double swing_;   // of the outputs
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
