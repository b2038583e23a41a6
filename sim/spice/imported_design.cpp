#include "sim/spice/imported_design.hpp"

#include <cmath>

#include "models/design/activation_names.hpp"
#include "models/design/text.hpp"

namespace basin {
namespace {

std::string csv(const Matrix& values) {
  std::string text;
  for (Index i = 0; i < values.rows(); ++i) {
    for (Index j = 0; j < values.cols(); ++j) text += (j == 0 ? "" : ",") + number_text(values(i, j) + 0.0);
    text += "\n";
  }
  return text;
}

class DesignWriter {
 public:
  DesignWriter(const DeckCircuit& circuit, const std::string& name, const std::string& deck) : circuit_(circuit) {
    text_ = "# Imported from " + printable(deck) + ".\nname = \"" + name + "\"\n";
  }

  std::map<std::string, std::string> write() {
    write_circuit();
    if (circuit_.swing != 1.0) text_ += "\n[physical]\noutput_swing = " + number_text(circuit_.swing) + "\n";
    write_amplifiers();
    if (circuit_.t_end) text_ += "\n[simulate]\nt_end = " + number_text(*circuit_.t_end) + "\n";
    files_["design.toml"] = std::move(text_);
    return std::move(files_);
  }

 private:
  void line(const std::string& key, const std::string& value) { text_ += key + " = " + value + "\n"; }

  /// One number where all are equal, else a file.
  void values(const std::string& key, const Vector& values) {
    if ((values.array() == values[0]).all()) return line(key, number_text(values[0] + 0.0));
    files_[key + ".csv"] = csv(values);
    line(key, "\"" + key + ".csv\"");
  }
  void values_unless_zero(const std::string& key, const Vector& all) {
    if (!all.isZero(0.0)) values(key, all);
  }

  void write_circuit() {
    text_ += "\n[circuit]\nunits = \"physical\"\n";
    line("neurons", std::to_string(circuit_.size()));
    values("capacitance", circuit_.capacitance);
    if (circuit_.ground.allFinite()) {
      values("input_resistance", circuit_.ground);
    } else {   // a node without a resistor to ground: the whole resistance
      const Vector rows = circuit_.conductance.cwiseAbs().rowwise().sum();
      values("resistance", (circuit_.ground.cwiseInverse() + rows).cwiseInverse());
    }
    write_activation();
    values("gain", circuit_.gain);
    values_unless_zero("delay", circuit_.delay_s);
    files_["weights.csv"] = csv(circuit_.conductance);
    line("weights", "\"weights.csv\"");
    values_unless_zero("input_current", circuit_.current / circuit_.swing);
    values_unless_zero("threshold", circuit_.threshold / circuit_.swing);
    values_unless_zero("initial", circuit_.initial / circuit_.swing);
  }

  void write_activation() {
    line("activation", std::string("\"") + to_string(circuit_.activation.kind()) + "\"");
    if (circuit_.activation.kind() == ActivationKind::table) {
      files_["activation_table.csv"] = csv(circuit_.activation.points());
      line("activation_table", "\"activation_table.csv\"");
    }
    const auto unipolar = static_cast<Index>(std::count(circuit_.unipolar.begin(), circuit_.unipolar.end(), true));
    if (unipolar == circuit_.size()) return line("range", "\"unipolar\"");
    if (unipolar == 0) return;
    std::string list;
    for (const bool each : circuit_.unipolar) list += std::string(list.empty() ? "" : ", ") + (each ? "\"unipolar\"" : "\"bipolar\"");
    line("range", "[" + list + "]");
  }

  void write_amplifiers() {
    const bool resistive = !circuit_.output_resistance.isZero(0.0);
    if (circuit_.pole_hz.size() == 0 && circuit_.saturation_v.size() == 0 && !resistive) return;
    text_ += "\n[amplifier]\n";
    if (circuit_.pole_hz.size() > 0) {
      Vector product(circuit_.size());
      for (Index i = 0; i < circuit_.size(); ++i) product[i] = circuit_.pole_hz[i] * circuit_.amplification(i);
      values("gain_bandwidth", product);
    }
    if (resistive) values("output_resistance", circuit_.output_resistance);
    if (circuit_.slew_v_per_s.size() > 0) values("slew_rate", circuit_.slew_v_per_s);
    if (circuit_.saturation_v.size() > 0) values("saturation", circuit_.saturation_v);
  }

  const DeckCircuit& circuit_;
  std::string text_;
  std::map<std::string, std::string> files_;
};

}  // namespace

std::map<std::string, std::string> design_files(const DeckCircuit& circuit, const std::string& name, const std::string& deck) {
  return DesignWriter(circuit, name, deck).write();
}

}  // namespace basin
