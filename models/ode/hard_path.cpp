#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "models/ode/path.hpp"

namespace basin {
namespace {

constexpr double dwell = 1e-3;    // of the least τ: shortest time between two switches of one unit
constexpr double longest = 0.25;  // of the least τ: longest arc, so that observers see the shape

class HardPath final : public Path {
 public:
  HardPath(const Circuit& circuit, const State& start)
      : Path(start), circuit_(circuit), tau_(circuit.tau.minCoeff()), v_(outputs(circuit, as_vector(start))) {
    held_until_.assign(start.size(), -std::numeric_limits<double>::infinity());
    n_ = circuit_.weights * v_ + circuit_.bias;
    n_old_ = n_;
    dudt_ = dudt_old_ = derivative(u_, n_);
  }

  bool advance(double limit) override {
    if (!(limit > t_)) return false;
    t_old_ = t_;
    u_old_ = u_;
    n_old_ = n_;
    dudt_old_ = derivative(u_, n_);
    const double event = find_due();
    t_ = std::min({limit, event, t_old_ + longest * tau_});
    arc(t_, u_);
    if (event <= t_) switch_due();
    dudt_ = derivative(u_, n_);
    return true;
  }

  void state_at(double at, State& u) const override {
    u.resize(u_.size());
    arc(at, u);
  }

  void exact_state_at(double at, State& u, State& dudt) override {
    state_at(at, u);
    dudt = derivative(u, n_old_);
  }

 private:
  static Vector as_vector(const State& s) { return Eigen::Map<const Vector>(s.data(), static_cast<Index>(s.size())); }

  State derivative(const State& u, const Vector& n) const {
    const Vector rate = (n - as_vector(u)).cwiseQuotient(circuit_.tau);
    return State(rate.begin(), rate.end());
  }

  /// u(at) of the arc that began at t_old.
  void arc(double at, State& u) const {
    for (std::size_t k = 0; k < u.size(); ++k) {
      const auto i = static_cast<Index>(k);
      u[k] = n_old_[i] + (u_old_[k] - n_old_[i]) * std::exp(-(at - t_old_) / circuit_.tau[i]);
    }
  }

  bool is_high(Index i) const { return v_[i] == 1.0; }

  /// When unit i, at u(t), next has to change its sign: infinity when it never does on this arc.
  double switch_time(Index i) const {
    const auto k = static_cast<std::size_t>(i);
    const double theta = circuit_.threshold[i];
    const bool leaves = is_high(i) ? n_[i] < theta : n_[i] > theta;
    if (!leaves) return std::numeric_limits<double>::infinity();
    const double ratio = (u_[k] - n_[i]) / (theta - n_[i]);
    const double crossing = t_ + circuit_.tau[i] * std::log(std::max(ratio, 1.0));
    return std::max(crossing, held_until_[k]);
  }

  /// Time of the next switch; the units that make it go to due_.
  double find_due() {
    double soonest = std::numeric_limits<double>::infinity();
    due_.clear();
    for (Index i = 0; i < v_.size(); ++i) {
      const double time = switch_time(i);
      if (time < soonest) due_.clear();
      if (time > soonest || !std::isfinite(time)) continue;
      soonest = time;
      due_.push_back(i);
    }
    return soonest;
  }

  void switch_due() {
    for (const Index i : due_) {
      const auto k = static_cast<std::size_t>(i);
      const double low = circuit_.unipolar[k] ? 0.0 : -1.0;
      v_[i] = is_high(i) ? low : 1.0;
      held_until_[k] = t_ + dwell * tau_;
    }
    n_ = circuit_.weights * v_ + circuit_.bias;
  }

  const Circuit& circuit_;
  double tau_;
  Vector v_, n_, n_old_;
  State held_until_;
  std::vector<Index> due_;
};

}  // namespace

std::unique_ptr<Path> make_hard_path(const Circuit& circuit, const State& start) {
  return std::make_unique<HardPath>(circuit, start);
}

}  // namespace basin
