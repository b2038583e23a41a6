#include <algorithm>
#include <cmath>
#include <string>

#include "models/circuit/circuit.hpp"
#include "models/design/text.hpp"
#include "models/learning/pattern_rank.hpp"
#include "models/learning/rules.hpp"
#include "models/learning/sequence_run.hpp"

namespace basin {
namespace {

constexpr double least_overlap = 0.25;    // of a held memory: below it the gain is just where outputs begin to grow
constexpr double threshold_share = 0.6;   // of the overlap that a held memory has with itself
constexpr double push_share = 1.25;       // of the largest Σ_j|W_ij|: above 1 nothing can withstand it
constexpr double steepness_a_tau = 4.0;   // slope of a slow unit's output over its overlap, for each τ that it is slow

/// The push, the threshold and the slow units' scale; docs/math.md, Sequences.
class Sequencing {
 public:
  explicit Sequencing(const Design& design)
      : design_(design),
        patterns_(design.memory.patterns),
        activation_(design.circuit.activation == ActivationKind::logistic ? ActivationKind::tanh : design.circuit.activation) {}

  Learned learned() {
    project();
    hold();
    Learned learned = connected();
    const Circuit core = to_core(make_circuit(design_, learned.weights, learned.bias, nullptr, learned.hidden));
    check(core, learned);
    return learned;
  }

 private:
  [[nodiscard]] const std::string& name(Index m) const { return design_.memory.names[static_cast<std::size_t>(m)]; }

  /// W of the visible neurons, and the duals q^μ: q^μ·ξ^ν = δ_μν.
  void project() {
    const Eigen::MatrixXd columns = patterns_.transpose();
    const auto qr = decomposed(patterns_);
    if (qr.rank() < columns.cols()) {
      throw ClaimError("memory: the " + std::to_string(columns.cols()) + " patterns are linearly dependent (rank " +
                       std::to_string(qr.rank()) + "), and a slow unit each needs them independent to tell them apart");
    }
    duals_ = qr.solve(Eigen::MatrixXd::Identity(columns.rows(), columns.rows()));
    weights_ = columns * duals_;
    weights_ = (0.5 * (weights_ + weights_.transpose())).eval();
    weights_.diagonal().setZero();
    largest_row_ = weights_.cwiseAbs().rowwise().sum().maxCoeff();
  }

  /// Lets the visible neurons settle in each memory, without slow units, and takes the overlaps there.
  void hold() {
    constexpr int most_steps = 2000;
    constexpr double still = 1e-10;
    Matrix u = patterns_, v;
    for (int step = 0; step < most_steps; ++step) {
      v = outputs(u);
      const Matrix moved = 0.5 * (v * weights_.transpose() - u);
      u += moved;
      if (moved.cwiseAbs().maxCoeff() < still) break;
    }
    const Matrix overlaps = outputs(u) * duals_.transpose();   // row μ: what the slow units see at memory μ
    for (Index m = 0; m < patterns_.rows(); ++m) {
      const bool kept = (u.row(m).cwiseProduct(patterns_.row(m)).array() > 0.0).all();
      if (kept && overlaps(m, m) >= least_overlap) continue;
      const Vector fields = (patterns_.row(m) * weights_.transpose()).cwiseProduct(patterns_.row(m));
      throw ClaimError("memory: \"" + name(m) + "\" is not held at this gain: its least margin is " +
                       three_digits(fields.minCoeff()) + ", times the gain " +
                       three_digits(fields.cwiseProduct(design_.circuit.gain).minCoeff()) + ", and must be well above 1");
    }
    held_ = overlaps.diagonal().minCoeff();
    threshold_ = threshold_share * held_;
    for (Index m = 0; m < patterns_.rows(); ++m) {
      for (Index other = 0; other < patterns_.rows(); ++other) {
        if (other != m) strayed_ = std::max(strayed_, overlaps(m, other));
      }
    }
    if (strayed_ >= threshold_) {
      throw ClaimError("memory: at this gain a held memory shows another with an overlap of " + three_digits(strayed_) +
                       ", beyond the threshold " + three_digits(threshold_) + " of its slow unit");
    }
  }

  [[nodiscard]] Matrix outputs(const Matrix& u) const {
    Matrix v = u * design_.circuit.gain.asDiagonal();
    for (Index k = 0; k < v.size(); ++k) v.data()[k] = activation_.value(v.data()[k]);
    return v;
  }

