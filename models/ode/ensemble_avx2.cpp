#include "models/ode/ensemble_isa.hpp"

#ifdef BASIN_ENSEMBLE_X86
#include <immintrin.h>

#include "models/ode/ensemble_tile.hpp"

namespace basin {
namespace {

struct Single {
  using Real = float;
  static constexpr std::size_t width = 8;
  __m256 v;
  static Single load(const float* p) { return {_mm256_load_ps(p)}; }
  static Single broadcast(float x) { return {_mm256_set1_ps(x)}; }
  void store(float* p) const { _mm256_store_ps(p, v); }
};
inline Single operator+(Single a, Single b) { return {_mm256_add_ps(a.v, b.v)}; }
inline Single operator-(Single a, Single b) { return {_mm256_sub_ps(a.v, b.v)}; }
inline Single operator*(Single a, Single b) { return {_mm256_mul_ps(a.v, b.v)}; }
inline Single operator/(Single a, Single b) { return {_mm256_div_ps(a.v, b.v)}; }
inline Single operator-(Single a) { return {_mm256_xor_ps(a.v, _mm256_set1_ps(-0.0F))}; }
inline Single fma(Single a, Single b, Single c) { return {_mm256_fmadd_ps(a.v, b.v, c.v)}; }
inline Single min(Single a, Single b) { return {_mm256_min_ps(a.v, b.v)}; }
inline Single max(Single a, Single b) { return {_mm256_max_ps(a.v, b.v)}; }
inline Single absolute(Single a) { return {_mm256_andnot_ps(_mm256_set1_ps(-0.0F), a.v)}; }
inline Single square_root(Single a) { return {_mm256_sqrt_ps(a.v)}; }
inline Single select(Single flag, Single yes, Single no) {
  return {_mm256_blendv_ps(no.v, yes.v, _mm256_cmp_ps(flag.v, _mm256_setzero_ps(), _CMP_NEQ_UQ))};
}

struct Double {
  using Real = double;
  static constexpr std::size_t width = 4;
  __m256d v;
  static Double load(const double* p) { return {_mm256_load_pd(p)}; }
  static Double broadcast(double x) { return {_mm256_set1_pd(x)}; }
  void store(double* p) const { _mm256_store_pd(p, v); }
};
inline Double operator+(Double a, Double b) { return {_mm256_add_pd(a.v, b.v)}; }
inline Double operator-(Double a, Double b) { return {_mm256_sub_pd(a.v, b.v)}; }
inline Double operator*(Double a, Double b) { return {_mm256_mul_pd(a.v, b.v)}; }
inline Double operator/(Double a, Double b) { return {_mm256_div_pd(a.v, b.v)}; }
inline Double operator-(Double a) { return {_mm256_xor_pd(a.v, _mm256_set1_pd(-0.0))}; }
inline Double fma(Double a, Double b, Double c) { return {_mm256_fmadd_pd(a.v, b.v, c.v)}; }
inline Double min(Double a, Double b) { return {_mm256_min_pd(a.v, b.v)}; }
inline Double max(Double a, Double b) { return {_mm256_max_pd(a.v, b.v)}; }
inline Double absolute(Double a) { return {_mm256_andnot_pd(_mm256_set1_pd(-0.0), a.v)}; }
inline Double square_root(Double a) { return {_mm256_sqrt_pd(a.v)}; }
inline Double select(Double flag, Double yes, Double no) {
  return {_mm256_blendv_pd(no.v, yes.v, _mm256_cmp_pd(flag.v, _mm256_setzero_pd(), _CMP_NEQ_UQ))};
}
inline Double copy_sign(Double size, Double sign) {
  const __m256d bit = _mm256_set1_pd(-0.0);
  return {_mm256_or_pd(_mm256_andnot_pd(bit, size.v), _mm256_and_pd(bit, sign.v))};
}
inline Double power_of_two(Double shifted) {
  const __m256i exponent = _mm256_add_epi64(_mm256_castpd_si256(shifted.v), _mm256_set1_epi64x(1023));
  return {_mm256_castsi256_pd(_mm256_slli_epi64(exponent, 52))};
}

// 12 sums, 3 vectors of cues and a weight: all 16 registers.
constexpr PanelKernel<float> single = PanelTile<Single, 4, 3>::kernel();
constexpr PanelKernel<double> twice = PanelTile<Double, 4, 3>::kernel();

}  // namespace

const PanelKernel<float>& avx2_single() { return single; }
const PanelKernel<double>& avx2_double() { return twice; }

}  // namespace basin
#endif
