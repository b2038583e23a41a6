#include "sim/cli/learn_results.hpp"

#include <set>

#include "sim/reference/attractors.hpp"

namespace basin::cli {

Json impossibility_of(const Impossibility& proof, const MemorySpec& memory) {
  std::set<Index> used;
  for (const Impossibility::Multiplier& part : proof.multipliers) used.insert(part.memory);
  Json certificate{{"symmetric", proof.symmetric}, {"memories", Json::object()}, {"multipliers", Json::array()}};
  const auto name = [&memory](Index m) { return memory.names[static_cast<std::size_t>(m)]; };
  for (const Index m : used) certificate["memories"][name(m)] = sign_text(memory.patterns.row(m).transpose());
  for (const Impossibility::Multiplier& part : proof.multipliers) {
    certificate["multipliers"].push_back(
        {{"memory", name(part.memory)}, {"neuron", part.neuron}, {"value", part.value}});
  }
  return {{"certified", holds(proof, memory.patterns)}, {"certificate", std::move(certificate)}};
}

void add_hidden(Json& document, const Design& design, const Learned& learned) {
  if (design.memory.rule != Rule::any && design.memory.rule != Rule::sequence) return;
  document["hidden"] = {{"count", learned.hidden.count()}, {"proved_least", learned.impossibility ? 1 : 0}};
}

Json sequence_of(const MemorySpec& memory, const std::vector<PatternVisit>& visits) {
  Json list = Json::array();
  for (const PatternVisit& visit : visits) {
    list.push_back({{"memory", memory.names[static_cast<std::size_t>(visit.pattern)]}, {"t", number(visit.t)}});
  }
  return list;
}

}  // namespace basin::cli
