#include "models/ode/history.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace basin {
namespace {

TEST(History, KeepsTheSettlingTimeOfARunTooLongToKeepWhole) {
  // u = e^(−t) in every unit, V = tanh u. 200 steps of 2^16 units are three times what is kept.
  const std::size_t neurons = std::size_t{1} << 16;
  const auto n = static_cast<Index>(neurons);
  Circuit circuit;
  circuit.bias = circuit.threshold = Vector::Zero(n);
  circuit.gain = Vector::Ones(n);
  circuit.unipolar.assign(neurons, false);
  History history(neurons);
  for (int k = 0; k <= 200; ++k) {
    const double u = std::exp(-0.02 * k);
    history.add(0.02 * k, State(neurons, u), State(neurons, -u));
  }
  const double expected = -std::log(std::atanh(std::tanh(std::exp(-4.0)) + 0.01));
  EXPECT_NEAR(history.settle_time(circuit, 0.01), expected, 1e-4);  // Hermite at the coarse grain: h⁴/384 < 1e-7 of u
}

}  // namespace
}  // namespace basin
