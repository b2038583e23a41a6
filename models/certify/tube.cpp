#include "models/certify/tube.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "models/certify/comparison.hpp"
#include "models/certify/rest.hpp"

namespace basin {
namespace {

constexpr double units_a_step = 256.0;     // of the state's LSB
constexpr double resolution = 1e-3;        // of an LSB: how finely a step is enclosed
constexpr double longest_relaxation = 8.0; // max(τ), after the trace has come to rest

std::vector<std::int64_t> multiples(const Vector& x, double unit) {
  std::vector<std::int64_t> all;
  for (const double value : x) all.push_back(static_cast<std::int64_t>(value / unit));
  return all;
}

std::int64_t largest(const std::vector<std::int64_t>& all) { return all.empty() ? 0 : *std::ranges::max_element(all); }

/// |x − y| of numbers known and balls.
Vector distance(const Vector& x, const Balls& y) { return (Balls(x) - y).magnitude(); }

/// B of the circuit, at least the largest state: no tube wider than twice that says anything.
double widest(const Circuit& circuit, const Trace& trace) {
  double most = invariant_bound(circuit);
  for (const std::int32_t word : trace.words) most = std::max(most, std::abs(word * trace.lsb));
  return 2.0 * most;
}

/// Whether a step is the one that docs/arithmetic.md specifies, of the exact g: within what is allowed.
class StepCheck {
 public:
  StepCheck(const SpecifiedStep* rule, double dt) : rule_(rule), dt_(dt) {}

  /// The first neuron whose step is not, or −1. `rate` is u̇ at `before`.
  Index fault(const Vector& before, const Vector& after, const Balls& rate) {
    if (rule_ == nullptr) return -1;
    const bool first_order = rule_->order == 1 || last_.size() == 0;
    const Balls mean = first_order ? rate : 0.5 * (3.0 * rate - last_);
    const Balls defect = Balls(after) - Balls(before) - dt_ * mean;
    last_ = rate;
    for (Index i = 0; i < before.size(); ++i) {
      if (defect.at(i).mignitude() > rule_->allowed[i]) return i;
    }
    return -1;
  }

 private:
  const SpecifiedStep* rule_;
  double dt_;
  Balls last_;
};

class Maker {
 public:
  Maker(const CircuitField& field, const Trace& trace, const TubeOptions& options)
      : field_(field), trace_(trace), options_(options), check_(options.rule, trace.dt), widest_(widest(field.circuit(), trace)) {
    tube_.unit = std::exp2(std::floor(std::log2(trace.lsb))) / units_a_step;
    step_.resolution = resolution * trace.lsb;
    tube_.least_order = step_.highest_order;
  }

  Tube make(const Vector& start) {
    keep((Balls(trace_.state(0)) - Balls(start)).magnitude());
    for (std::size_t k = 0; k < trace_.steps(); ++k) {
      if (!follow(k)) return std::move(tube_);
    }
    tube_.end = TubeEnd::unsettled;
    if (trace_.rests) rest();
    return std::move(tube_);
  }

 private:
  /// The radius after a step; false where that is no tube any more.
  bool keep(const Vector& radius) {
    radius_ = rounded_up(radius, tube_.unit);
    if (!radius_.allFinite() || radius_.maxCoeff() > widest_) {
      tube_.end = TubeEnd::grows;
      return false;
    }
    tube_.radii.push_back(multiples(radius_, tube_.unit));
    tube_.step = tube_.radii.size() - 1;
    return true;
  }

