#include <cstdint>

#include "sim/certify/dense_weights.hpp"
#include "sim/cli/certify_a_priori.hpp"
#include "sim/cli/certify_results.hpp"

namespace basin::cli {
namespace {

Json tables_of(const FixedNetwork& network) {
  Json tables = Json::array();
  for (const std::vector<Segment>& table : network.tables) {
    Json segments = Json::array();
    for (const Segment& segment : table) segments.push_back({segment.base, segment.rise});
    tables.push_back(std::move(segments));
  }
  return tables;
}

/// The integers of docs/arithmetic.md, and what their unit is worth.
Json core_of(const Quantised& quantised) {
  const FixedNetwork& network = quantised.network;
  const CoreConfig& core = network.core;
  Json document{{"lsb", exact(network.lsb_state)},
                {"dt", exact(network.dt)},
                {"state_shift", core.state_shift},
                {"state_bits", core.state_bits},
                {"output_bits", core.drive_bits},
                {"order", network.order},
                {"step", network.step_exponent},
                {"biases", network.biases},
                {"taus", network.taus},
                {"selectors", network.selectors},
                {"table_domain", core.table_domain},
                {"table_odd", core.table_odd},
                {"tables", tables_of(network)}};
  document["gains"] = Json::array();
  for (const GainWord& word : network.gains) document["gains"].push_back({word.exponent, word.mantissa});
  document["weights"] = Json::array();
  const Matrix weights = integer_weights(quantised);
  for (const auto& row : weights.rowwise()) {
    Json whole = Json::array();
    for (const double weight : row) whole.push_back(static_cast<std::int64_t>(weight));
    document["weights"].push_back(std::move(whole));
  }
  return document;
}

Json entry_of(const char* formats, const Quantised& quantised, const AprioriBounds& bounds, const std::string& design_id) {
  Json sets = Json::array();
  for (const BoundedSet& set : bounds.sets) {
    if (!set.error()) continue;
    sets.push_back({{"name", set.name}, {"states", exact_box(set.states)}, {"error", exact_list(set.errors)}});
  }
  return {{"formats", formats},
          {"bound", exact(bounds.scale)},
          {"network", network_of(with_dense_weights(quantised.realised), design_id)},
          {"core", core_of(quantised)},
          {"sets", std::move(sets)}};
}

}  // namespace

Json bounds_certificate(const Apriori& found, const std::string& design_id) {
  Json document{{"certificate", "basin bounds 1"}, {"design", {{"id", design_id}}}, {"epsilon", exact(found.epsilon)}};
  document["cores"] = Json::array({entry_of("own", found.quantised, found.bounds, design_id)});
  const FormatChoice& choice = found.choice;
  if (choice.hardware) document["cores"].push_back(entry_of("chosen", choice.quantised, choice.bounds, design_id));
  return document;
}

}  // namespace basin::cli
