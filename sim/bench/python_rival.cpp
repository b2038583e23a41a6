#include <filesystem>

#include "sim/bench/solver.hpp"
#include "sim/toolchain/child.hpp"
#include "sim/toolchain/scratch_folder.hpp"

namespace basin {
namespace {

constexpr double patience_s = 120.0;

/// Request: t_end. Answer: CPU seconds, then u(t_end). All raw doubles.
class PythonRival final : public Solver {
 public:
  PythonRival(const BenchOptions& options, std::string name, const std::string& script, const RecallCase& recall,
              double rtol, double atol)
      : name_(std::move(name)), answer_(static_cast<std::size_t>(recall.size()) + 1) {
    write_case(recall, rtol, atol, folder_.path());
    ProcessOptions process;
    process.arguments = {options.python, options.rivals + "/" + script, folder_.path().string()};
    process.timeout_s = patience_s;
    child_ = std::make_unique<ChildProgram>(name_, process);
  }
  [[nodiscard]] std::string name() const override { return name_; }
  Solved solve(double t_end) override {
    child_->write(std::as_bytes(std::span(&t_end, 1)));
    child_->read(std::as_writable_bytes(std::span(answer_)));
    return {Eigen::Map<const Vector>(answer_.data() + 1, static_cast<Index>(answer_.size()) - 1), answer_[0]};
  }

 private:
  std::string name_;
  ScratchFolder folder_{std::filesystem::temp_directory_path(), "basin-bench-"};
  std::vector<double> answer_;
  std::unique_ptr<ChildProgram> child_;
};

}  // namespace

std::unique_ptr<Solver> python_rival(const BenchOptions& options, const std::string& name, const std::string& script,
                                     const RecallCase& recall, double rtol, double atol) {
  return std::make_unique<PythonRival>(options, name, script, recall, rtol, atol);
}

}  // namespace basin
