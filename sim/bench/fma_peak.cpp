#include "sim/bench/fma_peak.hpp"

#include "models/ode/ensemble_kernel.hpp"
#include "sim/bench/least_time.hpp"

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#define BASIN_PEAK_X86
#endif

namespace basin {
namespace {

constexpr long repetitions = 100'000;
constexpr int chains = 12;   // latency 4, two a cycle: 8 are enough
volatile float sink;         // so that the loops aren't empty

#ifdef BASIN_PEAK_X86
__attribute__((target("avx512f"), noinline)) double avx512_operations() {
  __m512 x[chains];
  for (int i = 0; i < chains; ++i) x[i] = _mm512_set1_ps(static_cast<float>(i));
  const __m512 factor = _mm512_set1_ps(0.999F);
  const __m512 term = _mm512_set1_ps(1e-3F);
  for (long k = 0; k < repetitions; ++k) {
#pragma GCC unroll 12
    for (int i = 0; i < chains; ++i) x[i] = _mm512_fmadd_ps(x[i], factor, term);
  }
  for (int i = 0; i < chains; ++i) sink = _mm512_cvtss_f32(x[i]);
  return 2.0 * 16.0 * chains * repetitions;
}

__attribute__((target("avx2,fma"), noinline)) double avx2_operations() {
  __m256 x[chains];
  for (int i = 0; i < chains; ++i) x[i] = _mm256_set1_ps(static_cast<float>(i));
  const __m256 factor = _mm256_set1_ps(0.999F);
  const __m256 term = _mm256_set1_ps(1e-3F);
  for (long k = 0; k < repetitions; ++k) {
#pragma GCC unroll 12
    for (int i = 0; i < chains; ++i) x[i] = _mm256_fmadd_ps(x[i], factor, term);
  }
  for (int i = 0; i < chains; ++i) sink = _mm256_cvtss_f32(x[i]);
  return 2.0 * 8.0 * chains * repetitions;
}
#endif

__attribute__((noinline)) double plain_operations() {
  float x[chains];
  for (int i = 0; i < chains; ++i) x[i] = static_cast<float>(i);
  for (long k = 0; k < repetitions; ++k) {
    for (int i = 0; i < chains; ++i) x[i] = __builtin_fmaf(x[i], 0.999F, 1e-3F);
  }
  for (int i = 0; i < chains; ++i) sink = x[i];
  return 2.0 * chains * repetitions;
}

double operations() {
#ifdef BASIN_PEAK_X86
  if (widest_isa() == VectorIsa::avx512) return avx512_operations();
  if (widest_isa() == VectorIsa::avx2) return avx2_operations();
#endif
  return plain_operations();
}

}  // namespace

double fma_peak_single() {
  double best = 0.0;
  for (int repeat = 0; repeat < 10; ++repeat) {
    const double start = thread_seconds();
    const double done = operations();
    const double rate = done / (thread_seconds() - start);
    best = rate > best ? rate : best;
  }
  return best;
}

}  // namespace basin
