#include "models/circuit/activations.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

#include "models/circuit/circuit.hpp"
#include "tests/support/case_files.hpp"

namespace basin {
namespace {

const Activation tanh_unit(ActivationKind::tanh);
const Activation arctan_unit(ActivationKind::arctan);
const Activation linear_unit(ActivationKind::clipped_linear);

TEST(Activations, KeepWhatIsUsedInTheOrderOfTheNeurons) {
  const Activations mixed({tanh_unit, arctan_unit, linear_unit}, {2, 0, 2, 0});
  ASSERT_EQ(mixed.kinds().size(), 2U);
  EXPECT_EQ(mixed.of(0).kind(), ActivationKind::clipped_linear);
  EXPECT_EQ(mixed.of(1).kind(), ActivationKind::tanh);
  EXPECT_EQ(mixed.selectors(), (std::vector<std::uint8_t>{0, 1, 0, 1}));
  const Activations part = mixed.of_neurons({1, 3});
  EXPECT_TRUE(part.are(ActivationKind::tanh));
  EXPECT_TRUE(part.selectors().empty());
}

TEST(Activations, RefuseWhatNoCoreOrIntegratorHas) {
  const Activation hard(ActivationKind::hard);
  EXPECT_THROW(Activations({tanh_unit, hard}, {0, 1}), std::invalid_argument);
  EXPECT_THROW(Activations({tanh_unit}, {0, 1}), std::invalid_argument);
  EXPECT_THROW(Activations({tanh_unit, arctan_unit, linear_unit, Activation::power(2.0), Activation::power(3.0)}, {0, 1, 2, 3, 4}),
               std::invalid_argument);
  EXPECT_TRUE(Activations({hard, tanh_unit}, {0, 0}).are_hard());
}

TEST(Activations, GiveEveryNeuronItsOwnOutputSlopeAndEnergy) {
  // Three units without weights: E = Σ ∫ g⁻¹(V) dV/λ with the closed forms of tanh, a line and a cube.
  Circuit c = test::plain_circuit(Matrix::Zero(3, 3), 2.0);
  c.activation = Activations({tanh_unit, linear_unit, Activation::power(3.0)}, {0, 1, 2});
  c.unipolar[2] = true;
  const Vector u = Vector::Constant(3, 0.3);
  const Vector v = outputs(c, u);
  EXPECT_NEAR(v[0], std::tanh(0.6), 1e-15);
  EXPECT_NEAR(v[1], 0.6, 1e-15);
  EXPECT_NEAR(v[2], 0.216, 1e-15);
  const Vector slopes = output_slopes(c, u);
  EXPECT_NEAR(slopes[0], 2.0 * (1.0 - v[0] * v[0]), 1e-14);
  EXPECT_NEAR(slopes[1], 2.0, 1e-15);
  EXPECT_NEAR(slopes[2], 2.0 * 3.0 * 0.36, 1e-14);
  const double tanh_part = (v[0] * std::atanh(v[0]) + 0.5 * std::log(1.0 - v[0] * v[0])) / 2.0;
  const double cube_part = 3.0 / 4.0 * std::pow(v[2], 4.0 / 3.0) / 2.0;   // ∫ V^(1/3) dV
  EXPECT_NEAR(energy(c, u), tanh_part + 0.5 * 0.36 / 2.0 + cube_part, 1e-14);
}

}  // namespace
}  // namespace basin
