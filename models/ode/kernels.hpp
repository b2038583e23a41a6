#pragma once

#include <array>
#include <cstddef>

namespace basin {

/// v[i] = tanh(gain[i] u[i] − offset[i]), within 4 ulp of tanh of that number.
void tanh_outputs(const double* gain, const double* u, const double* offset, std::size_t count, double* v);
/// z[i] = gain[i] u[i] − offset[i].
void activation_inputs(const double* gain, const double* u, const double* offset, std::size_t count, double* z);
/// dudt[i] = rate[i] (drive[i] − u[i]).
void decay_towards(const double* drive, const double* u, const double* rate, std::size_t count, double* dudt);
/// values[i] *= factor[i].
void scale(double* values, const double* factor, std::size_t count);

/// out[i] = Σ_k factor[k] in[k][i] over `Terms` vectors, summed in order of k. `out` may be one of them.
template <std::size_t Terms>
void combine(const std::array<double, Terms>& factors, const std::array<const double*, Terms>& in, std::size_t count,
             double* out);

/// max_i |error_i| / (atol + rtol (|u_i| + step |dudt_i|)): odeint's error norm; NaN when an entry is NaN.
double error_norm(const double* error, const double* u, const double* dudt, double atol, double rtol, double step,
                  std::size_t count);
/// Whether no entry is infinite or NaN.
bool all_finite(const double* values, std::size_t count);
/// max_i |factor_i values_i|, NaN when an entry is NaN.
double largest_product(const double* factor, const double* values, std::size_t count);

}  // namespace basin
