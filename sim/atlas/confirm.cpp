#include "sim/atlas/confirm.hpp"

#include <algorithm>

#include "sim/compare/lockstep.hpp"
#include "sim/reference/parallel.hpp"
#include "sim/reference/raw_cue.hpp"

namespace basin {
namespace {

/// The sample as cores load it.
std::vector<RawCue> sample(const Design& design, const Recalls& recalls, const Vector& bias, const AtlasPlan& plan) {
  std::vector<Start> starts;
  std::size_t total = 0;
  for (const StartSet& set : plan.sets) {
    if (set.kind != StartKind::newton && set.kind != StartKind::slice) total += set.count;
  }
  const std::size_t count = std::min(confirmed_starts, total);
  std::size_t before = 0;
  std::size_t taken = 0;
  for (const StartSet& set : plan.sets) {
    if (set.kind == StartKind::newton || set.kind == StartKind::slice) continue;
    for (; taken < count && taken * total / count < before + set.count; ++taken) {
      starts.push_back(make_start(design, set, taken * total / count - before));
    }
    before += set.count;
  }
  std::vector<RawCue> cues;
  for (const Cue& cue : recalls.cues_of(starts)) cues.push_back(raw_cue(recalls.network(), bias, cue));
  return cues;
}

/// Adds what the engines did in one start.
void add(const LockstepCue& run, int cue, std::vector<EngineReport>& reports) {
  for (std::size_t e = 0; e < reports.size(); ++e) {
    const EngineCue& own = run.engines[e];
    if (!own.compared) continue;
    EngineReport& report = reports[e];
    report.cues.push_back(cue);
    report.steps += own.steps;
    report.cycles += own.cycles;
    report.overflow = report.overflow || own.overflow;
    if (own.mismatch && !report.mismatch) report.mismatch = own.mismatch;
    report.bit_exact = report.bit_exact && !own.mismatch;
  }
}

}  // namespace

std::vector<EngineReport> confirm_recalls(const Design& design, const Recalls& recalls, const AtlasPlan& plan,
                                          const std::vector<std::string>& names, int jobs, const ProgressCallback& progress) {
  const std::vector<RawCue> cues = sample(design, recalls, recalls.prepared().core.bias, plan);
  const EngineFactory factory = [&](const std::string& name, const FixedNetwork& network) {
    return make_engine(name, network, [&](const std::string&) {
      if (progress) progress("building the RTL model", 0, 1);
    });
  };
  EngineSets engines(names, factory, recalls.network(), jobs);
  std::vector<EngineReport> reports;
  for (const auto& engine : engines.of(0)) {
    EngineReport report;
    report.name = engine->name();
    report.identity_problem = identity_problem(*engines.of(0).front(), *engine);
    report.bit_exact = report.identity_problem.empty();
    reports.push_back(report);
  }
  std::vector<LockstepCue> runs(cues.size());
  const auto slow = static_cast<std::size_t>(design.verify.icarus_cues);
  for_each_parallel(
      cues.size(), jobs,
      [&](std::size_t cue, std::size_t worker) {
        const bool all = slow_engines_run(cue, cues.size(), slow);
        const std::vector<bool> stay_out = all ? std::vector<bool>{} : engines.slow_ones();
        runs[cue] = run_lockstep(engines.of(worker, stay_out), cues[cue], static_cast<int>(cue), recalls.network().step_limit, stay_out);
        runs[cue].trace = {};   // nothing reads it
      },
      [&](std::size_t done) {
        if (progress) progress("on the RTL", done, cues.size());
      });
  for (std::size_t cue = 0; cue < cues.size(); ++cue) add(runs[cue], static_cast<int>(cue), reports);
  return reports;
}

}  // namespace basin
