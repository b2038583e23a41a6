#include "sim/bench/recall_case.hpp"

#include <fstream>
#include <nlohmann/json.hpp>
#include <utility>

#include "models/design/random.hpp"

namespace basin {
namespace {

constexpr double gain = 4.0;
constexpr double amplitude = 0.5;   // of the cue
constexpr double flips = 0.2;
constexpr std::uint64_t seed = 1;

Matrix random_patterns(Index memories, Index neurons) {
  Random random(seed, Stream::test, 1);
  Matrix patterns(memories, neurons);
  for (Index k = 0; k < patterns.size(); ++k) patterns.data()[k] = random.sign();
  return patterns;
}

Vector cue(const Vector& pattern) {
  Random random(seed, Stream::test, 2);
  return amplitude * pattern.unaryExpr([&](double x) { return random.uniform() < flips ? -x : x; });
}

void write_doubles(const std::filesystem::path& file, const double* values, Index count) {
  std::ofstream out(file, std::ios::binary);
  out.exceptions(std::ios::failbit | std::ios::badbit);
  out.write(reinterpret_cast<const char*>(values), static_cast<std::streamsize>(count) * 8);
}

}  // namespace

RecallCase make_recall_case(Index neurons, Index memories, bool dense) {
  const double scale = 1.0 / static_cast<double>(neurons);
  const Matrix patterns = random_patterns(memories, neurons);
  Factors factors{patterns, Matrix::Identity(memories, memories) * scale,
                  Vector::Constant(neurons, -static_cast<double>(memories) * scale), Vector::Ones(neurons)};
  RecallCase recall;
  recall.start = cue(patterns.row(0));
  Circuit& circuit = recall.circuit;
  if (dense) {
    circuit.weights = patterns.transpose() * patterns;
    circuit.weights.diagonal().setZero();
    circuit.weights *= scale;
  } else {
    factors.row_sums = factors.absolute_row_sums();
  }
  circuit.factors = std::make_shared<const Factors>(std::move(factors));
  circuit.bias = Vector::Zero(neurons);
  circuit.tau = circuit.resistance = Vector::Ones(neurons);
  circuit.gain = Vector::Constant(neurons, gain);
  circuit.threshold = Vector::Zero(neurons);
  circuit.unipolar.assign(static_cast<std::size_t>(neurons), false);
  return recall;
}

void write_case(const RecallCase& recall, double rtol, double atol, const std::filesystem::path& folder) {
  const nlohmann::json numbers = {{"neurons", recall.size()}, {"gain", gain}, {"rtol", rtol}, {"atol", atol}};
  std::ofstream(folder / "case.json") << numbers.dump() << '\n';
  write_doubles(folder / "weights.f64", recall.circuit.weights.data(), recall.circuit.weights.size());
  write_doubles(folder / "start.f64", recall.start.data(), recall.start.size());
}

}  // namespace basin
