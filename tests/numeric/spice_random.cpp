#include "tests/numeric/spice_random.hpp"

#include <array>
#include <iostream>

#include "models/design/text.hpp"
#include "tests/support/fixed_circuits.hpp"
#include "tests/support/toml_design.hpp"

namespace basin::test {
namespace {

template <class Values>
std::string list_text(const Values& values) {
  std::string text;
  for (const double value : values) text += (text.empty() ? "[" : ", ") + number_text(value);
  return text + "]";
}

std::string matrix_text(const Matrix& matrix) {
  std::string text;
  for (Index i = 0; i < matrix.rows(); ++i) text += (text.empty() ? "[" : ", ") + list_text(Vector(matrix.row(i)));
  return text + "]";
}

}  // namespace

Design random_spice_design(std::uint64_t seed, std::uint32_t number, AmplifierChoice amplifiers, const std::string& amplifier, bool delayed) {
  constexpr std::array kinds{"tanh", "logistic", "erf", "algebraic", "arctan", "clipped-linear"};
  Random random(seed, Stream::test, number);
  const Index n = 2 + random.below(31);
  const Matrix w = gaussian(n, random);
  const bool physical = random.below(2) == 0;
  Vector bias(n), first(n), second(n);
  for (Index i = 0; i < n; ++i) {
    bias[i] = 0.1 * random.normal();
    first[i] = 0.5 + random.uniform();
    second[i] = 0.5 + random.uniform();
  }
  std::string text = "name = \"random\"\n[circuit]\n";
  if (physical) {
    const Vector resistance = 1e5 * first;
    text += "units = \"physical\"\ncapacitance = " + list_text(Vector(1e-11 * second)) + "\nresistance = " + list_text(resistance) +
            "\nweights = " + matrix_text(Matrix(resistance.cwiseInverse().asDiagonal() * w)) +
            "\ninput_current = " + list_text(Vector(bias.cwiseQuotient(resistance))) + "\n";
  } else {
    text += "units = \"normalised\"\ntau = " + list_text(first) + "\nweights = " + matrix_text(w) + "\nbias = " + list_text(bias) + "\n";
  }
  text += "activation = \"" + std::string(kinds[random.below(kinds.size())]) + "\"\ngain = " + number_text(2.0 + 6.0 * random.uniform()) +
          "\ninitial = " + list_text(uniform_state(n, 0.5, random)) + "\n";
  if (delayed) {
    Vector delay(n);
    for (double& each : delay) each = random.below(4) == 0 ? 0.0 : (physical ? 1e-6 : 1.0) * (0.1 + random.uniform());
    text += "delay = " + list_text(delay) + "\n";
  }
  text += "[physical]\noutput_swing = " + number_text(random.below(2) == 0 ? 1.0 : 2.5) + "\n";
  text += "[simulate]\nt_end = " + number_text(physical ? 8e-6 : 8.0) + "\n";
  if (!amplifier.empty()) {
    text += "[amplifier]\n" + amplifier;
  } else if (amplifiers == AmplifierChoice::opamp) {
    text += "[amplifier]\ngain_bandwidth = " + number_text(1e7 * (1.0 + 9.0 * random.uniform())) + "\noutput_resistance = " +
            number_text(20.0 + 200.0 * random.uniform()) + "\n";
  }
  return toml_design(text);
}

double spice_difference(std::uint64_t seed, std::uint32_t number, AmplifierChoice amplifiers, const std::string& amplifier, bool delayed) {
  const Design design = random_spice_design(seed, number, amplifiers, amplifier, delayed);
  const Comparison found = compare_with_spice(design, prepare_physical(design, amplifiers), {.amplifiers = amplifiers});
  std::cout << "seed " << seed << ", design " << number << ": " << design.neurons << " neurons, scale " << found.physical.parts.scale << ", " << found.cues[0].points
            << " points, " << found.max_difference() << " of full scale\n";
  return found.max_difference();
}

}  // namespace basin::test
