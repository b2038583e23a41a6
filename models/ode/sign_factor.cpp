#include "models/ode/sign_factor.hpp"

#include <algorithm>

namespace basin {
namespace {

template <class Real>
struct Layout;
template <>
struct Layout<double> {
  using Word = std::uint64_t;
  static constexpr std::size_t group = 4;   // signs a look-up
};
template <>
struct Layout<float> {
  using Word = std::uint32_t;
  static constexpr std::size_t group = 5;
};

constexpr std::size_t groups = 4;   // of a stretch: their tables stay in registers

template <class Real>
constexpr std::size_t stretch = groups * Layout<Real>::group;   // numbers whose signs share a word

std::size_t stretches_of(std::size_t count, std::size_t length) { return (count + length - 1) / length; }

/// Lane k: −1 where bit `b` of k is set, else 1.
template <class Real>
constexpr std::array<Real, Lanes<Real>::count> sign_lanes(std::size_t b) {
  std::array<Real, Lanes<Real>::count> lanes{};
  for (std::size_t k = 0; k < lanes.size(); ++k) lanes[k] = (k >> b & 1U) != 0 ? Real{-1} : Real{1};
  return lanes;
}
template <class Real, std::size_t B>
alignas(64) constexpr std::array<Real, Lanes<Real>::count> signs = sign_lanes<Real>(B);

/// All signed sums of x[0 … group): lane k of both halves together has the signs that are the bits of k.
template <class Real>
struct SignedSums {
  using Lane = typename Lanes<Real>::type;
  Lane low, high;

