#include "sim/certify/a_priori.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "models/certify/table_error.hpp"
#include "models/ode/reference.hpp"
#include "sim/golden/golden_engine.hpp"
#include "tests/support/pattern_sets.hpp"
#include "tests/support/toml_design.hpp"

namespace basin {
namespace {

constexpr std::uint64_t seed = 6173;

std::string text_of(const std::string& circuit, const std::string& patterns, const std::string& hardware) {
  return "[circuit]\nunits = \"normalised\"\n" + circuit + "[memory]\nrule = \"pseudo-inverse\"\npatterns = " + patterns +
         "\n[hardware]\n" + hardware;
}

std::string list_of(Index count, double low, double high, std::uint32_t stream) {
  Random random(seed, Stream::test, stream);
  std::string text = "[";
  for (Index i = 0; i < count; ++i) text += fmt::format("{}{}", i == 0 ? "" : ", ", low + (high - low) * random.uniform());
  return text + "]";
}

std::string patterns_of(Index memories, Index neurons, std::uint32_t stream) {
  return test::rows_text(test::distinct_patterns(seed, stream, memories, neurons));
}

/// Circuits that differ in what a bound depends on: size, activation, time constants, gains, biases.
std::vector<std::string> circuits() {
  return {"gain = 3\n",
          "gain = 2.5\nactivation = \"erf\"\nbias = " + list_of(16, -0.05, 0.05, 1) + "\n",
          "gain = 3\ntau = " + list_of(16, 1.0, 3.0, 2) + "\n",
          "gain = " + list_of(16, 2.0, 4.0, 3) + "\n",
          "gain = 2\nactivation = \"clipped-linear\"\n"};
}

/// Formats from coarse to fine.
std::vector<std::string> formats() {
  return {"step = \"1/8\"\norder = 1\nstate = \"s14.10\"\nactivation_table = 32\noutput = 10\n",
          "step = \"1/64\"\norder = 1\nstate = \"s22.17\"\n",
          "step = \"1/8\"\norder = 2\nstate = \"s14.10\"\nactivation_table = 32\noutput = 9\n",
          "step = \"1/32\"\norder = 2\n",
          "step = \"1/64\"\norder = 2\nstate = \"s18.14\"\nactivation_table = 16\n"};
}

struct Network {
  explicit Network(const Design& design) : prepared(prepare(design)), steps(core_steps(network(), prepared.realised)) {
    std::vector<Vector> outputs;
    for (Index m = 0; m < design.memory.patterns.rows(); ++m) outputs.push_back(memory_outputs(design, prepared.learned, m));
    sets = std::make_unique<AprioriSets>(prepared.realised, design.memory.names, outputs);
  }
  [[nodiscard]] const FixedNetwork& network() const { return prepared.quantised.network; }
  [[nodiscard]] AprioriBounds bounds() const { return sets->bounds(steps, prepared.quantised.bound); }

