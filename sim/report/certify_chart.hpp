#pragma once

#include <string>

#include "sim/certify/memories.hpp"

namespace basin::report {

/// The boxes of each certified memory (the first 12) as an SVG file: how near to 0 and how wide each still is. "" without any.
std::string certify_chart(const std::string& title, const CertifiedMemories& certified);

}  // namespace basin::report
