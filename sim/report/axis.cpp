#include "sim/report/axis.hpp"

#include "sim/report/text.hpp"

namespace basin::report {
namespace {

/// Round values `step` apart, each with three digits, or as many as it takes to come within a hundredth of a step of it.
std::vector<Tick> named(const std::vector<double>& values, double step) {
  constexpr int most_digits = 12;
  std::vector<Tick> all;
  for (int digits = 3; digits <= most_digits; ++digits) {
    all.clear();
    bool exact = true;
    for (const double value : values) {
      all.push_back({value, short_number(value, digits)});
      exact = exact && std::abs(std::stod(all.back().text) - value) <= 0.01 * step;
    }
    if (exact) break;
  }
  return all;
}

}  // namespace

std::vector<Tick> Axis::ticks() const {
  std::vector<double> values;
  if (logarithmic) {
    const double stride = std::ceil((high - low) / 6.0);
    for (double decade = low; decade <= high + 1e-9; decade += stride) values.push_back(std::pow(10.0, decade));
    return named(values, values.front());
  }
  const double rough = (high - low) / 5.0;
  const double decade = std::pow(10.0, std::floor(std::log10(rough)));
  const double round = decade * (rough / decade > 5 ? 10 : rough / decade > 2 ? 5 : rough / decade > 1 ? 2 : 1);
  const double step = whole ? std::max(round, 1.0) : round;
  for (double k = std::ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; ++k)
    values.push_back(k == 0 ? 0.0 : k * step);
  return named(values, step);
}

}  // namespace basin::report