  Prepared prepared;
  CoreSteps steps;
  std::unique_ptr<AprioriSets> sets;
};

/// Words of a state in the box: each neuron anywhere, or at an end of its interval.
std::vector<std::int32_t> start_in(const Box& states, double lsb, Random& random) {
  std::vector<std::int32_t> words;
  for (const Interval& u : states) {
    const double low = std::ceil(u.lower() / lsb), high = std::floor(u.upper() / lsb);
    const double part = random.uniform();
    const double inside = std::floor(low + random.uniform() * (high - low));
    words.push_back(static_cast<std::int32_t>(part < 0.25 ? low : part < 0.5 ? high : inside));
  }
  return words;
}

/// max |u_golden − u| after every step of 12 τ, u by dopri5 at rtol 1e-12.
double true_error(const Network& net, const std::vector<std::int32_t>& words) {
  const FixedNetwork& network = net.network();
  const auto steps = static_cast<std::int64_t>(12.0 * net.prepared.realised.tau.maxCoeff() / network.dt);
  ReferenceOptions options;
  options.rtol = 1e-12;
  options.atol = 1e-14;
  options.stop_when_settled = options.record_energy = options.find_settle_time = false;
  for (std::int64_t k = 0; k <= steps; ++k) options.sample_times.push_back(network.dt * static_cast<double>(k));
  options.t_end = options.sample_times.back();
  Vector start(network.neurons);
  for (Index i = 0; i < start.size(); ++i) start[i] = words[static_cast<std::size_t>(i)] * network.lsb_state;
  const ReferenceRun reference = integrate(net.prepared.realised, start, options);
  const auto engine = make_golden_engine(network);
  engine->load(words);
  double worst = 0.0;
  for (std::int64_t k = 1; k <= steps; ++k) {
    engine->step();
    const auto state = engine->state();
    for (Index i = 0; i < start.size(); ++i) {
      const double u = state[static_cast<std::size_t>(i)] * network.lsb_state;
      worst = std::max(worst, std::abs(u - reference.samples(static_cast<Index>(k), i)));
    }
  }
  return worst;
}

/// The largest error of runs from random starts in a set.
double worst_of_runs(const Network& net, const Box& states, int runs) {
  Random random(seed, Stream::test, 77);
  double worst = 0.0;
  for (int run = 0; run < runs; ++run) {
    worst = std::max(worst, true_error(net, start_in(states, net.network().lsb_state, random)));
  }
  return worst;
}

TEST(APriori, HoldsTheErrorOfEveryRunFromItsBoxAndIsWithinTwentyTimesOfIt) {
  std::vector<double> ratios;
  std::uint32_t stream = 10;
  std::size_t asked = 0;
  for (const std::string& circuit : circuits()) {
    const std::string patterns = patterns_of(2, 16, stream++);
    for (const std::string& hardware : formats()) {
      const Network net(test::toml_design(text_of(circuit, patterns, hardware)));
      const AprioriBounds bounds = net.bounds();
      ASSERT_FALSE(bounds.sets.empty()) << circuit << hardware;
      for (const BoundedSet& set : bounds.sets) {
        ++asked;
        if (!set.error()) continue;
        const double worst = worst_of_runs(net, set.states, 6);
        EXPECT_LE(worst, *set.error()) << circuit << hardware;
        ratios.push_back(*set.error() / worst);
      }
    }
  }
  std::ranges::sort(ratios);
  fmt::print("bound over the largest error of six runs: {:.1f} to {:.1f}, median {:.1f}; {} of {} bounded\n", ratios.front(),
             ratios.back(), ratios[ratios.size() / 2], ratios.size(), asked);
  EXPECT_GE(ratios.size(), 9 * asked / 10);
  EXPECT_LE(ratios.back(), 20.0);
}

/// u̇ = −u + w u + b where the unit is linear; |z| < 1 throughout.
Circuit linear(double w, double b) {
  Circuit circuit;
  circuit.weights = Matrix::Constant(1, 1, w);
  circuit.bias = Vector::Constant(1, b);
  circuit.threshold = Vector::Zero(1);
  circuit.tau = circuit.resistance = circuit.gain = Vector::Ones(1);
  circuit.unipolar = {false};
  circuit.activation = Activation(ActivationKind::clipped_linear);
  return circuit;
}

// With κ = w the largest |τu̇| over the box [l, m] is p = max(m − κl − b, κm + b − l), |ü| ≤ (1 + κ)p by the triangle, and
// (1 − κ)E = ½h(1 + κ)p at order 1; at order 2 (5/12)h²(1 + κ)²p and, once, the ½h²(1 + κ)p of the first step, of which the
// sum over steps is not more than itself.
TEST(APriori, IsTheClosedFormOfALinearUnit) {
  const double w = 0.5, b = 0.1, low = 0.0, high = 0.5, h = 1.0 / 16.0;
  const Circuit circuit = linear(w, b);
  const EnclosedCircuit enclosed(circuit);
  const APriori set(enclosed, {Interval(low, high)});
  const double p = std::max(high - w * low - b, w * high + b - low);
  const auto first = set.bound({1, Vector::Constant(1, h), 0.0, {}});
  const auto second = set.bound({2, Vector::Constant(1, h), 0.0, {}});
  ASSERT_TRUE(first && second);
  EXPECT_NEAR(first->largest(), 0.5 * h * (1.0 + w) * p / (1.0 - w), 1e-5 * first->largest());
  const double brought = 5.0 / 12.0 * h * h * (1.0 + w) * (1.0 + w) * p + 0.5 * h * h * (1.0 + w) * p;
  EXPECT_NEAR(second->largest(), brought / (1.0 - w), 1e-5 * second->largest());
  // Half an LSB a step, ½ LSB/h over 1 − κ; outputs that are off by ε, κε over 1 − κ as a drive.
  const double lsb = 0x1p-12, off = 1e-3;
  const auto rounded = set.bound({1, Vector::Constant(1, h), lsb, [off](const Box&, const Box&) { return Vector::Constant(1, off); }});
  ASSERT_TRUE(rounded);
  EXPECT_NEAR(rounded->largest() - first->largest(), (0.5 * lsb / h + w * off) / (1.0 - w), 1e-5 * rounded->largest());
}

// The same for a tanh unit, whose slope and |V″| are largest where the box is nearest to 0; the widened box is hardly larger. |V″|
// is bounded by the tanh at one end times the slope at the other.
TEST(APriori, IsTheClosedFormOfATanhUnitAtOrderTwo) {
  const double w = 1.2, gain = 2.0, low = 0.6, high = 1.5, h = 0x1p-12;
  Circuit circuit = linear(w, 0.0);
  circuit.gain[0] = gain;
  circuit.activation = Activation(ActivationKind::tanh);
  const EnclosedCircuit enclosed(circuit);
  const APriori set(enclosed, {Interval(low, high)});
  const double value = std::tanh(gain * low), slope = gain * (1.0 - value * value), curvature = 2.0 * gain * value * slope;
  const double p = std::max(high - w * value, w * std::tanh(gain * high) - low);
  const double second = h * h * p * (1.0 + w * slope), third = h * (second * (1.0 + w * slope) + w * curvature * h * h * p * p);
  const auto found = set.bound({2, Vector::Constant(1, h), 0.0, {}});
  ASSERT_TRUE(found);
  const double brought = 5.0 / 12.0 * third / h + 0.5 * second;
  EXPECT_GE(found->largest() * (1.0 - w * slope), brought);
  EXPECT_LE(found->largest() * (1.0 - w * slope), 1.05 * brought);
}

// Rounding takes the core out of the box, to where g is steeper: E holds with the slope there.
TEST(APriori, TakesSlopesAsFarOutAsTheErrorReaches) {
  const double w = 1.2, gain = 2.0, low = 0.8, lsb = 0x1p-9, h = 0.125;
  Circuit circuit = linear(w, 0.0);
  circuit.gain[0] = gain;
  circuit.activation = Activation(ActivationKind::tanh);
  const EnclosedCircuit enclosed(circuit);
  const APriori set(enclosed, {Interval(low, 1.2)});
  const auto exact = set.bound({2, Vector::Constant(1, h), 0.0, {}}), rounded = set.bound({2, Vector::Constant(1, h), lsb, {}});
  ASSERT_TRUE(exact && rounded);
  for (const auto& [error, brought] : {std::pair(exact->largest(), 0.0), std::pair(rounded->largest(), 0.5 * lsb / h)}) {
    const double slope = gain / std::pow(std::cosh(gain * (low - error)), 2), still = gain / std::pow(std::cosh(gain * low), 2);
    const double p = 1.2 - w * std::tanh(gain * low);
    const double least = 0.5 * h * h * p * (1.0 + w * still) + brought;   // the first step alone, and rounding
    EXPECT_GE(error * (1.0 - w * slope), least);
  }
  EXPECT_GT((rounded->largest() - exact->largest()) * (1.0 - w * gain / std::pow(std::cosh(gain * low), 2)), 1.02 * 0.5 * lsb / h);
}

// Closed forms of what is bounded: Euler's factor (1 − ch)^k, and Adams and Bashforth's recursion, against exp(−chk).
TEST(APriori, HoldsTheErrorOfTheStepsOfALinearUnit) {
  const double w = 0.5, h = 1.0 / 8.0, c = 1.0 - w, start = 0.5;
  const Circuit circuit = linear(w, 0.0);
  const EnclosedCircuit enclosed(circuit);
  const APriori set(enclosed, {Interval(-start, start)});
  double euler = start, adams = start, before = start, worst_euler = 0.0, worst_adams = 0.0;
  for (int k = 1; k < 200; ++k) {
    euler *= 1.0 - c * h;
    const double next = k == 1 ? adams * (1.0 - c * h) : adams - h * c * (1.5 * adams - 0.5 * before);
    before = std::exchange(adams, next);
    worst_euler = std::max(worst_euler, std::abs(euler - start * std::exp(-c * h * k)));
    worst_adams = std::max(worst_adams, std::abs(adams - start * std::exp(-c * h * k)));
  }
  const auto first = set.bound({1, Vector::Constant(1, h), 0.0, {}}), second = set.bound({2, Vector::Constant(1, h), 0.0, {}});
  ASSERT_TRUE(first && second);
  EXPECT_LE(worst_euler, first->largest());
  EXPECT_LE(worst_adams, second->largest());
}

TEST(APriori, HalvesOrQuartersWithTheStep) {
  const Design design = test::toml_design(text_of("gain = 3\n", patterns_of(2, 16, 10), "step = \"1/32\"\n"));
  const Network net(design);
  for (const int order : {1, 2}) {
    std::vector<double> errors;
    for (int k = 5; k < 10; ++k) {
      errors.push_back(net.sets->largest({order, Vector::Constant(16, std::ldexp(1.0, -k)), 0.0, {}}, 1.0, 1e9));
    }
    for (std::size_t k = 1; k < errors.size(); ++k) EXPECT_NEAR(errors[k - 1] / errors[k], order == 1 ? 2.0 : 4.0, 0.15) << order;
  }
}

TEST(APriori, IsNotGivenForStepsTooLargeForItsProof) {
  const Circuit circuit = linear(0.5, 0.0);
  const EnclosedCircuit enclosed(circuit);
  const APriori set(enclosed, {Interval(-0.5, 0.5)});
  EXPECT_TRUE(set.bound({1, Vector::Constant(1, 1.0), 0.0, {}}));
  EXPECT_FALSE(set.bound({1, Vector::Constant(1, 1.01), 0.0, {}}));
  EXPECT_TRUE(set.bound({2, Vector::Constant(1, 0.25), 0.0, {}}));
  EXPECT_FALSE(set.bound({2, Vector::Constant(1, 0.5), 0.0, {}}));
}

TEST(APriori, IsNotGivenWhereTrajectoriesLeaveOrErrorsGrow) {
  const CoreSteps steps{1, Vector::Constant(1, 0.125), 0.0, {}};
  const Circuit leaving = linear(0.5, 0.1);
  const EnclosedCircuit a(leaving);
  EXPECT_FALSE(APriori(a, {Interval(0.3, 0.5)}).bound(steps));   // 0.2 is where it ends
  const Circuit growing = linear(1.1, 0.0);
  const EnclosedCircuit b(growing);
  EXPECT_FALSE(APriori(b, {Interval(-0.5, 0.5)}).bound(steps));
}

// Where the whole circuit contracts, every state is in the one set.
TEST(AprioriSets, AreOneOfAllStatesWhereTheCircuitHasOneEquilibrium) {
  const Design design = test::toml_design(text_of("gain = 0.5\n", patterns_of(1, 8, 20), "step = \"1/32\"\n"));
  const Network net(design);
  const AprioriBounds bounds = net.bounds();
  ASSERT_EQ(bounds.sets.size(), 1U);
  EXPECT_EQ(bounds.sets[0].name, "everywhere");
  EXPECT_LE(worst_of_runs(net, bounds.sets[0].states, 5), bounds.sets[0].error().value());
}

// Here 2^T LSB_u is hardly more than B: beyond it the core's outputs are constant, and no further from the circuit's for that.
TEST(AprioriSets, AreBoundedWhereTheTableEndsWithTheStatesOfTheCircuit) {
  const std::string patterns = "[[1, 1, 1, 1, -1, -1, 1, -1], [1, -1, 1, -1, 1, 1, -1, -1]]";
  const Design design = test::toml_design("[circuit]\nunits = \"normalised\"\ngain = 0.5\n[memory]\nrule = \"hebb\"\npatterns = " + patterns +
                                          "\n[hardware]\nstep = \"1/32\"\nstate = \"s24.20\"\nactivation_table = 64\n");
  const Network net(design);
  const BoundedSet set = net.bounds().sets.at(0);
  EXPECT_LT(std::ldexp(net.network().lsb_state, net.network().core.table_domain), 1.0 + set.error().value());
  EXPECT_LE(worst_of_runs(net, set.states, 5), set.error().value());
  EXPECT_TRUE(bound_a_priori(design, 1e-2).choice.hardware);
}

/// Output of the table at input `a`, from docs/arithmetic.md, over the full code.
double output_of(const Table& table, const CoreConfig& core, std::int64_t a) {
  const std::int64_t span = std::int64_t{1} << core.table_domain, width = std::int64_t{1} << core.segment_shift();
  const std::int64_t p = core.table_odd ? std::min(std::abs(a), span) : std::clamp(a + span, std::int64_t{0}, 2 * span);
  const std::int64_t c = std::min<std::int64_t>(p / width, core.table_segments - 1);
  const Segment& segment = table[static_cast<std::size_t>(c)];
  const double line = segment.base + std::floor(static_cast<double>(segment.rise * (p - c * width)) / static_cast<double>(width) + 0.5);
  return (core.table_odd && a < 0 ? -line : line) / core.full_code();
}

TEST(TableError, HoldsTheErrorAtEveryTableInputAndIsNotMuchLarger) {
  const std::string points = "[[-1.5, -1], [-0.3, -0.4], [0.8, 0.6], [1.2, 1]]";
  for (const std::string& circuit : {std::string("gain = 3\n"), std::string("gain = 2\nactivation = \"arctan\"\n"),
                                     std::string("gain = 2\nactivation = \"clipped-linear\"\n"),
                                     "gain = 2\nactivation = \"table\"\nactivation_table = " + points + "\n"}) {
    const std::string hardware = "state = 14\nactivation_table = 32\noutput = 9\n";
    const Network net(test::toml_design(text_of(circuit, patterns_of(1, 8, 30), hardware)));
    const FixedNetwork& network = net.network();
    const TableFunction function = table_functions(net.prepared.realised, network.lsb_state)[0];
    const TableError error(function, network.tables[0], network.core);
    const std::int64_t most = network.core.max_state();
    double worst = 0.0;
    for (std::int64_t a = -most; a <= most; ++a) {
      const auto at = static_cast<double>(a);
      const double off = std::abs(output_of(network.tables[0], network.core, a) - function.value(at));
      ASSERT_LE(off, error.over(Interval(at)) + 1e-15) << circuit << a;
      worst = std::max(worst, off);
    }
    EXPECT_GE(error.over({-static_cast<double>(most), static_cast<double>(most)}), worst) << circuit;
    EXPECT_LE(error.over({-static_cast<double>(most), static_cast<double>(most)}), 4.0 * worst) << circuit;
  }
}

// Gain words round the table input: every state of every neuron, with outputs and segments so fine that it shows.
TEST(CoreSteps, HoldTheErrorOfOutputsWithGainWords) {
  const Network net(test::toml_design(text_of("gain = " + list_of(8, 2.0, 6.0, 40) + "\n", patterns_of(1, 8, 41),
                                              "state = 10\nactivation_table = 256\noutput = 16\nstep = \"1/16\"\n")));
  const FixedNetwork& network = net.network();
  const Circuit& circuit = net.prepared.realised;
  ASSERT_TRUE(network.core.gain);
  for (std::int64_t u = -500; u <= 500; ++u) {
    const double state = static_cast<double>(u) * network.lsb_state;
    const Box at = ball(Vector::Constant(8, state), 0.0);
    const Vector error = net.steps.output_error(at, at);
    for (Index i = 0; i < 8; ++i) {
      const GainWord word = network.gains[static_cast<std::size_t>(i)];
      const double scaled = std::ldexp(static_cast<double>(u) * (word.mantissa + 1), -8 - word.exponent);
      const auto a = static_cast<std::int64_t>(std::floor(scaled + 0.5));
      const double off = std::abs(output_of(network.tables[0], network.core, a) - std::tanh(circuit.gain[i] * state));
      ASSERT_LE(off, error[i] + 1e-14) << u << ' ' << i;
    }
  }
}

std::string lines_of(const HardwareSpec& hardware) {
  return fmt::format("order = {}\nstep = \"1/{}\"\nstate = \"s{}.{}\"\nactivation_table = {}\noutput = {}\n",
                     static_cast<int>(hardware.order), 1 << hardware.step_exponent, hardware.state_bits.value(),
                     hardware.state_fraction.value(), hardware.table_segments.value(), hardware.drive_bits.value());
}

/// What a design file with these formats comes to, over B; +∞ where it has no network.
double bound_of(const std::string& circuit, const std::string& patterns, const HardwareSpec& hardware) {
  try {
    const Network net(test::toml_design(text_of(circuit, patterns, lines_of(hardware))));
    return net.bounds().largest().value_or(std::numeric_limits<double>::infinity());
  } catch (const std::exception&) {
    return std::numeric_limits<double>::infinity();
  }
}

TEST(FormatChoice, KeepsWithinEpsilonAndNothingCoarserDoes) {
  const std::string circuit = "gain = 3\n", patterns = patterns_of(2, 16, 10);
  for (const int order : {1, 2}) {
    for (const double epsilon : {1e-2, 1e-3}) {
      const Design design = test::toml_design(text_of(circuit, patterns, fmt::format("order = {}\n", order)));
      const FormatChoice choice = bound_a_priori(design, epsilon).choice;
      ASSERT_TRUE(choice.hardware) << order << ' ' << epsilon << ' ' << choice.why_not;
      const HardwareSpec& chosen = *choice.hardware;
      EXPECT_LE(bound_of(circuit, patterns, chosen), epsilon);
      const Network net(test::toml_design(text_of(circuit, patterns, lines_of(chosen))));
      for (const BoundedSet& set : net.bounds().sets) {
        EXPECT_LE(worst_of_runs(net, set.states, 3), epsilon * net.prepared.quantised.bound);
      }
      HardwareSpec one = chosen;
      --*one.state_fraction;
      EXPECT_GT(bound_of(circuit, patterns, one), epsilon) << lines_of(one);
      one = chosen;
      *one.table_segments /= 2;
      EXPECT_GT(bound_of(circuit, patterns, one), epsilon) << lines_of(one);
      one = chosen;
      --*one.drive_bits;
      EXPECT_GT(bound_of(circuit, patterns, one), epsilon) << lines_of(one);
      one = chosen;   // the next larger step, as fine as it gets
      --one.step_exponent;
      one.state_bits = 32;
      one.state_fraction = 28;
      one.table_segments = 1024;
      one.drive_bits = 16;
      EXPECT_GT(bound_of(circuit, patterns, one), epsilon) << lines_of(one);
    }
  }
}

TEST(FormatChoice, SaysWhyThereIsNone) {
  const Design design = test::toml_design(text_of("gain = 3\n", patterns_of(2, 16, 10), ""));
  const FormatChoice choice = bound_a_priori(design, 1e-9).choice;
  EXPECT_FALSE(choice.hardware);
  EXPECT_NE(choice.why_not, "");
}

}  // namespace
}  // namespace basin
