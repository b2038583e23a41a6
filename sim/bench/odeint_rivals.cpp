#include <cblas.h>

#include <boost/numeric/odeint.hpp>
#include <cmath>
#include <functional>

#include "sim/bench/solver.hpp"

namespace basin {
namespace {

namespace odeint = boost::numeric::odeint;
using Values = std::vector<double>;

/// V = tanh(λu), once an evaluation.
void activate(const Circuit& circuit, const Values& u, Values& v) {
  for (std::size_t i = 0; i < u.size(); ++i) v[i] = std::tanh(circuit.gain[static_cast<Index>(i)] * u[i]);
}

struct PlainLoops {
  const Circuit& circuit;
  Values v = Values(static_cast<std::size_t>(circuit.size()));

  void operator()(const Values& u, Values& dudt, double) {
    activate(circuit, u, v);
    const std::size_t n = u.size();
    const double* w = circuit.weights.data();
    for (std::size_t i = 0; i < n; ++i) {
      double sum = -u[i];
      for (std::size_t j = 0; j < n; ++j) sum += w[i * n + j] * v[j];
      dudt[i] = sum;
    }
  }
};

struct Dgemv {
  const Circuit& circuit;
  Values v = Values(static_cast<std::size_t>(circuit.size()));

  void operator()(const Values& u, Values& dudt, double) {
    activate(circuit, u, v);
    dudt = u;
    const int n = static_cast<int>(u.size());
    cblas_dgemv(CblasRowMajor, CblasNoTrans, n, n, 1.0, circuit.weights.data(), n, v.data(), 1, -1.0, dudt.data(), 1);
  }
};

template <class System, class Stepper>
class OdeintSolver final : public Solver {
 public:
  OdeintSolver(std::string name, const RecallCase& recall, double rtol, double atol)
      : name_(std::move(name)), recall_(recall), system_{recall.circuit}, rtol_(rtol), atol_(atol) {}
  [[nodiscard]] std::string name() const override { return name_; }
  Solved solve(double t_end) override {
    const double begin = cpu_seconds();
    Values u(recall_.start.begin(), recall_.start.end());
    odeint::integrate_adaptive(odeint::make_controlled<Stepper>(atol_, rtol_), std::ref(system_), u, 0.0, t_end, 0.02);
    const double seconds = cpu_seconds() - begin;
    return {Eigen::Map<const Vector>(u.data(), static_cast<Index>(u.size())), seconds};
  }

 private:
  std::string name_;
  const RecallCase& recall_;
  System system_;
  double rtol_;
  double atol_;
};

using Dopri5 = odeint::runge_kutta_dopri5<Values>;
using Fehlberg78 = odeint::runge_kutta_fehlberg78<Values>;

}  // namespace

std::unique_ptr<Solver> odeint_naive(const RecallCase& recall, double rtol, double atol) {
  return std::make_unique<OdeintSolver<PlainLoops, Dopri5>>("odeint naive", recall, rtol, atol);
}

std::unique_ptr<Solver> odeint_dgemv(const RecallCase& recall, double rtol, double atol) {
  return std::make_unique<OdeintSolver<Dgemv, Dopri5>>("odeint dgemv", recall, rtol, atol);
}

std::unique_ptr<Solver> tight_reference(const RecallCase& recall) {
  return std::make_unique<OdeintSolver<Dgemv, Fehlberg78>>("odeint Fehlberg 7(8)", recall, 1e-14, 1e-14);
}

std::string blas_core() { return openblas_get_corename(); }

}  // namespace basin
