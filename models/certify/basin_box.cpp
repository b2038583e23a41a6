#include "models/certify/basin_box.hpp"

#include <algorithm>
#include <cmath>

namespace basin {
namespace {

constexpr std::size_t most_boxes = 40;

std::vector<double> ladder_of_levels() {
  std::vector<double> levels;
  for (int k = 1; k < 200; ++k) levels.push_back(0.005 * k);
  for (const double level : {0.998, 0.999, 0.9995, 0.9999, 0.99999, 0.999999}) levels.push_back(level);
  return levels;
}

/// States s_iu_i at which |V_i| is about `level`, but no further out than just below the equilibrium: found by bisection, for
/// any activation that rises from there.
Vector states_of_level(const Circuit& core, const Vector& equilibrium, double level) {
  constexpr double below = 0.999;
  Vector states(core.size());
  for (Index i = 0; i < core.size(); ++i) {
    double low = 0.0, high = below * std::abs(equilibrium[i]);
    const double s = equilibrium[i] > 0.0 ? core.gain[i] : -core.gain[i];
    const auto reaches = [&](double u) { return std::abs(core.activation.of(i).value(s * u)) >= level; };
    for (int k = 0; k < 40 && reaches(high); ++k) {
      const double middle = 0.5 * (low + high);
      (reaches(middle) ? high : low) = middle;
    }
    states[i] = high;
  }
  return states;
}

/// A guess, in doubles, at the least of s_iF_i over states_beyond, and at what a wrong sign at j takes from it (`losses`).
struct Worst {
  Vector drive;
  Matrix losses;
};

Worst worst_drives(const Circuit& core, const Vector& equilibrium, const Vector& levels) {
  const Vector s = equilibrium.cwiseSign();
  Vector v(core.size());
  for (Index j = 0; j < v.size(); ++j) v[j] = s[j] * core.activation.of(j).value(core.gain[j] * s[j] * levels[j]);
  const Matrix aligned = s.asDiagonal() * core.weights * s.asDiagonal();
  const Matrix helping = aligned.cwiseMax(0.0);
  const Vector drive = helping * v + (aligned - helping).rowwise().sum() + s.cwiseProduct(core.bias);
  return {drive, helping * (v.array() + 1.0).matrix().asDiagonal()};
}

/// Outwards to a grid, and one step more: the room that makes "strictly inside", and numbers that are short to write.
Interval on_grid(const Interval& x, double grid) {
  return {(std::floor(x.lower() / grid) - 1.0) * grid, (std::ceil(x.upper() / grid) + 1.0) * grid};
}

/// A power of two, 2^-24 of the largest drive or less.
double grid_of(const Box& box) {
  double largest = 0.0;
  for (const Interval& x : box) largest = std::max(largest, x.magnitude());
  return std::ldexp(1.0, std::ilogb(largest) - 24);
}

/// The boxes from `first` on, down to one where the flow contracts; empty where that is not reached.
std::optional<BasinBox> shrink(const EnclosedCircuit& circuit, Box first) {
  BasinBox proof;
  proof.boxes.push_back(std::move(first));
  while (proof.boxes.size() < most_boxes) {
    const Box& last = proof.boxes.back();
    const Vector slopes = circuit.largest_slopes(last);
    proof.weights = perron_weights(circuit, slopes);
    if (proof.boxes.size() > 1 && log_norm_is_negative(circuit, slopes, proof.weights)) return proof;
    const Box drives = circuit.map(last);
    const double grid = grid_of(drives);
    Box next;
    bool shrinks = false;
    for (std::size_t i = 0; i < last.size(); ++i) {
      bool empty = false;
      next.push_back(intersection(on_grid(drives[i], grid), last[i], empty));
      if (empty || !next.back().holds_strictly(drives[i])) return std::nullopt;
      shrinks = shrinks || !(next.back().width() > 0.999 * last[i].width());
    }
    if (!shrinks) return std::nullopt;
    proof.boxes.push_back(std::move(next));
  }
  return std::nullopt;
}

/// The most flips that leave every drive above its level, in intervals.
Index proved_flips(const EnclosedCircuit& circuit, const Vector& equilibrium, const Vector& levels) {
  const Box outputs = circuit.neurons().outputs(states_beyond(equilibrium, levels));
  const Box drives = circuit.drives(outputs);
  Index most = circuit.size();
  for (Index i = 0; i < circuit.size(); ++i) {
    const double s = equilibrium[i] > 0.0 ? 1.0 : -1.0;
    Interval left = Interval(s) * drives[static_cast<std::size_t>(i)];
    std::vector<double> losses;   // what s_iF_i falls by when V_j is anywhere
    for (Index j = 0; j < circuit.size(); ++j) {
      const double w = s * circuit.row(i)[static_cast<std::size_t>(j)];
      const Interval v = outputs[static_cast<std::size_t>(j)];
      const Interval least = w > 0.0 ? Interval(v.lower()) + 1.0 : Interval(1.0) - v.upper();
      losses.push_back((Interval(std::abs(w)) * least).upper());
    }
    std::ranges::sort(losses, std::greater<>());
    Index flips = -1;
    while (flips < most && left.lower() > levels[i]) {
      if (++flips == circuit.size()) break;
      left -= losses[static_cast<std::size_t>(flips)];
    }
    most = std::min(most, flips);
  }
  return most;
}

/// The same in doubles: a guess that says which levels are worth a proof.
Index guessed_flips(const Worst& worst, const Vector& levels) {
  Index most = levels.size();
  for (Index i = 0; i < levels.size(); ++i) {
    Vector losses = worst.losses.row(i);
    std::sort(losses.begin(), losses.end(), std::greater<>());
    double left = worst.drive[i] - levels[i];
    Index flips = -1;
    while (flips < most && left > 0.0) {
      if (++flips == levels.size()) break;
      left -= losses[flips];
    }
    most = std::min(most, flips);
  }
  return most;
}

}  // namespace

Box states_beyond(const Vector& equilibrium, const Vector& levels) {
  Box box;
  for (Index i = 0; i < levels.size(); ++i) {
    box.push_back(equilibrium[i] > 0.0 ? Interval(levels[i], Interval::infinity) : Interval(-Interval::infinity, -levels[i]));
  }
  return box;
}

std::optional<BasinBox> basin_box(const EnclosedCircuit& circuit, const Vector& equilibrium) {
  constexpr int most_failures = 12;
  int failures = 0;
  for (const double level : ladder_of_levels()) {
    const Vector levels = states_of_level(circuit.core(), equilibrium, level);
    if (!(worst_drives(circuit.core(), equilibrium, levels).drive.array() > levels.array()).all()) continue;
    if (auto proof = shrink(circuit, states_beyond(equilibrium, levels))) {
      proof->level = level;
      return proof;
    }
    if (++failures == most_failures) break;
  }
  return std::nullopt;
}

std::optional<ContractingBox> contracting_box(const EnclosedCircuit& circuit, const Vector& equilibrium) {
  const Vector ones = Vector::Ones(circuit.size());
  const auto proved = [&](double level) {
    const Box box = states_beyond(equilibrium, level * ones);
    const Box drives = circuit.map(box);
    for (std::size_t i = 0; i < box.size(); ++i) {
      if (!box[i].holds_strictly(drives[i])) return false;
    }
    return log_norm_is_negative(circuit, circuit.largest_slopes(box), ones);
  };
  double low = 0.0, high = equilibrium.cwiseAbs().minCoeff() * (1.0 - 1e-6);
  if (!(high > 0.0) || !proved(high)) return std::nullopt;
  while (high - low > 1e-9 * high) {
    const double middle = 0.5 * (low + high);
    (proved(middle) ? high : low) = middle;
  }
  return ContractingBox{high};
}

std::optional<HammingBall> hamming_ball(const EnclosedCircuit& circuit, const Vector& equilibrium, const BasinBox& box,
                                        double amplitude) {
  Index best = -1;
  Vector levels;
  for (const double level : ladder_of_levels()) {
    if (level < box.level) continue;
    const Vector tried = states_of_level(circuit.core(), equilibrium, level);
    if (tried.maxCoeff() > amplitude) break;
    const Index guess = guessed_flips(worst_drives(circuit.core(), equilibrium, tried), tried);
    if (guess > best) {
      best = guess;
      levels = tried;
    }
  }
  if (best < 0) return std::nullopt;
  const Index flips = proved_flips(circuit, equilibrium, levels);
  if (flips < 0) return std::nullopt;
  return HammingBall{flips, levels};
}

}  // namespace basin
