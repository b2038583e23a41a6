#pragma once

#include <string>

#include "sim/certify/runs.hpp"

namespace basin::report {

/// Of the first run and each of its tubes: the largest E_i over time, and below it the error that it bounds, found by
/// integration.
std::string tube_chart(const Design& design, const CertifiedRuns& certified);

}  // namespace basin::report
