// The energy along trajectories of random symmetric circuits, and along steps of the golden model.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <iostream>

#include "models/fixed/fixed_number.hpp"
#include "models/fixed/output_code.hpp"
#include "models/fixed/quantise.hpp"
#include "models/fixed/stepper.hpp"
#include "models/ode/reference.hpp"
#include "tests/support/fixed_circuits.hpp"

namespace basin {
namespace {

constexpr std::uint64_t seed = 1984;
constexpr ActivationKind kinds[] = {ActivationKind::tanh, ActivationKind::logistic, ActivationKind::erf, ActivationKind::algebraic,
                                    ActivationKind::arctan};

/// Unequal R, τ, gains and thresholds, T symmetric.
Circuit random_circuit(std::uint32_t draw, Vector& u0) {
  Random random(seed, Stream::test, draw);
  const Index n = 2 + random.below(15);
  const ActivationKind kind = kinds[draw % 5];
  const Matrix conductances = (0.5 + 2.0 * random.uniform()) * test::gaussian(n, random);
  Circuit circuit = test::circuit_of(conductances, 1.0, kind);
  for (Index i = 0; i < n; ++i) {
    circuit.resistance[i] = 0.5 + random.uniform();
    circuit.tau[i] = 0.5 + 2.0 * random.uniform();
    circuit.gain[i] = 0.5 + 20.0 * random.uniform() * random.uniform();
    circuit.threshold[i] = 0.2 * (2.0 * random.uniform() - 1.0);
  }
  if (kind == ActivationKind::logistic) circuit.unipolar.assign(static_cast<std::size_t>(n), true);
  circuit.weights = circuit.resistance.asDiagonal() * conductances;
  circuit.bias = test::uniform_state(n, 0.5, random);
  u0 = test::uniform_state(n, 1.5, random);
  return circuit;
}

// A step of the tolerance 1e-8 cannot raise E where it falls by more; near the end only rounding is left.
TEST(Energy, NeverRisesAlongTheTrajectoriesOfAThousandSymmetricCircuits) {
  double worst = 0.0;
  int settled = 0;
  for (std::uint32_t draw = 0; draw < 1000; ++draw) {
    Vector u0;
    const Circuit circuit = random_circuit(draw, u0);
    const ReferenceRun run = integrate(circuit, u0, {});
    ASSERT_GE(run.largest_energy_rise, 0.0) << "seed " << seed << ", draw " << draw;   // judged, so T is symmetric
    EXPECT_LE(run.largest_energy_rise, 1e-12) << "seed " << seed << ", draw " << draw;
    worst = std::max(worst, run.largest_energy_rise);
    settled += run.reason == EndReason::settled ? 1 : 0;
  }
  std::cout << "energy: 1000 circuits, " << settled << " settled, largest relative rise " << worst << "\n";
  EXPECT_EQ(settled, 1000);
}

/// The golden model of one circuit of equal gains and τ (R = 1), and its energy: ∫ u dV is the trapezoid sum over the table.
class GoldenEnergy {
 public:
  GoldenEnergy(const Circuit& circuit, const QuantiseOptions& options) {
    Quantised made = quantise(circuit, options);
    network_ = std::move(made.network);
    realised_ = std::move(made.realised);
    lambda_ = std::max(0.0, -least_eigenvalue(realised_.weights, Vector::Ones(realised_.size())));
    integral_.push_back(0.0);
    for (std::int64_t u = low(); u < -low() - 1; ++u) {
      const double rise = output(u + 1) - output(u);
      slope_ = std::max(slope_, rise / lsb());
      integral_.push_back(integral_.back() + (static_cast<double>(u) + 0.5) * lsb() * rise);
    }
  }

  [[nodiscard]] const FixedNetwork& network() const { return network_; }
  [[nodiscard]] double lsb() const { return network_.lsb_state; }
  [[nodiscard]] double h() const { return std::ldexp(1.0, -network_.step_exponent); }
  /// Of order 1 and 2: what |ΔV|² must at least take off E, or Ê.
  [[nodiscard]] double fall() const {
    return network_.order == 1 ? 0.5 * ((2.0 / h() - 1.0) / slope_ - lambda_) : (1.0 / h() - 1.0) / slope_ - lambda_;
  }
  [[nodiscard]] Vector outputs(std::span<const std::int64_t> u) const {
    Vector v(static_cast<Index>(u.size()));
    for (std::size_t i = 0; i < u.size(); ++i) v[static_cast<Index>(i)] = output(u[i]);
    return v;
  }
  [[nodiscard]] double energy(std::span<const std::int64_t> u) const {
    const Vector v = outputs(u);
    return -0.5 * v.dot(realised_.weights * v) - realised_.bias.dot(v) + integrals(u);
  }
  /// Ê − E after the step from `before` to `u`.
  [[nodiscard]] double memory(std::span<const std::int64_t> u, std::span<const std::int64_t> before) const {
    const Vector a = outputs(u) - outputs(before);
    double distance = integrals(u) - integrals(before);
    for (std::size_t i = 0; i < u.size(); ++i) distance -= static_cast<double>(before[i]) * lsb() * a[static_cast<Index>(i)];
    return 0.5 * distance + 0.25 * a.dot(realised_.weights * a + 2.0 * lambda_ * a);
  }

