#include "sim/reference/attractors.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "models/circuit/delay_stability.hpp"
#include "models/ode/reference.hpp"

namespace basin {
namespace {

constexpr std::size_t mixture_candidates = 16;

double sign_of(double value) { return value > 0.0 ? 1.0 : value < 0.0 ? -1.0 : 0.0; }
Vector signs_of(const Vector& u) { return u.unaryExpr(&sign_of); }

/// u with 0 for what can't be told from it.
Vector without_residue(const Vector& u, double bound) {
  return (u.array().abs() <= same_equilibrium_tolerance * bound).select(0.0, u);
}

/// Memories by falling |overlap| with `signs`, at most sixteen, then in their own order.
std::vector<Index> nearest_memories(const Vector& signs, const Matrix& patterns) {
  const Vector overlaps = (patterns * signs).cwiseAbs();
  std::vector<Index> order(static_cast<std::size_t>(patterns.rows()));
  std::iota(order.begin(), order.end(), Index{0});
  std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) { return overlaps[a] > overlaps[b]; });
  order.resize(std::min(order.size(), mixture_candidates));
  std::sort(order.begin(), order.end());
  return order;
}

struct Mixture {
  std::array<Index, 3> memories;
  std::array<double, 3> signs;
};

bool is_mixture(const Vector& signs, const Matrix& patterns, const Mixture& mixture) {
  for (Index i = 0; i < signs.size(); ++i) {
    double sum = 0.0;
    for (std::size_t k = 0; k < 3; ++k) sum += mixture.signs[k] * patterns(mixture.memories[k], i);
    if (sign_of(sum) != signs[i]) return false;
  }
  return true;
}

std::string mixture_text(const Mixture& mixture, const std::vector<std::string>& names) {
  std::string text = "mixture:";
  for (std::size_t k = 0; k < 3; ++k) {
    if (mixture.signs[k] < 0.0) text += '-';
    if (mixture.signs[k] > 0.0 && k > 0) text += '+';
    text += names[static_cast<std::size_t>(mixture.memories[k])];
  }
  return text;
}

/// The first mixture of three that has these signs; the eight sign choices count up in binary from +++.
std::string mixture_name(const Vector& signs, const MemorySpec& memory) {
  if (memory.patterns.rows() < 3) return {};
  const std::vector<Index> near = nearest_memories(signs, memory.patterns);
  for (std::size_t a = 0; a < near.size(); ++a) {
    for (std::size_t b = a + 1; b < near.size(); ++b) {
      for (std::size_t c = b + 1; c < near.size(); ++c) {
        for (unsigned choice = 0; choice < 8; ++choice) {
          const auto sign = [choice](unsigned bit) { return (choice >> bit & 1U) != 0 ? -1.0 : 1.0; };
          const Mixture mixture{{near[a], near[b], near[c]}, {sign(2), sign(1), sign(0)}};
          if (is_mixture(signs, memory.patterns, mixture)) return mixture_text(mixture, memory.names);
        }
      }
    }
  }
  return {};
}

}  // namespace

bool same_equilibrium(const Vector& a, const Vector& b, double bound) {
  return (a - b).cwiseAbs().maxCoeff() <= same_equilibrium_tolerance * bound;
}

std::string sign_text(const Vector& u) {
  std::string text;
  for (const double value : u) text += value > 0.0 ? '+' : value < 0.0 ? '-' : '0';
  return text;
}

std::string memory_name(const Vector& u, const MemorySpec& memory) {
  const Vector signs = signs_of(u.head(memory.patterns.rows() > 0 ? memory.patterns.cols() : u.size()));
  const auto row_of = [&memory](const Vector& pattern) {
    Index m = 0;
    while (m < memory.patterns.rows() && memory.patterns.row(m).transpose() != pattern) ++m;
    return static_cast<std::size_t>(m);
  };
  const std::size_t known = row_of(signs);      // before the inverses: one memory may be another's
  if (known < memory.names.size()) return memory.names[known];
  const std::size_t inverse = row_of(-signs);
  return inverse < memory.names.size() ? "-" + memory.names[inverse] : mixture_name(signs, memory);
}

