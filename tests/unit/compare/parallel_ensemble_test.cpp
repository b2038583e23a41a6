#include "sim/reference/parallel_ensemble.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <vector>

#include "models/design/random.hpp"

namespace basin {
namespace {

constexpr std::uint64_t seed = 81;

/// Symmetric W, tanh units.
Circuit random_circuit(Index n) {
  Random random(seed, Stream::test, 1);
  Matrix w(n, n);
  for (Index k = 0; k < w.size(); ++k) w.data()[k] = 0.1 * random.normal();
  Circuit c;
  c.weights = 0.5 * (w + w.transpose());
  c.bias = c.threshold = Vector::Zero(n);
  c.tau = c.resistance = Vector::Ones(n);
  c.gain = Vector::Constant(n, 4.0);
  c.unipolar.assign(static_cast<std::size_t>(n), false);
  return c;
}

EnsembleCue random_cue(std::size_t number, Index n) {
  Random random(seed, Stream::test, static_cast<std::uint32_t>(100 + number));
  EnsembleCue cue{number, Vector(n), Vector(n)};
  for (Index i = 0; i < n; ++i) {
    cue.u0[i] = random.normal();
    cue.bias[i] = 0.1 * random.normal();
  }
  return cue;
}

std::vector<EnsembleRun> runs_on(int jobs, Precision precision, std::size_t count) {
  EnsembleOptions options;
  options.precision = precision;
  options.rtol = 1e-6;
  options.atol = 1e-7;
  options.t_end = 30.0;
  const Ensemble ensemble(random_circuit(33), options);
  std::vector<EnsembleRun> runs(count);
  std::size_t ended = 0;
  integrate_ensemble(
      ensemble, count, jobs, [](std::size_t cue) { return random_cue(cue, 33); },
      [&](EnsembleRun&& run) {
        ++ended;
        runs[run.number] = std::move(run);
      });
  EXPECT_EQ(ended, count);
  return runs;
}

TEST(IntegrateEnsemble, GivesEveryCueTheSameBitsOnAnyNumberOfThreads) {
  SCOPED_TRACE("seed 81");
  for (const Precision precision : {Precision::single, Precision::twice}) {
    const std::vector<EnsembleRun> one = runs_on(1, precision, 331);
    for (const int jobs : {2, 3, 7}) {
      const std::vector<EnsembleRun> many = runs_on(jobs, precision, 331);
      for (std::size_t k = 0; k < one.size(); ++k) {
        EXPECT_EQ(many[k].number, k);
        EXPECT_EQ(many[k].reason, one[k].reason);
        EXPECT_EQ(many[k].t_final, one[k].t_final);
        EXPECT_EQ(many[k].steps, one[k].steps);
        EXPECT_TRUE(many[k].u == one[k].u) << "cue " << k << ", " << jobs << " threads";
      }
    }
  }
}

TEST(IntegrateEnsemble, PassesOnWhatMakingACueThrows) {
  const Ensemble ensemble(random_circuit(5), {});
  const auto make_cue = [](std::size_t cue) {
    if (cue == 70) throw std::runtime_error("no such cue");
    return random_cue(cue, 5);
  };
  EXPECT_THROW(integrate_ensemble(ensemble, 400, 3, make_cue, [](EnsembleRun&&) {}), std::runtime_error);
}

TEST(IntegrateEnsemble, DoesNothingWithoutCues) {
  const Ensemble ensemble(random_circuit(5), {});
  const auto make_cue = [](std::size_t cue) { return random_cue(cue, 5); };
  EXPECT_EQ(integrate_ensemble(ensemble, 0, 2, make_cue, [](EnsembleRun&&) { FAIL(); }).evaluations, 0U);
}

}  // namespace
}  // namespace basin
