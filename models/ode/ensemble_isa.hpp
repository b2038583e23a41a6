#pragma once

#include "models/ode/ensemble_kernel.hpp"

#if defined(__x86_64__) && defined(__GNUC__)
#define BASIN_ENSEMBLE_X86
#endif

namespace basin {

// One file each, compiled for its instructions alone.
const PanelKernel<float>& portable_single();
const PanelKernel<double>& portable_double();
#ifdef BASIN_ENSEMBLE_X86
const PanelKernel<float>& avx2_single();
const PanelKernel<double>& avx2_double();
const PanelKernel<float>& avx512_single();
const PanelKernel<double>& avx512_double();
#endif

}  // namespace basin
