#include "models/learning/storability.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "models/learning/sign_system.hpp"

namespace basin {
namespace {

constexpr double positive = 1e-7;   // κ beyond what the solver's tolerances may make of 0

Impossibility proof_of(const SignSystem& system, const std::vector<Digits>& y, bool symmetric) {
  Impossibility proof{symmetric, {}};
  for (std::size_t r = 0; r < y.size(); ++r) {
    if (y[r] != "0") proof.multipliers.push_back({system.rows[r].memory, system.rows[r].neuron, y[r]});
  }
  return proof;
}

Impossibility require_proof(const SignSystem& system, const LargestMargin& found, bool symmetric) {
  const std::vector<Digits> y = contradiction(system, found.dual);
  if (y.empty()) throw std::runtime_error("no exact proof was found where linear programming finds no margin");
  return proof_of(system, y, symmetric);
}

}  // namespace

bool holds(const Impossibility& proof, const Matrix& patterns) {
  if (proof.multipliers.empty()) return false;
  const Index neuron = proof.multipliers.front().neuron;
  const SignSystem system = proof.symmetric ? symmetric_system(patterns) : neuron_system(patterns, neuron);
  std::vector<Digits> y(system.rows.size(), "0");
  for (const Impossibility::Multiplier& part : proof.multipliers) {
    if (!proof.symmetric && part.neuron != neuron) return false;
    const auto row = std::find_if(system.rows.begin(), system.rows.end(), [&part](const SignSystem::Row& each) {
      return each.memory == part.memory && each.neuron == part.neuron;
    });
    if (row == system.rows.end()) return false;
    y[static_cast<std::size_t>(row - system.rows.begin())] = part.value;
  }
  return is_contradiction(system, y);
}

Storability storability(const Matrix& patterns) {
  Storability result;
  LargestMargin shortest;   // of the impossible neuron whose proof has the fewest terms
  Index neuron = 0;
  result.solution = {Matrix::Zero(patterns.cols(), patterns.cols()), Vector::Zero(patterns.cols())};
  for (Index i = 0; i < patterns.cols(); ++i) {
    LargestMargin found = largest_margin(neuron_system(patterns, i));
    if (found.margin > positive) {
      result.solution.weights.row(i) = found.point.transpose();
      result.solution.weights(i, i) = 0.0;
      result.solution.bias[i] = found.point[i];
      continue;
    }
    const bool shorter = result.impossible.empty() || (found.dual.array() > 0.0).count() < (shortest.dual.array() > 0.0).count();
    result.impossible.push_back(i);
    if (!shorter) continue;
    shortest = std::move(found);
    neuron = i;
  }
  if (!result.impossible.empty()) result.impossibility = require_proof(neuron_system(patterns, neuron), shortest, false);
  return result;
}

std::optional<Impossibility> symmetric_impossibility(const Matrix& patterns, Solution& solution) {
  const SignSystem system = symmetric_system(patterns);
  const LargestMargin found = largest_margin(system);
  if (found.margin <= positive) return require_proof(system, found, true);
  const Index neurons = patterns.cols();
  Matrix& weights = solution.weights;
  weights.resize(neurons, neurons);
  for (Index i = 0; i < neurons; ++i) {
    for (Index j = 0; j < neurons; ++j) weights(i, j) = found.point[symmetric_column(neurons, i, j)];
  }
  solution.bias = weights.diagonal();
  weights.diagonal().setZero();
  return std::nullopt;
}

}  // namespace basin
