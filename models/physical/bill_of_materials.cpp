#include "models/physical/bill_of_materials.hpp"

#include <cmath>
#include <map>

namespace basin {
namespace {

/// Six digits: closer values are one part.
double rounded(double value) {
  if (value == 0.0 || !std::isfinite(value)) return value;
  const double unit = std::pow(10.0, 5 - static_cast<int>(std::floor(std::log10(std::abs(value)))));
  return std::round(value * unit) / unit;
}

class Counter {
 public:
  void add(double value) {
    auto [place, is_new] = parts_.try_emplace(rounded(value), Part{kind_, value, 0});
    ++place->second.count;
  }
  explicit Counter(std::string kind) : kind_(std::move(kind)) {}
  void append_to(std::vector<Part>& list) const {
    for (const auto& [key, part] : parts_) list.push_back(part);
  }

 private:
  std::string kind_;
  std::map<double, Part> parts_;
};

}  // namespace

std::vector<Part> bill_of_materials(const ResistorNetwork& network) {
  Counter resistors("resistor"), capacitors("capacitor"), amplifiers("amplifier"), lines("line");
  const auto add = [&](double conductance) {
    if (conductance != 0.0) resistors.add(ohms(conductance));
  };
  const Vector amplification = network.amplification();
  for (Index i = 0; i < network.size(); ++i) {
    for (Index j = 0; j < network.size(); ++j) add(network.conductance(i, j));
    for (Index k = 0; k < network.overlaps(); ++k) {
      add(network.spreading(i, k));
      add(network.sensing(k, i));
    }
    add(network.bias[i]);
    add(network.leak[i]);
    capacitors.add(network.capacitance[i]);
    amplifiers.add(amplification[i]);
    if (network.delay.size() > 0 && network.delay[i] > 0.0) lines.add(network.delay[i]);
  }
  for (Index k = 0; k < network.overlaps(); ++k) amplifiers.add(1.0);
  std::vector<Part> parts;
  for (const Counter* counter : {&resistors, &capacitors, &amplifiers, &lines}) counter->append_to(parts);
  return parts;
}

}  // namespace basin
