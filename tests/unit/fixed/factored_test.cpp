#include <gtest/gtest.h>

#include <cmath>

#include "models/design/error.hpp"
#include "models/fixed/fixed_factors.hpp"
#include "models/fixed/protocol.hpp"
#include "models/fixed/quantise.hpp"
#include "models/fixed/stability.hpp"
#include "models/fixed/stepper.hpp"
#include "models/fixed/fixed_number.hpp"
#include "models/learning/rule.hpp"
#include "tests/support/fixed_circuits.hpp"
#include "tests/unit/fixed/random_network.hpp"

// The factored form's dense integers are defined as XᵀÂX + diag(D̂) (docs/decisions/0001): the two forms must agree bit for bit.
namespace basin {
namespace {

constexpr std::uint64_t seed = 905;

struct Pair {
  FixedNetwork factored;
  FixedNetwork dense;
};

/// A drawn network twice: by drawn factors, and by the weights they multiply out to.
Pair random_pair(Random& random) {
  for (;;) {
    Pair pair;
    pair.factored = test::random_network(random);
    FixedNetwork& network = pair.factored;
    const auto n = static_cast<std::size_t>(network.neurons);
    const auto m = static_cast<std::size_t>(test::between(random, 1, std::min<std::int64_t>(5, network.core.neurons)));
    network.core.weight_bits = static_cast<int>(test::between(random, 2, 8));
    network.core.memories = static_cast<int>(m);
    FixedFactors factors;
    for (std::size_t k = 0; k < m * n; ++k) factors.patterns.push_back(random.below(2) == 1 ? 1 : -1);
    factors.core.resize(m * m);
    const std::int64_t high = (std::int64_t{1} << (network.core.weight_bits - 1)) - 1;
    for (std::size_t a = 0; a < m; ++a) {
      for (std::size_t b = 0; b <= a; ++b) {
        factors.core[a * m + b] = factors.core[b * m + a] = static_cast<std::int32_t>(test::between(random, -high - 1, high));
      }
    }
    const bool zero_diagonal = random.below(2) == 1;
    std::vector<std::int32_t> weights(n * n);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        for (std::size_t a = 0; a < m; ++a) {
          for (std::size_t b = 0; b < m; ++b) {
            weights[i * n + j] += factors.patterns[a * n + i] * factors.core[a * m + b] * factors.patterns[b * n + j];
          }
        }
      }
      factors.diagonal.push_back(zero_diagonal ? -weights[i * n + i] : 0);
      weights[i * n + i] += factors.diagonal[i];
    }
    network.weights.clear();
    network.factors = std::make_shared<const FixedFactors>(std::move(factors));
    pair.dense = network;
    pair.dense.factors = nullptr;
    pair.dense.core.memories = 0;
    pair.dense.core.weight_bits = 16;
    pair.dense.weights = std::move(weights);
    try {
      validate(pair.factored);
      validate(pair.dense);
      return pair;
    } catch (const std::invalid_argument&) {   // wider than a core may be
    }
  }
}

TEST(FactoredForm, StepsBitForBitAsTheDenseIntegersItIsDefinedBy) {
  SCOPED_TRACE("seed 905");
  for (std::uint32_t draw = 0; draw < 300; ++draw) {
    Random random(seed, Stream::test, draw);
    const Pair pair = random_pair(random);
    Stepper<FixedNumber> factored{FixedNumber(pair.factored)};
    Stepper<FixedNumber> dense{FixedNumber(pair.dense)};
    const std::vector<std::int64_t> start = test::random_state(random, pair.dense);
    factored.load(start);
    dense.load(start);
    for (int step = 0; step < 60; ++step) {
      factored.step();
      dense.step();
      ASSERT_TRUE(std::ranges::equal(factored.state(), dense.state())) << "draw " << draw << ", step " << step;
      ASSERT_EQ(factored.settled(), dense.settled()) << draw;
      ASSERT_EQ(factored.overflow(), dense.overflow()) << draw;
    }
  }
}

