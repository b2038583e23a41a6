#include "models/certify/equilibrium_ball.hpp"

#include <Eigen/LU>
#include <algorithm>
#include <array>
#include <cmath>

namespace basin {
namespace {

constexpr double room = 0x1p-20;       // what bounds are rounded away by
constexpr double inverted = 0x1p-40;   // the least Z0 claimed: any inverse in doubles of a sound Jacobian is as good

double raised(double bound) { return bound * (1.0 + room); }

/// What does not depend on the reach.
class Preconditioned {
 public:
  Preconditioned(const EnclosedCircuit& circuit, const Vector& centre) : circuit_(circuit), centre_(centre) {
    const Index n = circuit.size();
    const Box at = ball(centre, 0.0);
    const Box slopes = circuit.neurons().slopes(at);
    Eigen::MatrixXd jacobian = circuit.core().weights;
    for (Index j = 0; j < n; ++j) jacobian.col(j) *= slopes[static_cast<std::size_t>(j)].middle();
    jacobian.diagonal().array() -= 1.0;
    inverse_ = Eigen::PartialPivLU<Eigen::MatrixXd>(jacobian).inverse();
    if (!inverse_.allFinite()) return;
    const Matrix& w = circuit.core().weights;
    for (Index j = 0; j < n; ++j) columns_.emplace_back(w.col(j).begin(), w.col(j).end());
    defect_ = enclosed_defect(at);
    sizes_.assign(static_cast<std::size_t>(n), Box());
    remainder_ = 0.0;
    for (Index i = 0; i < n; ++i) remainder_ = std::max(remainder_, examine_row(i, slopes));
  }

  [[nodiscard]] bool is_usable() const { return std::isfinite(defect_) && remainder_ < 1.0; }
  [[nodiscard]] double defect() const { return defect_; }
  [[nodiscard]] double remainder() const { return remainder_; }

  /// Z2 over |u − ū| ≤ reach.
  [[nodiscard]] double curvature(double reach) const {
    const Box near = ball(centre_, reach);
    std::vector<double> bounds;
    for (Index j = 0; j < circuit_.size(); ++j) {
      bounds.push_back(circuit_.neurons().curvature(j, near[static_cast<std::size_t>(j)]));
    }
    if (!std::all_of(bounds.begin(), bounds.end(), [](double bound) { return std::isfinite(bound); })) {
      return std::numeric_limits<double>::infinity();
    }
    double largest = 0.0;
    for (const Box& row : sizes_) largest = std::max(largest, dot(0.0, bounds, row).upper());
    return largest;
  }

 private:
  [[nodiscard]] std::span<const double> inverse_row(Index i) const {
    return {inverse_.data() + i * inverse_.cols(), static_cast<std::size_t>(inverse_.cols())};
  }

  /// ‖A f(ū)‖.
  [[nodiscard]] double enclosed_defect(const Box& at) const {
    Box f = circuit_.map(at);
    for (std::size_t i = 0; i < f.size(); ++i) f[i] -= at[i];
    double largest = 0.0;
    for (Index i = 0; i < circuit_.size(); ++i) largest = std::max(largest, dot(0.0, inverse_row(i), f).magnitude());
    return largest;
  }

  /// Row i of |A W|, kept, and of ‖1 − A(W G − 1)‖, G = diag(slopes).
  double examine_row(Index i, const Box& slopes) {
    Interval sum;
    Box& sizes = sizes_[static_cast<std::size_t>(i)];
    for (Index j = 0; j < circuit_.size(); ++j) {
      const Interval aw = dot(0.0, inverse_row(i), columns_[static_cast<std::size_t>(j)]);
      sizes.push_back(abs(aw));
      sum += abs((i == j ? 1.0 : 0.0) - (aw * slopes[static_cast<std::size_t>(j)] - inverse_(i, j)));
    }
    return sum.upper();
  }

  const EnclosedCircuit& circuit_;
  const Vector& centre_;
  Matrix inverse_;            // A
  std::vector<Box> columns_;  // of W
  std::vector<Box> sizes_;    // |A W|
  double defect_ = std::numeric_limits<double>::infinity();
  double remainder_ = std::numeric_limits<double>::infinity();
};

std::optional<EquilibriumBall> with_reach(const Preconditioned& bounds, const Vector& centre, double reach) {
  if (!bounds.is_usable()) return std::nullopt;
  EquilibriumBall ball;
  ball.centre = centre;
  ball.reach = reach;
  ball.defect = raised(bounds.defect());
  ball.remainder = raised(std::max(bounds.remainder(), inverted));
  ball.curvature = raised(bounds.curvature(reach));
  const Interval slope = Interval(1.0) - ball.remainder;
  if (!std::isfinite(ball.curvature) || !(slope.lower() > 0.0)) return std::nullopt;
  const Interval discriminant = square(slope) - 2.0 * Interval(ball.defect) * ball.curvature;
  if (!(discriminant.lower() > 0.0)) return std::nullopt;
  const Interval sum = slope + sqrt(discriminant);
  ball.inner = std::max(0.0, raised((2.0 * Interval(ball.defect) / sum).upper()));   // no −0
  const double outer = ball.curvature > 0.0 ? (sum / ball.curvature).lower() * (1.0 - room) : reach;
  ball.outer = std::min(outer, reach);
  if (!(ball.inner <= ball.outer)) return std::nullopt;
  return ball;
}

}  // namespace

std::optional<EquilibriumBall> equilibrium_ball(const EnclosedCircuit& circuit, const Vector& centre, double reach) {
  return with_reach(Preconditioned(circuit, centre), centre, reach);
}

std::optional<EquilibriumBall> equilibrium_ball(const EnclosedCircuit& circuit, const Vector& centre) {
  constexpr std::array ladder{std::numeric_limits<double>::infinity(), 0.1, 0.01, 1e-3, 1e-4, 1e-6, 1e-8};
  const Preconditioned bounds(circuit, centre);
  for (const double reach : ladder) {
    if (auto found = with_reach(bounds, centre, reach)) return found;
  }
  return std::nullopt;
}

}  // namespace basin
