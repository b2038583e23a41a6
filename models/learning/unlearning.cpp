#include <string>

#include "models/design/random.hpp"
#include "models/learning/rules.hpp"

namespace basin {
namespace {

constexpr double still = 1e-12;   // fields this near to zero turn no unit: they are zero but for rounding

/// Settles `state` (±1, N) under W = Wᵀ without diagonal, one unit after the other, each to the sign of its field. E falls with
/// every turn, so it ends.
void settle(const Matrix& weights, Vector& state) {
  Vector field = weights * state;
  for (bool moved = true; moved;) {
    moved = false;
    for (Index i = 0; i < state.size(); ++i) {
      if (state[i] * field[i] >= -still) continue;
      state[i] = -state[i];
      field += 2.0 * state[i] * weights.row(i).transpose();
      moved = true;
    }
  }
}

bool is_memory(const Matrix& patterns, const Vector& state) {
  const double size = static_cast<double>(state.size());
  return ((patterns * state).cwiseAbs().array() == size).any();
}

}  // namespace

/// Hebb's weights, then `unlearning_count` times: settle from a random state, and W ← W − ε s sᵀ/N with where it ended
/// (Hopfield, Feinstein & Palmer 1983). Spurious states lose more than the memories do.
Learned unlearning(const MemorySpec& memory) {
  const Matrix& patterns = memory.patterns;
  const Index size = patterns.cols();
  Learned learned;
  learned.weights = patterns.transpose() * patterns / static_cast<double>(size);
  learned.weights.diagonal().setZero();
  learned.bias = Vector::Zero(size);
  int remembered = 0;
  for (int k = 0; k < memory.unlearning_count; ++k) {
    Random random(memory.seed, Stream::unlearning, static_cast<std::uint32_t>(k));
    Vector state(size);
    for (double& s : state) s = random.sign();
    settle(learned.weights, state);
    remembered += is_memory(patterns, state) ? 1 : 0;
    learned.weights -= memory.unlearning_rate / static_cast<double>(size) * (state * state.transpose());
    learned.weights.diagonal().setZero();
  }
  learned.epochs = memory.unlearning_count;
  learned.remarks.push_back("unlearned " + std::to_string(memory.unlearning_count) + " end states, " +
                            std::to_string(remembered) + " of them memories or their inverses");
  return learned;
}

}  // namespace basin