TEST(FactoredForm, HasAnIdentityThatEveryFactorChanges) {
  Random random(seed, Stream::test, 1000);
  const FixedNetwork network = random_pair(random).factored;
  const auto changed = [&](auto change) {
    FixedNetwork other = network;
    FixedFactors factors = *network.factors;
    change(factors);
    other.factors = std::make_shared<const FixedFactors>(std::move(factors));
    return network_id(other);
  };
  const std::uint32_t id = network_id(network);
  EXPECT_NE(changed([](FixedFactors& f) { f.patterns[0] = static_cast<std::int8_t>(-f.patterns[0]); }), id);
  EXPECT_NE(changed([](FixedFactors& f) { f.core[0] += 1; }), id);
  EXPECT_NE(changed([](FixedFactors& f) { f.diagonal[0] += 1; }), id);
}

TEST(FactoredForm, LoadsSignsByNeuronThenTheCoreByRowThenTheDiagonal) {
  Random random(seed, Stream::test, 1001);
  const FixedNetwork network = random_pair(random).factored;
  const FixedFactors& factors = *network.factors;
  const auto image = load_image(network);
  const auto n = static_cast<std::uint32_t>(network.neurons), m = static_cast<std::uint32_t>(network.core.memories);
  ASSERT_GT(image.size(), n + m + 1);
  for (std::uint32_t i = 0; i < n; ++i) {
    ASSERT_EQ(image[i].front(), protocol::header(protocol::kind_factors, i, m));
    for (std::uint32_t a = 0; a < m; ++a) EXPECT_EQ(static_cast<std::int32_t>(image[i][a + 1]), factors.patterns[a * n + i]);
  }
  for (std::uint32_t a = 0; a < m; ++a) {
    ASSERT_EQ(image[n + a].front(), protocol::header(protocol::kind_core, a, m));
    for (std::uint32_t b = 0; b < m; ++b) EXPECT_EQ(static_cast<std::int32_t>(image[n + a][b + 1]), factors.core[a * m + b]);
  }
  ASSERT_EQ(image[n + m].front(), protocol::header(protocol::kind_diagonal, 0, n));
  for (std::uint32_t i = 0; i < n; ++i) EXPECT_EQ(static_cast<std::int32_t>(image[n + m][i + 1]), factors.diagonal[i]);
}