  /// Visible neurons and slow units, in the ranges that the design gives its neurons.
  Learned connected() {
    const Index n = patterns_.cols(), m = patterns_.rows();
    const double half_push = 0.5 * push_share * largest_row_;
    Learned learned;
    learned.weights = Matrix::Zero(n + m, n + m);
    learned.bias = Vector::Zero(n + m);
    learned.weights.topLeftCorner(n, n) = weights_;
    for (Index unit = 0; unit < m; ++unit) learned.weights.col(n + unit).head(n) = half_push * patterns_.row((unit + 1) % m);
    learned.bias.head(n) = half_push * patterns_.colwise().sum().transpose();
    const double widest = (learned.weights.cwiseAbs().rowwise().sum() + learned.bias.cwiseAbs()).maxCoeff();
    const double scale = widest / (duals_.cwiseAbs().rowwise().sum().maxCoeff() + threshold_);
    learned.weights.bottomLeftCorner(m, n) = scale * duals_;
    learned.bias.tail(m).setConstant(-scale * threshold_);

    const double gain = steepness_a_tau * design_.memory.tau_slow / scale;
    learned.hidden.gain = Vector::Constant(m, gain / design_.circuit.gain.maxCoeff());
    learned.hidden.resistance = Vector::Ones(m);
    learned.hidden.tau = Vector::Constant(m, design_.memory.tau_slow);
    const Matrix fields = patterns_ * weights_.transpose();
    learned.margins.resize(m);
    for (Index k = 0; k < m; ++k) {
      Index weakest = 0;
      learned.margins[k] = fields.row(k).cwiseProduct(patterns_.row(k)).minCoeff(&weakest);
      learned.weakest.push_back(static_cast<int>(weakest));
    }
    to_ranges(design_.circuit.unipolar, learned);
    return learned;
  }

  /// e^{−T/τ_s} of the time T for which a memory is held, in the limit of slow units.
  [[nodiscard]] double decay() const {
    const auto m = static_cast<double>(patterns_.rows());
    double low = 0.0, high = 1.0;   // (1 − E)/(1 − E^M) falls from 1 to 1/M
    for (int i = 0; i < 60; ++i) {
      const double e = 0.5 * (low + high);
      ((1.0 - e) > threshold_share * (1.0 - std::pow(e, m)) ? low : high) = e;
    }
    return 0.5 * (low + high);
  }

  /// Runs twice through the memories, the second time on the cycle: what the limit of slow units can't promise of these
  /// patterns.
  void check(const Circuit& core, Learned& learned) const {
    const Index m = patterns_.rows();
    const double tau = core.tau.head(patterns_.cols()).maxCoeff();
    const double e = decay();
    const double dwell = -design_.memory.tau_slow * std::log(e);   // in τ
    constexpr double longest_change = 20.0;                        // in τ
    const auto visits = static_cast<std::size_t>(2 * m + 2);
    const std::vector<PatternVisit> passed =
        memories_passed(core, patterns_, visits, static_cast<double>(visits) * (2.0 * dwell + longest_change) * tau);
    for (std::size_t k = 1; k < passed.size(); ++k) {
      const auto wanted = static_cast<Index>(k) % m;
      if (passed[k].pattern != wanted) {
        throw ClaimError("memory: from \"" + name(passed[k - 1].pattern) + "\" the circuit comes to \"" + name(passed[k].pattern) +
                         "\", not to \"" + name(wanted) + "\", after " + three_digits(passed[k].t / tau) +
                         " τ; allowed: another order of the patterns, less alike ones, or another memory.tau_slow");
      }
    }
    if (passed.size() < visits) {
      throw ClaimError("memory: the circuit stays near \"" + name(passed.back().pattern) + "\", visit " +
                       std::to_string(passed.size()) + ": no memory follows within " + three_digits(2.0 * dwell + longest_change) +
                       " τ; allowed: another memory.tau_slow (" + number_text(design_.memory.tau_slow) + ") or less alike patterns");
    }
    const double period = (passed.back().t - passed[static_cast<std::size_t>(m) + 1].t) / tau;
    learned.remarks.push_back(
        std::to_string(m) + " slow units of " + number_text(design_.memory.tau_slow) + " τ push " +
        three_digits(push_share * largest_row_) + " where the memories' largest Σ|W| is " + three_digits(largest_row_) +
        " and their least margin " + three_digits(learned.margins.minCoeff()));
    learned.remarks.push_back("a memory shows its slow unit an overlap of at least " + three_digits(held_) + ", the others at most " +
                              three_digits(strayed_) + "; the threshold is " + three_digits(threshold_));
    learned.remarks.push_back("a memory is held for τ_slow·ln(1/E) = " + three_digits(dwell) + " τ in the limit of slow units, and for " +
                              three_digits(period / static_cast<double>(m)) + " τ here: a period of " + three_digits(period) +
                              " τ; when a slow unit turns on, the one before has fallen " + three_digits(threshold_ * (1.0 - e)) +
                              " below its threshold");
  }

  const Design& design_;
  const Matrix& patterns_;
  Activation activation_;
  Matrix weights_, duals_;     // N × N, M × N
  double largest_row_ = 0.0;   // Σ_j|W_ij|
  double held_ = 0.0;          // least overlap of a held memory with itself
  double strayed_ = 0.0;       // largest with another
  double threshold_ = 0.0;
};

}  // namespace

/// Pseudo-inverse weights hold each memory, until its slow unit pushes the neurons to the next (Kleinfeld 1986; Sompolinsky
/// & Kanter 1986), with conditions that are checked (docs/math.md).
Learned sequence(const Design& design) { return Sequencing(design).learned(); }

}  // namespace basin
