// basin_bench_trajectory: CPU time of one trajectory of the continuous-time reference, at the rival's achieved error.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>

#include "sim/bench/solver.hpp"
#include "sim/bench/trajectory_parts.hpp"

namespace basin {
namespace {

constexpr double rival_rtol = 1e-6;
constexpr double atol_of_rtol = 1e-2;   // atol = rtol / 100 throughout
constexpr double equal_to = 1.001;      // errors that agree to three digits are equal: rounding tells no more
constexpr int checkpoints = 4;          // the error is the largest of those at i/4 of the time

/// States of a solver at the checkpoints, each by a run of its own.
std::vector<Vector> states(Solver& solver, double t_end) {
  std::vector<Vector> found;
  for (int i = 1; i <= checkpoints; ++i) found.push_back(solver.solve(t_end * i / checkpoints).u);
  return found;
}

double largest_difference(const std::vector<Vector>& a, const std::vector<Vector>& b) {
  double largest = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) largest = std::max(largest, (a[i] - b[i]).cwiseAbs().maxCoeff());
  return largest;
}

/// One network: its tight reference, and Basin at the loosest tolerance that is as exact as asked.
class Contest {
 public:
  Contest(Index neurons, Index memories, int repeats)
      : memories_(memories), repeats_(repeats), recall_(make_recall_case(neurons, memories)) {
    exact_ = states(*tight_reference(recall_), recall_.t_end);
  }

  [[nodiscard]] const RecallCase& recall() const { return recall_; }

  void compare(const std::string& row, bool factored, Solver& rival) {
    Timed theirs{rival.name(), {}, largest_difference(states(rival, recall_.t_end), exact_)};
    Timed ours{"basin", {}, 0.0};
    const auto [solver, rtol] = as_exact_as(theirs.error, factored, ours.error);
    for (int i = 0; i < repeats_; ++i) {
      theirs.times.push_back(rival.solve(recall_.t_end).seconds);
      ours.times.push_back(solver->solve(recall_.t_end).seconds);
    }
    print_row(row, ours, theirs,
              {{"neurons", recall_.size()}, {"memories", memories_}, {"form", solver->name()}, {"rtol", rtol},
               {"rival_rtol", rival_rtol}, {"t_end", recall_.t_end}, {"blas", blas_core()}});
  }

 private:
  std::pair<std::unique_ptr<Solver>, double> as_exact_as(double error, bool factored, double& achieved) const {
    constexpr int loosest = 24;
    constexpr int tightest = -40;
    for (int quarter_octaves = loosest; quarter_octaves >= tightest; --quarter_octaves) {
      const double rtol = rival_rtol * std::exp2(0.25 * quarter_octaves);
      auto solver = basin_solver(recall_, factored, rtol, rtol * atol_of_rtol);
      achieved = largest_difference(states(*solver, recall_.t_end), exact_);
      if (achieved <= error * equal_to) return {std::move(solver), rtol};
    }
    throw std::runtime_error("no tolerance reaches the rival's error");
  }

