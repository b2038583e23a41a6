#include "sim/cli/results.hpp"

#include <fmt/format.h>

#include <cmath>

namespace basin::cli {

std::string hex_id(std::uint32_t id) { return fmt::format("{:08x}", id); }

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json number(const std::optional<double>& value) { return value ? number(*value) : Json(nullptr); }

Json truth(const std::optional<bool>& value) { return value ? Json(*value) : Json(nullptr); }

std::string text_of(const Json& document) {
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace basin::cli
