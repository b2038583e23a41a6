#pragma once

#include <cstddef>

namespace basin {

/// Vector instructions a kernel is written for. All of them give the same bits: every operation is correctly rounded,
/// every product is a fused multiply-add, and every sum has one order.
enum class VectorIsa { portable, avx2, avx512 };
/// "portable", "avx2", "avx512".
const char* to_string(VectorIsa isa);
/// The widest that this machine offers.
VectorIsa widest_isa();

/// An activation that a kernel applies itself. `external`: the kernel leaves λu, somebody else applies g.
enum class PanelActivation { tanh, algebraic, clipped_linear, external };

/// A matrix stored in blocks of PanelKernel::block rows, zeros below the last: entry (i, j) at
/// [(i/block · columns + j) · block + i % block].
template <class Real>
struct PackedMatrix {
  std::size_t rows = 0;      // a multiple of the block
  std::size_t columns = 0;
  const Real* values = nullptr;
};

/// What the kernels need of every neuron, `rows` entries each. `diagonal` may be null.
template <class Real>
struct PanelNeurons {
  std::size_t rows = 0;
  const Real* rate = nullptr;      // 1/τ
  const Real* tau = nullptr;
  const Real* gain = nullptr;      // λ
  const Real* diagonal = nullptr;  // D/τ of factored weights
  PanelActivation activation = PanelActivation::tanh;
};

/// A slope and its coefficient in a Runge–Kutta combination.
template <class Real>
struct SlopeTerm {
  const Real* slope;
  Real coefficient;
};

/// One evaluation u̇ = A v + constant + D g − y/τ for a panel and what is made of it while it is in registers. A panel
/// is a matrix whose rows are neurons and whose columns (`lanes` of them, contiguous) are cues.
template <class Real>
struct PanelStage {
  const Real* factor_in = nullptr;  // v: columns × lanes
  const Real* outputs = nullptr;    // g, for the diagonal
  const Real* constant = nullptr;
  const Real* y = nullptr;          // the state of this evaluation
  Real* slope = nullptr;            // receives u̇
  const Real* h = nullptr;          // lanes
  int terms = 0;                    // at most 5 earlier slopes
  SlopeTerm<Real> earlier[5] = {};
  Real own = 0;                     // coefficient of u̇

  // advance: next = u + h (Σ terms), next_outputs = g(λ next). `next` may be u or y.
  const Real* u = nullptr;
  Real* next = nullptr;
  Real* next_outputs = nullptr;
  // measure: error = max |h Σ terms| / (atol + rtol (|u| + |h first|)), by lane
  const Real* first = nullptr;      // the slope at u
  Real* error = nullptr;
  Real rtol = 0, atol = 0;
  // both: max |τ u̇| by lane, when not null
  Real* residual = nullptr;
};

/// The start of a step with error control: where `accepted` is not 0 the new state and slope become the old ones; then
/// y = u + h·coefficient·slope, outputs = g(λy).
template <class Real>
struct PanelStart {
  const Real* accepted = nullptr;   // lanes
  const Real* h = nullptr;          // lanes
  Real coefficient = 0;
  Real* u = nullptr;
  Real* slope = nullptr;
  Real* y = nullptr;                // the new state on entry
  const Real* new_slope = nullptr;
  Real* outputs = nullptr;
};

/// The loops over a panel, for one kind of vector instructions. Panels are aligned to 64 bytes.
template <class Real>
struct PanelKernel {
  std::size_t lanes;
  std::size_t block;
  /// out = A v, rows × lanes.
  void (*product)(const PackedMatrix<Real>& a, const Real* v, Real* out);
  void (*advance)(const PackedMatrix<Real>& a, const PanelNeurons<Real>& neurons, const PanelStage<Real>& stage);
  void (*measure)(const PackedMatrix<Real>& a, const PanelNeurons<Real>& neurons, const PanelStage<Real>& stage);
  void (*start)(const PanelNeurons<Real>& neurons, const PanelStart<Real>& start);
  /// values[i] ← g(values[i]) for `count` values, a multiple of the lanes.
  void (*activate)(PanelActivation activation, Real* values, std::size_t count);
};

/// The kernel for `isa`, which this machine must offer (otherwise std::invalid_argument).
template <class Real>
const PanelKernel<Real>& panel_kernel(VectorIsa isa);

}  // namespace basin
