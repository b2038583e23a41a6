#include "models/ode/ensemble_panel.hpp"

#include <algorithm>
#include <initializer_list>

namespace basin {
namespace {

/// A coefficient of a Runge–Kutta scheme and the stage (0 …) whose slope it multiplies.
struct Weight {
  std::size_t stage;
  double value;
};
using Weights = std::initializer_list<Weight>;

// Dormand & Prince 1980, RK5(4)7M. The last row of a is b, so that its state is the new one.
const std::array<Weights, 6> dopri5 = {{
    {{0, 1.0 / 5}},
    {{0, 3.0 / 40}, {1, 9.0 / 40}},
    {{0, 44.0 / 45}, {1, -56.0 / 15}, {2, 32.0 / 9}},
    {{0, 19372.0 / 6561}, {1, -25360.0 / 2187}, {2, 64448.0 / 6561}, {3, -212.0 / 729}},
    {{0, 9017.0 / 3168}, {1, -355.0 / 33}, {2, 46732.0 / 5247}, {3, 49.0 / 176}, {4, -5103.0 / 18656}},
    {{0, 35.0 / 384}, {2, 500.0 / 1113}, {3, 125.0 / 192}, {4, -2187.0 / 6784}, {5, 11.0 / 84}},
}};
/// b − b̂.
const Weights dopri5_error = {{0, 71.0 / 57600},      {2, -71.0 / 16695}, {3, 71.0 / 1920},
                              {4, -17253.0 / 339200}, {5, 22.0 / 525},    {6, -1.0 / 40}};

/// What the slopes weigh, times h, in dopri5's state at the fraction t of a step (Hairer, Nørsett & Wanner, Solving Ordinary
/// Differential Equations I, II.6, in the form of Shampine 1986).
std::array<double, 7> dense_weights(double t) {
  const double square = t * t;
  const double rest = t - 1.0;
  const double a = square * (3.0 - 2.0 * t);
  const double c = square * rest * rest;
  return {a * (35.0 / 384) - c * (5.0 * (2558722523.0 - 31403016.0 * t) / 11282082432.0) + t * rest * rest,
          0.0,
          a * (500.0 / 1113) + c * (100.0 * (882725551.0 - 15701508.0 * t) / 32700410799.0),
          a * (125.0 / 192) - c * (25.0 * (443332067.0 - 31403016.0 * t) / 1880347072.0),
          a * (-2187.0 / 6784) + c * (32805.0 * (23143187.0 - 3489224.0 * t) / 199316789632.0),
          a * (11.0 / 84) - c * (55.0 * (29972135.0 - 7076736.0 * t) / 822651844.0),
          square * rest + c * (10.0 * (7414447.0 - 829305.0 * t) / 29380423.0)};
}

// The classical scheme of order 4.
const std::array<Weights, 4> classical = {{
    {{0, 0.5}},
    {{1, 0.5}},
    {{2, 1.0}},
    {{0, 1.0 / 6}, {1, 1.0 / 3}, {2, 1.0 / 3}, {3, 1.0 / 6}},
}};

/// The weights into a stage; the last one is of its own slope.
template <class Real, class Slopes>
void combine(const Weights& weights, const Slopes& slopes, PanelStage<Real>& stage) {
  stage.terms = 0;
  for (const Weight* w = weights.begin(); w + 1 != weights.end(); ++w) {
    stage.earlier[stage.terms++] = {slopes[w->stage].data(), static_cast<Real>(w->value)};
  }
  stage.own = static_cast<Real>((weights.end() - 1)->value);
}

}  // namespace

template <class Real>
Panel<Real>::Panel(const PanelNetwork<Real>& network)
    : h(network.kernel().lanes, Real{0}),
      accepted(h),
      error(h),
      residual(h),
      network_(network),
      lanes_(network.kernel().lanes),
      u_(network.rows() * lanes_, Real{0}),
      y_(u_),
      constant_(u_),
      outputs_(u_),
      next_outputs_(u_),
      hidden_(network.hidden_rows() * lanes_, Real{0}),
      column_((network.size() + lanes_ - 1) / lanes_ * lanes_, Real{0}) {
  k_.fill(u_);
}

template <class Real>
void Panel<Real>::load(std::size_t lane, const Vector& u0, const Vector& bias, const Vector& constant) {
  std::fill(column_.begin(), column_.end(), Real{0});
  for (std::size_t i = 0; i < network_.size(); ++i) {
    const auto row = static_cast<Index>(i);
    const double b = bias.size() > 0 ? constant[row] + bias[row] : constant[row];
    u_[at(i, lane)] = y_[at(i, lane)] = static_cast<Real>(u0[row]);
    constant_[at(i, lane)] = static_cast<Real>(b) * network_.neurons().rate[i];
    k_[0][at(i, lane)] = Real{0};
    column_[i] = network_.neurons().gain[i] * u_[at(i, lane)];
  }
  network_.activate(column_);
  for (std::size_t i = 0; i < network_.size(); ++i) outputs_[at(i, lane)] = column_[i];
}

template <class Real>
void Panel<Real>::clear(std::size_t lane) {
  for (std::size_t i = 0; i < network_.rows(); ++i) {
    u_[at(i, lane)] = y_[at(i, lane)] = constant_[at(i, lane)] = k_[0][at(i, lane)] = outputs_[at(i, lane)] = Real{0};
  }
}

template <class Real>
Vector Panel<Real>::state(std::size_t lane) const {
  const AlignedVector<Real>& from = end_in_y_ ? y_ : u_;
  Vector state(static_cast<Index>(network_.size()));
  for (std::size_t i = 0; i < network_.size(); ++i) state[static_cast<Index>(i)] = static_cast<double>(from[at(i, lane)]);
  return state;
}

template <class Real>
Vector Panel<Real>::state_within(std::size_t lane, double theta) const {
  const std::array<double, slopes> weights = dense_weights(theta);
  const auto step = static_cast<double>(h[lane]);
  Vector state(static_cast<Index>(network_.size()));
  for (std::size_t i = 0; i < network_.size(); ++i) {
    double slope = 0.0;
    for (std::size_t s = 0; s < slopes; ++s) slope += weights[s] * static_cast<double>(k_[s][at(i, lane)]);
    state[static_cast<Index>(i)] = static_cast<double>(u_[at(i, lane)]) + step * slope;
  }
  return state;
}

template <class Real>
PanelStage<Real> Panel<Real>::stage(const Real* y, std::size_t slope) {
  PanelStage<Real> stage;
  stage.outputs = outputs_.data();
  stage.constant = constant_.data();
  stage.y = y;
  stage.slope = k_[slope].data();
  stage.h = h.data();
  stage.u = u_.data();
  return stage;
}

template <class Real>
void Panel<Real>::advance(PanelStage<Real>& stage, Real* next) {
  stage.next = next;
  stage.next_outputs = next_outputs_.data();
  network_.advance(stage, hidden_.data());
  outputs_.swap(next_outputs_);
}

template <class Real>
void Panel<Real>::fixed_step() {
  end_in_y_ = false;
  std::fill(residual.begin(), residual.end(), Real{0});
  for (std::size_t s = 0; s < classical.size(); ++s) {
    PanelStage<Real> now = stage(s == 0 ? u_.data() : y_.data(), s);
    combine(classical[s], k_, now);
    if (s == 0) now.residual = residual.data();
    advance(now, s + 1 < classical.size() ? y_.data() : u_.data());
  }
}

template <class Real>
void Panel<Real>::controlled_step(Real rtol, Real atol) {
  end_in_y_ = true;
  PanelStart<Real> start;
  start.accepted = accepted.data();
  start.h = h.data();
  start.coefficient = static_cast<Real>(dopri5[0].begin()->value);
  start.u = u_.data();
  start.slope = k_[0].data();
  start.y = y_.data();
  start.new_slope = k_[6].data();
  start.outputs = outputs_.data();
  network_.start(start);
  for (std::size_t s = 1; s < dopri5.size(); ++s) {
    PanelStage<Real> now = stage(y_.data(), s);
    combine(dopri5[s], k_, now);
    advance(now, y_.data());
  }
  std::fill(residual.begin(), residual.end(), Real{0});
  std::fill(error.begin(), error.end(), Real{0});
  PanelStage<Real> last = stage(y_.data(), 6);
  combine(dopri5_error, k_, last);
  last.first = k_[0].data();
  last.error = error.data();
  last.rtol = rtol;
  last.atol = atol;
  last.residual = residual.data();
  network_.measure(last, hidden_.data());
}

template class Panel<float>;
template class Panel<double>;

}  // namespace basin
