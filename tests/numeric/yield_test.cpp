#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <iostream>
#include <numbers>

#include "models/design/error.hpp"
#include "models/design/random.hpp"
#include "models/physical/tolerance.hpp"
#include "sim/reference/simulation.hpp"
#include "sim/spice/comparison.hpp"
#include "sim/toolchain/scratch_folder.hpp"
#include "sim/yield/yield.hpp"
#include "tests/support/other_build.hpp"
#include "tests/support/toml_design.hpp"

// Yield against what other code finds: the reference's recalls, a threshold by root finding, ngspice.
namespace basin::test {
namespace {

/// 4 memories of 24 neurons by Hebb's rule; a fifth of the signs of a cue is wrong.
std::string random_design(const std::string& more) {
  Random random(31, Stream::test, 7);
  std::string patterns;
  for (int m = 0; m < 4; ++m) {
    std::string row;
    for (int i = 0; i < 24; ++i) row += (row.empty() ? "" : ", ") + std::string(random.sign() > 0.0 ? "1" : "-1");
    patterns += (patterns.empty() ? "[" : ", [") + row + "]";
  }
  return "name = \"yield\"\n[circuit]\nunits = \"normalised\"\ngain = 4\n[memory]\nrule = \"hebb\"\npatterns = [" +
         patterns + "]\n[cues]\nfrom = \"patterns\"\nflip = 0.25\ncount = 24\nseed = 3\n" + more;
}

YieldReport yield_of(const Design& design, int runs, int jobs = 2) {
  const ScratchFolder folder(std::filesystem::temp_directory_path(), "basin-yield-");
  YieldOptions options;
  options.runs = runs;
  options.jobs = jobs;
  options.store = folder.path() / "cases";
  return run_yield(design, options);
}

const YieldRow& row(const YieldReport& report, const std::string& name) {
  for (const YieldRow& each : report.rows) {
    if (each.what.name == name && !each.what.activation) return each;
  }
  throw std::runtime_error("no row " + name);
}

/// How many cues the reference recalls.
int recalled(const Design& design) {
  int count = 0;
  for (const SimulatedCue& cue : simulate(design, {}).cues) count += cue.status == "recalled" ? 1 : 0;
  return count;
}

}  // namespace

// Nominal, and parts that are off by next to nothing: what the reference recalls of the ideal circuit, 23 of 24.
TEST(Yield, OfExactPartsIsTheRecallOfTheDesign) {
  const Design design = toml_design(random_design("[tolerance]\nresistors = 1e-9\n"));
  const YieldReport report = yield_of(design, 3);
  const int expected = recalled(toml_design(random_design("")));
  EXPECT_GT(expected, 12);
  EXPECT_LT(expected, 24);
  EXPECT_EQ(row(report, "nominal").recalled, std::vector<int>{expected});
  EXPECT_EQ(row(report, "tolerance.resistors").recalled, (std::vector<int>{expected, expected, expected}));
}

// Delays and noise alone are what simulate has of the design with them; all together has both.
TEST(Yield, OfDelaysAndNoiseIsTheRecallOfTheDesignThatHasThem) {
  const std::string warm = "[noise]\ntemperature = 0.2\nstep = 0.02\n[simulate]\nt_end = 20\n";
  const auto late = [](std::string text) { return text.replace(text.find("gain = 4"), 8, "gain = 4\ndelay = 0.7"); };
  const YieldReport report = yield_of(toml_design(late(random_design(warm))), 3);
  EXPECT_TRUE(report.has_faults);
  EXPECT_EQ(row(report, "nominal").recalled, std::vector<int>{recalled(toml_design(random_design("")))});
  EXPECT_EQ(row(report, "circuit.delay").recalled, std::vector<int>{recalled(toml_design(late(random_design(""))))});
  EXPECT_EQ(row(report, "circuit.delay").stored, std::vector<int>{4});
  const YieldRow& noisy = row(report, "noise.temperature");
  ASSERT_EQ(noisy.recalled.size(), 3U);
  EXPECT_EQ(noisy.recalled[0], recalled(toml_design(random_design(warm))));
  EXPECT_LT(noisy.recalled[0], row(report, "nominal").recalled[0]);
  EXPECT_NE(noisy.recalled[0], noisy.recalled[1]);   // draws of its own
  EXPECT_EQ(row(report, "all").recalled[0], recalled(toml_design(late(random_design(warm)))));
  EXPECT_EQ(yield_of(toml_design(late(random_design(warm))), 3, 1).rows.back().recalled, report.rows.back().recalled);
}

// Noise that is next to none moves nothing, at nodes that a short made a hundred times as fast either.
TEST(Yield, OfShortsWithNoiseFollowsTheirFastNodes) {
  const YieldReport report = yield_of(
      toml_design(random_design("[tolerance]\nstuck_short = 0.01\n[noise]\ntemperature = 1e-9\nstep = 0.03\n[simulate]\nt_end = 15\n")), 2);
  EXPECT_NE(row(report, "tolerance.stuck_short").recalled, (std::vector<int>(2, row(report, "nominal").recalled[0])));
  EXPECT_EQ(row(report, "all").recalled, row(report, "tolerance.stuck_short").recalled);
}

// The same of every activation: swapping is a design of that activation.
TEST(Yield, OfASwappedActivationIsThatOfTheDesignThatHasIt) {
  const YieldReport report = yield_of(toml_design(random_design("")), 1);
  ASSERT_EQ(report.rows.size(), 5U);
  EXPECT_FALSE(report.has_faults);
  for (const auto& [kind, name] :
       {std::pair(ActivationKind::erf, "erf"), std::pair(ActivationKind::clipped_linear, "clipped-linear")}) {
    std::string text = random_design("");
    text.replace(text.find("gain = 4"), 8, std::string("activation = \"") + name + "\"\ngain = 4");
    const int expected = recalled(toml_design(text));
    for (const YieldRow& each : report.rows) {
      if (each.what.activation == kind) {
        EXPECT_EQ(each.recalled, std::vector<int>{expected}) << name;
      }
    }
  }
}

TEST(Yield, IsTheSameForAnyNumberOfThreadsAndGoesOnFromWhatIsKept) {
  const Design design = toml_design(
      random_design("[tolerance]\nresistors = 0.2\ninput_offset = 0.02\n[amplifier]\nopen_loop_gain = 50\n"));
  const YieldReport one = yield_of(design, 6, 1);
  const ScratchFolder folder(std::filesystem::temp_directory_path(), "basin-yield-");
  YieldOptions options;
  options.runs = 6;
  options.jobs = 2;
  options.store = folder.path() / "cases";
  const YieldReport two = run_yield(design, options), again = run_yield(design, options);
  ASSERT_EQ(one.rows.size(), two.rows.size());
  EXPECT_EQ(two.found, 0U);
  EXPECT_EQ(again.found, two.rows.size());
  for (std::size_t k = 0; k < one.rows.size(); ++k) {
    EXPECT_EQ(one.rows[k].recalled, two.rows[k].recalled) << one.rows[k].what.name;
    EXPECT_EQ(one.rows[k].stored, again.rows[k].stored) << one.rows[k].what.name;
  }
}

/// The same cases, kept in a folder from one run to the next.
struct KeptYield {
  YieldReport run() const { return run_yield(design, options); }

