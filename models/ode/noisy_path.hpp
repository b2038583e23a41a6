#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

#include "models/ode/path.hpp"

namespace basin {

/// Stochastic Heun steps of du = f dt + B dW: weak order 2, for the noise is additive (Kloeden & Platen 1992, §15.1). Between two
/// steps the path is a straight line. The right-hand side is one of SmoothPath's.
template <class RightHandSide>
class NoisyPath final : public Path {
 public:
  /// Draws B ΔW of one step: `spread` is the square root of its length.
  using Kick = std::function<void(double spread, State& kick)>;

  /// `longest`: of a step; with delays no step is longer than the least positive one.
  NoisyPath(RightHandSide right, const State& start, double longest, Kick kick)
      : Path(start), right_(std::move(right)), draw_(std::move(kick)), longest_(longest), kick_(start.size()) {
    if (!right_.lines().empty()) longest_ = std::min(longest_, right_.lines().delays().front());
    right_(u_, dudt_, 0.0);
  }

  /// By equal steps as far as `limit`; false once it is there.
  bool advance(double limit) override {
    if (limit != limit_) {
      begin_ = t_;
      limit_ = limit;
      made_ = 0.0;
      count_ = std::ceil((limit - t_) / longest_ * (1.0 - 1e-12));
    }
    if (made_ >= count_) return false;
    ++made_;
    step(made_ < count_ ? begin_ + (limit_ - begin_) * made_ / count_ : limit_);
    return true;
  }

  void state_at(double at, State& u) const override {
    u.resize(u_.size());
    const double s = share(at);
    for (std::size_t i = 0; i < u.size(); ++i) u[i] = (1.0 - s) * u_old_[i] + s * u_[i];
  }

  void exact_state_at(double at, State& u, State& dudt) override {
    state_at(at, u);
    dudt.resize(u_.size());
    right_(u, dudt, at);
  }

  [[nodiscard]] bool remembers() const override { return !right_.lines().empty(); }

 private:
  [[nodiscard]] double share(double at) const { return t_ > t_old_ ? std::clamp((at - t_old_) / (t_ - t_old_), 0.0, 1.0) : 1.0; }

  void step(double end) {
    u_old_.swap(u_);
    t_old_ = t_;
    t_ = end;
    const double h = t_ - t_old_;
    right_(u_old_, dudt_old_, t_old_);
    draw_(std::sqrt(h), kick_);
    for (std::size_t i = 0; i < u_.size(); ++i) u_[i] = u_old_[i] + (h * dudt_old_[i] + kick_[i]);
    right_(u_, dudt_, t_);
    for (std::size_t i = 0; i < u_.size(); ++i) u_[i] = u_old_[i] + 0.5 * h * (dudt_old_[i] + dudt_[i]) + kick_[i];
    right_.lines().remember(t_old_, t_, u_old_, u_);
  }

  RightHandSide right_;
  Kick draw_;
  double longest_;
  double begin_ = 0.0, limit_ = 0.0;
  double made_ = 0.0, count_ = 0.0;   // steps from begin_ to limit_
  State kick_;
};

}  // namespace basin
