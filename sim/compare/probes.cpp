#include "sim/compare/probes.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "models/design/random.hpp"
#include "models/design/text.hpp"
#include "sim/reference/recall.hpp"

namespace basin {
namespace {

constexpr int draws = 8;
constexpr int amplification_draws = 6;

/// size × ±1.
Vector draw_signs(Random& random, Index size) {
  Vector signs(size);
  for (double& sign : signs) sign = random.sign();
  return signs;
}

/// One cue under probing: the unperturbed circuit, its end, and what has been found.
class Prober {
 public:
  Prober(const Judgement& judgement, const CueSetup& setup, const ClampedCircuit& released, const Matrix& samples,
         const PolishedEnd* end)
      : judgement_(judgement), setup_(setup), released_(released), samples_(samples), end_(end) {}

  Sensitivity run() {
    move_start();
    if (end_ != nullptr && found_.borderline.empty()) tighten();
    if (end_ != nullptr && found_.borderline.empty()) move_bias();
    return found_;
  }

 private:
  void blame(const std::string& reason) {
    if (found_.borderline.empty()) found_.borderline = reason;
  }

  [[nodiscard]] bool same_end(const ReferenceRun& run) const {
    return run.reason == EndReason::settled && end_->same(released_.free_circuit(), released_.restrict(run.u));
  }

  /// u0 moved where the cue does not clamp it.
  [[nodiscard]] Vector moved_start(const Vector& shift) const {
    Vector start = setup_.start + shift;
    for (Index i = 0; i < setup_.realised_clamp.size(); ++i) {
      if (!std::isnan(setup_.realised_clamp[i])) start[i] = setup_.start[i];
    }
    return start;
  }

  void move_start() {
    Random random(judgement_.seed, Stream::amplification, static_cast<std::uint32_t>(setup_.cue));
    const double shift = judgement_.start_shift();
    for (int draw = 0; draw < draws; ++draw) {
      const bool amplifies = draw < amplification_draws;
      if (!amplifies && (end_ == nullptr || !found_.borderline.empty())) break;
      const Vector start = moved_start(shift * draw_signs(random, setup_.start.size()));
      const std::int64_t steps = amplifies ? samples_.rows() - 1 : -1;
      const ReferenceRun moved = run_reference(judgement_, setup_.realised, setup_.realised_clamp, start, steps);
      if (amplifies) {
        found_.amplification = std::max(found_.amplification, largest_difference(moved.samples, samples_) / shift);
      }
      if (end_ != nullptr && !same_end(moved)) blame("ends elsewhere when u0 moves by 2e-3 B");
    }
    if (found_.amplification > amplification_limit) {
      blame("amplifies a change of u0 " + number_text(std::round(found_.amplification)) + " times");
    }
  }

  void tighten() {
    Judgement tighter = judgement_;
    tighter.rtol *= 0.1;
    tighter.atol *= 0.1;
    if (!same_end(run_reference(tighter, setup_.realised, setup_.realised_clamp, setup_.start, -1))) {
      blame("ends elsewhere at a tenfold tighter tolerance");
    }
  }

  void move_bias() {
    Random random(judgement_.seed, Stream::bias_probe, static_cast<std::uint32_t>(setup_.cue));
    Circuit moved = setup_.realised;
    for (int draw = 0; draw < draws && found_.borderline.empty(); ++draw) {
      moved.bias = setup_.realised.bias + judgement_.bias_shift() * draw_signs(random, moved.bias.size());
      const ReferenceRun away = run_reference(judgement_, moved, setup_.realised_clamp, setup_.start, -1);
      if (!same_end(run_released(judgement_, setup_, away.u))) {
        blame("ends elsewhere when the drive moves by its quantisation error");
      }
    }
  }

  const Judgement& judgement_;
  const CueSetup& setup_;
  const ClampedCircuit& released_;
  const Matrix& samples_;
  const PolishedEnd* end_;
  Sensitivity found_;
};

ReferenceOptions reference_options(const Judgement& judgement) {
  ReferenceOptions options;
  options.rtol = judgement.rtol;
  options.atol = judgement.atol;
  options.record_energy = false;
  return options;
}

}  // namespace

ReferenceRun run_reference(const Judgement& judgement, const Circuit& circuit, const Vector& clamp, const Vector& start,
                           std::int64_t steps) {
  ReferenceOptions options = reference_options(judgement);
  if (steps >= 0) options.sample_times = network_times(judgement.network().dt, steps);
  return recall(circuit, start, clamp, judgement.prepared.phases, options);
}

ReferenceRun run_released(const Judgement& judgement, const CueSetup& setup, const Vector& start) {
  return recall(setup.realised, start, setup.realised_clamp, {}, reference_options(judgement));
}

Sensitivity probe(const Judgement& judgement, const CueSetup& setup, const ClampedCircuit& released, const Matrix& samples,
                  const PolishedEnd* end) {
  return Prober(judgement, setup, released, samples, end).run();
}

}  // namespace basin
