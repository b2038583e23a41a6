#include "models/ode/ensemble.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <utility>
#include <vector>

#include "models/ode/ensemble_panel.hpp"
#include "models/ode/run_limits.hpp"

namespace basin {
namespace {

constexpr double safety = 0.9;
constexpr double least_factor = 0.2;
constexpr double largest_factor = 5.0;
constexpr double least_single_rtol = 1e-6;       // below, rounding is the error

/// x^(−1/5), 0 < x < ∞, by Newton's method from below: the same bits everywhere, which pow() doesn't promise.
double inverse_fifth_root(double x) {
  int exponent = 0;
  std::frexp(x, &exponent);  // x ≤ 2^exponent
  const int fifth = exponent > 0 ? (exponent + 4) / 5 : -(-exponent / 5);
  double y = std::ldexp(1.0, -fifth);
  for (int i = 0; i < 9; ++i) {
    const double square = y * y;
    y = y * (6.0 - x * (square * square * y)) / 5.0;
  }
  return y;
}

/// By what the step should change after an error of `error` tolerances.
double step_factor(double error) {
  if (!(error < std::numeric_limits<double>::infinity())) return least_factor;
  if (error < 1e-5) return largest_factor;
  return std::clamp(safety * inverse_fifth_root(error), least_factor, largest_factor);
}

void check(const Circuit& circuit, const EnsembleOptions& options) {
  const auto require = [](bool good, const char* what) {
    if (!good) throw std::invalid_argument(what);
  };
  require(circuit.size() > 0, "Ensemble: the circuit has no neurons");
  require(circuit.is_dense(), "Ensemble: the circuit is kept as factors, without dense weights");
  require(!circuit.activation.are_hard(), "Ensemble: hard units jump; integrate() has their arcs");
  require(circuit.longest_delay() == 0.0, "Ensemble: outputs arrive at once; integrate() has delays");
  require(options.stop_when_settled || options.t_end.has_value(), "Ensemble: an endless run needs t_end");
  require(!options.t_end || *options.t_end >= 0.0, "Ensemble: t_end is negative");
  require(!options.fixed_step || *options.fixed_step > 0.0, "Ensemble: the step is not positive");
  const double least_rtol = options.precision == Precision::single ? least_single_rtol : Ensemble::least_rtol;
  require(options.rtol >= least_rtol, "Ensemble: rtol is too small");
  require(options.atol > 0.0, "Ensemble: atol is not positive");
  require(!options.sample_interval || *options.sample_interval > 0.0, "Ensemble: the sample interval is not positive");
  require(!options.sample_interval || !options.fixed_step, "Ensemble: fixed steps have no samples between them");
}

/// A cue in a lane.
struct Lane {
  bool occupied = false;
  std::size_t number = 0;
  double t = 0.0;
  double step = 0.0;      // that the controller wants
  bool last = false;      // this step ends at t_end
  double enough = 0.0;    // residual at which it has settled
  std::size_t steps = 0;
  std::size_t rejected = 0;
  bool grow = true;       // not right after a rejection
  std::size_t sampled = 0;
  std::size_t samples = 0;
  std::function<void(std::size_t index, const Vector& u)> sample;
};

/// What both precisions have in common.
struct Problem {
  Problem(const Circuit& given, const EnsembleOptions& wanted)
      : options(wanted),
        core(to_core(given)),
        threshold(given.threshold),
        rows(given.weights.cwiseAbs().rowwise().sum()),
        bias(given.bias),
        end(wanted.t_end.value_or(longest_run * given.tau.maxCoeff())),
        first(wanted.fixed_step.value_or(first_step * given.tau.minCoeff())) {}

  /// Residual at which the cue has settled; B as integrate() takes it.
  [[nodiscard]] double enough(const EnsembleCue& cue) const {
    const Vector b = cue.bias.size() > 0 ? Vector(bias + cue.bias) : bias;
    const double bound = (rows + b.cwiseAbs()).maxCoeff();
    return settled_factor * options.rtol * std::max(bound, cue.u0.cwiseAbs().maxCoeff());
  }