 private:
  [[nodiscard]] std::int64_t low() const { return -network_.core.max_state() - 1; }
  [[nodiscard]] double output(std::int64_t u) const { return static_cast<double>(output_code(network_, 0, u)) * network_.lsb_drive; }
  [[nodiscard]] double integrals(std::span<const std::int64_t> u) const {
    double sum = 0.0;
    for (const std::int64_t state : u) sum += integral_[static_cast<std::size_t>(state - low())];
    return sum;
  }

  FixedNetwork network_;
  Circuit realised_;
  double lambda_ = 0.0, slope_ = 0.0;
  std::vector<double> integral_;   // from the lowest state
};

struct Counted {
  int steps = 0, rises = 0;
  double closest = -1e300;   // of any step: rise less what rounding allows, relative to the energy's scale
};

/// Every step of a run: E (Ê at order 2) may rise by LSB_u |ΔV|₁/(2h) − fall·|ΔV|².
void follow(const GoldenEnergy& golden, std::span<const std::int64_t> start, double scale, Counted& counted) {
  Stepper<FixedNumber> stepper{FixedNumber(golden.network())};
  stepper.load(start);
  std::vector<std::int64_t> before(start.begin(), start.end());
  double energy = golden.energy(start);
  for (int k = 0; k < 120; ++k) {
    stepper.step();
    const auto u = stepper.state();
    const double now = golden.energy(u) + (golden.network().order == 2 ? golden.memory(u, before) : 0.0);
    const Vector change = golden.outputs(u) - golden.outputs(before);
    const double allowed = 0.5 * golden.lsb() * change.lpNorm<1>() / golden.h() - golden.fall() * change.squaredNorm();
    ++counted.steps;
    counted.rises += now > energy + 1e-12 * scale ? 1 : 0;
    counted.closest = std::max(counted.closest, (now - energy - allowed) / scale);
    energy = now;
    before.assign(u.begin(), u.end());
  }
}

class GoldenSteps : public testing::TestWithParam<int> {};

TEST_P(GoldenSteps, RaiseTheEnergyByNoMoreThanTheirRounding) {
  Counted counted;
  for (std::uint32_t draw = 0; draw < 600; ++draw) {
    Random random(seed, Stream::test, 10000 + draw);
    const Index n = 2 + random.below(3);
    Circuit circuit = test::circuit_of(test::gaussian(n, random), 1.0 + 3.0 * random.uniform());
    circuit.bias = test::uniform_state(n, 0.3, random);
    QuantiseOptions options;
    options.hardware.order = static_cast<Order>(GetParam());
    options.hardware.step_exponent = 1 + static_cast<int>(draw % 3);
    options.hardware.automatic_step = true;      // a finer one where the rule asks for it
    options.hardware.state_bits = 8 + 2 * static_cast<int>(draw % 2);
    options.hardware.drive_bits = 16;            // finer than the state: the table's secants are those of tanh
    options.largest_start = 1.0;
    const GoldenEnergy golden(circuit, options);
    std::vector<std::int64_t> start;
    for (Index i = 0; i < n; ++i) start.push_back(raw_state(golden.network(), 2.0 * random.uniform() - 1.0));
    follow(golden, start, energy_scale(circuit), counted);
  }
  std::cout << "order " << GetParam() << ": " << counted.steps << " steps, " << counted.rises
            << " raise the energy, closest to what rounding allows " << counted.closest << "\n";
  EXPECT_LE(counted.closest, 1e-12) << "seed " << seed;
  EXPECT_GT(counted.rises, 0);   // or the bound says nothing
}

INSTANTIATE_TEST_SUITE_P(BothOrders, GoldenSteps, testing::Values(1, 2));

}  // namespace
}  // namespace basin