  BASIN_INLINE explicit SignedSums(const Real* x) {
    constexpr std::size_t last = Layout<Real>::group - 1;   // its sign tells the halves apart
    Lane sum = *reinterpret_cast<const Lane*>(signs<Real, 0>.data()) * x[0] +
               *reinterpret_cast<const Lane*>(signs<Real, 1>.data()) * x[1] +
               *reinterpret_cast<const Lane*>(signs<Real, 2>.data()) * x[2];
    if constexpr (last == 4) sum += *reinterpret_cast<const Lane*>(signs<Real, 3>.data()) * x[3];
    low = sum + x[last];
    high = sum - x[last];
  }
  SignedSums() = default;
};

template <class Real>
BASIN_INLINE void make_tables(const Real* x, SignedSums<Real>* tables) {
  for (std::size_t g = 0; g < groups; ++g) tables[g] = SignedSums<Real>(x + g * Layout<Real>::group);
}

/// sums[g % 2] += what `words` say of group g: two sums halve the wait for additions.
template <class Real, class Word>
BASIN_INLINE void look_up(const SignedSums<Real>* tables, const Word* words, typename Lanes<Real>::type* sums) {
  typedef Word Indices __attribute__((vector_size(64), aligned(64)));
  Indices index = *reinterpret_cast<const Indices*>(words);
  for (std::size_t g = 0; g < groups; ++g) {
    sums[g % 2] += __builtin_shuffle(tables[g].low, tables[g].high, index);   // by its low bits
    index >>= static_cast<int>(Layout<Real>::group);
  }
}

/// out[i] = Σ_j s_ij x[j] over `Blocks` registers of outputs i, of `row` in all; `words` by stretches of j, then i.
template <std::size_t Blocks, class Real, class Word>
BASIN_INLINE void few_signed_sums(const Word* __restrict words, const Real* __restrict x, std::size_t stretches,
                                  std::size_t row, Real* __restrict out) {
  using Lane = typename Lanes<Real>::type;
  Lane sums[Blocks][2] = {};
  for (std::size_t s = 0; s < stretches; ++s, x += stretch<Real>, words += row) {
    SignedSums<Real> tables[groups];
    make_tables(x, tables);
    for (std::size_t b = 0; b < Blocks; ++b) look_up(tables, words + b * Lanes<Real>::count, sums[b]);
  }
  for (std::size_t b = 0; b < Blocks; ++b) {
    *reinterpret_cast<Lane*>(out + b * Lanes<Real>::count) = sums[b][0] + sums[b][1];
  }
}

/// The same for few outputs and many inputs: sums stay in registers over all of them.
template <class Real, class Word>
BASIN_INLINE void project_signs(const Word* words, const Real* x, std::size_t stretches, std::size_t outputs, Real* out) {
  constexpr std::size_t lanes = Lanes<Real>::count;
  std::size_t i = 0;
  for (; i + 4 * lanes <= outputs; i += 4 * lanes) few_signed_sums<4>(words + i, x, stretches, outputs, out + i);
  if (i + 2 * lanes <= outputs) {
    few_signed_sums<2>(words + i, x, stretches, outputs, out + i);
    i += 2 * lanes;
  }
  if (i < outputs) few_signed_sums<1>(words + i, x, stretches, outputs, out + i);
}

/// out[i] += Σ_j s_ij x[j] for many outputs and few inputs: tables stay in registers over all outputs.
template <class Real, class Word>
BASIN_INLINE void expand_signs(const Word* __restrict words, const Real* __restrict x, std::size_t stretches,
                               std::size_t outputs, Real* __restrict out) {
  using Lane = typename Lanes<Real>::type;
  for (std::size_t s = 0; s < stretches; ++s, x += stretch<Real>, words += outputs) {
    SignedSums<Real> tables[groups];
    make_tables(x, tables);
    for (std::size_t i = 0; i < outputs; i += Lanes<Real>::count) {
      Lane sums[2] = {*reinterpret_cast<const Lane*>(out + i), Lane{}};
      look_up(tables, words + i, sums);
      *reinterpret_cast<Lane*>(out + i) = sums[0] + sums[1];
    }
  }
}

#define BASIN_SIGN_LOOPS(Word, Real)                                                                               \
  BASIN_VECTOR_WIDTHS void project_loop(const Word* words, const Real* x, std::size_t stretches, std::size_t outputs, \
                                        Real* out) {                                                               \
    project_signs(words, x, stretches, outputs, out);                                                              \
  }                                                                                                                \
  BASIN_VECTOR_WIDTHS void expand_loop(const Word* words, const Real* x, std::size_t stretches, std::size_t outputs,  \
                                       Real* out) {                                                                \
    expand_signs(words, x, stretches, outputs, out);                                                               \
  }
BASIN_SIGN_LOOPS(std::uint64_t, double)
BASIN_SIGN_LOOPS(std::uint32_t, float)
#undef BASIN_SIGN_LOOPS

/// Words of signs, asked for entry by entry.
template <class Real, class IsNegative>
AlignedVector<typename Layout<Real>::Word> sign_words(std::size_t outputs, std::size_t inputs, IsNegative is_negative) {
  using Word = typename Layout<Real>::Word;
  const std::size_t row = padded_size<Real>(outputs);
  AlignedVector<Word> words(stretches_of(inputs, stretch<Real>) * row, Word{0});
  for (std::size_t i = 0; i < outputs; ++i) {
    for (std::size_t j = 0; j < inputs; ++j) {
      if (is_negative(i, j)) words[j / stretch<Real> * row + i] |= Word{1} << (j % stretch<Real>);
    }
  }
  return words;
}

}  // namespace

template <class Real>
SignFactor<Real>::SignFactor(const Matrix& patterns)
    : patterns_(static_cast<std::size_t>(patterns.rows())),
      neurons_(static_cast<std::size_t>(patterns.cols())),
      by_pattern_(sign_words<Real>(patterns_, neurons_,
                                   [&](auto m, auto i) { return patterns(static_cast<Index>(m), static_cast<Index>(i)) < 0.0; })),
      by_neuron_(sign_words<Real>(neurons_, patterns_,
                                  [&](auto i, auto m) { return patterns(static_cast<Index>(m), static_cast<Index>(i)) < 0.0; })),
      v_(stretches_of(neurons_, stretch<Real>) * stretch<Real>, Real{0}),
      z_(stretches_of(patterns_, stretch<Real>) * stretch<Real>, Real{0}) {}

template <class Real>
void SignFactor<Real>::project(const Real* v, Real* y) {
  std::copy_n(v, neurons_, v_.begin());
  project_loop(by_pattern_.data(), v_.data(), v_.size() / stretch<Real>, padded_size<Real>(patterns_), y);
}

template <class Real>
void SignFactor<Real>::expand(const Real* z, Real* out) {
  std::copy_n(z, patterns_, z_.begin());
  expand_loop(by_neuron_.data(), z_.data(), z_.size() / stretch<Real>, padded_size<Real>(neurons_), out);
}

template class SignFactor<double>;
template class SignFactor<float>;

}  // namespace basin
