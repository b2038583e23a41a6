#include "sim/compare/probes.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "models/design/random.hpp"
#include "models/design/text.hpp"
#include "sim/reference/recall.hpp"

namespace basin {
namespace {

/// size × ±1.
Vector draw_signs(Random& random, Index size) {
  Vector signs(size);
  for (double& sign : signs) sign = random.sign();
  return signs;
}

/// The probes of some cues under way, kind after kind: a kind's runs of all cues are made together.
class Probing {
 public:
  Probing(const Judgement& judgement, std::span<const ProbedCue> cues)
      : judgement_(judgement), cues_(cues), found_(cues.size()) {}

  void move_starts(const ProbeRuns& runs) {
    const double shift = judgement_.start_shift();
    for (std::size_t c = 0; c < cues_.size(); ++c) {
      const CueSetup& setup = *cues_[c].setup;
      Random random(judgement_.seed, Stream::amplification, static_cast<std::uint32_t>(setup.cue));
      const int draws = cues_[c].end != nullptr ? start_draws : amplification_draws;
      for (int draw = 0; draw < draws; ++draw) {
        ProbeRun& run = add(c, moved_start(setup, shift * draw_signs(random, setup.start.size())));
        if (draw < amplification_draws) run.beside = cues_[c].samples;
      }
    }
    const std::vector<ProbeEnd> ends = runs.run(runs_);
    for (std::size_t k = 0; k < ends.size(); ++k) {
      const std::size_t c = owners_[k];
      found_[c].amplification = std::max(found_[c].amplification, ends[k].difference / shift);
      if (cues_[c].end != nullptr && !same_end(c, ends[k])) blame(c, "ends elsewhere when u0 moves by 2e-3 B");
    }
    for (std::size_t c = 0; c < cues_.size(); ++c) {
      if (found_[c].amplification <= amplification_limit) continue;
      blame(c, "amplifies a change of u0 " + number_text(std::round(found_[c].amplification)) + " times");
    }
  }

  void tighten(const ProbeRuns& runs) {
    for (const std::size_t c : unblamed()) add(c, cues_[c].setup->start);
    judge_ends(runs.run(runs_), "ends elsewhere at a tenfold tighter tolerance");
  }

  void move_biases(const ProbeRuns& runs) {
    for (const std::size_t c : unblamed()) {
      const CueSetup& setup = *cues_[c].setup;
      Random random(judgement_.seed, Stream::bias_probe, static_cast<std::uint32_t>(setup.cue));
      for (int draw = 0; draw < bias_draws; ++draw) {
        add(c, setup.start).bias_shift = judgement_.bias_shift() * draw_signs(random, setup.start.size());
      }
    }
    const std::vector<std::size_t> owners = owners_;
    const std::vector<ProbeEnd> away = runs.run(runs_);
    begin();
    for (std::size_t k = 0; k < away.size(); ++k) add(owners[k], away[k].u).released = true;
    judge_ends(runs.run(runs_), "ends elsewhere when the drive moves by its quantisation error");
  }

  [[nodiscard]] std::vector<Sensitivity> found() && { return std::move(found_); }

 private:
  static constexpr int bias_draws = 8;

  /// Cues that settle and are not borderline so far.
  [[nodiscard]] std::vector<std::size_t> unblamed() {
    begin();
    std::vector<std::size_t> cues;
    for (std::size_t c = 0; c < cues_.size(); ++c) {
      if (cues_[c].end != nullptr && found_[c].borderline.empty()) cues.push_back(c);
    }
    return cues;
  }

  void begin() {
    runs_.clear();
    owners_.clear();
  }

  ProbeRun& add(std::size_t c, Vector start) {
    owners_.push_back(c);
    return runs_.emplace_back(ProbeRun{cues_[c].released, std::move(start), {}, false, nullptr});
  }

  void judge_ends(const std::vector<ProbeEnd>& ends, const char* reason) {
    for (std::size_t k = 0; k < ends.size(); ++k) {
      if (!same_end(owners_[k], ends[k])) blame(owners_[k], reason);
    }
  }

  void blame(std::size_t c, const std::string& reason) {
    if (found_[c].borderline.empty()) found_[c].borderline = reason;
  }

  [[nodiscard]] bool same_end(std::size_t c, const ProbeEnd& end) const {
    const ClampedCircuit& released = *cues_[c].released;
    return end.reason == EndReason::settled && cues_[c].end->same(released.free_circuit(), released.restrict(end.u));
  }

  /// u0 moved where the cue does not clamp it.
  [[nodiscard]] static Vector moved_start(const CueSetup& setup, const Vector& shift) {
    Vector start = setup.start + shift;
    for (Index i = 0; i < setup.realised_clamp.size(); ++i) {
      if (!std::isnan(setup.realised_clamp[i])) start[i] = setup.start[i];
    }
    return start;
  }

  const Judgement& judgement_;
  std::span<const ProbedCue> cues_;
  std::vector<Sensitivity> found_;
  std::vector<ProbeRun> runs_;        // of the kind under way
  std::vector<std::size_t> owners_;   // the cue of each
};

Judgement tightened(Judgement judgement) {
  judgement.rtol = std::max(0.1 * judgement.rtol, Ensemble::least_rtol);
  judgement.atol *= 0.1;
  return judgement;
}

ReferenceOptions reference_options(const Judgement& judgement) {
  ReferenceOptions options;
  options.rtol = judgement.rtol;
  options.atol = judgement.atol;
  options.record_energy = false;
  return options;
}

}  // namespace

ReferenceRun run_reference(const Judgement& judgement, const ClampedCircuit& circuit, const Vector& start, std::int64_t steps) {
  ReferenceOptions options = reference_options(judgement);
  if (steps >= 0) options.sample_times = network_times(judgement.network().dt, steps);
  return recall(circuit, start, judgement.prepared.phases, options);
}

ReferenceRun run_released(const Judgement& judgement, const ClampedCircuit& circuit, const Vector& start, std::int64_t steps) {
  ReferenceOptions options = reference_options(judgement);
  if (steps >= 0) {
    options.sample_times = network_times(judgement.network().dt, steps);
    options.t_end = options.sample_times.back();
    options.stop_when_settled = false;
  }
  return recall(circuit, start, {}, options);
}

ReferenceRun run_on(const Judgement& judgement, const ClampedCircuit& circuit, const Vector& start, double t, std::int64_t steps) {
  ReferenceOptions options = reference_options(judgement);
  options.sample_times = network_times(judgement.network().dt, steps);
  for (double& time : options.sample_times) time += t;
  options.t_end = options.sample_times.back();
  options.stop_when_settled = false;
  return recall(circuit, start, {}, options);
}

Prober::Prober(const Judgement& judgement)
    : judgement_(judgement), tighter_judgement_(tightened(judgement)), usual_(judgement_), tighter_(tighter_judgement_) {}

std::vector<Sensitivity> Prober::probe(std::span<const ProbedCue> cues) const {
  Probing probing(judgement_, cues);
  probing.move_starts(usual_);
  probing.tighten(tighter_);
  probing.move_biases(usual_);
  return std::move(probing).found();
}

}  // namespace basin
