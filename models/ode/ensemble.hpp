#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>

#include "models/circuit/circuit.hpp"
#include "models/ode/ensemble_kernel.hpp"
#include "models/ode/reference.hpp"

namespace basin {

enum class Precision { single, twice };

/// How to integrate an ensemble. Times as in ReferenceOptions.
struct EnsembleOptions {
  Precision precision = Precision::twice;
  std::optional<double> fixed_step;      // given: classical Runge–Kutta of order 4 with this step; absent: dopri5
  double rtol = 1e-8;                    // of dopri5 and of the settling; single precision: at least 1e-6
  double atol = 1e-10;                   // above 0
  std::optional<double> t_end;           // absent: until settled, at most 1,000 max(τ)
  std::optional<double> sample_interval; // of dopri5: between the samples that cues ask for
  bool stop_when_settled = true;         // false: run to t_end (needs t_end) whatever happens
  std::optional<VectorIsa> isa;          // absent: the widest; the result has the same bits with each
};

/// A cue to integrate. `bias` is added to the circuit's b; empty: nothing. `samples`: how many times `sample` is called, with
/// u at the times 0, 1, 2, … sample intervals, of which those after it has settled have its last state; fewer when the run
/// ends otherwise before them.
struct EnsembleCue {
  std::size_t number = 0;
  Vector u0;
  Vector bias;
  std::size_t samples = 0;
  std::function<void(std::size_t index, const Vector& u)> sample = {};
};

/// Where a cue ended.
struct EnsembleRun {
  std::size_t number = 0;
  EndReason reason = EndReason::time_limit;   // settled, time_limit or diverged
  double t_final = 0.0;
  Vector u;                                   // at t_final
  double residual = 0.0;                      // max |τu̇| there (with fixed steps: where the last step began)
  std::size_t steps = 0;                      // accepted
  std::size_t rejected = 0;
};

/// What an ensemble has cost, in evaluations of the right-hand side for one cue.
struct EnsembleWork {
  std::size_t evaluations = 0;                // in steps, accepted or not, of cues
  std::size_t idle = 0;                       // the same work for lanes without a cue, and to start cues
};

/// Integrates many cues of one circuit together. As many cues as the kernel has lanes advance stage by stage, so that
/// W V is a product of matrices whose results are used while they are in registers; the panel stays in the second-level
/// cache. Every cue has a time, a step and an error of its own, and no sum runs over cues: its result has the same bits
/// whichever cues share its panel, on however many threads and with whatever vector instructions. A cue that has ended
/// leaves its lane to the next one, so that memory is bounded by one panel.
///
/// dopri5: error per step ≤ atol + rtol(|u| + h|u̇|) as in integrate(), first step 0.02 τ_min. Settled: max|τu̇| ≤
/// 10·rtol·B, B at least max|u0|. Oscillation is not recognised: such a cue runs to its end. Samples are dopri5's dense output
/// of order 4.
class Ensemble {
 public:
  /// The least rtol in double precision.
  static constexpr double least_rtol = 1e-14;

  /// Where `circuit` has its weights as factors too, products go by these, in 2NM operations instead of N²; its dense weights
  /// give B. Throws std::invalid_argument for hard units and delays (integrate() has both), without dense weights, and for
  /// options that make no sense.
  Ensemble(const Circuit& circuit, const EnsembleOptions& options);
  ~Ensemble();
  Ensemble(Ensemble&&) noexcept;
  Ensemble& operator=(Ensemble&&) noexcept;

  /// Fills in the next cue; false: there is none.
  using Source = std::function<bool(EnsembleCue& cue)>;
  using Sink = std::function<void(EnsembleRun&& run)>;
  /// Integrates what `next` gives until it gives no more; `done` receives the runs in the order in which they end. May
  /// be called from several threads at once; then `next` and `done` must allow that.
  EnsembleWork integrate(const Source& next, const Sink& done) const;

  /// How many cues advance together.
  [[nodiscard]] std::size_t lanes() const;

  class Engine;

 private:
  std::unique_ptr<Engine> engine_;
};

}  // namespace basin
