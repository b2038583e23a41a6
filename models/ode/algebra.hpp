#pragma once

#include <array>
#include <cstddef>

#include "models/ode/aligned.hpp"
#include "models/ode/kernels.hpp"

namespace basin {

/// odeint's operation Σ_k factor_k x_k on whole vectors.
template <class... Factors>
struct VectorSum {
  std::array<double, sizeof...(Factors)> factors;
  explicit VectorSum(Factors... given) : factors{given...} {}
};

/// odeint's operations as far as dopri5 uses them.
struct VectorOperations {
  template <class A = double, class B = A>
  using scale_sum2 = VectorSum<A, B>;
  template <class A = double, class B = A, class C = B>
  using scale_sum3 = VectorSum<A, B, C>;
  template <class A = double, class B = A, class C = B, class D = C>
  using scale_sum4 = VectorSum<A, B, C, D>;
  template <class A = double, class B = A, class C = B, class D = C, class E = D>
  using scale_sum5 = VectorSum<A, B, C, D, E>;
  template <class A = double, class B = A, class C = B, class D = C, class E = D, class F = E>
  using scale_sum6 = VectorSum<A, B, C, D, E, F>;
  template <class A = double, class B = A, class C = B, class D = C, class E = D, class F = E, class G = F>
  using scale_sum7 = VectorSum<A, B, C, D, E, F, G>;
};

/// odeint's algebra over std::vector<double>: every operation is one vectorised loop of kernels.hpp.
struct VectorAlgebra {
  template <class Out, class... In, class... Factors>
  static void sum(const VectorSum<Factors...>& operation, Out& out, const In&... in) {
    static_assert(sizeof...(In) == sizeof...(Factors));
    combine<sizeof...(In)>(operation.factors, {in.data()...}, out.size(), out.data());
  }
  template <class A, class B, class C, class Op>
  static void for_each3(A& a, B& b, C& c, Op op) { sum(op, a, b, c); }
  template <class A, class B, class C, class D, class Op>
  static void for_each4(A& a, B& b, C& c, D& d, Op op) { sum(op, a, b, c, d); }
  template <class A, class B, class C, class D, class E, class Op>
  static void for_each5(A& a, B& b, C& c, D& d, E& e, Op op) { sum(op, a, b, c, d, e); }
  template <class A, class B, class C, class D, class E, class F, class Op>
  static void for_each6(A& a, B& b, C& c, D& d, E& e, F& f, Op op) { sum(op, a, b, c, d, e, f); }
  template <class A, class B, class C, class D, class E, class F, class G, class Op>
  static void for_each7(A& a, B& b, C& c, D& d, E& e, F& f, G& g, Op op) { sum(op, a, b, c, d, e, f, g); }
  template <class A, class B, class C, class D, class E, class F, class G, class H, class Op>
  static void for_each8(A& a, B& b, C& c, D& d, E& e, F& f, G& g, H& h, Op op) { sum(op, a, b, c, d, e, f, g, h); }
};

/// odeint's error check, max_i |error_i| / (atol + rtol (|x_i| + dt |ẋ_i|)), in one pass; NaN when an entry is NaN.
class VectorErrorChecker {
 public:
  VectorErrorChecker(double atol, double rtol) : atol_(atol), rtol_(rtol) {}
  double error(const VectorAlgebra&, const AlignedVector<double>& x, const AlignedVector<double>& dxdt,
               const AlignedVector<double>& x_err, double dt) const {
    return error_norm(x_err.data(), x.data(), dxdt.data(), atol_, rtol_, dt, x.size());
  }

 private:
  double atol_;
  double rtol_;
};

}  // namespace basin
