#include "models/ode/lyapunov.hpp"

#include <algorithm>
#include <boost/numeric/odeint/stepper/controlled_runge_kutta.hpp>
#include <boost/numeric/odeint/stepper/runge_kutta_dopri5.hpp>
#include <cmath>
#include <functional>
#include <limits>
#include <stdexcept>

#include "models/ode/algebra.hpp"
#include "models/ode/run_limits.hpp"
#include "models/ode/system.hpp"

namespace basin {
namespace {

namespace odeint = boost::numeric::odeint;
using Dopri5 = odeint::runge_kutta_dopri5<State, double, State, double, VectorAlgebra, VectorOperations>;
using Controlled = odeint::controlled_runge_kutta<Dopri5, VectorErrorChecker>;
using ConstSegment = Eigen::Map<const Vector>;
using Segment = Eigen::Map<Vector>;

/// (u, δ) and its rate, 2N numbers each.
class Variational {
 public:
  explicit Variational(const Circuit& circuit) : circuit_(circuit), rate_(circuit.tau.cwiseInverse()) {}

  void operator()(const State& x, State& dxdt, double /*t*/) const {
    const Index n = circuit_.size();
    const ConstSegment u(x.data(), n), delta(x.data() + n, n);
    dxdt.resize(x.size());
    Segment(dxdt.data(), n) = rate_.cwiseProduct(drive(circuit_, u));
    Segment(dxdt.data() + n, n) =
        rate_.cwiseProduct(circuit_.weights * output_slopes(circuit_, u).cwiseProduct(delta) - delta);
  }

 private:
  const Circuit& circuit_;
  Vector rate_;
};

/// The state of a run, and how it goes on.
class LyapunovRun {
 public:
  LyapunovRun(const Circuit& circuit, const Vector& u0, const LyapunovOptions& options)
      : system_(circuit), controlled_(VectorErrorChecker(options.atol, options.rtol)),
        x_(static_cast<std::size_t>(2 * circuit.size())), next_(x_.size()), dxdt_(x_.size()), dxdt_next_(x_.size()), dt_(first_step * circuit.tau.minCoeff()) {
    std::copy(u0.begin(), u0.end(), x_.begin());
    delta().setConstant(1.0 / std::sqrt(static_cast<double>(circuit.size())));
  }

  /// Goes on for `interval`, normalises δ and returns the logarithm of what it grew by.
  double grow(double interval) {
    double t = 0.0;
    system_(x_, dxdt_, t);   // anew, for δ was normalised
    while (t < interval) {
      const bool last = t + dt_ >= interval;
      double dt = last ? interval - t : dt_;
      if (!(dt > std::numeric_limits<double>::epsilon() * interval)) break;
      const auto result = controlled_.try_step(std::cref(system_), x_, dxdt_, t, next_, dxdt_next_, dt);
      if (result == odeint::fail || !last) dt_ = dt;
      if (result == odeint::fail) continue;
      if (last) t = interval;
      x_.swap(next_);
      dxdt_.swap(dxdt_next_);
    }
    const double norm = delta().norm();
    delta() /= norm;
    return std::log(norm);
  }

  [[nodiscard]] Vector u() const { return ConstSegment(x_.data(), static_cast<Index>(x_.size() / 2)); }

 private:
  Segment delta() { return {x_.data() + x_.size() / 2, static_cast<Index>(x_.size() / 2)}; }

  Variational system_;
  Controlled controlled_;
  State x_, next_, dxdt_, dxdt_next_;
  double dt_;
};

}  // namespace

LyapunovExponent largest_lyapunov(const Circuit& circuit, const Vector& u0, const LyapunovOptions& options) {
  constexpr int parts = 20;
  if (circuit.activation.are_hard() || !circuit.is_dense()) throw std::invalid_argument("largest_lyapunov: no smooth dense circuit");
  LyapunovRun run(circuit, u0, options);
  for (double t = 0.0; t < options.transient; t += options.interval) run.grow(options.interval);
  const int intervals = std::max(1, static_cast<int>(std::lround(options.duration / (parts * options.interval))));
  double sum = 0.0, squares = 0.0;
  for (int part = 0; part < parts; ++part) {
    double growth = 0.0;
    for (int k = 0; k < intervals; ++k) growth += run.grow(options.interval);
    const double rate = growth / (intervals * options.interval);
    sum += rate;
    squares += rate * rate;
  }
  LyapunovExponent found;
  found.largest = sum / parts;
  const double variance = std::max(0.0, squares / parts - found.largest * found.largest) * parts / (parts - 1.0);
  found.standard_error = std::sqrt(variance / parts);
  found.end = run.u();
  return found;
}

}  // namespace basin
