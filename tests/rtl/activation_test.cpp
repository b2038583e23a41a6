// The activation of whole cores against docs/arithmetic.md §4 as it is written, step by step.
#include "tests/rtl/models.hpp"

namespace basin::rtl_test {
namespace {

/// floor(x / 2^r) without relying on how a compiler shifts.
std::int64_t floor_shift(std::int64_t x, int r) {
  const std::int64_t d = std::int64_t{1} << r;
  const std::int64_t quotient = x / d;
  return quotient * d > x ? quotient - 1 : quotient;
}

/// §4, line by line.
std::int64_t act(const FixedNetwork& network, std::size_t i, std::int64_t u) {
  const CoreConfig& core = network.core;
  std::int64_t a = u;
  if (core.gain) {
    const int e = network.gains[i].exponent, m = network.gains[i].mantissa;
    a = floor_shift(u * (m + 1) + (std::int64_t{1} << (7 + e)), 8 + e);
  }
  const Table& table = network.tables[core.tables > 1 ? network.selectors[i] : 0];
  int log2_segments = 0;
  while ((1 << log2_segments) < core.table_segments) ++log2_segments;
  const std::int64_t domain = std::int64_t{1} << core.table_domain;
  const int q = core.table_odd ? core.table_domain - log2_segments : core.table_domain + 1 - log2_segments;
  const bool neg = core.table_odd && a < 0;
  const std::int64_t p = core.table_odd ? std::min(std::abs(a), domain)
                                        : std::min(std::max<std::int64_t>(a + domain, 0), 2 * domain);
  const std::int64_t c = std::min<std::int64_t>(floor_shift(p, q), core.table_segments - 1);
  const std::int64_t t = p - c * (std::int64_t{1} << q);
  const Segment& segment = table[static_cast<std::size_t>(c)];
  const std::int64_t half = q == 0 ? 0 : std::int64_t{1} << (q - 1);
  const std::int64_t y = segment.base + floor_shift(segment.rise * t + half, q);
  return neg ? -y : y;
}

template <class Elaboration>
class Activation : public CoreTest<Elaboration> {};
TYPED_TEST_SUITE(Activation, Elaborations, ElaborationName);

/// Every state of a narrow core; of a wide one those around each segment's ends, the domain's and the word's.
std::vector<std::int32_t> interesting_states(const CoreConfig& core) {
  const std::int64_t limit = core.max_state() + 1;
  std::vector<std::int32_t> states;
  if (core.state_bits <= 11) {
    for (std::int64_t u = -limit; u < limit; ++u) states.push_back(static_cast<std::int32_t>(u));
    return states;
  }
  const auto around = [&](std::int64_t center) {
    for (std::int64_t u = center - 2; u <= center + 2; ++u) {
      if (u >= -limit && u < limit) states.push_back(static_cast<std::int32_t>(u));
    }
  };
  const std::int64_t segment = std::int64_t{1} << core.segment_shift();
  for (std::int64_t c = 0; c <= core.table_segments; ++c) {
    around(c * segment);
    around(-c * segment);
    around(c * segment + segment / 2);
  }
  around(limit - 1);
  around(-limit);
  return states;
}

TYPED_TEST(Activation, IsThatOfTheSpecification) {
  const CoreConfig& core = this->config_;
  FixedNetwork network = this->network(core.neurons);
  uncouple(network);
  network.biases.assign(network.biases.size(), 0);
  network.delays.assign(network.delays.size(), 0);   // outputs are read as they arrive
  network.order = 1;
  network.step_exponent = 15;   // states stay almost where they are
  network.step_limit = 1;
  Bench<typename TypeParam::Model> bench(core, this->seed);
  load_network(bench, network, this->random_);
  std::vector<std::int32_t> states = interesting_states(core);
  std::shuffle(states.begin(), states.end(), this->random_);
  const auto n = static_cast<std::size_t>(core.neurons);
  for (std::size_t first = 0; first < states.size(); first += n) {
    std::vector<std::int32_t> some(states.begin() + static_cast<std::ptrdiff_t>(first),
                                   states.begin() + static_cast<std::ptrdiff_t>(std::min(first + n, states.size())));
    some.resize(n);
    bench.load(state_packets(some).front());
    bench.run();
    const auto after = read_values(bench, protocol::kind_states, 0, core.neurons);
    const auto outputs = read_values(bench, protocol::kind_outputs, 0, core.neurons);
    for (std::size_t i = 0; i < n; ++i) {
      EXPECT_EQ(outputs[i], act(network, i, after[i])) << "neuron " << i << ", state " << after[i];
    }
    if (this->HasFailure()) return;
  }
}

}  // namespace
}  // namespace basin::rtl_test
