#include "sim/cli/simulate_results.hpp"

#include <algorithm>

#include "sim/cli/amplifier_results.hpp"
#include "sim/cli/learn_results.hpp"
#include "sim/cli/solution_report.hpp"

namespace basin::cli {
namespace {

Json recall_of(const Design& design, const SimulatedCue& cue) {
  Json json{{"cue", cue.cue}};
  if (!cue.target.empty()) json["target"] = cue.target;
  json["attractor"] = cue.attractor;
  json["signs"] = cue.signs;
  if (cue.overlap) json["overlap"] = number(*cue.overlap);
  json["energy"] = number(cue.energy);
  json["settle_time"] = number(cue.settle_time);
  json["steps"] = cue.steps;
  json["engine"] = "reference";
  json["status"] = cue.status;
  json["reason"] = to_string(cue.reason);
  if (cue.period) json["period"] = number(*cue.period);
  if (cue.lyapunov) {
    json["lyapunov"] = {{"largest", number(cue.lyapunov->largest)}, {"standard_error", number(cue.lyapunov->standard_error)}};
  }
  if (!cue.sequence.empty()) json["sequence"] = sequence_of(design.memory, cue.sequence);
  json["t_final"] = number(cue.t_final);
  return json;
}

Json equilibrium_of(const ReachedEquilibrium& equilibrium) {
  Json json{{"name", equilibrium.name},
            {"stable", truth(equilibrium.stable)},
            {"cues", equilibrium.cues},
            {"energy", number(equilibrium.energy)},
            {"residual", number(equilibrium.residual)},
            {"u", Json::array()},
            {"eigenvalues", Json::array()}};
  for (const double u : equilibrium.u) json["u"].push_back(number(u));
  for (const auto& value : equilibrium.eigenvalues) {
    json["eigenvalues"].push_back(Json::array({number(value.real()), number(value.imag())}));
  }
  return json;
}

void append(std::vector<double>& list, const Matrix& values) {
  list.insert(list.end(), values.data(), values.data() + values.size());
}

Json noise_of(const NoiseSpec& spec, const SimulatedNoise& noise) {
  return {{"temperature", number(*spec.temperature)},
          {"seed", spec.seed},
          {"step", number(noise.step)},
          {"t_end", number(noise.t_end)},
          {"rms", number(noise.rms)}};
}

Json counts_of(const std::vector<SimulatedCue>& cues) {
  const auto with = [&cues](const char* status) {
    return std::count_if(cues.begin(), cues.end(), [status](const SimulatedCue& cue) { return cue.status == status; });
  };
  return {{"count", cues.size()}, {"recalled", with("recalled")}, {"unsettled", with("unsettled")}};
}

}  // namespace

bool simulation_holds(const Simulation& found) {
  const bool diverged = std::any_of(found.cues.begin(), found.cues.end(),
                                    [](const SimulatedCue& cue) { return cue.reason == EndReason::diverged; });
  return !diverged && (!found.energy_argument || found.energy_never_rises);
}

void add_simulation(Json& document, const Design& design, const Simulation& found) {
  add_hidden(document, design, found.designed.learned);
  if (design.problem.kind != ProblemKind::none) document["solution"] = solution_of(found.solution);
  document["cues"] = counts_of(found.cues);
  document["symmetric"] = found.symmetric;
  if (found.noise) document["noise"] = noise_of(design.noise, *found.noise);
  if (found.energy_argument) document["energy_never_rises"] = found.energy_never_rises;
  if (found.amplifiers) document["amplifier"] = amplifier_of(design.amplifier, *found.amplifiers, true);
  if (!found.memories.empty()) {
    document["memories"] = Json::array();
    for (const SimulatedMemory& memory : found.memories) {
      document["memories"].push_back({{"name", memory.name},
                                      {"stored", truth(memory.stored)},
                                      {"certified", truth(memory.certified)},
                                      {"margin", number(memory.margin)}});
    }
  }
  document["recalls"] = Json::array();
  for (const SimulatedCue& cue : found.cues) document["recalls"].push_back(recall_of(design, cue));
  document["equilibria"] = Json::array();
  for (const ReachedEquilibrium& equilibrium : found.equilibria) {
    document["equilibria"].push_back(equilibrium_of(equilibrium));
  }
}

Traces traces_of(const Design& design, const Simulation& found) {
  const bool physical = design.circuit.units == Units::physical;
  Traces traces;
  traces.cues = found.cues.size();
  traces.samples = found.times.size();
  traces.neurons = static_cast<std::size_t>(found.designed.circuit.size());
  traces.time_unit = physical ? "s" : "tau";
  traces.state_unit = physical ? "V" : "1";
  traces.t = found.times;
  for (std::size_t c = 0; c < found.cues.size(); ++c) {
    const SimulatedCue& cue = found.cues[c];
    append(traces.u, cue.samples);
    append(traces.v, sampled_outputs(found, c));
    traces.energy.insert(traces.energy.end(), cue.energies.begin(), cue.energies.end());
  }
  const Matrix& weights = found.designed.circuit.weights;
  traces.weights.assign(weights.data(), weights.data() + weights.size());
  return traces;
}

}  // namespace basin::cli
