#pragma once

#include <memory>
#include <string>

#include "sim/bench/recall_case.hpp"
#include "sim/bench/row.hpp"

namespace basin {

/// u(t_end) and the CPU seconds it took.
struct Solved {
  Vector u;
  double seconds = 0.0;
};

/// Something that integrates one case from its start as often as asked.
class Solver {
 public:
  virtual ~Solver() = default;
  [[nodiscard]] virtual std::string name() const = 0;
  virtual Solved solve(double t_end) = 0;
};

/// Basin's reference; `factored` says whether it may use the factors. Keeps no reference to the case.
std::unique_ptr<Solver> basin_solver(const RecallCase& recall, bool factored, double rtol, double atol);

// All keep a reference to the case.
/// odeint's dopri5 with its own algebra on std::vector, and the product as two plain loops.
std::unique_ptr<Solver> odeint_naive(const RecallCase& recall, double rtol, double atol);
/// The same with OpenBLAS's dgemv.
std::unique_ptr<Solver> odeint_dgemv(const RecallCase& recall, double rtol, double atol);
/// odeint's Fehlberg 7(8) with dgemv at 1e-14: the tight reference, another method than any of the others'.
std::unique_ptr<Solver> tight_reference(const RecallCase& recall);
/// SUNDIALS CVODE, Adams with functional iteration, and dgemv.
std::unique_ptr<Solver> cvode_adams(const RecallCase& recall, double rtol, double atol);
/// `script` of the rivals' folder in a child process, fed with the case's files.
std::unique_ptr<Solver> python_rival(const BenchOptions& options, const std::string& name, const std::string& script,
                                     const RecallCase& recall, double rtol, double atol);

/// OpenBLAS's name of the machine's core.
std::string blas_core();

}  // namespace basin
