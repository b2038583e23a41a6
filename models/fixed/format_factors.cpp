#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>

#include "models/design/error.hpp"
#include "models/design/text.hpp"
#include "models/design/weight_bits.hpp"
#include "models/fixed/fixed_factors.hpp"
#include "models/fixed/formats.hpp"

namespace basin::formats {
namespace {

constexpr int usual_core_bits = 10;   // as faithful as 8-bit weights (docs/math.md, Quantisation)

/// The least width that holds the core as multiples of `scale`, or 0 when it is none.
int exact_bits(const Matrix& core, double scale) {
  if (!(scale > 0.0)) return 0;
  const Matrix multiples = core / scale;
  if ((multiples.array() - multiples.array().round()).abs().maxCoeff() > 1e-6) return 0;
  const int bits = signed_bits(std::llround(multiples.cwiseAbs().maxCoeff()));
  return bits <= most_weight_bits ? std::max(bits, least_weight_bits) : 0;
}

/// max_i Σ_j |W_ij − realised W_ij|.
double row_error(const Factors& wanted, const Factors& realised) {
  const Factors difference{wanted.patterns, wanted.core - realised.core, wanted.diagonal - realised.diagonal,
                           Vector::Ones(wanted.size())};
  return difference.absolute_row_sums().maxCoeff();
}

bool is_definite(const Matrix& core) { return Eigen::LLT<Matrix>(core).info() == Eigen::Success; }

struct Choice {
  int bits;
  double unit;
  double error;
  bool definite;
};

Choice choice_of(const Factors& factors, int bits) {
  const double unit = factors.core.cwiseAbs().maxCoeff() / largest_weight(bits);
  const Factors realised = realised_factors(fixed_factors(factors, unit), factors.core.rows(), unit);
  return {bits, unit, row_error(factors, realised), is_definite(realised.core)};
}

}  // namespace

void choose_factors(FormatPlan& plan, const Circuit& circuit, const QuantiseOptions& options) {
  const Factors& factors = *circuit.factors;
  if ((factors.patterns.array().abs() != 1.0).any() || (factors.columns.array() != 1.0).any()) {
    refuse(options, "form", "\"factored\" needs linearly independent memories and bipolar units; allowed dense");
  }
  plan.core.memories = static_cast<int>(factors.patterns.rows());
  const auto given = options.hardware.weight_bits;
  const int exact = exact_bits(factors.core, options.exact_scale);
  if (exact > 0 && exact <= given.value_or(most_weight_bits)) {
    plan.core.weight_bits = given.value_or(exact);
    plan.lsb_weight = options.exact_scale;
    plan.row_sums = factors.row_sums;
    if (!given) plan.reasons.push_back("core of the factors " + std::to_string(exact) + " bits: exact");
    return;
  }
  const auto enough = [&](const Choice& choice) {
    return choice.definite && formats::enough(circuit, options, choice.error);
  };
  Choice choice = choice_of(factors, given.value_or(usual_core_bits));
  while (!given && choice.bits < most_weight_bits && !enough(choice)) choice = choice_of(factors, choice.bits + 1);
  if (!choice.definite) {
    throw ClaimError("the memories' core in " + std::to_string(choice.bits) + " bits is not positive definite; " +
                     (given ? "more hardware.weight bits may hold it" : "they are too much alike for the factored form"));
  }
  plan.core.weight_bits = choice.bits;
  plan.lsb_weight = choice.unit;
  plan.row_sums =
      realised_factors(fixed_factors(factors, choice.unit), factors.core.rows(), choice.unit).absolute_row_sums();
  if (given) return;
  plan.reasons.push_back("core of the factors " + std::to_string(choice.bits) + " bits: rounding moves a neuron's field by at most " +
                         three_digits(choice.error));
}

}  // namespace basin::formats
