// Compiled with AVX-512 and VNNI on: nothing but the kernels may be in here.
#include <immintrin.h>

#include <cstdint>

namespace basin::batch {
namespace {

struct Simd {
  using Vector = __m512i;
  static constexpr int lanes = 16;
  static constexpr int tile_vectors = 4;   // 16 sums, 4 outputs and a weight of 32 registers
  static Vector load(const void* from) { return _mm512_loadu_si512(from); }
  static void store(void* to, Vector v) { _mm512_storeu_si512(to, v); }
  static Vector broadcast(std::int32_t word) { return _mm512_set1_epi32(word); }
  static Vector dot(Vector sum, Vector a, Vector b) { return _mm512_dpwssd_epi32(sum, a, b); }
  static Vector low(Vector a, Vector b) { return _mm512_unpacklo_epi16(a, b); }
  static Vector high(Vector a, Vector b) { return _mm512_unpackhi_epi16(a, b); }
};

}  // namespace
}  // namespace basin::batch

#include "models/fixed/batch_kernel_text.hpp"

namespace basin::batch {
const Kernels avx512_kernels{"AVX-512 VNNI", Simd::lanes, step_block_of, step_single_of};
}
