#include "sim/cli/atlas_results.hpp"

#include <fmt/format.h>

#include "sim/atlas/summary.hpp"
#include "sim/cli/recall_results.hpp"
#include "sim/cli/results_folder.hpp"
#include "sim/io/hdf5_image.hpp"

namespace basin::cli {
namespace {

Json json_of(const Share& share) { return {{"share", share.value}, {"low", share.low}, {"high", share.high}}; }

Json json_of(const Both& both) {
  return {{"starts", both.starts}, {"reference", json_of(both.reference)}, {"hardware", json_of(both.hardware)}};
}

Json points_of(const Design& design, const std::vector<RecallPoint>& points) {
  Json list = Json::array();
  for (const RecallPoint& point : points) {
    Json json{{"flips", point.set.flips}, {"amplitude", point.set.amplitude}};
    json.update(json_of(point.all));
    json["memories"] = Json::array();
    for (std::size_t m = 0; m < point.memories.size(); ++m) {
      Json own{{"name", design.memory.names[m]}};
      own.update(json_of(point.memories[m]));
      json["memories"].push_back(std::move(own));
    }
    list.push_back(std::move(json));
  }
  return list;
}

Json volumes_of(const Atlas& atlas) {
  Json all = Json::object();
  for (const Volumes& volumes : atlas.volumes) {
    Json json{{"amplitude", volumes.set.amplitude}, {"starts", volumes.set.count}};
    for (std::size_t k = 0; k < volumes.classes.size(); ++k) {
      const Both& both = volumes.classes[k];
      json["classes"][to_string(static_cast<EndClass>(k))] = {{"reference", json_of(both.reference)}, {"hardware", json_of(both.hardware)}};
    }
    json["attractors"] = Json::array();
    for (const Volume& volume : volumes.attractors) {
      json["attractors"].push_back({{"attractor", volume.attractor},
                                    {"name", atlas.name(volume.attractor)},
                                    {"reference", json_of(volume.share.reference)},
                                    {"hardware", json_of(volume.share.hardware)}});
    }
    all[to_string(volumes.set.kind)] = std::move(json);
  }
  return all;
}

Json attractors_of(const Atlas& atlas) {
  Json list = Json::array();
  for (const AtlasAttractor& attractor : atlas.attractors) {
    Json json{{"name", attractor.name}, {"stable", attractor.state.stable}};
    if (attractor.state.is_cycle()) {
      json["period"] = *attractor.state.period;
      if (!attractor.passed.empty()) json["passes"] = attractor.passed;
    } else {
      json["energy"] = number(attractor.energy);
      json["signs"] = sign_text(attractor.state.u);
    }
    json["reference"] = attractor.reference;
    json["hardware"] = attractor.hardware;
    json["newton"] = attractor.newton;
    list.push_back(std::move(json));
  }
  return list;
}

Json slices_of(const Design& design, const Atlas& atlas) {
  Json list = Json::array();
  for (const Slice& slice : atlas.slices) {
    Json memories = Json::array();
    for (const int m : slice.plane.memories) memories.push_back(design.memory.names[static_cast<std::size_t>(m)]);
    list.push_back({{"file", slice_file(design, slice)},
                    {"memories", std::move(memories)},
                    {"side", slice.plane.side},
                    {"cells", slice.cells},
                    {"differing", slice.differing}});
  }
  return list;
}

Json disagreement_of(const Design& design, const Atlas& atlas) {
  Json json{{"starts", atlas.starts},
            {"count", atlas.disagreements.size()},
            {"rate", atlas.differing.value},
            {"low", atlas.differing.low},
            {"high", atlas.differing.high},
            {"unsettled", {{"reference", json_of(atlas.unsettled.reference)}, {"hardware", json_of(atlas.unsettled.hardware)}}},
            {"list", Json::array()}};
  for (const Disagreement& one : atlas.disagreements) {
    Json row{{"kind", to_string(one.set.kind)}, {"start", one.number}};
    if (one.memory >= 0) {
      row["memory"] = design.memory.names[static_cast<std::size_t>(one.memory)];
      row["flips"] = one.set.flips;
    }
    row["amplitude"] = one.set.amplitude;
    row["reference"] = atlas.name(one.reference);
    row["hardware"] = atlas.name(one.hardware);
    row["distance"] = one.distance ? Json(one.distance->euclidean) : Json(nullptr);
    row["distance_max"] = one.distance ? Json(one.distance->largest / atlas.bound) : Json(nullptr);   // of B
    if (one.distance) row["on_segment"] = one.distance->on_segment;
    json["list"].push_back(std::move(row));
  }
  return json;
}

Json half_distances(const Design& design, const Atlas& atlas) {
  Json list = Json::array();
  for (std::size_t m = 0; m < design.memory.names.size() && !atlas.distances.empty(); ++m) {
    list.push_back({{"name", design.memory.names[m]},
                    {"reference", number(half_distance(atlas.distances, m, false))},
                    {"hardware", number(half_distance(atlas.distances, m, true))}});
  }
  return list;
}

std::vector<std::int32_t> labels(const std::vector<int>& values) { return {values.begin(), values.end()}; }

}  // namespace

std::string slice_file(const Design& design, const Slice& slice) { return "slice-" + slice.plane.file_part(design.memory) + ".svg"; }

void add_atlas(Json& document, const Design& design, const Atlas& atlas) {
  document["engines"] = engines_of(atlas.engines);
  Json& json = document["atlas"] = Json::object();
  json["scale"] = atlas.bound;
  json["overflow"] = atlas.overflow;
  json["distance"] = points_of(design, atlas.distances);
  json["half_recalled_at"] = half_distances(design, atlas);
  json["amplitude"] = points_of(design, atlas.amplitudes);
  json["volumes"] = volumes_of(atlas);
  json["attractors"] = attractors_of(atlas);
  json["slices"] = slices_of(design, atlas);
  json["disagreement"] = disagreement_of(design, atlas);
}

void write_atlas(const std::filesystem::path& folder, const Design& design, const Atlas& atlas) {
  Hdf5Image image;
  const auto neurons = static_cast<std::size_t>(atlas.prepared.realised.size());
  std::vector<double> states;
  std::vector<std::string> names;
  for (const AtlasAttractor& attractor : atlas.attractors) {
    states.insert(states.end(), attractor.state.u.begin(), attractor.state.u.end());
    names.push_back(attractor.name);
  }
  const std::string unit = design.circuit.units == Units::physical ? "V" : "1";
  if (!names.empty()) {
    image.add("/attractor/u", {names.size(), neurons}, states, unit);
    image.add("/attractor/name", {names.size()}, names);
  }
  for (const SetEnds& ends : atlas.sets) {
    const std::string path = fmt::format("/starts/{}/{}/", to_string(ends.set.kind), ends.set.point);
    image.add(path + "reference", {ends.reference.size()}, labels(ends.reference), "1");
    if (ends.set.kind != StartKind::newton) image.add(path + "hardware", {ends.hardware.size()}, labels(ends.hardware), "1");
  }
  for (std::size_t k = 0; k < atlas.slices.size(); ++k) {
    const std::string path = fmt::format("/slice/{}/", k);
    image.add(path + "reference", {slice_cells, slice_cells}, labels(atlas.slices[k].reference), "1");
    image.add(path + "hardware", {slice_cells, slice_cells}, labels(atlas.slices[k].hardware), "1");
  }
  write_result(folder / "results.h5", image.finish());
}

}  // namespace basin::cli
