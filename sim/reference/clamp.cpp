#include "sim/reference/clamp.hpp"

#include <algorithm>
#include <cmath>

namespace basin {

ClampedCircuit::ClampedCircuit(const Circuit& circuit, const Vector& held) : whole_(circuit), held_(held) {
  if (held_.size() == 0) held_ = Vector::Constant(circuit.size(), std::nan(""));
  for (Index i = 0; i < held_.size(); ++i) {
    if (std::isnan(held_[i])) indices_.push_back(i);
  }
  free_ = circuit;
  if (circuit.is_dense()) free_.weights = circuit.weights(indices_, indices_);
  if (circuit.factors) free_.factors = std::make_shared<const Factors>(restricted(*circuit.factors));
  const Vector sources = held_.unaryExpr([](double v) { return std::isnan(v) ? 0.0 : v; });
  free_.bias = restrict(circuit.is_dense() ? Vector(circuit.bias + circuit.weights * sources)
                                           : Vector(circuit.bias + product(circuit, sources)));
  free_.hidden = std::count_if(indices_.begin(), indices_.end(), [&](Index i) { return i >= circuit.visible(); });
  free_.tau = restrict(circuit.tau);
  free_.resistance = restrict(circuit.resistance);
  free_.gain = restrict(circuit.gain);
  free_.threshold = restrict(circuit.threshold);
  free_.activation = circuit.activation.of_neurons(indices_);
  free_.unipolar.clear();
  for (const Index i : indices_) free_.unipolar.push_back(circuit.unipolar[static_cast<std::size_t>(i)]);
}

/// The factors of the free rows and columns of W.
Factors ClampedCircuit::restricted(const Factors& factors) const {
  Factors free{factors.patterns(Eigen::all, indices_), factors.core, factors.diagonal(indices_), factors.columns(indices_)};
  const bool any_held = free.size() < factors.size();
  if (factors.row_sums.size() > 0) free.row_sums = any_held ? free.absolute_row_sums() : factors.row_sums;
  return free;
}

Vector ClampedCircuit::restrict(const Vector& u) const { return u(indices_); }

Vector ClampedCircuit::signed_state(const Vector& free_u) const {
  Vector x = held_;
  x(indices_) = free_u;
  return x;
}

Vector ClampedCircuit::outputs(const Vector& free_u) const {
  Vector v = held_;
  v(indices_) = basin::outputs(free_, free_u);
  return v;
}

Vector ClampedCircuit::expand(const Vector& free_u) const {
  Vector u = whole_.is_dense() ? Vector(whole_.weights * outputs(free_u) + whole_.bias)
                               : Vector(product(whole_, outputs(free_u)) + whole_.bias);
  u(indices_) = free_u;
  return u;
}

}  // namespace basin
