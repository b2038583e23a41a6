#include "models/learning/integer_weights.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>

#include "models/design/error.hpp"
#include "models/design/random.hpp"
#include "models/design/text.hpp"
#include "models/design/weight_bits.hpp"
#include "models/learning/margin_program.hpp"
#include "models/learning/perceptron.hpp"

namespace basin {
namespace {

constexpr double real_gap = 1e-4;
constexpr int most_random_epochs = 2000;
constexpr std::array scales{1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0};   // of the largest weight over the limit; what exceeds it is cut

/// The least κ/‖W‖ of weights or of counts.
double relative_margin(const Matrix& patterns, const WeightSpace& space, const Matrix& weights) {
  return unit_margins(patterns, space, weights).minCoeff();
}

double least_margin(const Matrix& patterns, const Matrix& counts) {
  return (patterns * counts.transpose()).cwiseProduct(patterns).minCoeff();
}

/// The real weights of largest margin as whole numbers, their largest at `scale` times the limit and cut there.
Matrix rounded(const MarginProgram& program, const WeightSpace& space, double limit, double scale) {
  const Matrix& real = program.weights();
  Vector largest = real.cwiseAbs().rowwise().maxCoeff().cwiseMax(1e-300);
  if (space.symmetric) largest.setConstant(largest.maxCoeff());
  const Matrix counts = largest.cwiseInverse().asDiagonal() * real * (scale * limit);
  return (counts.array() + 0.5).floor().cwiseMax(-limit).cwiseMin(limit);
}

/// One search at one width.
class Search {
 public:
  Search(const MemorySpec& memory, const WeightSpace& space, const MarginProgram& program, int bits)
      : memory_(memory), space_(space), program_(program), limit_(largest_weight(bits)) {}

  /// Counts of which every margin is positive.
  std::optional<Matrix> run() {
    if (memory_.rule == Rule::perceptron) {
      for (double enough = 1.0; consider(Matrix::Zero(space_.neurons, space_.neurons), enough);) enough *= 2.0;
      if (best_) return best_;
    }
    for (const double scale : scales) consider(rounded(program_, space_, limit_, scale));
    if (!best_) {
      chance_.emplace(memory_.seed, Stream::integer_learning, 0);
      consider(rounded(program_, space_, limit_, scales.front()));
    }
    return best_;
  }
  [[nodiscard]] int epochs() const { return epochs_; }
  [[nodiscard]] std::int64_t mistakes() const { return mistakes_; }

 private:
  /// False when the rule does not reach `enough` from there.
  bool consider(Matrix counts, double enough = 1.0) {
    Perceptron rule{.enough = enough, .limit = limit_, .most_epochs = memory_.max_epochs};
    if (chance_) {
      rule.chance = &*chance_;
      rule.most_epochs = std::min(memory_.max_epochs, most_random_epochs);
    }
    rule.run(memory_.patterns, space_, counts);
    if (!rule.converged) return false;
    const double quality = relative_margin(memory_.patterns, space_, counts);
    if (best_ && quality <= quality_) return true;
    quality_ = quality;
    epochs_ = rule.epochs;
    mistakes_ = rule.mistakes;
    best_ = std::move(counts);
    return true;
  }

  const MemorySpec& memory_;
  const WeightSpace& space_;
  const MarginProgram& program_;
  double limit_;
  std::optional<Matrix> best_;
  double quality_ = 0.0;
  std::optional<Random> chance_;   // once nothing else helped
  int epochs_ = 0;
  std::int64_t mistakes_ = 0;
};

/// The least width that the dual does not rule out: whole numbers within ±L of positive margin have one of at least 1, and no
/// weights within ±L have one above L times the ceiling.
int least_bits(const MarginProgram& program) {
  int bits = least_weight_bits;
  while (bits < most_weight_bits && largest_weight(bits) * program.ceiling() < 1.0 - 1e-9) ++bits;
  return bits;
}

[[noreturn]] void refuse_bits(const MemorySpec& memory, const WeightSpace& space, const MarginProgram& program) {
  const int bits = *memory.weight_bits;
  std::string text = "memory.weight_bits: no weights of " + std::to_string(bits) + " bits (−" +
                     number_text(largest_weight(bits)) + " to " + number_text(largest_weight(bits)) + ") " +
                     (bits < least_bits(program) ? "can store" : "were found that store") + " every memory; ";
  int enough = bits + 1;
  while (enough <= most_weight_bits && !Search(memory, space, program, enough).run()) ++enough;
  text += enough <= most_weight_bits ? std::to_string(enough) + " bits suffice" : "nor of up to " + std::to_string(most_weight_bits);
  const int least = least_bits(program);
  if (least > least_weight_bits) text += ", and fewer than " + std::to_string(least) + " can't, by the dual of the largest margin";
  throw ClaimError(text);
}

}  // namespace

Learned integer_weights(const MemorySpec& memory, const WeightSpace& space) {
  MarginProgram program(memory.patterns, space);
  program.run(real_gap, memory.max_epochs);
  if (program.margins().minCoeff() <= 0.0) {
    refuse_restriction(memory, program, "no weights of positive margin were found, of however many bits");
  }
  Search search(memory, space, program, *memory.weight_bits);
  const std::optional<Matrix> counts = search.run();
  if (!counts) refuse_bits(memory, space, program);

  Learned learned;
  const double margin = least_margin(memory.patterns, *counts);
  learned.exact_scale = memory.margin > 0.0 ? memory.margin / margin : 1.0 / static_cast<double>(space.neurons);
  learned.weights = *counts * learned.exact_scale;
  learned.bias = Vector::Zero(space.neurons);
  learned.weight_bits = *memory.weight_bits;
  learned.epochs = search.epochs();
  learned.mistakes = search.mistakes();
  learned.remarks.push_back("weights of " + std::to_string(*memory.weight_bits) + " bits, whole multiples of " +
                            three_digits(learned.exact_scale) + ": least margin " + number_text(margin) +
                            " of them; κ/‖W‖ is " +
                            std::to_string(std::lround(100.0 * relative_margin(memory.patterns, space, *counts) /
                                                       relative_margin(memory.patterns, space, program.weights()))) +
                            " % of the largest that real weights have");
  return learned;
}

}  // namespace basin
