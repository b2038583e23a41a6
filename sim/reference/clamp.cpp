#include "sim/reference/clamp.hpp"

#include <algorithm>
#include <cmath>

namespace basin {

ClampedCircuit::ClampedCircuit(const Circuit& circuit, const Vector& held) : whole_(circuit), held_(held) {
  if (held_.size() == 0 || held_.array().isNaN().all()) return;
  for (Index i = 0; i < held_.size(); ++i) {
    if (std::isnan(held_[i])) indices_.push_back(i);
  }
  Circuit& free = free_.emplace();
  if (circuit.is_dense()) free.weights = circuit.weights(indices_, indices_);
  if (circuit.factors) free.factors = std::make_shared<const Factors>(restricted(*circuit.factors));
  free.hidden = std::count_if(indices_.begin(), indices_.end(), [&](Index i) { return i >= circuit.visible(); });
  free.tau = circuit.tau(indices_);
  if (circuit.delay.size() > 0) free.delay = circuit.delay(indices_);
  free.resistance = circuit.resistance(indices_);
  free.gain = circuit.gain(indices_);
  free.threshold = circuit.threshold(indices_);
  for (const Index i : indices_) free.unipolar.push_back(circuit.unipolar[static_cast<std::size_t>(i)]);
  free.activation = circuit.activation.of_neurons(indices_);
  set_free_bias();
}

ClampedCircuit::ClampedCircuit(const ClampedCircuit& other, const Circuit& circuit)
    : whole_(circuit), held_(other.held_), indices_(other.indices_), free_(other.free_) {
  if (free_) set_free_bias();
}

/// The factors of the free rows and columns of W.
Factors ClampedCircuit::restricted(const Factors& factors) const {
  Factors free{factors.patterns(Eigen::all, indices_), factors.core, factors.diagonal(indices_), factors.columns(indices_)};
  if (factors.row_sums.size() > 0) free.row_sums = free.absolute_row_sums();
  return free;
}

void ClampedCircuit::set_free_bias() {
  const Vector sources = held_.unaryExpr([](double v) { return std::isnan(v) ? 0.0 : v; });
  free_->bias = restrict(whole_.bias + product(whole_, sources));
}

void ClampedCircuit::put(const Vector& free_u, Vector& u) const {
  if (free_) u(indices_) = free_u;
  else u = free_u;
}

Vector ClampedCircuit::or_held(const Vector& free) const {
  if (!free_) return free;
  Vector all = held_;
  all(indices_) = free;
  return all;
}

Vector ClampedCircuit::expand(const Vector& free_u) const {
  if (!free_) return free_u;
  Vector u = product(whole_, outputs(free_u)) + whole_.bias;
  u(indices_) = free_u;
  return u;
}

}  // namespace basin
