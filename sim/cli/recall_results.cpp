#include "sim/cli/recall_results.hpp"

#include "sim/cli/learn_results.hpp"
#include "sim/cli/solution_report.hpp"

namespace basin::cli {
namespace {

Json counts_of(const CueCounts& counts) {
  return {{"count", counts.count},
          {"same_attractor", counts.same_attractor},
          {"recalled", counts.recalled},
          {"borderline", counts.borderline},
          {"moved_by_weights", counts.moved_by_weights},
          {"unsettled", counts.unsettled}};
}

Json deviation_of(const Deviation& deviation) {
  Json json{{"normalised", number(deviation.normalised)},
            {"limit", number(deviation.limit)},
            {"max", number(deviation.max)},
            {"p95", number(deviation.p95)},
            {"rms", number(deviation.rms)},
            {"total", number(deviation.total)}};
  if (deviation.total_limit) json["total_limit"] = *deviation.total_limit;
  json["bound"] = number(deviation.bound);
  json["at"] = {{"cue", deviation.at.cue}, {"neuron", deviation.at.neuron}, {"step", deviation.at.step}};
  const Blame& blame = deviation.blame;
  json["blame"] = {{"step", number(blame.step)},
                   {"weights", number(blame.weights)},
                   {"table", number(blame.table)},
                   {"state", number(blame.state)}};
  return json;
}

Json statistic_of(const InvariantStatistic& statistic) {
  return {{"circuit", number(statistic.circuit)}, {"hardware", number(statistic.hardware)}, {"allowed", number(statistic.allowed)}};
}

Json chaos_of(const ChaosComparison& chaos) {
  Json json{{"lyapunov", number(chaos.exponent.largest)},
            {"standard_error", number(chaos.exponent.standard_error)},
            {"shadowing_time", number(chaos.shadowing_time)},
            {"expected_shadowing", number(chaos.expected_shadowing)},
            {"neurons", Json::array()}};
  for (const NeuronStatistics& neuron : chaos.neurons) {
    json["neurons"].push_back({{"mean", statistic_of(neuron.mean)},
                               {"variance", statistic_of(neuron.variance)},
                               {"histogram", statistic_of(neuron.histogram)}});
  }
  return json;
}

Json recall_of(const MemorySpec& memory, const Recall& recall, bool against_reference) {
  Json json{{"cue", recall.cue}};
  if (!recall.target.empty()) json["target"] = recall.target;
  json["attractor"] = recall.attractor;
  if (against_reference) json["reference_attractor"] = recall.reference_attractor;
  json["signs"] = recall.signs;
  if (recall.overlap) json["overlap"] = number(*recall.overlap);
  json["energy"] = number(recall.energy);
  json["settle_time"] = number(recall.settle_time);
  json["steps"] = recall.steps;
  json["engine"] = recall.engine;
  json["status"] = recall.status;
  json["reason"] = to_string(recall.reason);
  if (recall.period) json["period"] = number(*recall.period);
  if (against_reference && recall.reference_period) json["reference_period"] = number(*recall.reference_period);
  if (recall.chaos) json["chaos"] = chaos_of(*recall.chaos);
  if (!recall.sequence.empty()) json["sequence"] = sequence_of(memory, recall.sequence);
  if (!against_reference) return json;
  json["same_attractor"] = recall.same_attractor;
  json["deviation"] = number(recall.deviation);
  json["amplification"] = number(recall.amplification);
  json["borderline"] = recall.borderline;
  if (!recall.borderline_reason.empty()) json["borderline_reason"] = recall.borderline_reason;
  json["moved_by_weights"] = recall.moved_by_weights;
  return json;
}

}  // namespace

Json engines_of(const std::vector<EngineReport>& engines) {
  Json json = Json::object();
  for (const EngineReport& engine : engines) {
    Json entry{{"bit_exact", engine.bit_exact}, {"cues", engine.cues.size()}, {"steps", engine.steps}};
    if (engine.cycles > 0) entry["cycles"] = engine.cycles;
    entry["overflow"] = engine.overflow;
    if (const auto& miss = engine.mismatch) {
      entry["mismatch"] = {{"cue", miss->cue},
                           {"step", miss->step},
                           {"neuron", miss->neuron},
                           {"expected", miss->expected},
                           {"got", miss->got}};
    }
    if (!engine.identity_problem.empty()) entry["identity_problem"] = engine.identity_problem;
    json[engine.name] = std::move(entry);
  }
  return json;
}

Json formats_of(const Quantised& quantised) {
  const FixedNetwork& network = quantised.network;
  Json json{{"neurons", network.neurons},
            {"lanes", network.core.lanes},
            {"step_exponent", network.step_exponent},
            {"order", network.order},
            {"state_bits", network.core.state_bits},
            {"weight_bits", network.core.weight_bits},
            {"drive_bits", network.core.drive_bits},
            {"bias_bits", network.core.bias_bits},
            {"table_segments", network.core.table_segments},
            {"lsb_state", number(network.lsb_state)},
            {"lsb_weight", number(network.lsb_weight)},
            {"scale", number(quantised.bound)},
            {"stability_limit", number(quantised.stability_limit)}};
  if (!quantised.stability_note.empty()) json["stability_note"] = quantised.stability_note;
  json["reasons"] = quantised.reasons;
  return json;
}

Json memories_of(const std::vector<MemoryReport>& memories) {
  Json list = Json::array();
  for (const MemoryReport& memory : memories) {
    list.push_back({{"name", memory.name},
                    {"stored", truth(memory.stored)},
                    {"certified", truth(memory.certified)},
                    {"margin", number(memory.margin)}});
  }
  return list;
}

Json recalls_of(const MemorySpec& memory, const std::vector<Recall>& recalls, bool against_reference) {
  Json list = Json::array();
  for (const Recall& recall : recalls) list.push_back(recall_of(memory, recall, against_reference));
  return list;
}

void add_verification(Json& document, const Design& design, const Verification& verification) {
  if (!verification.reasons.empty()) document["reasons"] = verification.reasons;
  add_hidden(document, design, verification.prepared.learned);
  if (design.problem.kind != ProblemKind::none) {
    document["solution"] = solution_of(verification.solution);
    document["reference_solution"] = solution_of(verification.reference_solution);
  }
  document["cues"] = counts_of(verification.cues);
  document["deviation"] = deviation_of(verification.deviation);
  document["engines"] = engines_of(verification.engines);
  for (const LeftOut& out : verification.left_out) document["engines_left_out"][out.engine] = out.reason;
  if (!verification.memories.empty()) document["memories"] = memories_of(verification.memories);
  document["formats"] = formats_of(verification.prepared.quantised);
  document["recalls"] = recalls_of(design.memory, verification.recalls, true);
}

}  // namespace basin::cli
