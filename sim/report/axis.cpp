#include "sim/report/axis.hpp"

namespace basin::report {

std::vector<double> Axis::ticks() const {
  std::vector<double> all;
  if (logarithmic) {
    const double stride = std::ceil((high - low) / 6.0);
    for (double decade = low; decade <= high + 1e-9; decade += stride) all.push_back(std::pow(10.0, decade));
    return all;
  }
  const double rough = (high - low) / 5.0;
  const double decade = std::pow(10.0, std::floor(std::log10(rough)));
  const double step = decade * (rough / decade > 5 ? 10 : rough / decade > 2 ? 5 : rough / decade > 1 ? 2 : 1);
  for (double k = std::ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; ++k)
    all.push_back(k == 0 ? 0.0 : k * step);
  return all;
}

}  // namespace basin::report
