#include "sim/bench/ensemble_rival.hpp"

#include <array>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <vector>

#include "sim/toolchain/tool_error.hpp"
#include "sim/toolchain/tools.hpp"

namespace basin {
namespace {

constexpr double patience_s = 600.0;   // for one answer

/// `values` as raw single precision, row by row.
void write_single(const std::filesystem::path& file, const Matrix& values) {
  std::ofstream out(file, std::ios::binary);
  for (Index k = 0; k < values.size(); ++k) {
    const auto value = static_cast<float>(values.data()[k]);
    out.write(reinterpret_cast<const char*>(&value), sizeof value);
  }
  out.close();
  if (!out) throw EnvironmentError("can't write " + file.string());
}

}  // namespace

EnsembleRival::EnsembleRival(const std::string& library, const std::filesystem::path& python,
                             const EnsembleProblem& problem, double step, std::size_t steps)
    : folder_(std::filesystem::temp_directory_path(), "basin-bench-"),
      cues_(static_cast<Index>(problem.starts.size())),
      neurons_(problem.circuit.size()) {
  if (!std::filesystem::exists(python)) {
    throw ToolError(library, "no Python at " + python.string(), {}, "install the rivals with scripts/bench --install");
  }
  Matrix starts(cues_, neurons_);
  for (Index k = 0; k < cues_; ++k) starts.row(k) = problem.starts[static_cast<std::size_t>(k)].transpose();
  write_single(folder_.path() / "weights.f32", problem.circuit.weights);
  write_single(folder_.path() / "starts.f32", starts);
  const nlohmann::json about = {
      {"neurons", neurons_}, {"cues", cues_}, {"gain", problem.circuit.gain[0]}, {"step", step}, {"steps", steps}};
  std::ofstream(folder_.path() / "problem.json") << about;
  ProcessOptions options;
  // env takes out what would choose a BLAS kernel by hand.
  options.arguments = {"env", "-u", "OPENBLAS_CORETYPE", "-u", "MKL_DEBUG_CPU_TYPE", python.string(),
                       (source_root() / "scripts/bench_rivals/ensemble_rk4.py").string(), library, folder_.path().string()};
  for (const char* name : {"OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"}) {
    options.environment.emplace_back(name, "1");
  }
  options.environment.emplace_back("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1");
  options.environment.emplace_back("JAX_PLATFORMS", "cpu");
  options.timeout_s = patience_s;
  options.log = folder_.path() / "log";
  program_ = std::make_unique<ChildProgram>(library, options);
}

double EnsembleRival::run(Batch batch) {
  const auto go = static_cast<std::byte>(batch == Batch::whole ? 'w' : 's');
  program_->write({&go, 1});
  std::array<std::byte, sizeof(double)> answer{};
  program_->read(answer);
  double seconds = 0.0;
  std::memcpy(&seconds, answer.data(), sizeof seconds);
  return seconds;
}

Matrix EnsembleRival::states() const {
  std::ifstream in(folder_.path() / "states.f32", std::ios::binary);
  std::vector<float> values(static_cast<std::size_t>(cues_ * neurons_));
  in.read(reinterpret_cast<char*>(values.data()), static_cast<std::streamsize>(values.size() * sizeof(float)));
  if (!in) throw ToolError("rival", "wrote no states");
  using SingleMatrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  return Eigen::Map<const SingleMatrix>(values.data(), cues_, neurons_).cast<double>();
}

}  // namespace basin