  EnsembleOptions options;
  Circuit core;
  Vector threshold, rows, bias;
  double end, first;
};

/// The lanes of one panel: fills them, makes their steps and takes out what has ended.
template <class Real>
class PanelStream {
 public:
  PanelStream(const Problem& problem, const PanelNetwork<Real>& network, const Ensemble::Source& next,
              const Ensemble::Sink& done)
      : problem_(problem), next_(next), done_(done), panel_(network), lanes_(network.kernel().lanes) {}

  EnsembleWork run() {
    for (std::size_t l = 0; l < lanes_.size(); ++l) fill(l);
    while (occupied_ > 0) {
      step();
      for (std::size_t l = 0; l < lanes_.size(); ++l) {
        if (lanes_[l].occupied && look_at(l)) fill(l);
      }
    }
    return work_;
  }

 private:
  [[nodiscard]] bool fixed() const { return problem_.options.fixed_step.has_value(); }

  /// The next cue into lane l, or nothing.
  void fill(std::size_t l) {
    Lane& lane = lanes_[l];
    if (lane.occupied) --occupied_;
    lane = Lane{};
    panel_.h[l] = panel_.accepted[l] = Real{0};
    EnsembleCue cue;
    if (exhausted_ || !next_(cue)) {
      exhausted_ = true;
      return panel_.clear(l);
    }
    const Index size = problem_.core.size();
    if (cue.u0.size() != size || (cue.bias.size() != 0 && cue.bias.size() != size)) {
      throw std::invalid_argument("Ensemble: a cue has the wrong size");
    }
    if (cue.samples > 0 && !problem_.options.sample_interval) {
      throw std::invalid_argument("Ensemble: samples without an interval");
    }
    panel_.load(l, cue.u0 - problem_.threshold, cue.bias, problem_.core.bias);
    lane.occupied = true;
    lane.number = cue.number;
    lane.enough = problem_.enough(cue);
    lane.step = problem_.first;
    lane.samples = cue.samples;
    lane.sample = std::move(cue.sample);
    ++occupied_;
    if (fixed()) propose(l);
  }

  /// The samples that lane l's last step, which began at `start`, has reached.
  void sample_since(std::size_t l, double start) {
    Lane& lane = lanes_[l];
    for (; lane.sampled < lane.samples; ++lane.sampled) {
      const double at = static_cast<double>(lane.sampled) * *problem_.options.sample_interval;
      if (at > lane.t && !(lane.last && at <= lane.t * (1.0 + 1e-12))) return;   // i · t_end/K may be an ulp beyond t_end
      const double theta = lane.t > start ? std::min((at - start) / (lane.t - start), 1.0) : 0.0;
      lane.sample(lane.sampled, panel_.state_within(l, theta) + problem_.threshold);
    }
  }

  /// A settled cue rests where it is.
  void hold_samples(Lane& lane, const Vector& u) {
    for (; lane.sampled < lane.samples; ++lane.sampled) lane.sample(lane.sampled, u);
  }

  /// The size of lane l's next step.
  void propose(std::size_t l) {
    Lane& lane = lanes_[l];
    lane.last = lane.t + lane.step >= problem_.end;
    panel_.h[l] = static_cast<Real>(lane.last ? problem_.end - lane.t : lane.step);
  }

  void step() {
    std::size_t busy = 0;
    for (std::size_t l = 0; l < lanes_.size(); ++l) busy += panel_.h[l] > Real{0} ? 1U : 0U;
    const std::size_t evaluations = fixed() ? Panel<Real>::fixed_evaluations : Panel<Real>::controlled_evaluations;
    work_.evaluations += busy * evaluations;
    work_.idle += (lanes_.size() - busy) * evaluations;
    if (fixed()) {
      panel_.fixed_step();
    } else {
      panel_.controlled_step(static_cast<Real>(problem_.options.rtol), static_cast<Real>(problem_.options.atol));
    }
  }

  /// Whether lane l has ended.
  bool look_at(std::size_t l) {
    const auto residual = static_cast<double>(panel_.residual[l]);
    if (!std::isfinite(residual)) return end(l, EndReason::diverged);
    return fixed() ? look_at_fixed(l, residual) : look_at_controlled(l, residual);
  }

