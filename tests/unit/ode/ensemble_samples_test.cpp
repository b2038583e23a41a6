#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>
#include <vector>

#include "models/design/random.hpp"
#include "models/ode/ensemble.hpp"
#include "tests/support/case_files.hpp"

namespace basin {
namespace {

constexpr double interval = 1.0 / 32.0;

/// The rows that an ensemble gives of each start, and its runs.
struct Sampled {
  std::vector<Matrix> rows;
  std::vector<EnsembleRun> runs;
};

Sampled sample_all(const Circuit& circuit, EnsembleOptions options, const std::vector<Vector>& starts, Index samples) {
  options.sample_interval = interval;
  Sampled sampled{std::vector<Matrix>(starts.size(), Matrix::Constant(samples, circuit.size(), std::nan(""))),
                  std::vector<EnsembleRun>(starts.size())};
  std::size_t next = 0;
  Ensemble(circuit, options).integrate(
      [&](EnsembleCue& cue) {
        if (next == starts.size()) return false;
        cue.number = next;
        cue.u0 = starts[next++];
        cue.samples = static_cast<std::size_t>(samples);
        cue.sample = [&rows = sampled.rows[cue.number]](std::size_t k, const Vector& u) {
          rows.row(static_cast<Index>(k)) = u;
        };
        return true;
      },
      [&](EnsembleRun&& run) { sampled.runs[run.number] = std::move(run); });
  return sampled;
}

Circuit random_symmetric(Random& random, Index n) {
  Matrix w(n, n);
  for (Index k = 0; k < w.size(); ++k) w.data()[k] = random.normal() / std::sqrt(static_cast<double>(n));
  Circuit c = test::plain_circuit((0.5 * (w + w.transpose())).eval(), 3.0);
  for (Index i = 0; i < n; ++i) {
    c.tau[i] = 0.5 + random.uniform();
    c.threshold[i] = 0.1 * random.normal();
  }
  return c;
}

std::vector<Vector> scattered_starts(Random& random, Index n, int count) {
  std::vector<Vector> starts;
  for (int k = 0; k < count; ++k) {
    starts.emplace_back(n);
    for (double& u : starts.back()) u = 0.5 * random.normal();
  }
  return starts;
}

TEST(EnsembleSamples, AreTheExponentialOfALinearCircuit) {
  // u̇ = −u + w·2u while |2u| < 1: u = u0 e^{(2w − 1)t}. Steps are some 0.2 long and intervals 1/32, so that most samples lie
  // within steps. Tolerance: dopri5's interpolant adds an error of h⁵ of a step to the 1e-8 relative a step.
  Circuit c = test::plain_circuit(Vector(Vector::LinSpaced(4, -1.0, 0.2)).asDiagonal().toDenseMatrix(), 2.0,
                                  ActivationKind::clipped_linear);
  const std::vector<Vector> starts = {Vector::Constant(4, 0.3), Vector::Constant(4, -0.4)};
  EnsembleOptions options;
  options.t_end = 3.0;
  options.stop_when_settled = false;
  const Sampled sampled = sample_all(c, options, starts, 97);
  for (std::size_t k = 0; k < starts.size(); ++k) {
    for (Index row = 0; row < 97; ++row) {
      for (Index i = 0; i < 4; ++i) {
        const double exact = starts[k][i] * std::exp((2.0 * c.weights(i, i) - 1.0) * static_cast<double>(row) * interval);
        ASSERT_NEAR(sampled.rows[k](row, i), exact, 2e-8) << "row " << row << ", neuron " << i;
      }
    }
  }
}

TEST(EnsembleSamples, FollowTheReferenceOfEveryCue) {
  Random random(72, Stream::test, 1);
  SCOPED_TRACE("seed 72");
  const Circuit c = random_symmetric(random, 53);
  const std::vector<Vector> starts = scattered_starts(random, 53, 40);
  const Sampled sampled = sample_all(c, {}, starts, 200);
  for (std::size_t k = 0; k < starts.size(); ++k) {
    ReferenceOptions tight;
    tight.rtol = 1e-11;
    tight.atol = 1e-13;
    for (int row = 0; row < 200; ++row) tight.sample_times.push_back(row * interval);
    const ReferenceRun reference = integrate(c, starts[k], tight);
    EXPECT_LE((sampled.rows[k] - reference.samples).cwiseAbs().maxCoeff(), 3e-7) << "cue " << k;
  }
}

TEST(EnsembleSamples, OfASettledCueRestWhereItIs) {
  Random random(73, Stream::test, 2);
  const Circuit c = random_symmetric(random, 9);
  const std::vector<Vector> starts = scattered_starts(random, 9, 5);
  const Sampled sampled = sample_all(c, {}, starts, 12'000);
  for (std::size_t k = 0; k < starts.size(); ++k) {
    ASSERT_EQ(sampled.runs[k].reason, EndReason::settled);
    const auto after = static_cast<Index>(std::floor(sampled.runs[k].t_final / interval)) + 1;
    ASSERT_LT(after, 12'000);
    for (Index row = after; row < 12'000; row += 100) {
      ASSERT_EQ(Vector(sampled.rows[k].row(row)), sampled.runs[k].u) << "cue " << k << ", row " << row;
    }
  }
}

TEST(EnsembleSamples, OfACueAreTheSameAloneAndInTheCrowd) {
  Random random(74, Stream::test, 3);
  const Circuit c = random_symmetric(random, 20);
  const std::vector<Vector> starts = scattered_starts(random, 20, 70);
  const Sampled crowd = sample_all(c, {}, starts, 100);
  for (const std::size_t k : {0U, 31U, 69U}) {
    const Sampled alone = sample_all(c, {}, {starts[k]}, 100);
    EXPECT_EQ(alone.rows[0], crowd.rows[k]) << "cue " << k;
  }
}

TEST(EnsembleSamples, NeedAnIntervalAndErrorControl) {
  const Circuit c = test::plain_circuit(Matrix::Constant(1, 1, 0.5), 1.0);
  EnsembleOptions fixed;
  fixed.fixed_step = 0.1;
  fixed.sample_interval = interval;
  EXPECT_THROW(Ensemble(c, fixed), std::invalid_argument);
  bool given = false;
  EXPECT_THROW(Ensemble(c, EnsembleOptions{}).integrate(
                   [&](EnsembleCue& cue) {
                     cue = {0, Vector::Zero(1), {}, 1, [](std::size_t, const Vector&) {}};
                     return !std::exchange(given, true);
                   },
                   [](EnsembleRun&&) {}),
               std::invalid_argument);
}

}  // namespace
}  // namespace basin
