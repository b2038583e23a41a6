#include "sim/compare/verdict.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

namespace basin {
namespace {

int count(const std::vector<Recall>& recalls, const std::function<bool(const Recall&)>& holds) {
  return static_cast<int>(std::count_if(recalls.begin(), recalls.end(), holds));
}

CueCounts count_cues(const std::vector<Recall>& recalls) {
  CueCounts counts;
  counts.count = static_cast<int>(recalls.size());
  counts.same_attractor = count(recalls, [](const Recall& r) { return r.same_attractor; });
  counts.recalled = count(recalls, [](const Recall& r) { return r.status == "recalled"; });
  counts.borderline = count(recalls, [](const Recall& r) { return r.borderline; });
  counts.moved_by_weights = count(recalls, [](const Recall& r) { return r.moved_by_weights; });
  counts.unsettled = count(recalls, [](const Recall& r) { return r.status == "unsettled"; });
  return counts;
}

/// "cue 3" or "cues 3, 7, 9 and 4 more".
std::string cue_list(const std::vector<Recall>& recalls, const std::function<bool(const Recall&)>& holds) {
  constexpr std::size_t shown = 5;
  std::vector<int> cues;
  for (const Recall& recall : recalls) {
    if (holds(recall)) cues.push_back(recall.cue);
  }
  const auto end = cues.begin() + static_cast<std::ptrdiff_t>(std::min(cues.size(), shown));
  std::string text = fmt::format("{} {}", cues.size() == 1 ? "cue" : "cues", fmt::join(cues.begin(), end, ", "));
  if (cues.size() > shown) text += fmt::format(" and {} more", cues.size() - shown);
  return text;
}

void judge_engine(const EngineReport& engine, std::vector<std::string>& reasons) {
  if (!engine.identity_problem.empty()) reasons.push_back(engine.name + ": " + engine.identity_problem);
  if (engine.overflow) reasons.push_back(engine.name + ": a state overflowed");
  if (!engine.mismatch) return;
  const Mismatch& first = *engine.mismatch;
  const std::string place = first.neuron >= 0 ? fmt::format("neuron {}", first.neuron) : first.what;
  reasons.push_back(fmt::format("{} differs from golden first at cue {}, step {}, {}: {}, golden {}", engine.name,
                                first.cue, first.step, place, first.got, first.expected));
}

void judge_share(const char* what, int number, int all, double limit, std::vector<std::string>& reasons) {
  if (number <= limit * all) return;
  reasons.push_back(fmt::format("{} of {} cues {}, more than {:.3g} %", number, all, what, 100.0 * limit));
}

/// The reference itself reaches no equilibrium and neither does the hardware, not both are seen to go round a cycle and no chaos
/// is: nothing to agree on.
bool undecided(const Recall& recall) {
  const bool settles = recall.reference_reason == EndReason::settled || recall.reason == EndReason::settled;
  return !settles && !(recall.period && recall.reference_period) && !recall.chaos;
}
/// The reference goes round a cycle that the hardware had no time to be seen on.
bool cut_short(const Recall& recall) { return undecided(recall) && recall.reference_period.has_value(); }
bool disagrees(const Recall& recall) { return !recall.same_attractor && !recall.borderline && !undecided(recall); }

}  // namespace

void judge(Verification& verification, const VerifySpec& limits) {
  verification.cues = count_cues(verification.recalls);
  const CueCounts& cues = verification.cues;
  const Deviation& deviation = verification.deviation;
  std::vector<std::string>& reasons = verification.reasons;
  for (const EngineReport& engine : verification.engines) judge_engine(engine, reasons);
  if (count(verification.recalls, disagrees) > 0) {
    reasons.push_back("another attractor than the reference: " + cue_list(verification.recalls, disagrees));
  }
  if (deviation.normalised > deviation.limit) {
    reasons.push_back(fmt::format("normalised deviation {:.3g} exceeds max_state_deviation = {:.3g}", deviation.normalised,
                                  deviation.limit));
  }
  if (deviation.total_limit && deviation.total > *deviation.total_limit) {
    reasons.push_back(fmt::format("total deviation {:.3g} exceeds max_total_deviation = {:.3g}", deviation.total,
                                  *deviation.total_limit));
  }
  judge_share("are borderline", cues.borderline, cues.count, limits.max_borderline, reasons);
  judge_share("are moved by the weights", cues.moved_by_weights, cues.count, limits.max_moved_by_weights, reasons);
  verification.verdict = reasons.empty() ? Verdict::pass : Verdict::fail;
  if (reasons.empty() && count(verification.recalls, undecided) > 0) {
    verification.verdict = Verdict::unknown;
    for (const Recall& recall : verification.recalls) {
      if (!cut_short(recall)) continue;
      reasons.push_back(fmt::format("the reference goes round a cycle of {:.0f} steps; to see the hardware do so takes some four "
                                    "rounds, and hardware.max_steps ended it after {}: {}",
                                    *recall.reference_period / verification.prepared.quantised.network.dt, recall.steps,
                                    cue_list(verification.recalls, cut_short)));
      return;
    }
    reasons.push_back("the reference settles nowhere, so there is no attractor to compare: " +
                      cue_list(verification.recalls, undecided));
  }
}

const char* to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass: return "pass";
    case Verdict::fail: return "fail";
    case Verdict::unknown: break;
  }
  return "unknown";
}

}  // namespace basin