std::string AttractorNames::name(const Equilibrium& equilibrium) {
  if (!equilibrium.converged) return unsettled_name;
  if (equilibrium.stable) {
    if (std::string known = memory_name(without_residue(equilibrium.u, bound_), memory_); !known.empty()) return known;
  }
  const auto found = std::find_if(spurious_.begin(), spurious_.end(),
                                  [&](const Vector& u) { return same_equilibrium(u, equilibrium.u, bound_); });
  const auto position = found - spurious_.begin();
  if (found == spurious_.end()) spurious_.push_back(equilibrium.u);
  return "spurious:" + std::to_string(position + 1);
}

std::string recall_status(const std::string& attractor, const MemorySpec& memory, int target) {
  if (attractor == unsettled_name) return "unsettled";
  const auto& names = memory.names;
  const bool is_memory = std::find(names.begin(), names.end(), attractor) != names.end();
  if (target >= 0 ? attractor == names[static_cast<std::size_t>(target)] : is_memory) return "recalled";
  const bool is_inverse = !attractor.empty() && attractor.front() == '-' &&
                          std::find(names.begin(), names.end(), attractor.substr(1)) != names.end();
  return is_memory || is_inverse ? "other" : "spurious";
}

std::optional<double> overlap(const Vector& v, const MemorySpec& memory, int target) {
  if (memory.patterns.rows() == 0) return std::nullopt;
  const Index visible = memory.patterns.cols();
  const Vector overlaps = memory.patterns * v.head(visible) / static_cast<double>(visible);
  return target >= 0 ? overlaps[target] : overlaps.maxCoeff();
}

std::optional<Vector> stored_equilibrium(const Circuit& circuit, const Vector& outputs) {
  if (outputs.size() != circuit.size()) throw std::invalid_argument("stored_equilibrium: an output for every neuron");
  const double bound = invariant_bound(circuit);
  const Index visible = circuit.visible();
  const auto accepted = [&](const Equilibrium& found) {
    return found.converged && found.stable &&
           signs_of(without_residue(found.u, bound)).head(visible) == outputs.head(visible);
  };
  const Vector start = product(circuit, outputs) + circuit.bias;
  if (const Equilibrium found = polish(circuit, start); accepted(found)) return found.u;
  ReferenceOptions options;
  options.record_energy = false;
  const ReferenceRun run = integrate(circuit, start, options);
  if (run.reason != EndReason::settled) return std::nullopt;
  if (const Equilibrium found = polish(circuit, run.u); accepted(found)) return found.u;
  return std::nullopt;
}

std::optional<bool> stores(const Circuit& circuit, const Vector& outputs) {
  const auto state = stored_equilibrium(circuit, outputs);
  if (!state || circuit.longest_delay() == 0.0) return state.has_value();
  return circuit.is_dense() ? is_stable(linearise(circuit, *state)) : std::nullopt;
}

PolishedEnd::PolishedEnd(const Circuit& circuit, const Vector& end, double bound)
    : bound_(bound), equilibrium_(polish(circuit, end)) {
  if (!equilibrium_.converged || !circuit.is_dense()) return;
  Eigen::MatrixXd j = circuit.weights * output_slopes(circuit, equilibrium_.u).asDiagonal();
  j.diagonal().array() -= 1.0;
  jacobian_.compute(j);
}

bool PolishedEnd::same(const Circuit& circuit, const Vector& end) const {
  if (!equilibrium_.converged) return false;
  // Near it, Newton's method with the Jacobian already factored contracts to it; elsewhere polish in full.
  constexpr double near = 1e-4;
  constexpr int chord_steps = 3;
  if (circuit.is_dense() && (end - equilibrium_.u).cwiseAbs().maxCoeff() <= near * bound_) {
    Vector u = end;
    for (int i = 0; i < chord_steps; ++i) {
      u -= jacobian_.solve(drive(circuit, u));
      if (u.allFinite() && same_equilibrium(u, equilibrium_.u, bound_)) return true;
    }
  }
  const Equilibrium other = polish(circuit, end);
  return other.converged && same_equilibrium(other.u, equilibrium_.u, bound_);
}

}  // namespace basin
