#include "models/ode/ensemble_kernel.hpp"

#include <stdexcept>
#include <string>

#include "models/ode/ensemble_isa.hpp"

namespace basin {
namespace {

bool offered(VectorIsa isa) {
  switch (isa) {
    case VectorIsa::portable: return true;
#ifdef BASIN_ENSEMBLE_X86
    case VectorIsa::avx2: return __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0;
    case VectorIsa::avx512: return __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512dq") != 0;
#endif
    default: return false;
  }
}

void require(VectorIsa isa) {
  if (!offered(isa)) throw std::invalid_argument(std::string("this machine has no ") + to_string(isa));
}

}  // namespace

const char* to_string(VectorIsa isa) {
  switch (isa) {
    case VectorIsa::portable: return "portable";
    case VectorIsa::avx2: return "avx2";
    case VectorIsa::avx512: return "avx512";
  }
  return "";
}

VectorIsa widest_isa() {
  if (offered(VectorIsa::avx512)) return VectorIsa::avx512;
  return offered(VectorIsa::avx2) ? VectorIsa::avx2 : VectorIsa::portable;
}

template <>
const PanelKernel<float>& panel_kernel<float>(VectorIsa isa) {
  require(isa);
#ifdef BASIN_ENSEMBLE_X86
  if (isa == VectorIsa::avx512) return avx512_single();
  if (isa == VectorIsa::avx2) return avx2_single();
#endif
  return portable_single();
}

template <>
const PanelKernel<double>& panel_kernel<double>(VectorIsa isa) {
  require(isa);
#ifdef BASIN_ENSEMBLE_X86
  if (isa == VectorIsa::avx512) return avx512_double();
  if (isa == VectorIsa::avx2) return avx2_double();
#endif
  return portable_double();
}

}  // namespace basin
