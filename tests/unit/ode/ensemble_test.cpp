#include "models/ode/ensemble.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>
#include <vector>

#include "models/design/random.hpp"
#include "tests/support/case_files.hpp"

namespace basin {
namespace {

constexpr std::uint64_t ensemble_seed = 71;

Vector random_vector(Random& random, Index n, double size) {
  Vector v(n);
  for (double& x : v) x = size * random.normal();
  return v;
}

/// Symmetric W of spectral radius about √2, every parameter different from its neighbour's.
Circuit random_circuit(Random& random, Index n, ActivationKind kind) {
  Matrix w(n, n);
  for (Index k = 0; k < w.size(); ++k) w.data()[k] = random.normal() / std::sqrt(static_cast<double>(n));
  Circuit c = test::plain_circuit((0.5 * (w + w.transpose())).eval(), 3.0, kind);
  for (Index i = 0; i < n; ++i) {
    c.bias[i] = 0.1 * random.normal();
    c.tau[i] = 0.5 + random.uniform();
    c.gain[i] = 2.0 + random.uniform();
    c.threshold[i] = 0.1 * random.normal();
    if (kind != ActivationKind::logistic) c.unipolar[static_cast<std::size_t>(i)] = i % 3 == 0;
  }
  return c;
}

/// Memories of Hebb's rule with a kept diagonal, W = Xᵀ X/N.
struct Memories {
  Memories(Random& random, Index n, Index m) : x(m, n) {
    for (Index k = 0; k < x.size(); ++k) x.data()[k] = random.sign();
    circuit = test::plain_circuit((x.transpose() * x / static_cast<double>(n)).eval(), 4.0);
  }
  [[nodiscard]] Vector cue(Random& random, Index number, double flipped) const {
    Vector u = 0.5 * x.row(number % x.rows()).transpose();
    for (double& v : u) v = random.uniform() < flipped ? -v : v;
    return u;
  }
  Matrix x;
  Circuit circuit;
};

std::vector<Vector> random_starts(Random& random, Index n, std::size_t count) {
  std::vector<Vector> starts;
  for (std::size_t k = 0; k < count; ++k) starts.push_back(random_vector(random, n, 0.5));
  return starts;
}

/// The runs of `starts` by number.
std::vector<EnsembleRun> run_all(const Ensemble& ensemble, const std::vector<Vector>& starts, const Vector& bias = {}) {
  std::vector<EnsembleRun> runs(starts.size());
  std::size_t next = 0;
  ensemble.integrate(
      [&](EnsembleCue& cue) {
        if (next == starts.size()) return false;
        cue = {next, starts[next], bias};
        ++next;
        return true;
      },
      [&](EnsembleRun&& run) { runs[run.number] = std::move(run); });
  return runs;
}

double difference(const Vector& a, const Vector& b) { return (a - b).cwiseAbs().maxCoeff(); }

void expect_same_bits(const EnsembleRun& a, const EnsembleRun& b) {
  EXPECT_EQ(a.reason, b.reason) << "cue " << a.number;
  EXPECT_EQ(a.t_final, b.t_final) << "cue " << a.number;
  EXPECT_EQ(a.steps, b.steps) << "cue " << a.number;
  EXPECT_EQ(a.rejected, b.rejected) << "cue " << a.number;
  EXPECT_EQ(a.residual, b.residual) << "cue " << a.number;
  EXPECT_TRUE(a.u == b.u) << "cue " << a.number;
}

class EnsembleOf : public testing::TestWithParam<ActivationKind> {};

// Against odeint's dopri5 at a tolerance a hundred times tighter. A step is allowed 1e-8 (|u| + h|u̇|), some 3e-8; the
// state taken is of one order more than the estimate, a tenth of that or less; 25 steps. Single precision: the same at
// 1e-6. And the steps are as many as odeint makes at the same tolerance, to two fifths: its controller grows steps
// otherwise.
TEST_P(EnsembleOf, FollowsTheReferenceOfEveryCue) {
  Random random(ensemble_seed, Stream::test, 1);
  SCOPED_TRACE("seed 71");
  for (const Index n : {1, 7, 24, 53}) {
    Circuit c = random_circuit(random, n, GetParam());
    const Vector bias = random_vector(random, n, 0.2);
    const std::vector<Vector> starts = random_starts(random, n, 30);
    EnsembleOptions options;
    options.t_end = 1.0;
    options.stop_when_settled = false;
    const std::vector<EnsembleRun> runs = run_all(Ensemble(c, options), starts, bias);
    options.precision = Precision::single;
    options.rtol = 1e-6;
    options.atol = 1e-7;
    const std::vector<EnsembleRun> single = run_all(Ensemble(c, options), starts, bias);
    c.bias += bias;
    for (std::size_t k = 0; k < starts.size(); ++k) {
      ReferenceOptions tight;
      tight.rtol = 1e-10;
      tight.atol = 1e-12;
      tight.t_end = 1.0;
      tight.stop_when_settled = false;
      const ReferenceRun reference = integrate(c, starts[k], tight);
      ReferenceOptions same = tight;
      same.rtol = 1e-8;
      same.atol = 1e-10;
      const auto steps = static_cast<double>(integrate(c, starts[k], same).steps);
      ASSERT_EQ(runs[k].t_final, 1.0);
      EXPECT_NEAR(static_cast<double>(runs[k].steps), steps, 0.4 * steps + 1.0) << "cue " << k << ", N " << n;
      EXPECT_LE(difference(runs[k].u, reference.u), 1e-7) << "cue " << k << ", N " << n;
      EXPECT_LE(difference(single[k].u, reference.u), 1e-5) << "cue " << k << ", N " << n;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Activations, EnsembleOf,
                         testing::Values(ActivationKind::tanh, ActivationKind::logistic, ActivationKind::erf,
                                         ActivationKind::algebraic, ActivationKind::arctan));

TEST(Ensemble, FollowsTheReferenceAcrossKinks) {
  // dopri5 falls to order 1 in the step with the kink, which the error control sees: ten times the bound of the smooth
  // ones.
  Random random(ensemble_seed, Stream::test, 2);
  const Circuit c = random_circuit(random, 30, ActivationKind::clipped_linear);
  const std::vector<Vector> starts = random_starts(random, 30, 30);
  EnsembleOptions options;
  options.t_end = 1.0;
  const std::vector<EnsembleRun> runs = run_all(Ensemble(c, options), starts);
  ReferenceOptions tight;
  tight.rtol = 1e-10;
  tight.atol = 1e-12;
  tight.t_end = 1.0;
  for (std::size_t k = 0; k < starts.size(); ++k) {
    EXPECT_LE(difference(runs[k].u, integrate(c, starts[k], tight).u), 1e-6) << "seed 71, cue " << k;
  }
}

TEST(Ensemble, EndsAtTheAttractorsOfTheReference) {
  Random random(ensemble_seed, Stream::test, 3);
  SCOPED_TRACE("seed 71");
  const Memories memories(random, 64, 4);
  std::vector<Vector> starts;
  for (Index k = 0; k < 60; ++k) starts.push_back(memories.cue(random, k, 0.15));
  EnsembleOptions options;
  const std::vector<EnsembleRun> twice = run_all(Ensemble(memories.circuit, options), starts);
  options.precision = Precision::single;
  options.rtol = 1e-5;
  options.atol = 1e-6;
  const std::vector<EnsembleRun> single = run_all(Ensemble(memories.circuit, options), starts);
  for (std::size_t k = 0; k < starts.size(); ++k) {
    const ReferenceRun reference = integrate(memories.circuit, starts[k], {});
    ASSERT_EQ(reference.reason, EndReason::settled);
    const Vector end = polish(memories.circuit, reference.u).u;
    for (const EnsembleRun* run : {&twice[k], &single[k]}) {
      EXPECT_EQ(run->reason, EndReason::settled);
      const Equilibrium own = polish(memories.circuit, run->u);
      ASSERT_TRUE(own.converged);
      EXPECT_LE(difference(own.u, end), 1e-8) << "cue " << k;
    }
    EXPECT_NEAR(twice[k].t_final, reference.t_final, 0.1 * reference.t_final);  // within a step of its own
  }
}

TEST(Ensemble, GivesTheSameWithWeightsInFactoredForm) {
  // Unequal τ, thresholds and unipolar units too: every place where the coordinates touch the factors.
  Random random(ensemble_seed, Stream::test, 4);
  SCOPED_TRACE("seed 71");
  Circuit c = random_circuit(random, 41, ActivationKind::tanh);
  Factors factors;
  factors.patterns = Matrix(5, 41);
  for (Index k = 0; k < factors.patterns.size(); ++k) factors.patterns.data()[k] = random.sign();
  factors.core = Matrix(5, 5);
  for (Index k = 0; k < factors.core.size(); ++k) factors.core.data()[k] = random.normal() / 41.0;
  factors.diagonal = random_vector(random, 41, 0.1);
  factors.columns = Vector::Ones(41);
  c.weights = factors.patterns.transpose() * factors.core * factors.patterns;
  c.weights += factors.diagonal.asDiagonal();
  const std::vector<Vector> starts = random_starts(random, 41, 60);
  EnsembleOptions options;
  options.t_end = 2.0;
  options.stop_when_settled = false;
  const std::vector<EnsembleRun> dense = run_all(Ensemble(c, options), starts);
  c.factors = std::make_shared<const Factors>(factors);
  const std::vector<EnsembleRun> factored = run_all(Ensemble(c, options), starts);
  EXPECT_NE(dense[0].u, factored[0].u);   // other sums: the factors were used
  for (std::size_t k = 0; k < starts.size(); ++k) EXPECT_LE(difference(dense[k].u, factored[k].u), 1e-9) << "cue " << k;
}

TEST(Ensemble, FixedStepsConvergeWithOrderFour) {
  Random random(ensemble_seed, Stream::test, 5);
  SCOPED_TRACE("seed 71");
  const Circuit c = random_circuit(random, 16, ActivationKind::tanh);
  const std::vector<Vector> starts = random_starts(random, 16, 3);
  ReferenceOptions tight;
  tight.rtol = 1e-12;
  tight.atol = 1e-14;
  tight.t_end = 1.6;
  tight.stop_when_settled = false;
  std::vector<double> errors;
  for (const double h : {0.1, 0.05, 0.025}) {
    EnsembleOptions options;
    options.fixed_step = h;
    options.t_end = 1.6;
    options.stop_when_settled = false;
    const std::vector<EnsembleRun> runs = run_all(Ensemble(c, options), starts);
    double worst = 0.0;
    for (std::size_t k = 0; k < starts.size(); ++k) {
      worst = std::max(worst, difference(runs[k].u, integrate(c, starts[k], tight).u));
    }
    errors.push_back(worst);
  }
  EXPECT_NEAR(std::log2(errors[0] / errors[1]), 4.0, 0.5);
  EXPECT_NEAR(std::log2(errors[1] / errors[2]), 4.0, 0.25);
}

TEST(Ensemble, FixedStepsEndExactlyAtTheEnd) {
  // W = 0: u(t) = b + (u0 − b) exp(−t). Three steps of 0.4 and the rest of 0.05; the error of a step is h^5/120.
  Circuit c = test::plain_circuit(Matrix::Zero(2, 2), 2.0);
  c.bias << 0.5, -1.0;
  EnsembleOptions options;
  options.fixed_step = 0.4;
  options.t_end = 1.25;
  options.stop_when_settled = false;
  const EnsembleRun run = run_all(Ensemble(c, options), {Vector::Constant(2, 0.3)}).front();
  EXPECT_EQ(run.t_final, 1.25);
  EXPECT_EQ(run.steps, 4U);
  for (Index i = 0; i < 2; ++i) {
    EXPECT_NEAR(run.u[i], c.bias[i] + (0.3 - c.bias[i]) * std::exp(-1.25), 3.0 * std::pow(0.4, 5) / 120.0 * 1.3);
  }
}

class EnsembleBits : public testing::TestWithParam<std::tuple<Precision, bool, bool>> {
 protected:
  EnsembleBits() : memories_(random_, 40, 3) {
    options_.precision = std::get<0>(GetParam());
    if (std::get<1>(GetParam())) options_.fixed_step = 0.125;
    options_.rtol = 1e-5;
    options_.atol = 1e-6;
    for (Index k = 0; k < 131; ++k) starts_.push_back(memories_.cue(random_, k, 0.05 * static_cast<double>(k % 9)));
  }
  [[nodiscard]] Ensemble ensemble() const {
    if (!std::get<2>(GetParam())) return {memories_.circuit, options_};
    const Factors factors{memories_.x, Matrix::Identity(3, 3) / 40.0, Vector::Zero(40), Vector::Ones(40)};
    Circuit circuit = memories_.circuit;
    circuit.factors = std::make_shared<const Factors>(factors);
    return {circuit, options_};
  }
  Random random_{ensemble_seed, Stream::test, 6};
  Memories memories_;
  EnsembleOptions options_;
  std::vector<Vector> starts_;
};

TEST_P(EnsembleBits, ACueEndsTheSameAloneAndInTheCrowd) {
  const std::vector<EnsembleRun> crowd = run_all(ensemble(), starts_);
  for (std::size_t k = 0; k < starts_.size(); k += 10) {
    EnsembleRun alone = run_all(ensemble(), {starts_[k]}).front();
    alone.number = k;
    expect_same_bits(alone, crowd[k]);
  }
}

TEST_P(EnsembleBits, AreTheSameWithEveryKindOfVectorInstructions) {
  options_.isa = VectorIsa::portable;
  const std::vector<EnsembleRun> portable = run_all(ensemble(), starts_);
  for (const VectorIsa isa : {VectorIsa::avx2, VectorIsa::avx512}) {
    if (isa > widest_isa()) continue;
    SCOPED_TRACE(to_string(isa));
    options_.isa = isa;
    const std::vector<EnsembleRun> runs = run_all(ensemble(), starts_);
    for (std::size_t k = 0; k < starts_.size(); ++k) expect_same_bits(runs[k], portable[k]);
  }
}

TEST_P(EnsembleBits, ACueThatIsTakenOutWhenSettledHasRunAsOneThatGoesOn) {
  const std::vector<EnsembleRun> retired = run_all(ensemble(), starts_);
  for (std::size_t k = 0; k < starts_.size(); k += 13) {
    ASSERT_EQ(retired[k].reason, EndReason::settled);
    options_.stop_when_settled = false;
    options_.t_end = retired[k].t_final;
    std::vector<Vector> others(starts_.begin() + 50, starts_.begin() + 90);
    others.push_back(starts_[k]);
    const EnsembleRun on = run_all(ensemble(), others).back();
    EXPECT_EQ(on.t_final, retired[k].t_final);
    EXPECT_EQ(on.steps, retired[k].steps);
    // The last step is cut to end at t_end: the same step up to the rounding of t.
    EXPECT_LE(difference(on.u, retired[k].u), 1e-6);
    options_.stop_when_settled = true;
    options_.t_end.reset();
  }
}

INSTANTIATE_TEST_SUITE_P(Kinds, EnsembleBits,
                         testing::Combine(testing::Values(Precision::single, Precision::twice), testing::Bool(),
                                          testing::Bool()));

TEST(Ensemble, CountsTheWorkOfCuesApartFromThatOfIdleLanes) {
  const Circuit c = test::plain_circuit(Matrix::Zero(3, 3), 2.0);
  EnsembleOptions options;
  options.fixed_step = 0.5;
  options.t_end = 2.0;
  options.stop_when_settled = false;
  const Ensemble ensemble(c, options);
  std::size_t left = ensemble.lanes() + 1;
  const EnsembleWork work = ensemble.integrate(
      [&](EnsembleCue& cue) {
        if (left == 0) return false;
        cue = {--left, Vector::Ones(3), {}};
        return true;
      },
      [](EnsembleRun&&) {});
  EXPECT_EQ(work.evaluations, (ensemble.lanes() + 1) * 4 * 4);   // 4 steps of 4 evaluations
  EXPECT_EQ(work.idle, (ensemble.lanes() - 1) * 4 * 4);
}

TEST(Ensemble, CallsAStateThatOverflowsDiverged) {
  // u̇ = −u with h = 8: RK4 multiplies u by 1 − 8 + 32 − 85.3 + 170.7 = 110.3 a step. Its neighbours go on.
  const Circuit c = test::plain_circuit(Matrix::Zero(2, 2), 2.0);
  EnsembleOptions options;
  options.precision = Precision::single;
  options.rtol = 1e-5;
  options.fixed_step = 8.0;
  options.t_end = 800.0;
  const std::vector<Vector> starts = {Vector::Ones(2), Vector::Zero(2), Vector::Ones(2)};
  const std::vector<EnsembleRun> runs = run_all(Ensemble(c, options), starts);
  EXPECT_EQ(runs[0].reason, EndReason::diverged);
  EXPECT_EQ(runs[1].reason, EndReason::settled);
  EXPECT_EQ(runs[2].reason, EndReason::diverged);
}

TEST(Ensemble, RefusesWhatItCannotIntegrate) {
  const Matrix w = Matrix::Identity(2, 2);
  EXPECT_THROW(Ensemble(test::plain_circuit(w, 2.0, ActivationKind::hard), {}), std::invalid_argument);
  const Circuit c = test::plain_circuit(w, 2.0);
  const auto refused = [&](auto change) {
    EnsembleOptions options;
    change(options);
    EXPECT_THROW(Ensemble(c, options), std::invalid_argument);
  };
  refused([](EnsembleOptions& o) { o.stop_when_settled = false; });
  refused([](EnsembleOptions& o) { o.fixed_step = 0.0; });
  refused([](EnsembleOptions& o) { o.t_end = -1.0; });
  refused([](EnsembleOptions& o) { o.atol = 0.0; });
  refused([](EnsembleOptions& o) { o.precision = Precision::single; });  // rtol 1e-8
  Circuit no_matrix = c;
  no_matrix.weights.resize(0, 0);
  EXPECT_THROW(Ensemble(no_matrix, {}), std::invalid_argument);
  EXPECT_THROW(run_all(Ensemble(c, {}), {Vector::Zero(3)}), std::invalid_argument);
}

}  // namespace
}  // namespace basin
