#pragma once

namespace basin {

/// The most floating-point operations a second that this core reaches in single precision now: independent fused
/// multiply-adds (2 operations each) of the widest vectors in registers, in CPU time of the calling thread; some 20 ms.
double fma_peak_single();

}  // namespace basin
