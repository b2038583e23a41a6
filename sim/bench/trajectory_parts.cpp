#include "sim/bench/trajectory_parts.hpp"

#include <cblas.h>

#include <algorithm>
#include <array>

#include "models/ode/dense_coupling.hpp"
#include "models/ode/factored_coupling.hpp"
#include "models/ode/kernels.hpp"
#include "models/ode/symmetric_coupling.hpp"
#include "sim/bench/least_time.hpp"

namespace basin {
namespace {

constexpr int repeats = 40;
constexpr int rounds = 2000;

template <class Work>
double nanoseconds(Work work) {
  return 1e9 * least_seconds(repeats, rounds, work);
}

/// The seven slopes of a dopri5 step and its sums in the order in which odeint takes them.
class StepSums {
 public:
  explicit StepSums(std::size_t size) : u_(size, 0.3), next_(u_), error_(u_) { slopes_.fill(AlignedVector<double>(size, 0.01)); }

  void run() {
    stage<1>();
    stage<2>();
    stage<3>();
    stage<4>();
    stage<5>();
    stage<5>();   // the new state: one slope has no weight in it
    combine<6>({0.1, 0.2, 0.3, 0.4, 0.5, 0.6}, {slope(0), slope(2), slope(3), slope(4), slope(5), slope(6)}, u_.size(),
               error_.data());
    norm_ = error_norm(error_.data(), u_.data(), slope(0), 1e-8, 1e-6, 0.1, u_.size());
  }

 private:
  const double* slope(std::size_t k) const { return slopes_[k].data(); }

  template <std::size_t Slopes>
  void stage() {
    std::array<double, Slopes + 1> factors;
    std::array<const double*, Slopes + 1> terms;
    factors.fill(0.1);
    terms[0] = u_.data();
    for (std::size_t k = 0; k < Slopes; ++k) terms[k + 1] = slope(k);
    combine<Slopes + 1>(factors, terms, u_.size(), next_.data());
  }

  AlignedVector<double> u_, next_, error_;
  std::array<AlignedVector<double>, 7> slopes_;
  volatile double norm_ = 0.0;
};

}  // namespace

nlohmann::json trajectory_parts(const RecallCase& recall) {
  const Circuit& circuit = recall.circuit;
  const auto n = static_cast<int>(recall.size());
  const auto size = static_cast<std::size_t>(n);
  AlignedVector<double> v(padded_size<double>(size), 0.0), bias(v.size(), 0.1), out(v.size());
  std::copy(recall.start.begin(), recall.start.end(), v.begin());
  const AlignedVector<double> gain(v.size(), 4.0), offset(v.size(), 0.0), rate(v.size(), 1.0);
  DenseCoupling<double> dense(circuit.weights);
  SymmetricCoupling<double> symmetric(circuit.weights);
  FactoredCoupling<double> factored(*circuit.factors);
  StepSums sums(size);
  const auto multiply = [&](auto& form) {
    return nanoseconds([&] { form.multiply(v.data(), bias.data(), out.data()); });
  };
  return {{"dense", multiply(dense)},
          {"symmetric", multiply(symmetric)},
          {"factored", multiply(factored)},
          {"dgemv", nanoseconds([&] {
             cblas_dgemv(CblasRowMajor, CblasNoTrans, n, n, 1.0, circuit.weights.data(), n, v.data(), 1, 0.0, out.data(), 1);
           })},
          {"dsymv", nanoseconds([&] {
             cblas_dsymv(CblasRowMajor, CblasUpper, n, 1.0, circuit.weights.data(), n, v.data(), 1, 0.0, out.data(), 1);
           })},
          {"activation", nanoseconds([&] { tanh_outputs(gain.data(), v.data(), offset.data(), size, out.data()); })},
          {"decay", nanoseconds([&] { decay_towards(bias.data(), v.data(), rate.data(), size, out.data()); })},
          {"sums", nanoseconds([&] { sums.run(); }) / 6.0}};
}

}  // namespace basin
