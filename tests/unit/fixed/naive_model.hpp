#pragma once

#include <cstdint>
#include <vector>

#include "models/fixed/network.hpp"

namespace basin::test {

/// docs/arithmetic.md §3–§5 once more, by definition and without regard to cost: 128-bit integers, floor by division and
/// remainder, no shifts, no memory of its own between steps but what the page names. It shares no code with the model.
class NaiveModel {
 public:
  explicit NaiveModel(const FixedNetwork& network) : net_(network) {}

  void load(const std::vector<std::int64_t>& state);
  void step();

  [[nodiscard]] const std::vector<std::int64_t>& state() const { return u_; }
  [[nodiscard]] const std::vector<std::int64_t>& output() const { return v_; }
  [[nodiscard]] bool settled() const { return settled_; }
  [[nodiscard]] bool overflow() const { return overflow_; }

 private:
  [[nodiscard]] int phase_of(std::int64_t made) const;
  [[nodiscard]] std::int64_t activation(std::size_t i, std::int64_t u) const;

  const FixedNetwork& net_;
  std::vector<std::int64_t> u_, v_;
  std::vector<std::vector<std::int64_t>> every_;   // V of every step since the load, V(0) first
  std::vector<__int128> f_;   // empty after a load
  int quiet_ = 0;
  std::int64_t made_ = 0;     // steps since the load
  bool settled_ = false, overflow_ = false;
};

}  // namespace basin::test