TEST(FactoredForm, SplitsTheListsOfItsLargestCore) {
  const std::vector<std::int32_t> states(16384, -7);
  const auto packets = state_packets(states);
  ASSERT_EQ(packets.size(), 2U);
  EXPECT_EQ(packets[0].front(), protocol::header(protocol::kind_states, 0, 16383));
  EXPECT_EQ(packets[0].size(), 16384U);
  EXPECT_EQ(packets[1], (std::vector<std::uint32_t>{protocol::header(protocol::kind_states, 16383, 1), 0xffff'fff9U}));
}

MemorySpec random_memory(Index memories, Index neurons, Rule rule, std::uint32_t draw) {
  Random random(seed, Stream::test, draw);
  MemorySpec memory;
  memory.rule = rule;
  memory.patterns.resize(memories, neurons);
  for (double& entry : memory.patterns.reshaped()) entry = random.sign();
  return memory;
}

/// The circuit of `rule`, by factors alone or by the matrix.
Circuit learned_circuit(const MemorySpec& memory, Keep keep) {
  const Learned learned = learn(memory, keep);
  constexpr double steep = 40.0;   // so that the stability rule, not h ≤ 1/2, limits the step
  Circuit circuit = test::circuit_of(Matrix::Zero(memory.patterns.cols(), memory.patterns.cols()), steep);
  circuit.weights = learned.weights;
  circuit.factors = learned.factors;
  if (keep == Keep::factors && circuit.factors->row_sums.size() == 0) {
    Factors factors = *circuit.factors;
    factors.row_sums = factors.absolute_row_sums();
    circuit.factors = std::make_shared<const Factors>(factors);
  }
  return circuit;
}

QuantiseOptions options_of(const MemorySpec& memory) {
  const Learned learned = learn(memory);
  QuantiseOptions options;
  options.hardware.form = "factored";
  options.hardware.step_exponent = 6;
  options.largest_start = 0.5;
  options.exact_scale = learned.exact_scale;
  options.smallest_margin = learned.margins.minCoeff();
  return options;
}

TEST(FactoredForm, HoldsHebbsRuleExactlyInTwoBits) {
  const MemorySpec memory = random_memory(6, 64, Rule::hebb, 1);
  const Quantised factored = quantise(learned_circuit(memory, Keep::factors), options_of(memory));
  const Circuit dense = learned_circuit(memory, Keep::matrix);
  const Quantised by_matrix = quantise(dense, options_of(memory));
  EXPECT_EQ(factored.network.core.weight_bits, 2);
  EXPECT_EQ(factored.network.core.memories, 6);
  const Circuit& realised = factored.realised;
  EXPECT_LE((realised.factors->dense() - dense.weights).cwiseAbs().maxCoeff(), 1e-15);
  EXPECT_NEAR(factored.bound, by_matrix.bound, 1e-12);
  EXPECT_LT(by_matrix.stability_limit, 0.3);
  EXPECT_NEAR(factored.stability_limit, by_matrix.stability_limit, 1e-9);   // XᵀX has a kernel: the bound is tight
}

TEST(FactoredForm, RoundsThePseudoInversesCoreAndKeepsTheDiagonalZero) {
  for (std::uint32_t draw = 2; draw < 8; ++draw) {
    const MemorySpec memory = random_memory(8, 48, Rule::pseudo_inverse, draw);
    const Circuit circuit = learned_circuit(memory, Keep::factors);
    const Quantised factored = quantise(circuit, options_of(memory));
    const Matrix realised = factored.realised.factors->dense();
    const Matrix wanted = learn(memory).weights;
    EXPECT_LE(realised.diagonal().cwiseAbs().maxCoeff(), 1e-14);
    EXPECT_LE((realised - wanted).norm(), 2e-2 * wanted.norm()) << "seed 905, draw " << draw;   // as 8-bit weights
    const Quantised by_matrix = quantise(learned_circuit(memory, Keep::matrix), options_of(memory));
    EXPECT_LE(factored.stability_limit, by_matrix.stability_limit * 1.02) << draw;   // a bound of the exact rule
  }
}

TEST(FactoredForm, AddsBitsOfTheCoreForALimitOfTheTotalDeviation) {
  const MemorySpec memory = random_memory(8, 48, Rule::pseudo_inverse, 3);
  const Circuit circuit = learned_circuit(memory, Keep::factors);
  QuantiseOptions options = options_of(memory);
  const auto total = [&](const Quantised& q) {   // docs/math.md: 4 max_i Σ_j|δW_ij|/B
    const Matrix error = q.realised.factors->dense() - circuit.factors->dense();
    return 4.0 * error.cwiseAbs().rowwise().sum().maxCoeff() / invariant_bound(circuit);
  };
  const Quantised usual = quantise(circuit, options);
  for (const double part : {0.5, 0.1}) {
    options.max_total_deviation = part * total(usual);
    const Quantised finer = quantise(circuit, options);
    EXPECT_LE(total(finer), *options.max_total_deviation);
    options.hardware.weight_bits = finer.network.core.weight_bits - 1;   // one bit less is not enough
    EXPECT_GT(total(quantise(circuit, options)), *options.max_total_deviation);
    options.hardware.weight_bits.reset();
  }
}

TEST(FactoredForm, IsRefusedForDependentMemories) {
  MemorySpec memory = random_memory(4, 16, Rule::pseudo_inverse, 9);
  memory.patterns.row(3) = memory.patterns.row(0);
  const Circuit circuit = learned_circuit(memory, Keep::factors);
  EXPECT_THROW(quantise(circuit, options_of(memory)), InputError);
}

}  // namespace
}  // namespace basin
