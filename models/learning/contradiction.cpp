#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>
#include <cmath>
#include <limits>

#include "models/learning/sign_system.hpp"

namespace basin {
namespace {

using Rational = boost::multiprecision::cpp_rational;
using Integer = boost::multiprecision::cpp_int;
using RationalRow = std::vector<Rational>;

constexpr double negligible = 1e-9;        // of a dual vector whose entries sum to 1
constexpr std::size_t most_unknowns = 600; // of an exact elimination

std::vector<std::size_t> support_of(const Vector& dual) {
  std::vector<std::size_t> support;
  for (Index r = 0; r < dual.size(); ++r) {
    if (dual[r] > negligible) support.push_back(static_cast<std::size_t>(r));
  }
  return support;
}

bool cancels(const SignSystem& system, const std::vector<Integer>& multipliers) {
  std::vector<Integer> sums(static_cast<std::size_t>(system.columns));
  bool any = false;
  for (std::size_t r = 0; r < multipliers.size(); ++r) {
    if (multipliers[r] < 0) return false;
    if (multipliers[r] == 0) continue;
    any = true;
    for (const auto& [column, sign] : system.rows[r].terms) sums[static_cast<std::size_t>(column)] += multipliers[r] * sign;
  }
  return any && std::all_of(sums.begin(), sums.end(), [](const Integer& sum) { return sum == 0; });
}

/// The dual's values as multiples of its least entry over 1, 2, …: enough for the small whole numbers that are usual.
std::vector<Integer> rounded(const SignSystem& system, const Vector& dual, const std::vector<std::size_t>& support) {
  constexpr int most_divisions = 24;
  double least = std::numeric_limits<double>::infinity();
  for (const std::size_t r : support) least = std::min(least, dual[static_cast<Index>(r)]);
  for (int divisions = 1; divisions <= most_divisions; ++divisions) {
    std::vector<Integer> y(system.rows.size(), 0);
    for (const std::size_t r : support) {
      const double value = std::round(dual[static_cast<Index>(r)] / least * divisions);
      if (!(value < 1e15)) return {};
      y[r] = static_cast<std::int64_t>(value);
    }
    if (cancels(system, y)) return y;
  }
  return {};
}

/// Σ_r y_r s_rj = 0 as rows j over the unknowns of the support.
std::vector<RationalRow> equations(const SignSystem& system, const std::vector<std::size_t>& support) {
  std::vector<RationalRow> rows(static_cast<std::size_t>(system.columns), RationalRow(support.size()));
  for (std::size_t k = 0; k < support.size(); ++k) {
    for (const auto& [column, sign] : system.rows[support[k]].terms) rows[static_cast<std::size_t>(column)][k] = sign;
  }
  return rows;
}

void subtract(RationalRow& row, const RationalRow& pivot, std::size_t from) {
  const Rational factor = row[from];
  if (factor == 0) return;
  for (std::size_t k = from; k < row.size(); ++k) row[k] -= factor * pivot[k];
}

/// The one solution, up to scale, of homogeneous equations; empty when there are none or many (Gauss–Jordan).
RationalRow only_solution(std::vector<RationalRow> rows, std::size_t unknowns) {
  std::vector<std::size_t> pivots;
  std::size_t used = 0, open = unknowns;   // `open`: the unknown without a pivot
  for (std::size_t k = 0; k < unknowns; ++k) {
    std::size_t found = used;
    while (found < rows.size() && rows[found][k] == 0) ++found;
    if (found == rows.size()) {
      if (open != unknowns) return {};
      open = k;
      continue;
    }
    std::swap(rows[found], rows[used]);
    const Rational head = rows[used][k];
    for (std::size_t c = k; c < unknowns; ++c) rows[used][c] /= head;
    for (std::size_t r = 0; r < rows.size(); ++r) {
      if (r != used) subtract(rows[r], rows[used], k);
    }
    pivots.push_back(k);
    ++used;
  }
  if (open == unknowns) return {};
  RationalRow solution(unknowns);
  solution[open] = 1;
  for (std::size_t p = 0; p < pivots.size(); ++p) solution[pivots[p]] = -rows[p][open];
  return solution;
}

/// Rationals as whole numbers in the same ratios; empty when one is negative.
std::vector<Integer> whole(const RationalRow& values) {
  Integer common = 1;
  for (const Rational& value : values) common = lcm(common, denominator(value));
  std::vector<Integer> result;
  for (const Rational& value : values) {
    if (value < 0) return {};
    result.push_back(numerator(value) * (common / denominator(value)));
  }
  return result;
}

std::vector<Integer> eliminated(const SignSystem& system, const std::vector<std::size_t>& support) {
  if (support.size() > most_unknowns) return {};
  const std::vector<Integer> values = whole(only_solution(equations(system, support), support.size()));
  if (values.size() != support.size()) return {};
  std::vector<Integer> y(system.rows.size(), 0);
  for (std::size_t k = 0; k < support.size(); ++k) y[support[k]] = values[k];
  return cancels(system, y) ? y : std::vector<Integer>{};
}

}  // namespace

bool is_contradiction(const SignSystem& system, const std::vector<Digits>& multipliers) {
  if (multipliers.size() != system.rows.size()) return false;
  std::vector<Integer> values;
  for (const Digits& digits : multipliers) values.emplace_back(digits);
  return cancels(system, values);
}

std::vector<Digits> contradiction(const SignSystem& system, const Vector& dual) {
  const std::vector<std::size_t> support = support_of(dual);
  if (support.empty()) return {};
  std::vector<Integer> y = rounded(system, dual, support);
  if (y.empty()) y = eliminated(system, support);
  Integer common = 0;
  for (const Integer& value : y) common = gcd(common, value);
  std::vector<Digits> digits;
  for (const Integer& value : y) digits.push_back(Integer(value / common).str());
  return digits;
}

}  // namespace basin
