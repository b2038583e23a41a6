#include "models/learning/margin_program.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <limits>
#include <map>
#include <utility>

#include "models/design/error.hpp"
#include "models/design/text.hpp"

namespace basin {
namespace {

using Counts = Eigen::Matrix<std::int64_t, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

constexpr int largest_count = 64;        // of a condition in a certificate
constexpr std::size_t most_shown = 12;   // conditions in a message

}  // namespace

MarginProgram::MarginProgram(const Matrix& patterns, WeightSpace space)
    : patterns_(patterns),
      space_(std::move(space)),
      weights_(Matrix::Zero(patterns.cols(), patterns.cols())),
      multipliers_(Matrix::Zero(patterns.rows(), patterns.cols())),
      bias_(Vector::Zero(patterns.cols())) {
  terms_.self_share = bias_;
  if (!space_.is_free()) sums_ = weights_;
}

MarginProgram::MarginProgram(const Matrix& patterns, MarginTerms terms)
    : MarginProgram(patterns, WeightSpace{.neurons = patterns.cols(), .symmetric = terms.symmetric, .low = {}, .high = {}}) {
  if (terms.self_share.size() == 0) terms.self_share = bias_;
  terms_ = std::move(terms);
}

void MarginProgram::pass() {
  for (Index m = 0; m < patterns_.rows(); ++m) {
    const Vector pattern = patterns_.row(m).transpose();
    for (Index i = 0; i < pattern.size(); ++i) improve(m, i, pattern);
  }
  ++passes_;
}

void MarginProgram::improve(Index m, Index i, const Vector& pattern) {
  const double missing = 1.0 - pattern[i] * (weights_.row(i).dot(pattern.transpose()) + bias_[i]);
  const auto inputs = std::max<Index>(space_.inputs(i), 1);   // without inputs a grows: the certificate is that neuron's own
  const double curvature = static_cast<double>(inputs) + terms_.bias_share + terms_.self_share[i];
  double& multiplier = multipliers_(m, i);
  const double change = std::max(missing / curvature, -multiplier);
  if (change == 0.0) return;
  multiplier += change;
  const double self = weights_(i, i) + change * terms_.self_share[i];
  Matrix& sums = space_.is_free() ? weights_ : sums_;
  space_.add(i, change * pattern[i], pattern, WeightSpace::no_limit, sums, weights_);
  weights_(i, i) = self;
  bias_[i] += change * terms_.bias_share * pattern[i];
}

int MarginProgram::run(double wanted, int most) {
  bool close = passes_ > 0 && gap() <= wanted;
  while (!close && passes_ < most && impossibility_.empty()) {
    pass();
    close = gap() <= wanted;
    if (close || (passes_ < next_look_ && passes_ < most)) continue;
    look_for_impossibility();
    next_look_ *= 2;
  }
  return passes_;
}

Vector MarginProgram::margins() const {
  const Matrix fields = (patterns_ * weights_.transpose()).rowwise() + bias_.transpose();
  Vector margins = fields.cwiseProduct(patterns_).colwise().minCoeff().transpose();
  if (is_joint()) margins.setConstant(margins.minCoeff());
  return margins;
}

double MarginProgram::norm(Index i) const {
  double sum = is_joint() ? 0.5 * weights_.squaredNorm() : weights_.row(i).squaredNorm();
  if (!has_own_terms()) return 0.5 * sum;
  for (Index k = is_joint() ? 0 : i; k < (is_joint() ? bias_.size() : i + 1); ++k) {
    const double self = weights_(k, k) * weights_(k, k);
    sum -= is_joint() ? 0.5 * self : self;
    if (terms_.self_share[k] > 0.0) sum += self / terms_.self_share[k];
    if (terms_.bias_share > 0.0) sum += bias_[k] * bias_[k] / terms_.bias_share;
  }
  return 0.5 * sum;
}

double MarginProgram::norm() const {
  double sum = 0.0;
  for (Index i = 0; i < (is_joint() ? 1 : patterns_.cols()); ++i) sum += norm(i);
  return sum;
}

double MarginProgram::multipliers(Index i) const { return is_joint() ? multipliers_.sum() : multipliers_.col(i).sum(); }

double MarginProgram::gap_of(Index i, double margin) const {
  if (margin <= 0.0) return 1.0;
  const double primal = norm(i) / (margin * margin);   // of W/κ, which has margin 1
  const double dual = multipliers(i) - norm(i);        // never above the least ½ Σ W² of margin 1
  return (primal - dual) / primal;
}

double MarginProgram::gap() const {
  const Vector kappa = margins();
  double largest = 0.0;
  for (Index i = 0; i < (is_joint() ? 1 : kappa.size()); ++i) largest = std::max(largest, gap_of(i, kappa[i]));
  return largest;
}

Matrix MarginProgram::scaled(double margin) const {
  const Vector factors =
      margins().unaryExpr([margin](double own) { return own > 0.0 ? margin / own : 1.0; });
  return factors.asDiagonal() * weights_;
}

double MarginProgram::ceiling() const {
  double least = std::numeric_limits<double>::infinity();
  for (Index i = 0; i < (is_joint() ? 1 : patterns_.cols()); ++i) {
    const double sum = is_joint() ? 0.5 * weights_.cwiseAbs().sum() : weights_.row(i).cwiseAbs().sum();
    if (multipliers(i) > 0.0) least = std::min(least, sum / multipliers(i));
  }
  return least;
}

std::vector<Condition> MarginProgram::rounded(Index i, double unit) const {
  std::vector<Condition> conditions;
  for (Index n = is_joint() ? 0 : i; n < (is_joint() ? patterns_.cols() : i + 1); ++n) {
    for (Index m = 0; m < patterns_.rows(); ++m) {
      const auto times = static_cast<std::int64_t>(std::llround(multipliers_(m, n) / unit));
      if (times > 0) conditions.push_back({m, n, times});
    }
  }
  return conditions;
}

/// Whether the space allows nothing of Σ times·x: W·Σ times·x ≤ 0 for every allowed W then. In whole numbers.
bool MarginProgram::proves(const std::vector<Condition>& conditions) const {
  if (conditions.empty()) return false;
  const Index n = patterns_.cols();
  const Index first = is_joint() ? 0 : conditions.front().neuron;   // one neuron's program has one row
  Counts sums = Counts::Zero(is_joint() ? n : 1, n);
  for (const Condition& condition : conditions) {
    for (Index j = 0; j < n; ++j) {
      if (j == condition.neuron) continue;
      const bool agree = patterns_(condition.memory, condition.neuron) == patterns_(condition.memory, j);
      const std::int64_t part = agree ? condition.times : -condition.times;
      sums(condition.neuron - first, j) += part;
      if (is_joint()) sums(j, condition.neuron) += part;
    }
  }
  for (Index row = 0; row < sums.rows(); ++row) {
    for (Index j = 0; j < n; ++j) {
      const Index i = row + first;
      if (i == j) continue;
      const bool may_rise = space_.is_free() || space_.high(i, j) > 0.0;
      const bool may_fall = space_.is_free() || space_.low(i, j) < 0.0;
      if ((sums(row, j) > 0 && may_rise) || (sums(row, j) < 0 && may_fall)) return false;
    }
  }
  return true;
}

/// The same proof without the neurons that it does not need.
std::vector<Condition> MarginProgram::pruned(std::vector<Condition> conditions) const {
  constexpr std::size_t worth_it = 256;
  if (conditions.size() > worth_it) return conditions;
  for (Index neuron = patterns_.cols() - 1; neuron >= 0; --neuron) {
    std::vector<Condition> fewer;
    std::copy_if(conditions.begin(), conditions.end(), std::back_inserter(fewer),
                 [neuron](const Condition& condition) { return condition.neuron != neuron; });
    if (fewer.size() < conditions.size() && proves(fewer)) conditions = std::move(fewer);
  }
  return conditions;
}

/// Two memories that agree at every input of a neuron but not at the neuron: the simplest proof, and that of whole hypercubes.
std::vector<Condition> MarginProgram::contradiction() const {
  for (Index i = 0; i < patterns_.cols(); ++i) {
    std::map<std::string, std::array<Index, 2>> memories;   // by their inputs: one that is −1 at the neuron, one that is +1
    for (Index m = 0; m < patterns_.rows(); ++m) {
      std::string inputs;
      for (Index j = 0; j < patterns_.cols(); ++j) {
        const bool joined = j != i && (space_.is_free() || space_.low(i, j) < space_.high(i, j));
        if (joined) inputs += patterns_(m, j) > 0.0 ? '+' : '-';
      }
      auto& both = memories.try_emplace(inputs, std::array<Index, 2>{-1, -1}).first->second;
      both[patterns_(m, i) > 0.0 ? 1 : 0] = m;
      if (both[0] >= 0 && both[1] >= 0) return {{std::min(both[0], both[1]), i, 1}, {std::max(both[0], both[1]), i, 1}};
    }
  }
  return {};
}

void MarginProgram::look_for_impossibility() {
  if (has_own_terms()) return;
  const Vector kappa = margins();
  if (kappa.minCoeff() > 0.0) return;
  impossibility_ = contradiction();
  for (Index i = 0; i < (is_joint() ? 1 : kappa.size()); ++i) {
    if (kappa[i] > 0.0 || !impossibility_.empty()) continue;
    const double largest = is_joint() ? multipliers_.maxCoeff() : multipliers_.col(i).maxCoeff();
    for (int count = 1; count <= largest_count && largest > 0.0; ++count) {
      std::vector<Condition> conditions = rounded(i, largest / count);
      if (!proves(conditions)) continue;
      impossibility_ = pruned(std::move(conditions));
      break;
    }
  }
}

std::string impossibility_text(const std::vector<Condition>& conditions, const MemorySpec& memory) {
  std::string text;
  for (std::size_t c = 0; c < std::min(conditions.size(), most_shown); ++c) {
    const Condition& condition = conditions[c];
    text += (c == 0 ? "" : " + ") + std::to_string(condition.times) + " × (neuron " + std::to_string(condition.neuron) +
            ", memory " + memory.names[static_cast<std::size_t>(condition.memory)] + ")";
  }
  const std::size_t more = conditions.size() - std::min(conditions.size(), most_shown);
  if (more > 0) text += " + " + std::to_string(more) + " more";
  return "no allowed weights store every memory at outputs of ±1: in the sum of the margins " + text + " no weight can help" +
         (more > 0 ? " (results.json has all " + std::to_string(conditions.size()) + ")" : "");
}

void refuse_restriction(const MemorySpec& memory, const MarginProgram& program, const std::string& failure) {
  if (!program.impossibility().empty()) {
    throw ContradictionError("memory: " + impossibility_text(program.impossibility(), memory), program.impossibility(),
                             memory.names);
  }
  const double ceiling = std::ceil(program.ceiling() * 1e6) * 1e-6;
  const bool exist = program.margins().minCoeff() > 0.0;
  throw ClaimError("memory: " + failure + (exist ? "; allowed weights of positive margin exist, found by max-margin"
                                                 : "; no allowed weights have a margin above " +
                                                       number_text(ceiling) + " of their largest"));
}

}  // namespace basin
