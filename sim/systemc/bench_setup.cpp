#include "sim/systemc/bench_setup.hpp"

#include <cmath>

#include "sim/reference/raw_cue.hpp"

namespace basin::systemc {

PreparedBench prepare_bench(const Design& design, const Prepared& prepared, int cue, RtlBuildOptions build) {
  const Cue& given = prepared.cues.at(static_cast<std::size_t>(cue));
  PreparedBench bench;
  bench.start = given.start;
  BenchSetup& setup = bench.setup;
  setup.network = prepared.quantised.network;
  setup.circuit = prepared.realised;
  setup.phases = prepared.phases;
  const RawCue raw = raw_cue(setup.network, given);
  setup.clamp = realised_clamp(setup.network, given, raw);
  if (!raw.clamp.empty()) setup.network.clamps = raw.clamp;
  for (Index i = 0; i < setup.clamp.size(); ++i) {
    if (!std::isnan(setup.clamp[i])) bench.start[i] = raw.state[static_cast<std::size_t>(i)] * setup.network.lsb_state;
  }
  if (given.bias.size() > 0) {
    setup.network.biases = raw_bias(setup.network, prepared.core.bias + given.bias);
    for (std::size_t i = 0; i < setup.network.biases.size(); ++i) {
      setup.circuit.bias[static_cast<Index>(i)] = setup.network.biases[i] * setup.network.lsb_sum();
    }
  }
  setup.rtol = design.simulate.rtol;
  setup.atol = design.simulate.atol;
  setup.scale = {prepared.quantised.bound, design.verify.max_state_deviation};

  build.flavour = RtlFlavour::systemc;
  const RtlBuild core = prepare_rtl_build(setup.network.core, build);
  setup.object = build_rtl(core);
  setup.config_id = core.config_id;
  return bench;
}

}  // namespace basin::systemc
