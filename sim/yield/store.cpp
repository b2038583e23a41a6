#include "sim/yield/store.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "sim/io/atomic_file.hpp"
#include "sim/io/program_id.hpp"
#include "sim/toolchain/tool_error.hpp"

namespace basin {
namespace {

using Json = nlohmann::ordered_json;

bool are_counts(const std::vector<int>& values, std::size_t circuits, int most) {
  return values.size() == circuits && std::ranges::all_of(values, [most](int count) { return count >= 0 && count <= most; });
}

}  // namespace

std::optional<YieldCounts> YieldStore::find(const std::string& id, std::size_t circuits, int cues, int memories) const {
  std::ifstream in(file(id), std::ios::binary);
  if (!in) return std::nullopt;
  const Json json = Json::parse(std::string(std::istreambuf_iterator<char>(in), {}), nullptr, false);
  try {
    if (json.at("program") != program_id() || json.at("id") != id) return std::nullopt;
    YieldCounts counts;
    json.at("recalled").get_to(counts.recalled);
    json.at("stored").get_to(counts.stored);
    const bool possible = are_counts(counts.recalled, circuits, cues) && are_counts(counts.stored, circuits, memories);
    return possible ? std::optional(std::move(counts)) : std::nullopt;
  } catch (const Json::exception&) {
    return std::nullopt;
  }
}

void YieldStore::keep(const std::string& id, const YieldCounts& counts) const {
  std::error_code failed;
  std::filesystem::create_directories(folder_, failed);
  if (failed) throw EnvironmentError(folder_.string() + ": cannot be made: " + failed.message());
  const Json json{{"program", program_id()}, {"id", id}, {"recalled", counts.recalled}, {"stored", counts.stored}};
  write_atomically(file(id), json.dump() + "\n");
}

}  // namespace basin
