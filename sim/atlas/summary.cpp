#include "sim/atlas/summary.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "models/circuit/pattern_visits.hpp"

namespace basin {
namespace {

bool starts_with(const std::string& text, std::string_view head) { return text.compare(0, head.size(), head) == 0; }

EndClass class_of(const std::string& name, const MemorySpec& memory) {
  const std::string status = recall_status(name, memory, -1);
  if (status == "recalled") return EndClass::memory;
  if (status == "other") return EndClass::inverse;
  return starts_with(name, "mixture:") ? EndClass::mixture : EndClass::spurious;
}

/// Memories whose signs a cycle takes, in the order of time.
std::vector<std::string> passed_by(const Attractor& cycle, const MemorySpec& memory) {
  std::vector<PatternVisit> visits;
  for (Index k = 0; k < cycle.round.rows(); ++k) {
    const Index m = pattern_of_signs(memory.patterns, cycle.round.row(k));
    if (is_new_visit(visits, m)) visits.push_back({m, static_cast<double>(k)});
  }
  if (visits.size() > 1 && visits.front().pattern == visits.back().pattern) visits.pop_back();
  std::vector<std::string> names;
  for (const PatternVisit& visit : visits) names.push_back(memory.names[static_cast<std::size_t>(visit.pattern)]);
  return names;
}

struct Counts {
  std::size_t starts = 0;
  std::size_t reference = 0;
  std::size_t hardware = 0;

  [[nodiscard]] Both both() const { return {starts, share_of(reference, starts), share_of(hardware, starts)}; }
};

RecallPoint recall_point(const Design& design, const Atlas& atlas, const SetEnds& ends) {
  const std::vector<std::string>& names = design.memory.names;
  std::vector<Counts> memories(names.size());
  Counts all;
  for (std::size_t s = 0; s < ends.reference.size(); ++s) {
    const std::size_t m = s % names.size();
    const auto recalled = [&](int label) { return label >= 0 && atlas.attractors[static_cast<std::size_t>(label)].name == names[m]; };
    for (Counts* counts : {&all, &memories[m]}) {
      ++counts->starts;
      counts->reference += recalled(ends.reference[s]) ? 1 : 0;
      counts->hardware += recalled(ends.hardware[s]) ? 1 : 0;
    }
  }
  RecallPoint point{ends.set, all.both(), {}};
  for (const Counts& counts : memories) point.memories.push_back(counts.both());
  return point;
}

EndClass class_of_label(const Atlas& atlas, int label) {
  return label < 0 ? EndClass::unsettled : atlas.attractors[static_cast<std::size_t>(label)].kind;
}

Volumes volumes_of(const Atlas& atlas, const SetEnds& ends) {
  std::map<int, Counts> counts;
  std::vector<Counts> classes(end_classes);
  for (std::size_t s = 0; s < ends.reference.size(); ++s) {
    ++counts[ends.reference[s]].reference;
    ++counts[ends.hardware[s]].hardware;
    ++classes[static_cast<std::size_t>(class_of_label(atlas, ends.reference[s]))].reference;
    ++classes[static_cast<std::size_t>(class_of_label(atlas, ends.hardware[s]))].hardware;
  }
  Volumes volumes{ends.set, {}, {}};
  for (Counts& each : classes) {
    each.starts = ends.reference.size();
    volumes.classes.push_back(each.both());
  }
  std::vector<std::pair<int, Counts>> order(counts.begin(), counts.end());
  std::ranges::stable_sort(order, [](const auto& a, const auto& b) { return a.second.reference > b.second.reference; });
  for (auto& [label, each] : order) {
    each.starts = ends.reference.size();
    if (label >= 0) volumes.attractors.push_back({label, each.both()});
  }
  return volumes;
}

void count_hits(const SetEnds& ends, Atlas& atlas) {
  const bool newton = ends.set.kind == StartKind::newton;
  for (const int label : ends.reference) {
    if (label < 0) continue;
    AtlasAttractor& attractor = atlas.attractors[static_cast<std::size_t>(label)];
    ++(newton ? attractor.newton : attractor.reference);
  }
  for (const int label : ends.hardware) {
    if (label >= 0) ++atlas.attractors[static_cast<std::size_t>(label)].hardware;
  }
}

void add_disagreements(const Design& design, const SetEnds& ends, Counts& unsettled, Atlas& atlas) {
  const bool of_memories = ends.set.kind == StartKind::flips || ends.set.kind == StartKind::amplitude;
  for (std::size_t s = 0; s < ends.reference.size(); ++s) {
    const int reference = ends.reference[s], hardware = ends.hardware[s];
    ++unsettled.starts;
    unsettled.reference += reference == unsettled_label ? 1 : 0;
    unsettled.hardware += hardware == unsettled_label ? 1 : 0;
    if (reference == hardware || reference == unsettled_label || hardware == unsettled_label) continue;
    const int memory = of_memories ? static_cast<int>(s % design.memory.names.size()) : -1;
    atlas.disagreements.push_back({ends.set, s, memory, reference, hardware, std::nullopt});
  }
}

}  // namespace

const char* to_string(EndClass kind) {
  switch (kind) {
    case EndClass::memory: return "memories";
    case EndClass::inverse: return "inverses";
    case EndClass::mixture: return "mixtures";
    case EndClass::spurious: return "other equilibria";
    case EndClass::cycle: return "limit cycles";
    case EndClass::unsettled: break;
  }
  return "unsettled";
}

void name_attractors(const Design& design, Atlas& atlas) {
  AttractorNames names(design.memory, atlas.bound);
  std::size_t cycles = 0;
  for (AtlasAttractor& attractor : atlas.attractors) {
    const Attractor& state = attractor.state;
    if (state.is_cycle()) {
      attractor.name = "limit-cycle:" + std::to_string(++cycles);
      attractor.kind = EndClass::cycle;
      if (design.memory.patterns.rows() > 0) attractor.passed = passed_by(state, design.memory);
      continue;
    }
    attractor.name = names.name({true, state.stable, state.u, 0.0, {}});
    attractor.kind = class_of(attractor.name, design.memory);
    attractor.energy = energy(atlas.prepared.realised, state.u);
  }
}

void summarise(const Design& design, Atlas& atlas) {
  Counts unsettled;
  for (const SetEnds& ends : atlas.sets) {
    count_hits(ends, atlas);
    if (ends.set.kind == StartKind::newton) continue;
    add_disagreements(design, ends, unsettled, atlas);
    switch (ends.set.kind) {
      case StartKind::flips: atlas.distances.push_back(recall_point(design, atlas, ends)); break;
      case StartKind::amplitude: atlas.amplitudes.push_back(recall_point(design, atlas, ends)); break;
      default: atlas.volumes.push_back(volumes_of(atlas, ends)); break;
    }
  }
  atlas.starts = unsettled.starts;
  atlas.unsettled = unsettled.both();
  atlas.differing = share_of(atlas.disagreements.size(), atlas.starts);
}

std::optional<double> half_distance(const std::vector<RecallPoint>& distances, std::size_t m, bool of_hardware) {
  constexpr double half = 0.5;
  double before = 1.0, at = 0.0;
  for (const RecallPoint& point : distances) {
    const Both& both = point.memories[m];
    const double share = (of_hardware ? both.hardware : both.reference).value;
    const double d = point.set.flips;
    if (share < half) return before < half ? 0.0 : at + (d - at) * (before - half) / (before - share);
    before = share;
    at = d;
  }
  return std::nullopt;
}

}  // namespace basin
