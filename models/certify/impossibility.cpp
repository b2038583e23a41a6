#include "models/certify/impossibility.hpp"

#include <array>
#include <cmath>

namespace basin {
namespace {

/// Outwards to 40 bits of the larger end: numbers that are short to write.
Interval shortened(const Interval& x) {
  const double size = x.magnitude();
  if (!std::isfinite(size) || size == 0.0) return x;
  const double grid = std::ldexp(1.0, std::ilogb(size) - 40);
  return {std::floor(x.lower() / grid) * grid, std::ceil(x.upper() / grid) * grid};
}

Box states_with(const Vector& signs, Index size) {
  Box box = everywhere(size);
  for (Index i = 0; i < signs.size(); ++i) {
    box[static_cast<std::size_t>(i)] = signs[i] > 0.0 ? Interval(0.0, Interval::infinity) : Interval(-Interval::infinity, 0.0);
  }
  return box;
}

/// The first neuron at which no state of `box` is a drive of the wanted sign; −1 where there is none.
Index contradiction(const Box& box, const Box& drives, const Vector& signs) {
  for (Index i = 0; i < static_cast<Index>(box.size()); ++i) {
    const Interval& x = box[static_cast<std::size_t>(i)];
    const Interval& f = drives[static_cast<std::size_t>(i)];
    if (f.lower() > x.upper() || f.upper() < x.lower()) return i;
    if (i < signs.size() && (signs[i] > 0.0 ? f.upper() <= 0.0 : f.lower() >= 0.0)) return i;
  }
  return -1;
}

}  // namespace

std::optional<Contraction> contraction(const EnclosedCircuit& circuit, const Vector& slopes) {
  const auto by_hessian = [&]() -> std::optional<Contraction> {
    const Vector weights = hessian_weights(circuit);
    if (!hessian_is_positive(circuit, slopes, weights)) return std::nullopt;
    return Contraction{Method::hessian, weights};
  };
  const auto by_log_norm = [&]() -> std::optional<Contraction> {
    const Vector weights = perron_weights(circuit, slopes);
    if (!log_norm_is_negative(circuit, slopes, weights)) return std::nullopt;
    return Contraction{Method::log_norm, weights};
  };
  if (auto found = by_hessian()) return found;
  return by_log_norm();
}

std::optional<Exclusion> exclusion(const EnclosedCircuit& circuit, const Vector& signs) {
  constexpr std::size_t most_boxes = 60;
  Exclusion proof;
  proof.boxes.push_back(states_with(signs, circuit.size()));
  while (proof.boxes.size() < most_boxes) {
    const Box& last = proof.boxes.back();
    const Box drives = circuit.map(last);
    proof.neuron = contradiction(last, drives, signs);
    if (proof.neuron >= 0) return proof;
    Box next;
    bool shrinks = false;
    for (std::size_t i = 0; i < last.size(); ++i) {
      bool empty = false;
      next.push_back(intersection(shortened(drives[i]), last[i], empty));
      shrinks = shrinks || !(next.back().width() > 0.99 * last[i].width());
    }
    if (!shrinks) return std::nullopt;
    proof.boxes.push_back(std::move(next));
  }
  return std::nullopt;
}

}  // namespace basin
