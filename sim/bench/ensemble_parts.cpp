#include "sim/bench/ensemble_parts.hpp"

#include "models/ode/ensemble_network.hpp"
#include "sim/bench/ensemble_problem.hpp"
#include "sim/bench/least_time.hpp"

namespace basin {
namespace {

constexpr int repeats = 15;
constexpr int rounds = 20;

template <class Work>
double seconds_of(Work work) {
  return least_seconds(repeats, rounds, work);
}

}  // namespace

nlohmann::json evaluation_parts(Index neurons, double peak) {
  const EnsembleProblem problem(neurons, 16, 0);
  const PanelNetwork<float> network(problem.circuit, widest_isa());
  const PanelKernel<float>& kernel = network.kernel();
  const std::size_t size = network.rows() * kernel.lanes;
  const AlignedVector<float> weights(size / kernel.lanes * network.size(), 0.01F);
  const PackedMatrix<float> matrix{network.rows(), network.size(), weights.data()};
  AlignedVector<float> u(size, 0.3F), y(u), outputs(u), next_outputs(u), slope(u), constant(u), h(kernel.lanes, 0.125F);
  PanelStage<float> stage;
  stage.outputs = outputs.data();
  stage.constant = constant.data();
  stage.y = y.data();
  stage.slope = slope.data();
  stage.h = h.data();
  stage.own = 0.5F;
  stage.u = u.data();
  stage.next = y.data();
  stage.next_outputs = next_outputs.data();
  const double n = static_cast<double>(neurons);
  const double ideal = 2.0 * n * n * static_cast<double>(kernel.lanes) / peak;
  return {{"product", seconds_of([&] { kernel.product(matrix, outputs.data(), next_outputs.data()); }) / ideal},
          {"activation",
           seconds_of([&] { kernel.activate(PanelActivation::tanh, next_outputs.data(), size); }) / ideal},
          {"evaluation", seconds_of([&] { network.advance(stage, nullptr); }) / ideal}};
}

}  // namespace basin
