#include "sim/compare/verification.hpp"

#include <algorithm>
#include <cmath>
#include <mutex>
#include <utility>

#include "models/design/error.hpp"
#include "sim/compare/blame.hpp"
#include "sim/compare/cue_comparison.hpp"
#include "sim/compare/engine_set.hpp"
#include "sim/compare/probes.hpp"
#include "sim/compare/report.hpp"
#include "sim/compare/verdict.hpp"
#include "sim/reference/parallel.hpp"
#include "sim/toolchain/interrupt.hpp"

namespace basin {
namespace {

/// Eight samples a τ_min, as far as the step allows.
std::size_t trace_stride(const FixedNetwork& network) {
  constexpr int samples_log2 = 3;
  return std::size_t{1} << std::max(0, network.step_exponent - samples_log2);
}

Judgement make_judgement(const Design& design, const Prepared& prepared, bool keep_traces) {
  Judgement judgement{.prepared = prepared};
  judgement.rtol = design.simulate.rtol;
  judgement.atol = design.simulate.atol;
  judgement.seed = design.cues.seed;
  judgement.stride = keep_traces ? trace_stride(prepared.quantised.network) : 0;
  judgement.keep_trace = keep_traces;
  if (design.memory.patterns.rows() > 0) judgement.patterns = &design.memory.patterns;
  return judgement;
}

/// The cue of the largest deviation; the first of equals.
std::size_t worst_cue(const std::vector<CueComparison>& cues) {
  const auto worst = std::max_element(cues.begin(), cues.end(), [](const CueComparison& a, const CueComparison& b) {
    return a.deviation.value < b.deviation.value;
  });
  return static_cast<std::size_t>(worst - cues.begin());
}

Blame blame_worst(const Judgement& judgement, const CueComparison& worst, int cue) {
  const CueSetup setup = make_setup(judgement.prepared, cue);
  const FixedNetwork& network = judgement.network();
  const std::vector<std::int32_t>& bias = setup.raw.bias.empty() ? network.biases : setup.raw.bias;
  const std::vector<std::uint8_t>& masks = setup.raw.clamp.empty() ? network.clamps : setup.raw.clamp;
  return find_blame({network, setup.realised, setup.designed, bias, masks, judgement.prepared.phases, setup.realised_clamp,
                     setup.designed_clamp, setup.start, worst.deviation.neuron, worst.judged_steps, judgement.bound(),
                     judgement.rtol, judgement.atol});
}

}  // namespace

Verification run_verification(const Design& design, const VerificationOptions& options) {
  Verification verification;
  verification.prepared = prepare(design);
  const Judgement judgement = make_judgement(design, verification.prepared, options.keep_traces);
  const std::size_t count = verification.prepared.cues.size();
  const auto report = [&](std::string_view stage, std::size_t done, std::size_t total) {
    if (options.progress) options.progress(stage, done, total);
  };

  std::vector<std::string> names;
  if (options.engines.empty()) {
    const std::size_t slow_cues = std::min(count, static_cast<std::size_t>(design.verify.icarus_cues));
    DefaultEngines chosen = default_engines(judgement.network(), static_cast<int>(slow_cues));
    names = std::move(chosen.names);
    verification.left_out = std::move(chosen.left_out);
  } else {
    names = engine_names(options.engines);
    require_rtl_step(design, judgement.network(), names);
  }
  const bool one_board = std::find(names.begin(), names.end(), "board") != names.end();
  const int wanted = one_board ? 1 : std::max(options.jobs, 1);
  const int jobs = static_cast<int>(std::min<std::size_t>(static_cast<std::size_t>(wanted), std::max<std::size_t>(count, 1)));
  const EngineFactory built_in = [&](const std::string& name, const FixedNetwork& network) {
    return make_engine(name, network, [&](const std::string&) { report("building the RTL model", 0, 1); }, options.port);
  };
  EngineSets engines(std::move(names), options.make_engine ? options.make_engine : built_in, judgement.network(), jobs);
  report("engines", 0, 1);
  describe_engines(engines.of(0), verification);
  report("engines", 1, 1);

  std::vector<CueComparison> cues(count);
  const Prober prober(judgement);
  const std::size_t together = std::min(prober.cues_together(), (count + jobs - 1) / static_cast<std::size_t>(jobs));
  const std::size_t blocks = (count + together - 1) / together;
  std::mutex mutex;   // guards `compared` and the calls of `report`
  std::size_t compared = 0;
  for_each_parallel(blocks, jobs, [&](std::size_t block, std::size_t worker) {
    const std::size_t first = block * together;
    const std::size_t size = std::min(together, count - first);
    std::vector<CueComparison> made = compare_cues(
        judgement, prober, static_cast<int>(first), static_cast<int>(size),
        [&](int cue) {
          throw_if_interrupted();
          const auto slow_cues = static_cast<std::size_t>(design.verify.icarus_cues);
          const bool all = slow_engines_run(static_cast<std::size_t>(cue), count, slow_cues);
          std::vector<bool> stay_out = all ? std::vector<bool>{} : engines.slow_ones();
          const auto& set = engines.of(worker, stay_out);
          return CueEngines{set, std::move(stay_out)};
        },
        [&] {
          const std::lock_guard lock(mutex);
          report("comparing", ++compared, count);
        });
    std::move(made.begin(), made.end(), cues.begin() + static_cast<std::ptrdiff_t>(first));
  });

  report("blame", 0, 1);
  describe_cues(design, judgement, cues, verification);
  const std::size_t worst = worst_cue(cues);
  verification.deviation.blame = blame_worst(judgement, cues[worst], static_cast<int>(worst));
  if (options.keep_traces) describe_traces(design, judgement, cues, verification);
  judge(verification, design.verify);
  report("blame", 1, 1);
  return verification;
}

}  // namespace basin
