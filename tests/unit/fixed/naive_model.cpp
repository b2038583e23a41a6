#include "tests/unit/fixed/naive_model.hpp"

namespace basin::test {
namespace {

using Wide = __int128;

/// 2^k
Wide two_to(int k) {
  Wide power = 1;
  for (int i = 0; i < k; ++i) power *= 2;
  return power;
}

/// The largest integer not above a/b, b > 0.
Wide floor_of(Wide a, Wide b) {
  Wide quotient = a / b;
  if (a % b < 0) quotient -= 1;
  return quotient;
}

/// floor(a/b + ½) = floor((2a + b)/2b).
Wide rounded(Wide a, Wide b) { return floor_of(2 * a + b, 2 * b); }

Wide magnitude(Wide x) { return x < 0 ? -x : x; }

}  // namespace

std::int64_t NaiveModel::activation(std::size_t i, std::int64_t u) const {
  const CoreConfig& core = net_.core;
  Wide a = u;
  if (core.gain) a = rounded(a * (net_.gains[i].mantissa + 1), 256 * two_to(net_.gains[i].exponent));
  const auto& table = net_.tables[net_.selectors.empty() ? 0 : net_.selectors[i]];
  const Wide end = two_to(core.table_domain);
  const Wide width = (core.table_odd ? end : 2 * end) / core.table_segments;
  const bool negative = core.table_odd && a < 0;
  Wide position = core.table_odd ? magnitude(a) : a + end;
  const Wide last = core.table_odd ? end : 2 * end;
  if (position < 0) position = 0;
  if (position > last) position = last;
  Wide segment = position / width;
  if (segment == core.table_segments) segment -= 1;   // the end belongs to the last segment
  const Segment& line = table[static_cast<std::size_t>(segment)];
  const Wide y = line.base + rounded(line.rise * (position - segment * width), width);
  return static_cast<std::int64_t>(negative ? -y : y);
}

void NaiveModel::load(const std::vector<std::int64_t>& state) {
  u_ = state;
  v_.resize(u_.size());
  for (std::size_t i = 0; i < u_.size(); ++i) v_[i] = activation(i, u_[i]);
  every_.assign(1, v_);
  f_.clear();
  quiet_ = 0;
  settled_ = false;
  made_ = 0;
}

/// Of the step that `made` others came before: phase p covers the L_p steps after those of the phases before it.
int NaiveModel::phase_of(std::int64_t made) const {
  std::int64_t end = 0;
  for (int p = 0; p < static_cast<int>(net_.phase_steps.size()); ++p) {
    end += net_.phase_steps[static_cast<std::size_t>(p)];
    if (made < end) return p;
  }
  return static_cast<int>(net_.phase_steps.size());
}

void NaiveModel::step() {
  const CoreConfig& core = net_.core;
  const std::size_t n = u_.size();
  const int phase = phase_of(made_);
  if (made_ > 0 && phase != phase_of(made_ - 1)) {
    f_.clear();
    quiet_ = 0;
  }
  ++made_;
  const bool second_order = net_.order == 2 && !f_.empty();
  // In units of 2^−L of the finer of the two: n·2^L and u·2^R have the same unit, LSB_u/2^R.
  const Wide left = two_to(core.state_shift < 0 ? -core.state_shift : 0);
  const Wide right = two_to(core.state_shift > 0 ? core.state_shift : 0);
  std::vector<Wide> f(n);
  std::vector<std::int64_t> next = u_;
  bool quiet = true;
  for (std::size_t i = 0; i < n; ++i) {
    Wide sum = net_.biases[i];
    for (std::size_t j = 0; j < n; ++j) {
      const std::size_t now = every_.size() - 1, delay = net_.delays.empty() ? 0 : net_.delays[j];
      sum += Wide{net_.weights[i * n + j]} * every_[now < delay ? 0 : now - delay][j];
    }
    f[i] = sum * left - u_[i] * right;
    Wide top = second_order ? 3 * f[i] - f_[i] : f[i];
    Wide bottom = right * two_to(net_.step_exponent) * (second_order ? 2 : 1);
    if (core.tau) {
      top *= net_.taus[i] + 1;
      bottom *= 256;
    }
    if (core.phases > 0 && (net_.clamps[i] / two_to(phase)) % 2 == 1) continue;
    Wide moved_to = u_[i] + (bottom == 1 ? top : rounded(top, bottom));
    const Wide highest = two_to(core.state_bits - 1) - 1;
    if (moved_to > highest || moved_to < -highest - 1) {
      overflow_ = true;
      moved_to = moved_to > highest ? highest : -highest - 1;
    }
    next[i] = static_cast<std::int64_t>(moved_to);
    if (magnitude(moved_to - u_[i]) > net_.settle_threshold) quiet = false;
  }
  u_ = next;
  f_ = f;
  for (std::size_t i = 0; i < n; ++i) v_[i] = activation(i, u_[i]);
  every_.push_back(v_);
  quiet_ = quiet ? quiet_ + 1 : 0;
  settled_ = quiet_ >= net_.order + net_.longest_delay && phase + 1 >= core.phases;
}

}  // namespace basin::test