  /// Takes the tube along a validated step from one state of the trace to another.
  bool take(const OdeStep& step, const Vector& after) {
    const Vector defect = distance(after, step.end);
    const Growth growth = comparison_growth(field_, step.path, radius_, trace_.dt);
    if (!growth.proved) {
      tube_.end = TubeEnd::grows;
      return false;
    }
    tube_.largest_defect = std::max(tube_.largest_defect, defect.maxCoeff());
    tube_.least_order = std::min(tube_.least_order, step.order);
    const Vector bend = (trace_.dt * trace_.dt / 8.0) * step.curvature;
    tube_.between = std::max(tube_.between, raised(Vector(growth.reach + defect + bend)).maxCoeff());
    // Half a unit of room lets a checker with enclosures of its own come to the same radii.
    return keep(raised(Vector((growth.after + defect).array() + 0.5 * tube_.unit)));
  }

  bool follow(std::size_t k) {
    if (options_.on_step) options_.on_step();
    const Vector before = trace_.state(k), after = trace_.state(k + 1);
    const OdeStep step = ode_step(field_, Balls(before), trace_.dt, step_);
    if (!step.proved) {
      tube_.end = TubeEnd::no_enclosure;
      return false;
    }
    const Index fault = check_.fault(before, after, step.rate);
    if (fault >= 0) {
      tube_.end = TubeEnd::not_as_specified;
      tube_.neuron = fault;
      return false;
    }
    return take(step, after);
  }

  void rest() {
    const Vector u = trace_.state(trace_.steps());
    const OdeStep still = ode_step(field_, Balls(u), trace_.dt, step_);
    const double most = longest_relaxation * field_.circuit().tau.maxCoeff() / trace_.dt;
    const int between_tries = std::max(1, static_cast<int>(most / 32.0));
    tube_.end = still.proved ? TubeEnd::not_contracting : TubeEnd::no_enclosure;
    for (int k = 0; still.proved && k < most; ++k) {
      if (k % between_tries == 0) {
        const Rest found = find_rest(field_, u, radius_, tube_.unit);
        if (found.proved) {
          tube_.end = TubeEnd::granted;
          tube_.rest = multiples(found.stay, tube_.unit);
          for (const Vector& limit : found.limits) tube_.limits.push_back(multiples(limit, tube_.unit));
          tube_.between = std::max(tube_.between, found.stay.maxCoeff());
          return;
        }
      }
      if (options_.on_step) options_.on_step();
      if (!take(still, u)) return;
    }
  }

  const CircuitField& field_;
  const Trace& trace_;
  const TubeOptions& options_;
  StepCheck check_;
  double widest_;
  OdeStepOptions step_;
  Tube tube_;
  Vector radius_;
};

}  // namespace

Vector Trace::state(std::size_t k) const {
  Vector u(static_cast<Index>(neurons));
  for (std::size_t i = 0; i < neurons; ++i) u[static_cast<Index>(i)] = words[k * neurons + i] * lsb;
  return u;
}

double Tube::radius(std::size_t k) const { return static_cast<double>(largest(radii[k])) * unit; }

double Tube::supremum() const {
  std::int64_t most = largest(rest);
  for (const auto& radius : radii) most = std::max(most, largest(radius));
  return static_cast<double>(most) * unit;
}

double Tube::final_radius() const { return static_cast<double>(largest(limits.empty() ? rest : limits.back())) * unit; }

Tube make_tube(const CircuitField& field, const Vector& start, const Trace& trace, const TubeOptions& options) {
  return Maker(field, trace, options).make(start);
}

std::string why_not(const Tube& tube) {
  const std::string step = std::to_string(tube.step + 1);
  switch (tube.end) {
    case TubeEnd::granted: return "";
    case TubeEnd::unsettled: return "the run did not come to rest";
    case TubeEnd::no_enclosure: return "step " + step + " could not be enclosed";
    case TubeEnd::grows: return "the tube grew beyond every state in step " + step;
    case TubeEnd::not_contracting: return "the circuit does not contract on the tube's width at rest";
    case TubeEnd::not_as_specified:
      return "step " + step + " of neuron " + std::to_string(tube.neuron) +
             " is not the one that the core's arithmetic makes of this circuit";
  }
  return "";
}

}  // namespace basin
