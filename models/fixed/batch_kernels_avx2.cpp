// Compiled with AVX2 on: nothing but the kernels may be in here.
#include <immintrin.h>

#include <cstdint>

namespace basin::batch {
namespace {

struct Simd {
  using Vector = __m256i;
  static constexpr int lanes = 8;
  static constexpr int tile_vectors = 2;   // 8 sums, 2 outputs, a weight and a product of 16 registers
  static Vector load(const void* from) { return _mm256_loadu_si256(static_cast<const __m256i*>(from)); }
  static void store(void* to, Vector v) { _mm256_storeu_si256(static_cast<__m256i*>(to), v); }
  static Vector broadcast(std::int32_t word) { return _mm256_set1_epi32(word); }
  static Vector dot(Vector sum, Vector a, Vector b) { return _mm256_add_epi32(sum, _mm256_madd_epi16(a, b)); }
  static Vector low(Vector a, Vector b) { return _mm256_unpacklo_epi16(a, b); }
  static Vector high(Vector a, Vector b) { return _mm256_unpackhi_epi16(a, b); }
};

}  // namespace
}  // namespace basin::batch

#include "models/fixed/batch_kernel_text.hpp"

namespace basin::batch {
const Kernels avx2_kernels{"AVX2", Simd::lanes, step_block_of, step_single_of};
}
