#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "models/fixed/network.hpp"
#include "models/fixed/output_code.hpp"

namespace basin {

// Every sum of a valid configuration fits value_type: none is wider than the update, which core_config bounds.
static_assert(widest_integer < std::numeric_limits<std::int64_t>::digits);

/// y = X v, z = Â y, and Xᵀ z + D̂ v, exactly.
inline std::vector<std::int64_t> factored_product(const FixedFactors& factors, std::size_t memories,
                                                  std::span<const std::int64_t> v) {
  const std::size_t n = v.size();
  std::vector<std::int64_t> y(memories), n_sum(n);
  for (std::size_t m = 0; m < memories; ++m) {
    for (std::size_t i = 0; i < n; ++i) y[m] += factors.patterns[m * n + i] * v[i];
  }
  for (std::size_t i = 0; i < n; ++i) n_sum[i] = factors.diagonal[i] * v[i];
  for (std::size_t m = 0; m < memories; ++m) {
    std::int64_t z = 0;
    for (std::size_t k = 0; k < memories; ++k) z += factors.core[m * memories + k] * y[k];
    for (std::size_t i = 0; i < n; ++i) n_sum[i] += factors.patterns[m * n + i] * z;
  }
  return n_sum;
}

/// The integers of docs/arithmetic.md §3–§5: the arithmetic of the golden model.
class FixedNumber {
 public:
  using value_type = std::int64_t;

  /// Throws std::invalid_argument when the network does not fit its configuration.
  explicit FixedNumber(FixedNetwork network) : network_(std::move(network)) { validate(network_); }

  [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(network_.neurons); }
  [[nodiscard]] int order() const { return network_.order; }
  [[nodiscard]] const FixedNetwork& network() const { return network_; }
  /// Replaces the biases: n words that fit bias_bits.
  void set_biases(std::span<const std::int32_t> biases) {
    validate_biases(network_, biases);
    network_.biases.assign(biases.begin(), biases.end());
  }

  /// Replaces the masks: n of core.phases bits.
  void set_clamps(std::span<const std::uint8_t> clamps) {
    validate_clamps(network_, clamps);
    network_.clamps.assign(clamps.begin(), clamps.end());
  }

  /// In the factored form: all of XᵀÂX V + D̂ V at once.
  void prepare(std::span<const std::int64_t> v) {
    if (network_.factors) product_ = factored_product(*network_.factors, static_cast<std::size_t>(core().memories), v);
  }

  /// n_i (§3.1), after prepare(v).
  [[nodiscard]] std::int64_t sum(std::size_t i, std::span<const std::int64_t> v) const {
    if (network_.factors) return product_[i] + network_.biases[i];
    const std::int32_t* row = network_.weights.data() + i * v.size();
    std::int64_t total = network_.biases[i];
    for (std::size_t j = 0; j < v.size(); ++j) total += row[j] * v[j];
    return total;
  }

  /// f_i (§3.2).
  [[nodiscard]] std::int64_t difference(std::int64_t n, std::int64_t u) const {
    return n * (std::int64_t{1} << core().state_left()) - u * (std::int64_t{1} << core().state_right());
  }

  /// u_i(k+1) from x_i (§3.3–3.6); `extra_shift` is 1 for an order-2 step.
  [[nodiscard]] std::int64_t update(std::int64_t u, std::int64_t x, int extra_shift, std::size_t i,
                                    bool& overflow) const {
    int r = network_.step_exponent + extra_shift + core().state_right();
    if (core().tau) {
      x *= network_.taus[i] + 1;
      r += 8;
    }
    const std::int64_t exact = u + round_half_up(x, r);
    const std::int64_t kept = std::clamp(exact, -core().max_state() - 1, core().max_state());
    overflow = overflow || kept != exact;
    return kept;
  }

  /// Of every phase but the last (§5).
  [[nodiscard]] std::span<const std::uint32_t> phase_steps() const { return network_.phase_steps; }
  /// §3.1.
  [[nodiscard]] std::size_t past_pages() const { return core().pages > 2 ? static_cast<std::size_t>(core().most_delay()) + 1 : 0; }
  [[nodiscard]] std::size_t longest_delay() const { return static_cast<std::size_t>(network_.longest_delay); }
  [[nodiscard]] std::size_t delay(std::size_t i) const { return network_.delays[i]; }
  /// §3.8.
  [[nodiscard]] bool held(std::size_t i, std::size_t phase) const {
    return core().phases > 0 && (network_.clamps[i] >> phase & 1) != 0;
  }

  [[nodiscard]] bool moved(std::int64_t before, std::int64_t after) const {
    return std::abs(after - before) > network_.settle_threshold;
  }

  /// V_i (§4).
  [[nodiscard]] std::int64_t activate(std::size_t i, std::int64_t u) const { return output_code(network_, i, u); }

 private:
  [[nodiscard]] const CoreConfig& core() const { return network_.core; }

  FixedNetwork network_;
  std::vector<std::int64_t> product_;   // of the factored form
};

}  // namespace basin
