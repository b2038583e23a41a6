#include <bit>
#include <cmath>
#include <cstdint>

#include "models/ode/ensemble_isa.hpp"
#include "models/ode/ensemble_tile.hpp"

namespace basin {
namespace {

/// One cue at a time in plain C++. std::fma is an instruction where the machine has one and slow, but exact, elsewhere.
template <class Number>
struct One {
  using Real = Number;
  static constexpr std::size_t width = 1;
  Number v;
  static One load(const Number* p) { return {*p}; }
  static One broadcast(Number x) { return {x}; }
  void store(Number* p) const { *p = v; }

  friend One operator+(One a, One b) { return {a.v + b.v}; }
  friend One operator-(One a, One b) { return {a.v - b.v}; }
  friend One operator*(One a, One b) { return {a.v * b.v}; }
  friend One operator/(One a, One b) { return {a.v / b.v}; }
  friend One operator-(One a) { return {-a.v}; }
  friend One fma(One a, One b, One c) { return {std::fma(a.v, b.v, c.v)}; }
  friend One min(One a, One b) { return {a.v < b.v ? a.v : b.v}; }  // b when one is not a number, like the instructions
  friend One max(One a, One b) { return {a.v > b.v ? a.v : b.v}; }
  friend One absolute(One a) { return {std::abs(a.v)}; }
  friend One square_root(One a) { return {std::sqrt(a.v)}; }
  friend One select(One flag, One yes, One no) { return flag.v != Number{0} ? yes : no; }
  friend One copy_sign(One size, One sign) { return {std::copysign(size.v, sign.v)}; }
  friend One power_of_two(One shifted) {
    return {std::bit_cast<double>((std::bit_cast<std::uint64_t>(shifted.v) + 1023U) << 52U)};
  }
};

constexpr PanelKernel<float> single = PanelTile<One<float>, 4, 4>::kernel();
constexpr PanelKernel<double> twice = PanelTile<One<double>, 4, 4>::kernel();

}  // namespace

const PanelKernel<float>& portable_single() { return single; }
const PanelKernel<double>& portable_double() { return twice; }

}  // namespace basin
