#include "sim/cli/announce.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdio>

#include "sim/toolchain/memory.hpp"
#include "sim/toolchain/tool_error.hpp"

namespace basin::cli {
namespace {

constexpr double mebibyte = 1024.0 * 1024.0;
constexpr double gibibyte = 1024.0 * mebibyte;
constexpr double much_memory = 256.0 * mebibyte;
constexpr double long_time_s = 60.0;

}  // namespace

std::string memory_text(double bytes) {
  return bytes < gibibyte ? fmt::format("{:.0f} MiB", std::ceil(bytes / mebibyte)) : fmt::format("{:.1f} GiB", bytes / gibibyte);
}

std::string duration_text(double seconds) {
  if (seconds < 60.0) return fmt::format("{:.0f} s", std::ceil(seconds));
  if (seconds < 90.0 * 60.0) return fmt::format("{:.0f} min", seconds / 60.0);
  return fmt::format("{:.0f} h", seconds / 3600.0);
}

void announce(const Context& context, const Estimate& estimate) {
  const double left = memory_left();
  if (estimate.bytes > left) {
    throw EnvironmentError(fmt::format("{} needs about {} of memory; {} are left here", context.name(),
                                       memory_text(estimate.bytes), memory_text(left)));
  }
  if (context.options().quiet || (estimate.bytes <= much_memory && estimate.seconds < long_time_s)) return;
  const std::string time = estimate.seconds > 0.0 ? " and " + duration_text(estimate.seconds) : "";
  std::fprintf(stderr, "basin: %s takes about %s of memory%s\n", context.name().c_str(), memory_text(estimate.bytes).c_str(),
               time.c_str());
}

}  // namespace basin::cli
