#include "sim/atlas/store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "models/design/sha256.hpp"
#include "sim/io/atomic_file.hpp"
#include "sim/io/program_id.hpp"
#include "sim/toolchain/tool_error.hpp"

namespace basin {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const Vector& values) { return std::vector<double>(values.begin(), values.end()); }

Vector vector_of(const Json& json, Index neurons) {
  const auto values = json.get<std::vector<double>>();
  if (std::ssize(values) != neurons || !std::ranges::all_of(values, [](double x) { return std::isfinite(x); })) {
    throw std::out_of_range("state");
  }
  return Eigen::Map<const Vector>(values.data(), neurons);
}

Json json_of(const Attractor& attractor) {
  Json json{{"stable", attractor.stable}, {"u", json_of(attractor.u)}};
  if (!attractor.is_cycle()) return json;
  json["period"] = *attractor.period;
  json["round"] = Json::array();
  for (Index k = 0; k < attractor.round.rows(); ++k) json["round"].push_back(json_of(Vector(attractor.round.row(k))));
  return json;
}

Attractor attractor_of(const Json& json, Index neurons) {
  Attractor attractor{json.at("stable").get<bool>(), vector_of(json.at("u"), neurons), std::nullopt, {}};
  if (!json.contains("period")) return attractor;
  attractor.period = json.at("period").get<double>();
  const Json& round = json.at("round");
  if (!(*attractor.period > 0.0) || round.empty()) throw std::out_of_range("cycle");
  attractor.round.resize(static_cast<Index>(round.size()), neurons);
  for (std::size_t k = 0; k < round.size(); ++k) attractor.round.row(static_cast<Index>(k)) = vector_of(round[k], neurons);
  return attractor;
}

std::vector<int> labels_of(const Json& json, std::size_t count, std::size_t attractors) {
  const auto labels = json.get<std::vector<int>>();
  const auto possible = [&](int label) { return label >= outside_label && label < static_cast<int>(attractors); };
  if (labels.size() != count || !std::ranges::all_of(labels, possible)) throw std::out_of_range("labels");
  return labels;
}

}  // namespace

std::string BlockStore::id(const StartSet& set, const Plane* plane, std::size_t first, std::size_t count) const {
  std::string text = fmt::format("{} {} {} {} {} {} {}", design_, to_string(set.kind), set.point, set.flips,
                                 set.amplitude, first, count);
  if (plane != nullptr) text += fmt::format(" {}", fmt::join(plane->memories, ","));
  return hex(sha256(text));
}

std::optional<BlockEnds> BlockStore::find(const std::string& id, std::size_t count, Index neurons) const {
  std::ifstream in(file(id), std::ios::binary);
  if (!in) return std::nullopt;
  const Json json = Json::parse(std::string(std::istreambuf_iterator<char>(in), {}), nullptr, false);
  try {
    if (json.at("program") != program_id() || json.at("id") != id) return std::nullopt;
    BlockEnds ends;
    for (const Json& attractor : json.at("attractors")) ends.attractors.push_back(attractor_of(attractor, neurons));
    ends.reference = labels_of(json.at("reference"), count, ends.attractors.size());
    ends.hardware = labels_of(json.at("hardware"), count, ends.attractors.size());
    ends.overflow = json.at("overflow").get<bool>();
    return ends;
  } catch (const Json::exception&) {
    return std::nullopt;
  } catch (const std::out_of_range&) {
    return std::nullopt;
  }
}

void BlockStore::keep(const std::string& id, const BlockEnds& ends) const {
  std::error_code failed;
  std::filesystem::create_directories(folder_, failed);
  if (failed) throw EnvironmentError(folder_.string() + ": cannot be made: " + failed.message());
  Json json{{"program", program_id()}, {"id", id}, {"overflow", ends.overflow}, {"attractors", Json::array()}};
  for (const Attractor& attractor : ends.attractors) json["attractors"].push_back(json_of(attractor));
  json["reference"] = ends.reference;
  json["hardware"] = ends.hardware;
  write_atomically(file(id), json.dump() + "\n");
}

}  // namespace basin
