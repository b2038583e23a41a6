#pragma once

#include "sim/compare/verification.hpp"

namespace basin {

/// Counts recalls[] into cues, and sets verdict and reasons from all else (docs/verification.md, "Pass").
void judge(Verification& verification, const VerifySpec& limits);

}  // namespace basin
