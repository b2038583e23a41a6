#include "sim/compare/chaos.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "sim/compare/cue_comparison.hpp"
#include "sim/compare/probes.hpp"

namespace basin {
namespace {

constexpr int blocks = 8;                  // of the reference, each as long as the hardware's run
constexpr double student_999 = 5.408;      // two-sided 99.9 % point of Student's t with blocks − 1 = 7 degrees of freedom
constexpr int bins = 20;
constexpr double transient = 20.0;         // max(τ), left out of every statistic

using Histogram = std::array<double, bins>;

/// Of one neuron over one run; V in (−1, 1).
struct Distribution {
  double mean = 0.0;
  double variance = 0.0;
  Histogram share{};
};

Distribution distribution_of(const Vector& v) {
  Distribution found;
  const auto count = static_cast<double>(v.size());
  found.mean = v.mean();
  found.variance = (v.array() - found.mean).square().mean();
  for (const double value : v) {
    const int bin = std::clamp(static_cast<int>(0.5 * (value + 1.0) * bins), 0, bins - 1);
    found.share[static_cast<std::size_t>(bin)] += 1.0 / count;
  }
  return found;
}

/// V of every neuron at rows first … first + count − 1 of `states`, a column a neuron.
Matrix outputs_in(const Circuit& circuit, const Matrix& states, Index first, Index count) {
  Matrix v(count, states.cols());
  for (Index k = 0; k < count; ++k) v.row(k) = outputs(circuit, states.row(first + k));
  return v;
}

double total_variation(const Histogram& a, const Histogram& b) {
  double sum = 0.0;
  for (std::size_t k = 0; k < a.size(); ++k) sum += std::abs(a[k] - b[k]);
  return 0.5 * sum;
}

/// The mean of the histograms but one (−1: all).
Histogram pooled(const std::vector<Distribution>& runs, int without) {
  Histogram sum{};
  double count = 0.0;
  for (int r = 0; r < static_cast<int>(runs.size()); ++r) {
    if (r == without) continue;
    ++count;
    for (std::size_t k = 0; k < sum.size(); ++k) sum[k] += runs[static_cast<std::size_t>(r)].share[k];
  }
  for (double& share : sum) share /= count;
  return sum;
}

/// The interval in which one more run of the same length lies with 99.9 % probability, given those of `values`.
InvariantStatistic predicted(const std::vector<double>& values, double hardware) {
  const Vector all = Eigen::Map<const Vector>(values.data(), static_cast<Index>(values.size()));
  const double deviation = std::sqrt((all.array() - all.mean()).square().sum() / (blocks - 1.0));
  return {all.mean(), hardware, student_999 * deviation * std::sqrt(1.0 + 1.0 / blocks)};
}

NeuronStatistics compare(const std::vector<Distribution>& runs, const Distribution& hardware) {
  std::vector<double> means, variances, distances;
  for (int r = 0; r < blocks; ++r) {
    const Distribution& run = runs[static_cast<std::size_t>(r)];
    means.push_back(run.mean);
    variances.push_back(run.variance);
    distances.push_back(total_variation(run.share, pooled(runs, r)));
  }
  NeuronStatistics found{predicted(means, hardware.mean), predicted(variances, hardware.variance),
                         predicted(distances, total_variation(hardware.share, pooled(runs, -1)))};
  found.histogram.allowed += found.histogram.circuit;
  return found;
}

/// V of the hardware and of `blocks` runs of the circuit, from where the reference was cut off on.
std::vector<NeuronStatistics> statistics(const Judgement& judgement, const ClampedCircuit& released, const Matrix& hardware,
                                         const Vector& end) {
  const Circuit& circuit = released.whole();
  const auto skipped = static_cast<Index>(std::ceil(transient * circuit.tau.maxCoeff() / judgement.network().dt));
  const Index count = hardware.rows() - std::min(skipped, hardware.rows() / 2);
  const Matrix reference = run_released(judgement, released, end, blocks * count).samples;
  const Matrix made = outputs_in(circuit, hardware, hardware.rows() - count, count);
  std::vector<Matrix> runs;
  for (Index r = 0; r < blocks; ++r) runs.push_back(outputs_in(circuit, reference, r * count, count));
  std::vector<NeuronStatistics> found;
  for (Index i = 0; i < circuit.size(); ++i) {
    std::vector<Distribution> of_neuron;
    for (const Matrix& run : runs) of_neuron.push_back(distribution_of(run.col(i)));
    found.push_back(compare(of_neuron, distribution_of(made.col(i))));
  }
  return found;
}

/// Largest |a − b| of row k.
double difference(const Matrix& a, const Matrix& b, Index k) { return (a.row(k) - b.row(k)).cwiseAbs().maxCoeff(); }

void find_shadowing(const Judgement& judgement, double tau, const Matrix& hardware, const Matrix& reference,
                    ChaosComparison& found) {
  const double dt = judgement.network().dt, bound = judgement.bound();
  const auto first = static_cast<Index>(std::ceil(tau / dt));
  const Index rows = std::min(hardware.rows(), reference.rows());
  double early = 0.0;
  Index step = 0;
  for (; step < rows && difference(hardware, reference, step) <= parted * bound; ++step) {
    if (step <= first) early = std::max(early, difference(hardware, reference, step));
  }
  found.shadowing_time = static_cast<double>(step) * dt;
  found.expected_shadowing = tau + std::log(parted * bound / std::max(early, 1e-300)) / found.exponent.largest;
}

}  // namespace

bool InvariantStatistic::agrees() const { return std::abs(hardware - circuit) <= allowed; }

bool ChaosComparison::agrees() const {
  return std::all_of(neurons.begin(), neurons.end(), [](const NeuronStatistics& one) {
    return one.mean.agrees() && one.variance.agrees() && one.histogram.hardware <= one.histogram.allowed;
  });
}

std::optional<ChaosComparison> compare_chaos(const Judgement& judgement, const ClampedCircuit& released, const Matrix& hardware,
                                             const Matrix& reference, const Vector& end) {
  const Circuit& circuit = released.whole();
  const bool whole = released.held().size() == 0;
  if (!whole || circuit.activation.are_hard() || !circuit.is_dense()) return std::nullopt;
  const double tau = circuit.tau.maxCoeff();
  ChaosComparison found;
  found.exponent = largest_lyapunov(circuit, end, {.rtol = judgement.rtol, .atol = judgement.atol, .transient = 100.0 * tau,
                                                   .duration = 2000.0 * tau, .interval = tau});
  if (!found.exponent.is_chaotic()) return std::nullopt;
  find_shadowing(judgement, tau, hardware, reference, found);
  found.neurons = statistics(judgement, released, hardware, end);
  return found;
}

std::int64_t judged_steps(const ChaosComparison& chaos, double dt) {
  return static_cast<std::int64_t>(std::ceil(std::log(judged_growth) / (chaos.exponent.largest * dt)));
}

}  // namespace basin
