#pragma once

#include <cstddef>
#include <span>

#include "models/circuit/circuit.hpp"
#include "models/ode/aligned.hpp"
#include "models/ode/ensemble.hpp"
#include "models/ode/ensemble_kernel.hpp"

namespace basin {

/// A circuit in core coordinates as the panel kernels read it: u̇ = A g(λu) + c − u/τ with 1/τ folded into A and c.
template <class Real>
class PanelNetwork {
 public:
  /// `core` is in core coordinates. Its factors are read where it has any, else its dense weights.
  PanelNetwork(const Circuit& core, VectorIsa isa);
  PanelNetwork(const PanelNetwork&) = delete;
  PanelNetwork& operator=(const PanelNetwork&) = delete;

  [[nodiscard]] const PanelKernel<Real>& kernel() const { return kernel_; }
  [[nodiscard]] std::size_t size() const { return size_; }
  /// size() and the rows that fill its last block.
  [[nodiscard]] std::size_t rows() const { return neurons_.rows; }
  [[nodiscard]] std::size_t hidden_rows() const { return inner_.rows; }
  [[nodiscard]] const PanelNeurons<Real>& neurons() const { return neurons_; }

  /// The slopes, next state and outputs of a stage from its outputs, v. `hidden` has hidden_rows() rows.
  void advance(PanelStage<Real>& stage, Real* hidden) const;
  void measure(PanelStage<Real>& stage, Real* hidden) const;
  void start(const PanelStart<Real>& start) const;
  /// values ← g(values): λu becomes V. A multiple of the lanes.
  void activate(std::span<Real> values) const;

 private:
  void feed(PanelStage<Real>& stage, Real* hidden) const;
  /// `stride` values a neuron.
  void apply_external(Real* values, std::size_t stride) const;
  [[nodiscard]] PackedMatrix<Real> pack(const Matrix& matrix, AlignedVector<Real>& values) const;

  const PanelKernel<Real>& kernel_;
  Activations activation_;
  std::size_t size_;
  AlignedVector<Real> outer_values_, inner_values_, rate_, tau_, gain_, diagonal_;
  PackedMatrix<Real> outer_;  // rows: neurons
  PackedMatrix<Real> inner_;  // rows: factors; none when dense
  PanelNeurons<Real> neurons_;
};

}  // namespace basin
