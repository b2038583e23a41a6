#include "models/capacity/binary_theory.hpp"

#include <boost/math/tools/toms748_solve.hpp>
#include <cmath>
#include <limits>
#include <numbers>

namespace basin {
namespace {

constexpr double pi = std::numbers::pi;

/// √(2α) of the state with x = m/√(2αr).
double root_load(double x) { return std::erf(x) / x - 2.0 / std::sqrt(pi) * std::exp(-x * x); }

/// d root_load/dx.
double root_load_slope(double x) {
  const double gauss = std::exp(-x * x) / std::sqrt(pi);
  return 2.0 * gauss / x - std::erf(x) / (x * x) + 4.0 * x * gauss;
}

template <class Function>
double root(const Function& function, double low, double high) {
  std::uintmax_t steps = 200;
  const auto close = boost::math::tools::eps_tolerance<double>(std::numeric_limits<double>::digits - 2);
  const auto [a, b] = boost::math::tools::toms748_solve(function, low, high, close, steps);
  return 0.5 * (a + b);
}

double critical_x() { return root(root_load_slope, 0.5, 4.0); }

/// m = erf x, √(αr) = m/(√2 x), C = √(2/παr) e^{−x²}, r = (1 − C)^{−2}, E = −m²/2 + α(1 − r)/2.
BinaryRetrieval state_at(double x, double load) {
  const double overlap = std::erf(x);
  const double deviation = overlap / (std::numbers::sqrt2 * x);   // √(αr)
  const double susceptibility = std::sqrt(2.0 / pi) / deviation * std::exp(-x * x);
  const double noise = 1.0 / ((1.0 - susceptibility) * (1.0 - susceptibility));
  return {load, overlap, noise, -0.5 * overlap * overlap + 0.5 * load * (1.0 - noise)};
}

}  // namespace

BinaryRetrieval critical_binary_retrieval() {
  const double x = critical_x();
  const double root_of_load = root_load(x);
  return state_at(x, 0.5 * root_of_load * root_of_load);
}

std::optional<BinaryRetrieval> binary_retrieval(double load) {
  const double least = critical_x();   // the states of larger x are the stable ones
  const double wanted = std::sqrt(2.0 * load);
  if (!(load > 0.0) || wanted > root_load(least)) return std::nullopt;
  const double most = 2.0 / wanted;    // root_load(x) < 1/x
  const double x = root([wanted](double at) { return root_load(at) - wanted; }, least, most);
  return state_at(x, load);
}

}  // namespace basin
