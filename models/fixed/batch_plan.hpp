#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "models/fixed/batch_kernels.hpp"
#include "models/fixed/fixed_number.hpp"

namespace basin::batch {

/// Values where a vector load wants them.
template <class Value>
class Aligned {
 public:
  Aligned() = default;
  explicit Aligned(std::size_t size) : lines_((size + per_line - 1) / per_line) {}
  [[nodiscard]] Value* data() { return lines_.empty() ? nullptr : lines_.front().values; }
  [[nodiscard]] const Value* data() const { return lines_.empty() ? nullptr : lines_.front().values; }
  Value& operator[](std::size_t k) { return data()[k]; }
  const Value& operator[](std::size_t k) const { return data()[k]; }

 private:
  static constexpr std::size_t per_line = 64 / sizeof(Value);
  struct alignas(64) Line {
    Value values[per_line] = {};
  };
  std::vector<Line> lines_;
};

/// Whether the kernels hold every integer of this configuration: dot products of the dense form in 32 bits, codes and
/// weights in 16.
bool within_kernels(const CoreConfig& core);
/// Whether they can keep the dot products from step to step: changes of codes must fit 16 bits too.
bool within_event_kernels(const CoreConfig& core);
/// The kernels that this machine runs, the fastest first.
std::vector<const Kernels*> available_kernels();

/// A network packed for one set of kernels. Never changed after it is made: shared by threads.
class Plan {
 public:
  /// `network` must be within_kernels.
  Plan(const FixedNetwork& network, const Kernels& kernels);
  Plan(const Plan&) = delete;
  Plan& operator=(const Plan&) = delete;

  [[nodiscard]] const Constants& constants() const { return constants_; }
  [[nodiscard]] const Kernels& kernels() const { return kernels_; }
  /// Neurons, padded to neuron_grain.
  [[nodiscard]] std::size_t padded() const { return padded_; }

 private:
  void pack_parameters(const FixedNetwork& network);
  void pack_tables(const FixedNetwork& network);
  void pack_rows(const FixedNetwork& network);
  void pack_columns(const FixedNetwork& network);

  const Kernels& kernels_;
  std::size_t padded_;
  Constants constants_;
  Aligned<std::int32_t> bias_, tau_factor_, gain_factor_, gain_shift_, table_offset_, row_pairs_, narrow_entries_;
  Aligned<std::int64_t> wide_entries_;
  Aligned<std::int16_t> columns_;
};

}  // namespace basin::batch
