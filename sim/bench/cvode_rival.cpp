#include <cblas.h>
#include <cvode/cvode.h>
#include <nvector/nvector_serial.h>
#include <sunnonlinsol/sunnonlinsol_fixedpoint.h>

#include <cmath>
#include <stdexcept>

#include "sim/bench/solver.hpp"

namespace basin {
namespace {

constexpr long most_steps = 100'000;

struct Problem {
  const RecallCase& recall;
  std::vector<double> v;
};

int right_hand_side(double /*t*/, N_Vector u, N_Vector dudt, void* data) {
  auto& problem = *static_cast<Problem*>(data);
  const Circuit& circuit = problem.recall.circuit;
  const double* in = N_VGetArrayPointer(u);
  double* out = N_VGetArrayPointer(dudt);
  const int n = static_cast<int>(circuit.size());
  for (int i = 0; i < n; ++i) {
    problem.v[static_cast<std::size_t>(i)] = std::tanh(circuit.gain[i] * in[i]);
    out[i] = in[i];
  }
  cblas_dgemv(CblasRowMajor, CblasNoTrans, n, n, 1.0, circuit.weights.data(), n, problem.v.data(), 1, -1.0, out, 1);
  return 0;
}

void check(int code, const char* call) {
  if (code < 0) throw std::runtime_error(std::string("CVODE: ") + call + " failed with " + std::to_string(code));
}

class CvodeSolver final : public Solver {
 public:
  CvodeSolver(const RecallCase& recall, double rtol, double atol)
      : recall_(recall), problem_{recall, std::vector<double>(static_cast<std::size_t>(recall.size()))} {
    check(SUNContext_Create(nullptr, &context_), "SUNContext_Create");
    u_ = N_VNew_Serial(recall.size(), context_);
    load_start();
    memory_ = CVodeCreate(CV_ADAMS, context_);
    check(CVodeInit(memory_, right_hand_side, 0.0, u_), "CVodeInit");
    check(CVodeSStolerances(memory_, rtol, atol), "CVodeSStolerances");
    check(CVodeSetUserData(memory_, &problem_), "CVodeSetUserData");
    check(CVodeSetMaxNumSteps(memory_, most_steps), "CVodeSetMaxNumSteps");
    iteration_ = SUNNonlinSol_FixedPoint(u_, 0, context_);
    check(CVodeSetNonlinearSolver(memory_, iteration_), "CVodeSetNonlinearSolver");
  }
  CvodeSolver(const CvodeSolver&) = delete;
  CvodeSolver& operator=(const CvodeSolver&) = delete;
  ~CvodeSolver() override {
    CVodeFree(&memory_);
    SUNNonlinSolFree(iteration_);
    N_VDestroy(u_);
    SUNContext_Free(&context_);
  }

  [[nodiscard]] std::string name() const override { return "CVODE"; }
  Solved solve(double t_end) override {
    const double begin = cpu_seconds();
    load_start();
    check(CVodeReInit(memory_, 0.0, u_), "CVodeReInit");
    check(CVodeSetStopTime(memory_, t_end), "CVodeSetStopTime");
    double t = 0.0;
    check(CVode(memory_, t_end, u_, &t, CV_NORMAL), "CVode");
    const double seconds = cpu_seconds() - begin;
    return {Eigen::Map<const Vector>(N_VGetArrayPointer(u_), recall_.size()), seconds};
  }

 private:
  void load_start() { std::copy(recall_.start.begin(), recall_.start.end(), N_VGetArrayPointer(u_)); }

  const RecallCase& recall_;
  Problem problem_;
  SUNContext context_ = nullptr;
  N_Vector u_ = nullptr;
  void* memory_ = nullptr;
  SUNNonlinearSolver iteration_ = nullptr;
};

}  // namespace

std::unique_ptr<Solver> cvode_adams(const RecallCase& recall, double rtol, double atol) {
  return std::make_unique<CvodeSolver>(recall, rtol, atol);
}

}  // namespace basin
