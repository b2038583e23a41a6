#include "models/certify/rest.hpp"

#include <Eigen/LU>
#include <cmath>
#include <utility>

namespace basin {
namespace {

/// Solutions of −A x = y that are only guesses, with A over u ± reach; what is made of them is checked.
class Guess {
 public:
  Guess(const CircuitField& field, const Vector& u, const Vector& reach, double unit)
      : a_(comparison_matrix(field, {u, reach})), solver_(-Eigen::MatrixXd(a_)), unit_(unit) {
    Matrix off = a_;
    off.diagonal().setZero();
    slack_ = unit * (off.rowwise().sum() + field.circuit().tau.cwiseInverse());
  }

  [[nodiscard]] Vector solve(const Vector& y) const { return solver_.solve(y); }
  /// What rounding x up to units may add to A x.
  [[nodiscard]] const Vector& slack() const { return slack_; }
  /// Whether A x + d < 0 and x > 0.
  [[nodiscard]] bool holds(const Vector& x, const Vector& d) const {
    if (!a_.allFinite() || !x.allFinite() || !((x.array() > 0.0).all())) return false;
    return ((comparison_product(a_, x) + d).array() < 0.0).all();
  }

 private:
  Matrix a_;
  Eigen::PartialPivLU<Eigen::MatrixXd> solver_;
  double unit_;
  Vector slack_;
};

}  // namespace

Vector rounded_up(const Vector& x, double unit) { return (x.array() / unit).ceil() * unit; }

Rest find_rest(const CircuitField& field, const Vector& u, const Vector& radius, double unit) {
  constexpr int guesses = 12;
  constexpr double room = 1.05;
  const Balls at(u);
  const Vector d = field.rate(at, field.outputs(at)).magnitude();
  Rest rest;
  Vector reach = rounded_up(room * radius, unit).array() + unit;
  for (int k = 0; k < guesses && !rest.proved; ++k) {
    const Guess guess(field, u, reach, unit);
    const Vector limit = guess.solve(d + guess.slack());
    const Vector shape = guess.solve(field.circuit().tau.cwiseInverse());
    if (!limit.allFinite() || !shape.allFinite() || !((shape.array() > 0.0).all())) return rest;
    const double more = std::max(0.0, ((radius - limit).array() / shape.array()).maxCoeff());
    const Vector stay = rounded_up((limit + more * shape).cwiseMax(radius), unit);
    if ((stay.array() <= reach.array()).all() && guess.holds(stay, d)) {
      rest.stay = stay;
      rest.proved = true;
    } else {
      reach = rounded_up(room * stay.cwiseMax(reach), unit);
    }
  }
  if (!rest.proved) return rest;
  constexpr int tightenings = 3;
  Vector limit = rest.stay;
  for (int k = 0; k < tightenings; ++k) {
    const Guess guess(field, u, limit, unit);
    const Vector tighter = rounded_up(guess.solve(d + guess.slack()), unit).cwiseMin(limit);
    if (!guess.holds(tighter, d)) break;
    limit = tighter;
    rest.limits.push_back(limit);
  }
  return rest;
}

}  // namespace basin
