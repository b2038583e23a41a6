#include <algorithm>
#include <cmath>
#include <cstdint>

#include "models/design/text.hpp"
#include "models/fixed/core_config.hpp"
#include "models/learning/rules.hpp"

namespace basin {
namespace {

/// H of every hidden unit (a column) at every memory (a row): max(0, m)^p of the memories' overlaps m, M × M.
Matrix hidden_outputs(const Matrix& patterns, double exponent) {
  const Matrix overlaps = patterns * patterns.transpose() / static_cast<double>(patterns.cols());
  return overlaps.unaryExpr([exponent](double m) { return std::pow(std::max(m, 0.0), exponent); });
}

/// What a neuron feeds back to itself through the hidden units of the memories other than the present one, at the memories on
/// average: dF'/dV_i of the sum over them, p/N Σ_ν m_ν^(p−1).
double self_feedback(const Matrix& patterns, double exponent) {
  const Index memories = patterns.rows();
  Matrix powers = hidden_outputs(patterns, exponent - 1.0);
  if (exponent == 1.0) powers = (hidden_outputs(patterns, 1.0).array() > 0.0).cast<double>().matrix();
  powers.diagonal().setZero();
  return exponent / static_cast<double>(patterns.cols()) * powers.sum() / static_cast<double>(memories);
}

/// Least λ for which V = tanh(λ V^p) has a solution other than 0: where the memory's own loop can hold it. λ = min artanh(V)/V^p.
double least_gain(double exponent) {
  double low = 0.05, high = 1.0 - 1e-9;   // the quotient falls, then rises
  const auto gain = [exponent](double v) { return std::atanh(v) / std::pow(v, exponent); };
  for (int i = 0; i < 200; ++i) {
    const double a = low + (high - low) / 3.0, b = high - (high - low) / 3.0;
    (gain(a) < gain(b) ? high : low) = gain(a) < gain(b) ? b : a;
  }
  return gain(0.5 * (low + high));
}

}  // namespace

/// A dense associative memory (Krotov & Hopfield 2016) as a circuit (Krotov & Hopfield 2021, model A): a hidden unit a memory,
/// whose output is the power degree − 1 of the visible neurons' overlap with it and which drives them towards it. With H at
/// its equilibrium the energy is −(N/n) Σ_μ max(0, m_μ)^n and the amplifiers' integrals, n = degree. The weights are symmetric, ±1 and
/// powers of two of one unit but for the diagonal of the visible neurons, which takes away what they feed back to
/// themselves through hidden units on average: left in, it would hold any state.
Learned polynomial(const Design& design) {
  const MemorySpec& memory = design.memory;
  const Matrix& patterns = memory.patterns;
  const Index memories = patterns.rows(), visible = patterns.cols(), size = visible + memories;
  const double exponent = memory.degree - 1.0;
  const double share = std::ldexp(1.0, -clog2(visible));   // R of a hidden unit over R of a neuron: its |u| stays below 1
  Learned learned;
  learned.weights = Matrix::Zero(size, size);
  learned.weights.topRightCorner(visible, memories) = patterns.transpose();
  learned.weights.bottomLeftCorner(memories, visible) = share * patterns;
  const double self = self_feedback(patterns, exponent);
  const double whole = std::floor(self / share + 0.5) * share;
  learned.weights.diagonal().head(visible).setConstant(-whole);
  learned.bias = Vector::Zero(size);
  learned.exact_scale = share;
  learned.hidden.gain = Vector::Constant(memories, 1.0 / (static_cast<double>(visible) * share * design.circuit.gain.maxCoeff()));
  learned.hidden.resistance = Vector::Constant(memories, share);
  learned.hidden.activation = Activation::power(exponent);
  learned.hidden.unipolar = true;
  const std::vector<bool>& unipolar = design.circuit.unipolar;
  to_ranges(unipolar, learned);
  const bool all = std::find(unipolar.begin(), unipolar.end(), false) == unipolar.end();
  if (all) learned.hidden.resistance *= 2.0;   // keeps T = Tᵀ
  learned.weight_bits = signed_bits(static_cast<std::int64_t>(learned.weights.cwiseAbs().maxCoeff() / share));
  const Matrix hidden = hidden_outputs(patterns, exponent);
  learned.states.resize(memories, size);
  learned.states << patterns, (2.0 * hidden.array() - 1.0).matrix();
  const Matrix fields = hidden * patterns - whole * patterns;
  learned.margins = fields.cwiseProduct(patterns).rowwise().minCoeff();
  for (Index m = 0; m < memories; ++m) {
    Index weakest = 0;
    fields.row(m).cwiseProduct(patterns.row(m)).minCoeff(&weakest);
    learned.weakest.push_back(static_cast<int>(weakest));
  }
  std::string remark = "a hidden unit a memory, " + std::to_string(memories) + " of output max(0, m)^" +
                       std::to_string(memory.degree - 1);
  if (whole != 0.0) remark += "; −" + three_digits(whole) + " on the diagonal takes away what neurons feed back to themselves";
  learned.remarks.push_back(std::move(remark));
  const double needed = least_gain(exponent);
  if (exponent > 1.0 && design.circuit.gain.minCoeff() < needed) {
    learned.remarks.push_back("the gain is below " + three_digits(needed) + ", at which a memory can hold itself");
  }
  return learned;
}

}  // namespace basin
