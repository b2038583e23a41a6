#include "models/ode/ensemble_isa.hpp"

#ifdef BASIN_ENSEMBLE_X86
#include <immintrin.h>

#include "models/ode/ensemble_tile.hpp"

namespace basin {
namespace {

struct Single {
  using Real = float;
  static constexpr std::size_t width = 16;
  __m512 v;
  static Single load(const float* p) { return {_mm512_load_ps(p)}; }
  static Single broadcast(float x) { return {_mm512_set1_ps(x)}; }
  void store(float* p) const { _mm512_store_ps(p, v); }
};
inline Single operator+(Single a, Single b) { return {_mm512_add_ps(a.v, b.v)}; }
inline Single operator-(Single a, Single b) { return {_mm512_sub_ps(a.v, b.v)}; }
inline Single operator*(Single a, Single b) { return {_mm512_mul_ps(a.v, b.v)}; }
inline Single operator/(Single a, Single b) { return {_mm512_div_ps(a.v, b.v)}; }
inline Single operator-(Single a) { return {_mm512_xor_ps(a.v, _mm512_set1_ps(-0.0F))}; }
inline Single fma(Single a, Single b, Single c) { return {_mm512_fmadd_ps(a.v, b.v, c.v)}; }
inline Single min(Single a, Single b) { return {_mm512_min_ps(a.v, b.v)}; }
inline Single max(Single a, Single b) { return {_mm512_max_ps(a.v, b.v)}; }
inline Single absolute(Single a) { return {_mm512_abs_ps(a.v)}; }
inline Single square_root(Single a) { return {_mm512_sqrt_ps(a.v)}; }
inline Single select(Single flag, Single yes, Single no) {
  return {_mm512_mask_blend_ps(_mm512_cmp_ps_mask(flag.v, _mm512_setzero_ps(), _CMP_NEQ_UQ), no.v, yes.v)};
}

struct Double {
  using Real = double;
  static constexpr std::size_t width = 8;
  __m512d v;
  static Double load(const double* p) { return {_mm512_load_pd(p)}; }
  static Double broadcast(double x) { return {_mm512_set1_pd(x)}; }
  void store(double* p) const { _mm512_store_pd(p, v); }
};
inline Double operator+(Double a, Double b) { return {_mm512_add_pd(a.v, b.v)}; }
inline Double operator-(Double a, Double b) { return {_mm512_sub_pd(a.v, b.v)}; }
inline Double operator*(Double a, Double b) { return {_mm512_mul_pd(a.v, b.v)}; }
inline Double operator/(Double a, Double b) { return {_mm512_div_pd(a.v, b.v)}; }
inline Double operator-(Double a) { return {_mm512_xor_pd(a.v, _mm512_set1_pd(-0.0))}; }
inline Double fma(Double a, Double b, Double c) { return {_mm512_fmadd_pd(a.v, b.v, c.v)}; }
inline Double min(Double a, Double b) { return {_mm512_min_pd(a.v, b.v)}; }
inline Double max(Double a, Double b) { return {_mm512_max_pd(a.v, b.v)}; }
inline Double absolute(Double a) { return {_mm512_abs_pd(a.v)}; }
inline Double square_root(Double a) { return {_mm512_sqrt_pd(a.v)}; }
inline Double select(Double flag, Double yes, Double no) {
  return {_mm512_mask_blend_pd(_mm512_cmp_pd_mask(flag.v, _mm512_setzero_pd(), _CMP_NEQ_UQ), no.v, yes.v)};
}
inline Double copy_sign(Double size, Double sign) {
  const __m512d bit = _mm512_set1_pd(-0.0);
  return {_mm512_or_pd(_mm512_andnot_pd(bit, size.v), _mm512_and_pd(bit, sign.v))};
}
inline Double power_of_two(Double shifted) {
  const __m512i exponent = _mm512_add_epi64(_mm512_castpd_si512(shifted.v), _mm512_set1_epi64(1023));
  return {_mm512_castsi512_pd(_mm512_slli_epi64(exponent, 52))};
}

// 24 sums, 3 vectors of cues and a weight: 28 of 32 registers, and far more sums than the latency of fma asks for.
constexpr PanelKernel<float> single = PanelTile<Single, 8, 3>::kernel();
constexpr PanelKernel<double> twice = PanelTile<Double, 8, 3>::kernel();

}  // namespace

const PanelKernel<float>& avx512_single() { return single; }
const PanelKernel<double>& avx512_double() { return twice; }

}  // namespace basin
#endif
