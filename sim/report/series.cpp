#include "sim/report/series.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <span>

#include "sim/compare/cue_comparison.hpp"

namespace basin::report {
namespace {

char sign_of(double value) { return value > 0 ? '+' : value < 0 ? '-' : '0'; }

const std::vector<std::int32_t>* words_of(const Verification& found, const std::string& engine) {
  for (const auto& [name, words] : found.traces.u_raw) {
    if (name == engine) return words.get();
  }
  return nullptr;
}

/// u of the realised circuit, or of the golden model, of one cue at sample k.
struct States {
  const Verification& found;
  std::size_t cue;
  const std::vector<std::int32_t>& golden;

  [[nodiscard]] Vector analog(std::size_t k) const {
    const Traces& traces = found.traces;
    return Eigen::Map<const Vector>(&traces.u[(cue * traces.samples + k) * traces.neurons], static_cast<Index>(traces.neurons));
  }
  [[nodiscard]] Vector hardware(std::size_t k) const {
    const Traces& traces = found.traces;
    const auto step = static_cast<std::size_t>(std::llround(traces.t[k] / found.prepared.quantised.network.dt));
    const std::size_t row = cue * traces.steps + std::min(step, traces.steps - 1);
    return Eigen::Map<const Eigen::Matrix<std::int32_t, Eigen::Dynamic, 1>>(&golden[row * traces.neurons],
                                                                          static_cast<Index>(traces.neurons))
               .cast<double>() *
           found.lsb_state;
  }
};

/// Those memories that the recall passed first, `most` at most.
std::vector<Index> passed_memories(const Recall& recall, std::size_t most) {
  std::vector<Index> passed;
  for (const PatternVisit& visit : recall.sequence) {
    if (passed.size() < most && std::ranges::find(passed, visit.pattern) == passed.end()) passed.push_back(visit.pattern);
  }
  return passed.size() < 2 ? std::vector<Index>{} : passed;
}

double overlap_with(const MemorySpec& memory, Index m, const Circuit& circuit, const Vector& u) {
  return memory.patterns.row(m).dot(outputs(circuit, u).head(memory.patterns.cols())) / static_cast<double>(memory.patterns.cols());
}

/// The neuron of the largest deviation, then those whose u covers the most, in order of their numbers.
std::vector<Index> chosen_neurons(const std::vector<Vector>& analog, const std::vector<Vector>& hardware, std::size_t judged,
                                  std::size_t most) {
  Vector span = Vector::Zero(analog.front().size());
  Vector deviation = span;
  Vector low = analog.front();
  Vector high = low;
  for (std::size_t k = 0; k < analog.size(); ++k) {
    low = low.cwiseMin(analog[k]);
    high = high.cwiseMax(analog[k]);
    if (k < judged) deviation = deviation.cwiseMax((hardware[k] - analog[k]).cwiseAbs());
  }
  span = high - low;
  Index worst = 0;
  deviation.maxCoeff(&worst);
  std::vector<Index> order(static_cast<std::size_t>(span.size()));
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<Index>(i);
  std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) {
    return a == worst ? b != worst : b != worst && span[a] > span[b];
  });
  order.resize(std::min(most, order.size()));
  std::sort(order.begin(), order.end());
  return order;
}

}  // namespace

bool has_series(const Verification& found) {
  return !found.traces.u.empty() && words_of(found, "golden") != nullptr && !found.recalls.empty();
}

CueSeries series_of(const Verification& found, const MemorySpec& memory, int cue, std::size_t neurons, std::size_t overlaps) {
  const States states{found, static_cast<std::size_t>(cue), *words_of(found, "golden")};
  const Recall& recall = found.recalls[static_cast<std::size_t>(cue)];
  const Circuit circuit = make_setup(found.prepared, cue).realised;
  const double dt = found.prepared.quantised.network.dt;
  const double end = (static_cast<double>(recall.steps) + 0.5) * dt;
  const double judged_end = (static_cast<double>(recall.judged_steps) + 0.5) * dt;
  const double scale = found.bound * std::max(1.0, recall.amplification);
  CueSeries series;
  series.cue = cue;
  std::vector<Vector> analog;
  std::vector<Vector> hardware;
  std::size_t judged_samples = 0;
  for (std::size_t k = 0; k < found.traces.samples && (k < 2 || found.traces.t[k] <= end); ++k) {
    analog.push_back(states.analog(k));
    hardware.push_back(states.hardware(k));
    series.t.push_back(found.traces.t[k]);
    series.analog_energy.push_back(energy(circuit, analog.back()));
    series.hardware_energy.push_back(energy(circuit, hardware.back()));
    const bool judged = found.traces.t[k] <= judged_end;
    series.deviation.push_back(judged ? (hardware.back() - analog.back()).cwiseAbs().maxCoeff() / scale : 0.0);
    judged_samples += judged ? 1 : 0;
  }
  for (const Index m : passed_memories(recall, overlaps)) {
    OverlapSeries& one = series.overlaps.emplace_back();
    one.memory = memory.names[static_cast<std::size_t>(m)];
    for (std::size_t k = 0; k < analog.size(); ++k) {
      one.analog.push_back(overlap_with(memory, m, circuit, analog[k]));
      one.hardware.push_back(overlap_with(memory, m, circuit, hardware[k]));
    }
  }
  for (const Index i : chosen_neurons(analog, hardware, std::max<std::size_t>(judged_samples, 1), neurons)) {
    NeuronSeries& one = series.neurons.emplace_back();
    one.neuron = static_cast<int>(i);
    for (std::size_t k = 0; k < analog.size(); ++k) {
      one.analog.push_back(analog[k][i]);
      one.hardware.push_back(hardware[k][i]);
    }
  }
  return series;
}

std::string analog_signs(const Verification& found, int cue) {
  std::string signs;
  const Traces& traces = found.traces;
  if (traces.u.empty()) return signs;
  const std::size_t row = (static_cast<std::size_t>(cue) + 1) * traces.samples - 1;
  const auto visible = static_cast<std::size_t>(found.prepared.circuit.visible());
  for (std::size_t i = 0; i < visible; ++i) signs += sign_of(traces.u[row * traces.neurons + i]);
  return signs;
}

std::string engine_signs(const Verification& found, const EngineReport& engine, int cue) {
  const bool ran = std::ranges::binary_search(engine.cues, cue);
  return ran && engine.bit_exact ? found.recalls[static_cast<std::size_t>(cue)].signs : "";
}

std::vector<int> chosen_cues(const Verification& found, std::size_t most) {
  std::set<int> chosen;
  const auto add = [&](int cue, std::size_t room) {
    if (chosen.size() < room && static_cast<std::size_t>(cue) < found.recalls.size()) chosen.insert(cue);
  };
  add(found.deviation.at.cue, most);
  for (const Recall& recall : found.recalls) {
    if (recall.status != "recalled" || recall.borderline || !recall.same_attractor) add(recall.cue, (most + 2) / 3);
  }
  for (const Recall& recall : found.recalls) add(recall.cue, most);
  return {chosen.begin(), chosen.end()};
}

}  // namespace basin::report
