#pragma once

#include <concepts>
#include <cstddef>
#include <variant>

#include "models/circuit/circuit.hpp"
#include "models/ode/convolution_coupling.hpp"
#include "models/ode/dense_coupling.hpp"
#include "models/ode/factored_coupling.hpp"
#include "models/ode/sparse_coupling.hpp"
#include "models/ode/symmetric_coupling.hpp"

namespace basin {

/// A form of W that knows how to multiply: multiply(v, start, out) is out = W v + start, vectors padded_size<Real>() long and
/// aligned to 64 bytes, v zero in the padding; not for several threads at once. Sums are taken in an order of the form's own
/// that does not depend on the machine, without contraction: the same bits everywhere.
template <class Form, class Real>
concept Coupling = requires(Form form, const Form& constant, const Real* in, Real* out) {
  form.multiply(in, in, out);
  { constant.size() } -> std::same_as<std::size_t>;
  { Form::name } -> std::convertible_to<const char*>;
};

/// The form that is estimated to multiply fastest.
template <class Real>
class AnyCoupling {
 public:
  /// W of `circuit`; when is_factored(), without the column scale of its factors.
  explicit AnyCoupling(const Circuit& circuit) : form_(choose(circuit)) {}

  void multiply(const Real* v, const Real* start, Real* out) {
    std::visit([&](auto& form) { form.multiply(v, start, out); }, form_);
  }
  /// "dense", "symmetric", "factored", "sparse" or "convolutional".
  [[nodiscard]] const char* name() const {
    return std::visit([]<Coupling<Real> Form>(const Form&) { return Form::name; }, form_);
  }
  /// Whether `circuit.factors->columns` is left to the caller.
  [[nodiscard]] bool is_factored() const { return std::holds_alternative<FactoredCoupling<Real>>(form_); }

 private:
  using Form = std::variant<DenseCoupling<Real>, SymmetricCoupling<Real>, FactoredCoupling<Real>, SparseCoupling<Real>,
                            ConvolutionCoupling<Real>>;
  static Form choose(const Circuit& circuit);

  Form form_;
};

}  // namespace basin
