#include "models/capacity/sign_dynamics.hpp"

#include <bit>

namespace basin {
namespace {

/// counts[k] = agreements − disagreements of `one` with neuron k, over `bits` bits.
#if defined(__x86_64__)
__attribute__((target_clones("popcnt", "default")))
#endif
void count_agreements(const std::uint64_t* columns, const std::uint64_t* one, std::size_t words, std::int32_t bits,
                      std::int32_t* counts, std::size_t neurons) {
  for (std::size_t k = 0; k < neurons; ++k) {
    std::int32_t different = 0;
    for (std::size_t w = 0; w < words; ++w) different += std::popcount(columns[k * words + w] ^ one[w]);
    counts[k] = bits - 2 * different;
  }
}

/// Sweeps until no neuron turns. `turn(i)` turns neuron i and mends the fields.
template <class Field, class Turn>
SignRecall sweep(Signs start, const Field* fields, int most_sweeps, const Turn& turn) {
  SignRecall recall{std::move(start), 0, false};
  while (!recall.settled && recall.sweeps < most_sweeps) {
    recall.settled = true;
    ++recall.sweeps;
    for (Index i = 0; i < recall.state.size(); ++i) {
      const Field field = fields[i];
      const bool stays = field == Field{0} || (field > Field{0}) == (recall.state[i] > 0);
      if (stays) continue;
      recall.settled = false;
      turn(i, recall.state);
    }
  }
  return recall;
}

}  // namespace

HebbSigns::HebbSigns(const SignMatrix& patterns, Diagonal diagonal)
    : patterns_(patterns),
      words_((static_cast<std::size_t>(patterns.rows()) + 63) / 64),
      columns_(words_ * static_cast<std::size_t>(patterns.cols())),
      diagonal_(diagonal == Diagonal::keep ? static_cast<std::int32_t>(patterns.rows()) : 0) {
  for (Index m = 0; m < patterns.rows(); ++m) {
    const auto memory = static_cast<std::size_t>(m);
    for (Index i = 0; i < patterns.cols(); ++i) {
      if (patterns(m, i) > 0) columns_[static_cast<std::size_t>(i) * words_ + memory / 64] |= std::uint64_t{1} << memory % 64;
    }
  }
}

void HebbSigns::count_row(Index neuron, std::vector<std::int32_t>& row) const {
  const auto size = static_cast<std::size_t>(patterns_.cols());
  row.resize(size);
  const std::uint64_t* const own = columns_.data() + static_cast<std::size_t>(neuron) * words_;
  count_agreements(columns_.data(), own, words_, static_cast<std::int32_t>(patterns_.rows()), row.data(), size);
  row[static_cast<std::size_t>(neuron)] = diagonal_;
}

std::vector<std::int32_t> HebbSigns::fields(const Signs& state) const {
  std::vector<std::int32_t> sums(static_cast<std::size_t>(state.size()), 0);
  for (Index m = 0; m < patterns_.rows(); ++m) {
    const std::int8_t* const pattern = patterns_.row(m).data();
    std::int32_t overlap = 0;
    for (Index i = 0; i < state.size(); ++i) overlap += pattern[i] * state[i];
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += overlap * pattern[i];
  }
  const auto own = static_cast<std::int32_t>(patterns_.rows()) - diagonal_;
  for (std::size_t i = 0; i < sums.size(); ++i) sums[i] -= own * state[static_cast<Index>(i)];
  return sums;
}

SignRecall HebbSigns::recall(const Signs& start, int most_sweeps) const {
  std::vector<std::int32_t> sums = fields(start);
  std::vector<std::int32_t> row;
  return sweep(start, sums.data(), most_sweeps, [&](Index i, Signs& state) {
    state[i] = static_cast<std::int8_t>(-state[i]);
    count_row(i, row);
    const std::int32_t change = 2 * state[i];
    for (std::size_t k = 0; k < sums.size(); ++k) sums[k] += change * row[k];
  });
}

Matrix HebbSigns::weights() const {
  const Index size = patterns_.cols();
  Matrix matrix(size, size);
  std::vector<std::int32_t> row;
  for (Index i = 0; i < size; ++i) {
    count_row(i, row);
    for (Index j = 0; j < size; ++j) matrix(i, j) = row[static_cast<std::size_t>(j)] / static_cast<double>(size);
  }
  return matrix;
}

SignRecall recall_signs(const Matrix& weights, const Vector& bias, const Signs& start, int most_sweeps) {
  const Matrix inputs = weights.transpose();   // row i: what neuron i gives the others
  Vector sums = weights * start.cast<double>() + bias;
  return sweep(start, sums.data(), most_sweeps, [&](Index i, Signs& state) {
    state[i] = static_cast<std::int8_t>(-state[i]);
    sums += 2.0 * state[i] * inputs.row(i).transpose();
  });
}

}  // namespace basin
