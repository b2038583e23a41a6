#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "models/fixed/schedule.hpp"

namespace basin {

/// The step of docs/arithmetic.md §3–§5, written once for any arithmetic. `Number` supplies:
///   value_type                                   a state, a code or a difference
///   void       prepare(span<const value_type> V)  what all sums of a step share
///   value_type sum(i, span<const value_type> V)  n_i = Σ W_ij V_j + b_i
///   value_type difference(n, u)                  f_i (§3.2)
///   value_type update(u, x, extra_shift, i, overflow&)   §3.4–3.6: x rounded by K + extra_shift and added, saturated
///   value_type activate(i, u)                    §4
///   bool       held(i, phase)                    §3.8
///   size_t     past_pages()                      outputs to keep: more than the longest delay in steps; 0 without delays
///   size_t     delay(i)                          δ_i in steps (§3.1), less than past_pages(); not asked for where that is 0
///   size_t     longest_delay()                   what settling waits for (§5)
///   span<const uint32_t> phase_steps()           L_p of every phase but the last (§5)
///   bool moved(before, after), int order(), size()
/// Instantiated with FixedNumber (the golden model) and RealNumber (double, no rounding: order-of-convergence tests).
template <class Number>
class Stepper {
 public:
  using value_type = typename Number::value_type;

  explicit Stepper(Number number)
      : number_(std::move(number)), u_(number_.size()), v_(number_.size()), f_(number_.size()), n_(number_.size()) {}

  /// Loads a state: history is dropped, so the next step is of order 1 and the outputs before it are V(0).
  void load(std::span<const value_type> state) {
    u_.assign(state.begin(), state.end());
    prime();
    past_.assign(number_.past_pages(), v_);
    now_ = 0;
    schedule_ = {};
    begin();
    settled_ = false;
  }

  /// One step of every neuron from the same outputs.
  void step() {
    if (schedule_.enter(number_.phase_steps())) begin();
    const std::size_t size = u_.size();
    hear();
    number_.prepare(heard());
    for (std::size_t i = 0; i < size; ++i) n_[i] = number_.sum(i, heard());
    bool quiet = true;
    const bool first_order = fresh_ || number_.order() == 1;
    for (std::size_t i = 0; i < size; ++i) {
      const value_type f = number_.difference(n_[i], u_[i]);
      const value_type x = first_order ? f : 3 * f - f_[i];
      f_[i] = f;
      if (number_.held(i, schedule_.phase())) continue;
      const value_type next = number_.update(u_[i], x, first_order ? 0 : 1, i, overflow_);
      quiet = quiet && !number_.moved(u_[i], next);
      u_[i] = next;
    }
    for (std::size_t i = 0; i < size; ++i) v_[i] = number_.activate(i, u_[i]);
    fresh_ = false;
    quiet_ = quiet ? quiet_ + 1 : 0;
    keep();
    settled_ = schedule_.last(number_.phase_steps()) && quiet_ >= static_cast<std::size_t>(number_.order()) + number_.longest_delay();
  }

  [[nodiscard]] std::span<const value_type> state() const { return u_; }
  /// V of the state.
  [[nodiscard]] std::span<const value_type> output() const { return v_; }
  /// V_j(k − d_j): what the next step sums.
  [[nodiscard]] std::span<const value_type> arriving() {
    hear();
    return heard();
  }
  /// Of the last step made; 0 after a load.
  [[nodiscard]] std::size_t phase() const { return schedule_.phase(); }
  [[nodiscard]] bool settled() const { return settled_; }
  [[nodiscard]] bool overflow() const { return overflow_; }
  [[nodiscard]] const Number& number() const { return number_; }
  [[nodiscard]] Number& number() { return number_; }

 private:
  /// What a phase starts with.
  void begin() {
    fresh_ = true;
    quiet_ = 0;
  }

  [[nodiscard]] std::span<const value_type> heard() const { return past_.empty() ? v_ : heard_; }

  /// V_j(k − d_j) out of past_, whose page now_ is V(k).
  void hear() {
    if (past_.empty()) return;
    heard_.resize(v_.size());
    for (std::size_t j = 0; j < v_.size(); ++j) heard_[j] = past_[(now_ + past_.size() - number_.delay(j)) % past_.size()][j];
  }

  /// V(k + 1) in the place of the oldest.
  void keep() {
    if (past_.empty()) return;
    now_ = (now_ + 1) % past_.size();
    past_[now_] = v_;
  }

  void prime() {
    for (std::size_t i = 0; i < u_.size(); ++i) v_[i] = number_.activate(i, u_[i]);
  }

  Number number_;
  std::vector<value_type> u_, v_, f_, n_, heard_;
  std::vector<std::vector<value_type>> past_;   // the last outputs; none without delays
  std::size_t now_ = 0;
  Schedule schedule_;
  bool fresh_ = true, settled_ = false, overflow_ = false;
  std::size_t quiet_ = 0;
};

}  // namespace basin
