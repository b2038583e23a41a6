#include "sim/bench/ensemble_problem.hpp"

#include "models/design/random.hpp"

namespace basin {

EnsembleProblem::EnsembleProblem(Index neurons, Index memories, std::size_t cues) {
  Random random(seed, Stream::test, 1);
  factors.patterns = Matrix(memories, neurons);
  for (Index k = 0; k < factors.patterns.size(); ++k) factors.patterns.data()[k] = random.sign();
  const auto n = static_cast<double>(neurons);
  factors.core = Matrix::Identity(memories, memories) / n;
  factors.diagonal = Vector::Constant(neurons, -static_cast<double>(memories) / n);
  factors.columns = Vector::Ones(neurons);
  circuit.weights = factors.patterns.transpose() * factors.core * factors.patterns;
  circuit.weights.diagonal().setZero();
  circuit.bias = circuit.threshold = Vector::Zero(neurons);
  circuit.tau = circuit.resistance = Vector::Ones(neurons);
  circuit.gain = Vector::Constant(neurons, 4.0);
  circuit.unipolar.assign(static_cast<std::size_t>(neurons), false);
  constexpr double most_flipped = 0.4;
  constexpr double amplitude = 0.5;
  for (std::size_t k = 0; k < cues; ++k) {
    const double flipped = most_flipped * random.uniform();
    Vector start = amplitude * factors.patterns.row(random.below(static_cast<std::uint32_t>(memories))).transpose();
    for (double& u : start) u = random.uniform() < flipped ? -u : u;
    starts.push_back(std::move(start));
  }
}

EnsembleCue EnsembleProblem::cue(std::size_t number) const { return {number, starts[number], {}}; }

}  // namespace basin
