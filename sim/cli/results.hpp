#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace basin::cli {

/// results.json: keys in one order, so that the same design gives the same bytes.
using Json = nlohmann::ordered_json;

/// hardware.id and network.id, where the verb knows them.
struct Identities {
  std::optional<std::uint32_t> hardware;
  std::optional<std::uint32_t> network;
};

/// An identity as results.json and the terminal show it: eight hexadecimal digits.
std::string hex_id(std::uint32_t id);
/// A number, or null when it is not finite (JSON has no such numbers).
Json number(double value);
/// A number, or null when absent.
Json number(const std::optional<double>& value);
/// True, false, or null of what is not judged.
Json truth(const std::optional<bool>& value);
/// The document as it is written: indented by two, a final newline, UTF-8 repaired.
std::string text_of(const Json& document);

}  // namespace basin::cli
