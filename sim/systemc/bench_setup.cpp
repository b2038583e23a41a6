#include "sim/systemc/bench_setup.hpp"

#include "sim/reference/raw_cue.hpp"

namespace basin::systemc {

PreparedBench prepare_bench(const Design& design, const Prepared& prepared, int cue, RtlBuildOptions build) {
  const Cue& given = prepared.cues.at(static_cast<std::size_t>(cue));
  PreparedBench bench;
  BenchSetup& setup = bench.setup;
  setup.network = prepared.quantised.network;
  setup.circuit = prepared.realised;
  setup.phases = prepared.phases;
  const RawCue raw = raw_cue(setup.network, prepared.core.bias, given);
  bench.start = realised_start(setup.network, given, raw);
  bench.state = raw.state;
  setup.clamp = realised_clamp(setup.network, given, raw);
  setup.circuit.bias = realised_bias(setup.network, setup.circuit.bias, raw);
  if (!raw.clamp.empty()) setup.network.clamps = raw.clamp;
  if (!raw.bias.empty()) setup.network.biases = raw.bias;
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