  bool look_at_fixed(std::size_t l, double residual) {
    take_step(l);
    if (settled(l, residual)) return end(l, EndReason::settled);
    if (ended(l)) return end(l, EndReason::time_limit);
    propose(l);
    return false;
  }

  bool look_at_controlled(std::size_t l, double residual) {
    Lane& lane = lanes_[l];
    const bool starting = panel_.h[l] == Real{0};
    const auto error = static_cast<double>(panel_.error[l]);
    const bool accepted = error <= 1.0;
    panel_.accepted[l] = accepted ? Real{1} : Real{0};
    if (accepted) {
      const double start = lane.t;
      if (!starting) take_step(l);
      sample_since(l, start);
      if (!starting && !lane.last) {
        lane.step *= lane.grow ? step_factor(error) : std::min(1.0, step_factor(error));
      }
      lane.grow = true;
      if (settled(l, residual)) return end(l, EndReason::settled);
      if (ended(l)) return end(l, EndReason::time_limit);
    } else {
      ++lane.rejected;
      lane.step = std::min(1.0, step_factor(error)) * static_cast<double>(panel_.h[l]);
      lane.grow = false;
      const double least = std::numeric_limits<double>::epsilon() * std::max(lane.t, 1e-3 * (problem_.end - lane.t));
      if (!(lane.step > least) || lane.rejected >= max_steps) return end(l, EndReason::time_limit);
    }
    propose(l);
    return false;
  }

  void take_step(std::size_t l) {
    Lane& lane = lanes_[l];
    lane.t = lane.last ? problem_.end : lane.t + static_cast<double>(panel_.h[l]);
    ++lane.steps;
  }

  [[nodiscard]] bool settled(std::size_t l, double residual) const {
    return problem_.options.stop_when_settled && residual <= lanes_[l].enough;
  }

  [[nodiscard]] bool ended(std::size_t l) const { return lanes_[l].t >= problem_.end || lanes_[l].steps >= max_steps; }

  bool end(std::size_t l, EndReason reason) {
    Lane& lane = lanes_[l];
    const Vector u = panel_.state(l) + problem_.threshold;
    if (reason == EndReason::settled) hold_samples(lane, u);
    done_({lane.number, reason, lane.t, u, static_cast<double>(panel_.residual[l]), lane.steps, lane.rejected});
    return true;
  }

  const Problem& problem_;
  const Ensemble::Source& next_;
  const Ensemble::Sink& done_;
  Panel<Real> panel_;
  std::vector<Lane> lanes_;
  std::size_t occupied_ = 0;
  bool exhausted_ = false;
  EnsembleWork work_;
};

}  // namespace

/// One precision's network, whichever it is.
class Ensemble::Engine {
 public:
  Engine(const Circuit& circuit, const EnsembleOptions& options)
      : problem_(circuit, options) {
    const VectorIsa isa = options.isa.value_or(widest_isa());
    if (options.precision == Precision::single) {
      single_ = std::make_unique<PanelNetwork<float>>(problem_.core, isa);
    } else {
      double_ = std::make_unique<PanelNetwork<double>>(problem_.core, isa);
    }
  }

  EnsembleWork integrate(const Source& next, const Sink& done) const {
    if (single_ != nullptr) return PanelStream<float>(problem_, *single_, next, done).run();
    return PanelStream<double>(problem_, *double_, next, done).run();
  }

  [[nodiscard]] std::size_t lanes() const {
    return single_ != nullptr ? single_->kernel().lanes : double_->kernel().lanes;
  }

 private:
  Problem problem_;
  std::unique_ptr<PanelNetwork<float>> single_;
  std::unique_ptr<PanelNetwork<double>> double_;
};

Ensemble::Ensemble(const Circuit& circuit, const EnsembleOptions& options) {
  check(circuit, options);
  engine_ = std::make_unique<Engine>(circuit, options);
}

Ensemble::~Ensemble() = default;
Ensemble::Ensemble(Ensemble&&) noexcept = default;
Ensemble& Ensemble::operator=(Ensemble&&) noexcept = default;

EnsembleWork Ensemble::integrate(const Source& next, const Sink& done) const { return engine_->integrate(next, done); }

std::size_t Ensemble::lanes() const { return engine_->lanes(); }

}  // namespace basin