  Index memories_;
  int repeats_;
  RecallCase recall_;
  std::vector<Vector> exact_;
};

/// A rival of `contest`, or null when it isn't to be had.
std::unique_ptr<Solver> make_rival(const std::string& name, const BenchOptions& options, const RecallCase& recall) {
  const double atol = rival_rtol * atol_of_rtol;
  if (name == "odeint naive") return odeint_naive(recall, rival_rtol, atol);
  if (name == "odeint dgemv") return odeint_dgemv(recall, rival_rtol, atol);
  if (name == "CVODE") return cvode_adams(recall, rival_rtol, atol);
  if (options.python.empty()) return nullptr;
  if (name == "scipy RK45") return python_rival(options, name, "scipy_rk45.py", recall, rival_rtol, atol);
  if (name == "diffrax") return python_rival(options, name, "diffrax_dopri5.py", recall, rival_rtol, atol);
  if (name == "ngspice") return python_rival(options, name, "ngspice.py", recall, rival_rtol, atol);
  return python_rival(options, name, "torchdiffeq_dopri5.py", recall, rival_rtol, atol);
}

void compare_one(Contest& contest, const BenchOptions& options, const std::string& rival_name, const std::string& suffix,
                 std::initializer_list<bool> forms) {
  std::unique_ptr<Solver> rival;
  for (const bool factored : forms) {
    const std::string row = (factored ? "factored vs " : "dense vs ") + rival_name + suffix;
    if (!options.wants(row)) continue;
    if (!rival) rival = make_rival(rival_name, options, contest.recall());
    if (!rival) return;
    contest.compare(row, factored, *rival);
  }
}

/// Slope of log y over log x by least squares.
double slope(const std::vector<double>& x, const std::vector<double>& y) {
  double mx = 0.0, my = 0.0, xx = 0.0, xy = 0.0;
  const auto n = static_cast<double>(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) mx += std::log(x[i]) / n, my += std::log(y[i]) / n;
  for (std::size_t i = 0; i < x.size(); ++i) {
    xx += (std::log(x[i]) - mx) * (std::log(x[i]) - mx);
    xy += (std::log(x[i]) - mx) * (std::log(y[i]) - my);
  }
  return xy / xx;
}

/// How a trajectory's time grows with N at a fixed number of memories.
void growth(const BenchOptions& options) {
  const std::string row = "factored growth";
  if (!options.wants(row)) return;
  constexpr Index memories = 64;
  std::vector<double> sizes, times;
  for (Index n = 1024; n <= (options.quick ? 4096 : 16384); n *= 2) {
    const auto solver = basin_solver(make_recall_case(n, memories, false), true, rival_rtol, rival_rtol * atol_of_rtol);
    std::vector<double> seconds;
    for (int i = 0; i < (options.quick ? 5 : 15); ++i) seconds.push_back(solver->solve(10.0).seconds);
    sizes.push_back(static_cast<double>(n));
    times.push_back(*std::min_element(seconds.begin(), seconds.end()));
  }
  print_row(row, "exponent", slope(sizes, times), {{"memories", memories}, {"neurons", sizes}, {"seconds", times}});
}

/// Nanoseconds of the parts of an evaluation.
void parts(const BenchOptions& options) {
  const std::string row = "trajectory parts";
  if (!options.wants(row)) return;
  const nlohmann::json found = trajectory_parts(make_recall_case(256, 16));
  const double factored = found["factored"].get<double>() + found["activation"].get<double>() +
                          found["decay"].get<double>() + found["sums"].get<double>();
  print_row(row, "ns an evaluation, factored", factored, found);
}

void run(const BenchOptions& options) {
  const int repeats = options.quick ? 15 : 60;
  {
    Contest contest(256, 16, repeats);
    for (const std::string rival : {"odeint naive", "odeint dgemv", "CVODE", "scipy RK45", "diffrax", "torchdiffeq"}) {
      if (options.quick && rival == "torchdiffeq") continue;   // context without a bar, and slow to start
      compare_one(contest, options, rival, "", {false, true});
    }
  }
  if (options.wants("factored vs odeint dgemv N=1024")) {
    Contest contest(1024, 64, options.quick ? 3 : 12);
    compare_one(contest, options, "odeint dgemv", " N=1024", {true});
  }
  if (options.wants("dense vs ngspice N=64") && !options.quick) {
    Contest contest(64, 4, 3);
    compare_one(contest, options, "ngspice", " N=64", {false});
  }
  growth(options);
  parts(options);
}

}  // namespace
}  // namespace basin

int main(int argc, char** argv) {
  try {
    basin::run(basin::bench_options(argc, argv));
    return 0;
  } catch (const std::invalid_argument& error) {
    std::fprintf(stderr, "basin_bench_trajectory: %s\n", error.what());
    return 2;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "basin_bench_trajectory: %s\n", error.what());
    return 3;
  }
}