  Design design = toml_design(random_design(""));
  ScratchFolder folder{std::filesystem::temp_directory_path(), "basin-yield-"};
  YieldOptions options{1, folder.path() / "cases", 1, {}};
};

// A file that is no such result is run again instead of being believed.
TEST(Yield, DoesNotBelieveADamagedCase) {
  const KeptYield kept;
  kept.run();
  for (const auto& entry : std::filesystem::directory_iterator(kept.options.store))
    std::ofstream(entry.path()) << "{\"recalled\": [99]}";
  EXPECT_EQ(kept.run().found, 0U);
}

// What another build found may differ from what this one would.
TEST(Yield, RunsCasesOfAnotherBuildAgain) {
  const KeptYield kept;
  const YieldReport first = kept.run();
  give_to_another_build(kept.options.store);
  EXPECT_EQ(kept.run().found, 0U);
  EXPECT_EQ(kept.run().found, first.rows.size());
}

TEST(Yield, OfACircuitWithoutSynapsesIsNothing) {
  const YieldReport report = yield_of(toml_design(random_design("[tolerance]\nstuck_open = 1.0\n")), 3);
  EXPECT_EQ(row(report, "tolerance.stuck_open").recalled, (std::vector<int>{0, 0, 0}));
  EXPECT_EQ(row(report, "tolerance.stuck_open").stored, (std::vector<int>{0, 0, 0}));
}

namespace {

/// The largest root of tanh(λ(tanh(λ(u + a)) + b)) = u: where the flip-flop with offsets a of the first and b of the
/// second neuron ends that starts from (1, 1), for its equations are monotone; whether both outputs are positive there.
bool is_set(double a, double b) {
  constexpr double gain = 2.0;
  double u = 1.0, before = 2.0;
  for (int k = 0; k < 20'000 && before - u > 1e-12; ++k) {
    before = u;
    u = std::tanh(gain * (std::tanh(gain * (u + a)) + b));
  }
  const double second = std::tanh(gain * (u + a));
  return u + a > 0.0 && second + b > 0.0;
}

/// The least b for which it is, by bisection.
double threshold(double a) {
  double low = -4.0, high = 4.0;
  for (int k = 0; k < 30; ++k) {
    const double middle = 0.5 * (low + high);
    (is_set(a, middle) ? high : low) = middle;
  }
  return high;
}

/// P(set) for independent normal offsets: the integral over a of its density times P(b > threshold(a)).
double set_share(double deviation) {
  constexpr int points = 100;
  constexpr double reach = 5.0;
  double sum = 0.0;
  for (int k = 0; k < points; ++k) {
    const double x = reach * (2.0 * (k + 0.5) / points - 1.0);
    const double above = 0.5 * std::erfc(threshold(x * deviation) / deviation / std::numbers::sqrt2);
    sum += 2.0 * reach / points * std::exp(-0.5 * x * x) / std::sqrt(2.0 * std::numbers::pi) * above;
  }
  return sum;
}

}  // namespace

// Two neurons that hold each other, started at (1, 1) and (−1, −1) with offsets of 300 mV: the share that keeps its
// side.
TEST(Yield, OfAFlipFlopWithOffsetsIsThatOfTheirThreshold) {
  const Design design = toml_design(
      "[circuit]\nunits = \"normalised\"\ngain = 2\nweights = [[0, 1], [1, 0]]\n[memory]\npatterns = [[1, 1], [-1, "
      "-1]]\n"
      "[cues]\nfrom = \"patterns\"\nflip = 0.0\ncount = 2\namplitude = 1.0\n[tolerance]\ninput_offset = 0.3\n");
  const YieldReport report = yield_of(design, 300);
  const YieldRow& found = row(report, "tolerance.input_offset");
  const double expected = set_share(0.3);
  std::cout << "yield " << found.yield.value << ", " << found.yield.low << " to " << found.yield.high
            << "; by root finding " << expected << "\n";
  EXPECT_GT(expected, 0.5);
  EXPECT_LT(expected, 0.95);
  EXPECT_LE(found.yield.low, expected);
  EXPECT_GE(found.yield.high, expected);
}

// One made circuit with everything on, in ngspice.
TEST(Yield, MakesCircuitsThatNgspiceSeesAlike) {
  const Design design = toml_design(
      random_design("[simulate]\nt_end = 4\n[tolerance]\nresistors = 0.1\ncapacitors = 0.1\ninput_offset = "
                    "0.01\nstuck_open = 0.02\nstuck_short = 0.002\n"
                    "short_resistance = \"30 kohm\"\nsupply_droop = 0.1\n[amplifier]\ngain_bandwidth = \"20 "
                    "MHz\"\noutput_resistance = 100\n"
                    "open_loop_gain = 100\nslew_rate = \"3 MV/s\"\nsaturation = 0.8\ninput_offset = 0.005\n"));
  PhysicalDesign physical = prepare_physical(design, AmplifierChoice::opamp);
  MadeParts made = made_parts(physical.parts.network, physical.amplifiers, design.tolerance, 4);
  physical.parts.network = std::move(made.network);
  physical.parts.made = circuit_of(physical.parts.network);
  physical.amplifiers = std::move(made.amplifiers);
  ComparisonOptions options;
  options.amplifiers = AmplifierChoice::opamp;
  options.cues = 1;
  const Comparison found = compare_with_spice(design, std::move(physical), options);
  std::cout << found.max_difference() << " of full scale\n";
  EXPECT_LE(found.max_difference(), max_spice_difference);
}

TEST(Yield, OfCuesThatBelongToNoMemoryIsRefused) {
  const Design design =
      toml_design("[circuit]\nunits = \"normalised\"\nweights = [[0, 1], [1, 0]]\n[cues]\nfrom = [[0.5, 0.5]]\n");
  EXPECT_THROW(yield_of(design, 1), InputError);
}

}  // namespace basin::test
