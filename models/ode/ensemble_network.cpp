#include "models/ode/ensemble_network.hpp"

namespace basin {
namespace {

std::size_t round_up(std::size_t count, std::size_t multiple) { return (count + multiple - 1) / multiple * multiple; }

PanelActivation panel_activation(const Activations& activation) {
  if (activation.kinds().size() > 1) return PanelActivation::external;
  switch (activation.kinds().front().kind()) {
    case ActivationKind::tanh:
    case ActivationKind::logistic: return PanelActivation::tanh;
    case ActivationKind::algebraic: return PanelActivation::algebraic;
    case ActivationKind::clipped_linear: return PanelActivation::clipped_linear;
    default: return PanelActivation::external;
  }
}

}  // namespace

template <class Real>
PanelNetwork<Real>::PanelNetwork(const Circuit& core, VectorIsa isa)
    : kernel_(panel_kernel<Real>(isa)), activation_(core.activation), size_(static_cast<std::size_t>(core.size())) {
  const Vector rate = core.tau.cwiseInverse();
  const Factors* const factors = core.factors.get();
  if (factors == nullptr) {
    outer_ = pack(rate.asDiagonal() * core.weights, outer_values_);
  } else {
    outer_ = pack(rate.asDiagonal() * factors->patterns.transpose(), outer_values_);
    inner_ = pack(factors->core * factors->patterns * factors->columns.asDiagonal(), inner_values_);
  }
  const auto padded = [this](const Vector& v) {
    AlignedVector<Real> values(outer_.rows, Real{0});
    for (std::size_t i = 0; i < size_; ++i) values[i] = static_cast<Real>(v[static_cast<Index>(i)]);
    return values;
  };
  rate_ = padded(rate);
  tau_ = padded(core.tau);
  gain_ = padded(core.gain);
  if (factors != nullptr && (factors->diagonal.array() != 0.0).any()) {
    diagonal_ = padded(rate.cwiseProduct(factors->diagonal).cwiseProduct(factors->columns));
  }
  const Real* const diagonal = diagonal_.empty() ? nullptr : diagonal_.data();
  neurons_ = {outer_.rows, rate_.data(), tau_.data(), gain_.data(), diagonal, panel_activation(activation_)};
}

template <class Real>
PackedMatrix<Real> PanelNetwork<Real>::pack(const Matrix& matrix, AlignedVector<Real>& values) const {
  const std::size_t block = kernel_.block;
  const auto columns = static_cast<std::size_t>(matrix.cols());
  const std::size_t rows = round_up(static_cast<std::size_t>(matrix.rows()), block);
  values.assign(rows * columns, Real{0});
  for (Index i = 0; i < matrix.rows(); ++i) {
    const auto row = static_cast<std::size_t>(i);
    Real* const start = values.data() + row / block * block * columns + row % block;
    for (std::size_t j = 0; j < columns; ++j) start[j * block] = static_cast<Real>(matrix(i, static_cast<Index>(j)));
  }
  return {rows, columns, values.data()};
}

template <class Real>
void PanelNetwork<Real>::feed(PanelStage<Real>& stage, Real* hidden) const {
  if (inner_.rows == 0) {
    stage.factor_in = stage.outputs;
  } else {
    kernel_.product(inner_, stage.outputs, hidden);
    stage.factor_in = hidden;
  }
}

template <class Real>
void PanelNetwork<Real>::advance(PanelStage<Real>& stage, Real* hidden) const {
  feed(stage, hidden);
  kernel_.advance(outer_, neurons_, stage);
  apply_external(stage.next_outputs, kernel_.lanes);
}

template <class Real>
void PanelNetwork<Real>::measure(PanelStage<Real>& stage, Real* hidden) const {
  feed(stage, hidden);
  kernel_.measure(outer_, neurons_, stage);
}

template <class Real>
void PanelNetwork<Real>::start(const PanelStart<Real>& start) const {
  kernel_.start(neurons_, start);
  apply_external(start.outputs, kernel_.lanes);
}

template <class Real>
void PanelNetwork<Real>::activate(std::span<Real> values) const {
  kernel_.activate(neurons_.activation, values.data(), values.size());
  apply_external(values.data(), 1);
}

template <class Real>
void PanelNetwork<Real>::apply_external(Real* values, std::size_t stride) const {
  if (neurons_.activation != PanelActivation::external) return;
  for (std::size_t i = 0; i < size_; ++i) {
    const Activation& activation = activation_.of(static_cast<Index>(i));
    for (std::size_t x = i * stride; x < (i + 1) * stride; ++x) {
      values[x] = static_cast<Real>(activation.value(static_cast<double>(values[x])));
    }
  }
}

template class PanelNetwork<float>;
template class PanelNetwork<double>;

}  // namespace basin
