#include "models/ode/reference.hpp"
#include "sim/bench/solver.hpp"

namespace basin {
namespace {

Circuit with_factors(Circuit circuit, bool factored) {
  if (!factored) circuit.factors = nullptr;
  return circuit;
}

class BasinSolver final : public Solver {
 public:
  BasinSolver(const RecallCase& recall, bool factored, double rtol, double atol)
      : circuit_(with_factors(recall.circuit, factored)), start_(recall.start), integrator_(circuit_) {
    options_.rtol = rtol;
    options_.atol = atol;
    options_.stop_when_settled = false;
    options_.record_energy = false;
    options_.find_settle_time = false;
  }
  [[nodiscard]] std::string name() const override { return integrator_.coupling().name(); }
  Solved solve(double t_end) override {
    options_.t_end = t_end;
    const double begin = cpu_seconds();
    ReferenceRun run = integrator_.run(start_, options_);
    return {std::move(run.u), cpu_seconds() - begin};
  }

 private:
  Circuit circuit_;
  Vector start_;
  Integrator integrator_;
  ReferenceOptions options_;
};

}  // namespace

std::unique_ptr<Solver> basin_solver(const RecallCase& recall, bool factored, double rtol, double atol) {
  return std::make_unique<BasinSolver>(recall, factored, rtol, atol);
}

}  // namespace basin
