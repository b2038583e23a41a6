#pragma once

#include <cmath>
#include <cstddef>
#include <vector>

namespace basin {

/// odeint's algebra over std::vector<double> with plain loops, which compilers vectorise (its own range algebra they don't).
struct VectorAlgebra {
  template <class First, class... Rest, class Operation>
  static void apply(Operation operation, First& first, Rest&... rest) {
    loop(operation, first.size(), first.data(), rest.data()...);
  }
  template <class A, class B, class C, class Op>
  static void for_each3(A& a, B& b, C& c, Op op) { apply(op, a, b, c); }
  template <class A, class B, class C, class D, class Op>
  static void for_each4(A& a, B& b, C& c, D& d, Op op) { apply(op, a, b, c, d); }
  template <class A, class B, class C, class D, class E, class Op>
  static void for_each5(A& a, B& b, C& c, D& d, E& e, Op op) { apply(op, a, b, c, d, e); }
  template <class A, class B, class C, class D, class E, class F, class Op>
  static void for_each6(A& a, B& b, C& c, D& d, E& e, F& f, Op op) { apply(op, a, b, c, d, e, f); }
  template <class A, class B, class C, class D, class E, class F, class G, class Op>
  static void for_each7(A& a, B& b, C& c, D& d, E& e, F& f, G& g, Op op) { apply(op, a, b, c, d, e, f, g); }
  template <class A, class B, class C, class D, class E, class F, class G, class H, class Op>
  static void for_each8(A& a, B& b, C& c, D& d, E& e, F& f, G& g, H& h, Op op) { apply(op, a, b, c, d, e, f, g, h); }

  /// max |s_i|, NaN when any entry is NaN.
  static double norm_inf(const std::vector<double>& s) {
    double largest = 0.0;
    for (const double x : s) {
      const double size = std::abs(x);
      if (!(size <= largest)) largest = size;
    }
    return largest;
  }

 private:
  template <class Operation, class... Pointers>
  static void loop(Operation& operation, std::size_t count, double* first, Pointers... rest) {
#ifdef __GNUC__
#pragma GCC ivdep
#endif
    for (std::size_t i = 0; i < count; ++i) operation(first[i], rest[i]...);
  }
};

}  // namespace basin
