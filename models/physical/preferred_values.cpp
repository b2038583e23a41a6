#include "models/physical/preferred_values.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <vector>

namespace basin {
namespace {

/// E24 of IEC 60063, whose older values do not follow the formula; every second one is E12.
constexpr std::array<double, 24> e24{100, 110, 120, 130, 150, 160, 180, 200, 220, 240, 270, 300,
                                     330, 360, 390, 430, 470, 510, 560, 620, 680, 750, 820, 910};

/// The series from 100 to below 1000.
std::vector<double> decade_of(PreferredSeries series) {
  std::vector<double> entries;
  if (series == PreferredSeries::e96) {
    for (int k = 0; k < 96; ++k) entries.push_back(std::round(100.0 * std::pow(10.0, k / 96.0)));
    return entries;
  }
  const std::size_t stride = series == PreferredSeries::e12 ? 2 : 1;
  for (std::size_t k = 0; k < e24.size(); k += stride) entries.push_back(e24[k]);
  return entries;
}

Matrix map(const Matrix& conductances, const std::function<double(double)>& rounded) {
  return conductances.unaryExpr([&](double g) { return g == 0.0 ? 0.0 : std::copysign(rounded(std::abs(g)), g); });
}

using Rounding = std::function<double(double)>;

/// `rounded` for every T and bias, `sensing_rounded` at the overlap amplifiers' inputs, then to ground what keeps 1/R, as `leak_rounded` has it.
ResistorNetwork mapped(const ResistorNetwork& network, const Rounding& rounded, const Rounding& sensing_rounded,
                       const Rounding& leak_rounded) {
  ResistorNetwork made = network;
  made.conductance = map(network.conductance, rounded);
  made.spreading = map(network.spreading, rounded);
  made.sensing = map(network.sensing, sensing_rounded);
  made.bias = map(network.bias, rounded);
  made.leak.setZero();
  const Vector total = network.total_conductance();
  const Vector rest = total - made.total_conductance();
  for (Index i = 0; i < made.size(); ++i) made.leak[i] = rest[i] > no_leak * total[i] ? leak_rounded(rest[i]) : 0.0;
  return made;
}

}  // namespace

double preferred_value(double value, PreferredSeries series) {
  if (series == PreferredSeries::exact) return value;
  const int decade = static_cast<int>(std::floor(std::log10(value))) - 2;
  double best = 0.0, distance = 1e300;
  // Powers of ten up to 10^22 are exact, their inverses are not: dividing by one gives the double nearest to the value.
  for (const double mantissa : decade_of(series)) {
    for (int d = decade - 1; d <= decade + 1; ++d) {
      const double candidate = d < 0 ? mantissa / std::pow(10.0, -d) : mantissa * std::pow(10.0, d);
      const double away = std::abs(std::log(candidate / value));
      if (away >= distance) continue;
      distance = away;
      best = candidate;
    }
  }
  return best;
}

ResistorNetwork with_series(const ResistorNetwork& network, PreferredSeries series) {
  const auto rounded = [series](double g) { return 1.0 / preferred_value(1.0 / g, series); };
  ResistorNetwork made = mapped(network, rounded, rounded, rounded);
  made.capacitance = network.capacitance.unaryExpr([series](double c) { return preferred_value(c, series); });
  return made;
}

ResistorNetwork with_levels(const ResistorNetwork& network, int levels) {
  const auto largest = [](const Matrix& values) { return values.size() > 0 ? values.cwiseAbs().maxCoeff() : 0.0; };
  const double at_nodes = std::max({largest(network.conductance), largest(network.spreading), largest(network.bias)});
  if (at_nodes == 0.0) return network;
  const auto nearest = [](double step) -> Rounding { return [step](double g) { return step * std::floor(g / step + 0.5); }; };
  return mapped(network, nearest(at_nodes / levels), nearest(largest(network.sensing) / levels), [](double g) { return g; });
}

ResistorNetwork with_available_parts(const ResistorNetwork& network, const PhysicalSpec& spec) {
  if (spec.levels) return with_levels(network, *spec.levels);
  return spec.series == PreferredSeries::exact ? network : with_series(network, spec.series);
}

double least_margin(const Circuit& circuit, const Vector& outputs) {
  const Circuit core = to_core(circuit);
  return outputs.cwiseProduct(core.weights * outputs + core.bias).minCoeff();
}

}  // namespace basin
