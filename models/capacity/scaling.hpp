#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace basin {

/// Recalls of one number of neurons at one load: in each trial `recalled[t]` of `recalls` came back.
struct LoadPoint {
  double load = 0.0;
  int recalls = 1;
  std::vector<int> recalled;
};

/// One number of neurons at several loads.
struct SizePoints {
  int neurons = 0;
  std::vector<LoadPoint> points;
};

/// α½(N): the load at which half of the recalls come back; its error is the standard deviation of the bootstrap's.
struct HalfLoad {
  int neurons = 0;
  double load = 0.0;
  double error = 0.0;
};

/// α_c as N → ∞ with the 95 % interval of the bootstrap.
struct ExtrapolatedLoad {
  double exponent = 0.0;   // x of α½(N) = α_c + a N^−x
  double load = 0.0;
  double low = 0.0;
  double high = 0.0;
  double misfit = 0.0;     // χ² of the sizes about the line: about their number less two where the exponent is right
};

/// Finite-size scaling as docs/capacity.md fixes it.
struct FiniteSizeScaling {
  std::vector<HalfLoad> halves;              // by rising N
  std::vector<ExtrapolatedLoad> estimates;   // x = 2/3, then 1/2 and 1 to show what the choice of x is worth
};

/// The load at which a logistic curve through the shares recalled, fitted by maximum likelihood with half a recall added on
/// each side at every load, is ½; empty unless the shares at the loads given lie on both sides of ½.
std::optional<double> half_load(std::span<const LoadPoint> points);

/// α½ of every size, and a straight line through them over N^−x, weighted by their errors, at N → ∞. The bootstrap draws the
/// trials of every cell with replacement, 1,000 times, by `seed`; α½ of a draw is where its curve is ½ even if that lies beyond
/// the loads. Sizes without an α½, or without an error of it, are left out: those where the draws are all alike, as they are of
/// one trial, or where the curve of a draw does not fall with the load. Empty when fewer than three are left.
std::optional<FiniteSizeScaling> scale_to_infinity(std::span<const SizePoints> sizes, std::uint64_t seed);

}  // namespace basin
