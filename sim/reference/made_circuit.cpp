#include "sim/reference/made_circuit.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/design/error.hpp"
#include "sim/reference/run_noise.hpp"
#include "sim/reference/sequences.hpp"

namespace basin {
namespace {

// Enough to tell one attractor from another: Newton's method does the rest.
constexpr double rtol = 1e-6;
constexpr double same_end = 1e-3;  // of S: two runs that end at one operating point

/// 1/RC of every node; 0 of one that lost all its resistors.
Vector rates(const ResistorNetwork& network) {
  return network.total_conductance().cwiseQuotient(network.capacitance);
}

/// The slowest RC, of the nodes that have one; else 0.
double slowest(const ResistorNetwork& network) {
  double longest = 0.0;
  for (const double rate : rates(network)) longest = std::max(longest, rate > 0.0 ? 1.0 / rate : 0.0);
  return longest;
}

}  // namespace

MadeCircuit::MadeCircuit(ResistorNetwork network, AmplifierModel amplifiers)
    : network_(std::move(network)),
      amplifiers_(std::move(amplifiers)),
      free_(network_, amplifiers_),
      slowest_(slowest(network_)),
      fastest_(1.0 / rates(network_).maxCoeff()) {}

bool MadeCircuit::is_same(const Vector& a, const Vector& b) const {
  return (a - b).cwiseAbs().maxCoeff() <= same_end * network_.swing;
}

/// Empty when it is too stiff, or beyond all bounds: this one does not work.
std::optional<AmplifierRun> MadeCircuit::run(const AmplifierSystem& system, const Vector& start, const std::optional<NoisyRun>& noise,
                                             PatternWatch::PatternAt pattern_at) const {
  if (slowest_ == 0.0) return std::nullopt;
  AmplifierRunOptions options{.rtol = rtol, .atol = rtol * network_.swing, .slowest = slowest_, .pattern_at = std::move(pattern_at)};
  std::optional<ThermalNoise> draws;
  if (noise) {
    draws = noise->noise;
    draws->step = std::min(draws->step, followed_step * fastest_);   // a shorted node may be a hundred times as fast as the design's
    options.noise = &*draws;
    options.t_end = noise->t_end;
  }
  try {
    return integrate(system, system.start(start), options);
  } catch (const ClaimError&) {
    return std::nullopt;
  }
}

std::optional<Vector> MadeCircuit::settled(const AmplifierSystem& system, const Vector& start) const {
  const auto found = run(system, start);
  return found && found->settled ? std::optional(Vector(found->y.head(network_.size()))) : std::nullopt;
}

bool MadeCircuit::has_signs(const Drive& drive, const Vector& u_v, const Vector& signs) const {
  const Vector x = signed_volts(network_, amplifiers_, drive, u_v).head(signs.size());
  return (x.cwiseProduct(signs).array() > 0.0).all();
}

bool MadeCircuit::recalls(const PhysicalCue& cue, const Vector& signs, const std::optional<NoisyRun>& noise) {
  const bool is_driven = cue.drive.current.size() > 0 || cue.drive.held_v.size() > 0;
  std::optional<AmplifierSystem> driven;
  if (is_driven) driven.emplace(network_, amplifiers_, cue.drive);
  const AmplifierSystem& system = driven ? *driven : free_;
  if (noise) {
    const auto found = run(system, cue.start, noise);
    return found && has_signs(cue.drive, found->y.head(network_.size()), signs);
  }
  const auto end = settled(system, cue.start);
  if (!end) return false;
  if (!is_driven) {
    for (const Known& known : known_) {
      if (is_same(known.u_v, *end)) return known.stable && has_signs(cue.drive, known.u_v, signs);
    }
  }
  const auto point = operating_point(network_, amplifiers_, *end, cue.drive, false);
  if (!point || !is_same(point->u_v, *end)) return false;
  const bool stable = point->stable.value_or(true);
  if (!is_driven) known_.push_back({point->u_v, stable});
  return stable && has_signs(cue.drive, point->u_v, signs);
}

bool MadeCircuit::follows(const PhysicalCue& cue, const MemorySpec& memory, int target, const std::optional<NoisyRun>& noise) const {
  const AmplifierSystem system(network_, amplifiers_, cue.drive);
  const auto pattern_at = [&](const State& y) {
    const Eigen::Map<const Vector> u(y.data(), network_.size());
    return pattern_of_signs(memory.patterns, signed_volts(network_, amplifiers_, cue.drive, u));
  };
  const auto found = run(system, cue.start, noise, pattern_at);
  return found && sequence_status(found->visits, memory, target) == "recalled";
}

Drive MadeCircuit::drive_of(const Vector& outputs) const {
  return outputs.size() == network_.size() ? Drive{} : hidden_held_off(network_, amplifiers_);
}

std::optional<Vector> MadeCircuit::rest_of(const Vector& outputs) const {
  const Vector total = network_.total_conductance();
  if (!(total.array() > 0.0).all()) return std::nullopt;
  Vector v(network_.size());
  for (Index j = 0; j < v.size(); ++j) {
    const double output = j < outputs.size() ? outputs[j] : -1.0;
    const bool unipolar = network_.unipolar[static_cast<std::size_t>(j)];
    v[j] = network_.swing * amplifiers_.swing_share * (unipolar ? 0.5 * (output + 1.0) : output);
  }
  return Vector((network_.synapses() * v + network_.swing * network_.bias).cwiseQuotient(total));
}

std::optional<OperatingPoint> MadeCircuit::stored(const Vector& outputs) {
  const Vector signs = outputs.head(visible());
  const bool is_free = outputs.size() == network_.size();
  const Drive drive = drive_of(outputs);
  const auto accepted = [&](const Vector& u) -> std::optional<OperatingPoint> {
    auto point = operating_point(network_, amplifiers_, u, drive, false);
    if (!point || !point->stable.value_or(true) || !has_signs(drive, point->u_v, signs)) return std::nullopt;
    return point;
  };
  const auto start = rest_of(outputs);
  if (!start) return std::nullopt;
  if (auto point = accepted(*start)) {
    const bool is_known = std::any_of(known_.begin(), known_.end(), [&](const Known& known) { return is_same(known.u_v, point->u_v); });
    if (is_free && point->stable && !is_known) known_.push_back({point->u_v, true});
    return point;
  }
  const auto end = is_free ? settled(free_, *start) : settled(AmplifierSystem(network_, amplifiers_, drive), *start);
  return end ? accepted(*end) : std::nullopt;
}

bool MadeCircuit::stores(const Vector& outputs) {
  const auto point = stored(outputs);
  if (!point || point->stable) return point.has_value();
  const auto end = settled(AmplifierSystem(network_, amplifiers_, drive_of(outputs)), *rest_of(outputs));
  return end && is_same(*end, point->u_v);
}

}  // namespace basin
