#include "sim/cli/certify_results.hpp"

#include <fmt/format.h>

#include "models/design/sha256.hpp"
#include "sim/reference/attractors.hpp"

namespace basin::cli {
namespace {

Json exact_boxes(const std::vector<Box>& boxes) {
  Json list = Json::array();
  for (const Box& box : boxes) list.push_back(exact_box(box));
  return list;
}

/// The activation over (−1, 1): a logistic unit is a tanh there.
std::string shape_name(ActivationKind kind) {
  switch (kind) {
    case ActivationKind::tanh:
    case ActivationKind::logistic: return "tanh";
    case ActivationKind::erf: return "erf";
    case ActivationKind::algebraic: return "algebraic";
    case ActivationKind::arctan: return "arctan";
    case ActivationKind::clipped_linear: return "clipped-linear";
    case ActivationKind::table: return "table";
    case ActivationKind::power: return "power";
    case ActivationKind::hard: break;
  }
  return "hard";
}

Json activations_of(const Activations& activations) {
  Json list = Json::array();
  for (const Activation& activation : activations.kinds()) {
    Json points = Json::array();
    const Matrix rows = activation.points();
    for (Index k = 0; k < rows.rows(); ++k) points.push_back(exact_list(rows.row(k)));
    list.push_back({{"kind", shape_name(activation.kind())}, {"exponent", exact(activation.exponent())}, {"points",
                                                                                                          std::move(points)}});
  }
  return list;
}

/// SHA-256 of the words of the network, a line each, after the design's id: what check_certificate makes again.
std::string identity_of(const Json& network, const std::string& design_id) {
  std::string words = design_id;
  const auto add = [&words](const Json& word) { words += "\n" + (word.is_string() ? word.get<std::string>() : word.dump()); };
  add(network["neurons"]);
  add(network["visible"]);
  for (const Json& row : network["weights"]) std::for_each(row.begin(), row.end(), add);
  for (const char* key : {"bias", "gain", "tau", "activation_of"}) std::for_each(network[key].begin(), network[key].end(), add);
  for (const Json& activation : network["activations"]) {
    add(activation["kind"]);
    add(activation["exponent"]);
    for (const Json& point : activation["points"]) std::for_each(point.begin(), point.end(), add);
  }
  return hex(sha256(words));
}

}  // namespace

std::string exact(double value) { return fmt::format("{:a}", value); }

Json exact_list(const Vector& values) {
  Json list = Json::array();
  for (const double value : values) list.push_back(exact(value));
  return list;
}

Json exact_box(const Box& box) {
  Json list = Json::array();
  for (const Interval& x : box) list.push_back({exact(x.lower()), exact(x.upper())});
  return list;
}

Json network_of(const Circuit& core, const std::string& design_id) {
  Json network;
  network["id"] = nullptr;
  network["neurons"] = core.size();
  network["visible"] = core.visible();
  for (Index i = 0; i < core.size(); ++i) network["weights"].push_back(exact_list(core.weights.row(i)));
  network["bias"] = exact_list(core.bias);
  network["gain"] = exact_list(core.gain);
  network["tau"] = exact_list(core.tau);
  network["activations"] = activations_of(core.activation);
  for (Index i = 0; i < core.size(); ++i) network["activation_of"].push_back(core.activation.kind_of(i));
  network["id"] = identity_of(network, design_id);
  return network;
}

namespace {

Json ball_of(const EquilibriumBall& ball) {
  return {{"centre", exact_list(ball.centre)}, {"reach", exact(ball.reach)},         {"defect", exact(ball.defect)},
          {"remainder", exact(ball.remainder)}, {"curvature", exact(ball.curvature)}, {"inner", exact(ball.inner)},
          {"outer", exact(ball.outer)}};
}

Json contraction_of(const Contraction& proof) {
  return {{"method", proof.method == Method::hessian ? "hessian" : "log-norm"}, {"weights", exact_list(proof.weights)}};
}

Json basin_of(const BasinBox& basin) { return {{"boxes", exact_boxes(basin.boxes)}, {"weights", exact_list(basin.weights)}}; }

Json well_of(const Well& well) {
  return {{"radius", exact(well.radius)}, {"depth", exact(well.depth)}, {"start", exact(well.start)},
          {"weights", exact_list(well.weights)}};
}

/// All s_iu_i ≥ level, where the flow contracts without weights.
Json contracting_of(const ContractingBox& box, const Vector& equilibrium) {
  BasinBox alone{0.0, {states_beyond(equilibrium, Vector::Constant(equilibrium.size(), box.level))},
                 Vector::Ones(equilibrium.size())};
  return basin_of(alone);
}

Json claims_of(const MemoryCertificate& memory) {
  Json claims = Json::object();
  if (memory.standing == Standing::not_granted) return claims;
  if (memory.exclusion) {
    claims["exclusion"] = {{"boxes", exact_boxes(memory.exclusion->boxes)}, {"neuron", memory.exclusion->neuron}};
    return claims;
  }
  claims["equilibrium"] = ball_of(*memory.equilibrium);
  if (memory.standing == Standing::impossible) {
    claims["only"] = {{"contraction", contraction_of(*memory.stability)}, {"neuron", memory.wrong_neuron}};
    return claims;
  }
  claims["stability"] = contraction_of(*memory.stability);
  if (memory.basin) claims["basin"] = basin_of(*memory.basin);
  if (memory.well) claims["well"] = well_of(*memory.well);
  if (memory.contracting) claims["contracting"] = contracting_of(*memory.contracting, memory.equilibrium->centre);
  if (memory.hamming) claims["hamming"] = {{"flips", memory.hamming->flips}, {"levels", exact_list(memory.hamming->levels)}};
  return claims;
}

Json result_of(const MemoryCertificate& memory) {
  Json result = Json::object();
  if (memory.equilibrium) {
    result["equilibrium"] = {{"radius", memory.equilibrium->inner}, {"alone_within", number(memory.equilibrium->outer)}};
  }
  if (memory.stability) result["stability"] = memory.stability->method == Method::hessian ? "hessian" : "log-norm";
  if (memory.basin) result["box"] = {{"from_output", memory.basin->level}, {"boxes", memory.basin->boxes.size()}};
  if (memory.contracting) result["contracting"] = {{"from_state", memory.contracting->level}};
  if (memory.hamming) result["hamming"] = {{"flips", memory.hamming->flips}, {"from_state", memory.hamming->levels.maxCoeff()}};
  if (memory.well) {
    result["well"] = {{"start", memory.well->start}, {"radius", memory.well->radius}, {"depth", memory.well->depth}};
  }
  return result;
}

}  // namespace

std::string standing_text(Standing standing) {
  if (standing == Standing::certified) return "certified";
  return standing == Standing::impossible ? "impossible" : "not granted";
}

Json certificate_of(const CertifiedMemories& certified, const std::string& design_id) {
  Json document{{"certificate", "basin memories 1"}, {"design", {{"id", design_id}}}, {"network", network_of(certified.core,
                                                                                                             design_id)}};
  document["memories"] = Json::array();
  for (std::size_t m = 0; m < certified.memories.size(); ++m) {
    const MemoryCertificate& memory = certified.memories[m];
    document["memories"].push_back({{"name", certified.names[m]},
                                    {"signs", sign_text(certified.signs.row(static_cast<Index>(m)))},
                                    {"standing", standing_text(memory.standing)},
                                    {"reason", memory.reason},
                                    {"claims", claims_of(memory)}});
  }
  return document;
}

void add_certified(Json& document, const CertifiedMemories& certified) {
  document["single_equilibrium"] = certified.single.has_value();
  document["memories"] = Json::array();
  for (std::size_t m = 0; m < certified.memories.size(); ++m) {
    const MemoryCertificate& memory = certified.memories[m];
    Json entry{{"name", certified.names[m]},
               {"certified", memory.standing == Standing::certified},
               {"standing", standing_text(memory.standing)}};
    if (!memory.reason.empty()) entry["reason"] = memory.reason;
    entry.update(result_of(memory));
    document["memories"].push_back(std::move(entry));
  }
}

}  // namespace basin::cli
