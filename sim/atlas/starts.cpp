#include "sim/atlas/starts.hpp"

#include "models/design/random.hpp"

namespace basin {
namespace {

/// Starts of one set share no draw with those of another.
Random random_of(const Design& design, const StartSet& set, std::size_t number) {
  const auto kind = static_cast<std::uint32_t>(set.kind);
  return {design.cues.seed, Stream::atlas_starts, kind << 29U | set.point << 21U | static_cast<std::uint32_t>(number)};
}

/// Thresholds of the visible neurons.
Vector thresholds(const Design& design) { return design.circuit.threshold.head(visible_neurons(design)); }

}  // namespace

Index visible_neurons(const Design& design) {
  return design.memory.patterns.rows() > 0 ? design.memory.patterns.cols() : static_cast<Index>(design.neurons);
}

const char* to_string(StartKind kind) {
  switch (kind) {
    case StartKind::flips: return "flips";
    case StartKind::amplitude: return "amplitude";
    case StartKind::signs: return "signs";
    case StartKind::box: return "box";
    case StartKind::slice: return "slice";
    case StartKind::newton: break;
  }
  return "newton";
}

Start make_start(const Design& design, const StartSet& set, std::size_t number, const Plane* plane) {
  if (set.kind == StartKind::slice) return {plane->point(number), -1};
  Random random = random_of(design, set, number);
  if (set.kind == StartKind::flips || set.kind == StartKind::amplitude) {
    const auto m = static_cast<Index>(number % static_cast<std::size_t>(design.memory.patterns.rows()));
    Vector signs = design.memory.patterns.row(m);
    for (const Index i : chosen(signs.size(), set.flips, random)) signs[i] = -signs[i];
    return {set.amplitude * signs, static_cast<int>(m)};
  }
  Vector u(visible_neurons(design));
  for (double& value : u) {
    value = set.amplitude * (set.kind == StartKind::signs ? random.sign() : 2.0 * random.uniform() - 1.0);
  }
  return {set.kind == StartKind::signs ? u : Vector(u + thresholds(design)), -1};
}

}  // namespace basin
