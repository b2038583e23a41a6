#include "models/learning/mistake_bound.hpp"

#include <algorithm>

#include "models/learning/margin_program.hpp"

namespace basin {
namespace {

constexpr double close_enough = 1e-3;   // the gap of γ²
constexpr double work = 2e9;            // multiplications spent on γ

}  // namespace

double mistake_bound(const MemorySpec& memory, const Learned& learned) {
  const WeightSpace space = weight_space(memory);
  const Matrix& patterns = memory.patterns;
  const auto size = static_cast<double>(patterns.cols());
  MarginProgram program(patterns, space);
  const double a_pass = 4.0 * static_cast<double>(patterns.rows()) * size * size;
  program.run(close_enough, std::clamp(static_cast<int>(work / a_pass), 1, 10000));
  const Vector gamma = unit_margins(patterns, space, program.weights())
                           .cwiseMax(unit_margins(patterns, space, learned.weights));
  double bound = 0.0;
  for (Index i = 0; i < gamma.size(); ++i) {
    if (gamma[i] <= 0.0) return 0.0;
    const auto inputs = static_cast<double>(space.symmetric ? 2 * space.most_inputs() : space.inputs(i));
    bound += (inputs + 2.0 * memory.margin * size) / (gamma[i] * gamma[i]);
  }
  return bound;
}

}  // namespace basin
