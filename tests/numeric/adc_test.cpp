// Tank & Hopfield's converter: the reference against another solver's sweeps, the vertices against an enumeration, and the
// Verilated RTL against the reference, with and without a reset between conversions.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iostream>
#include <limits>
#include <set>
#include <sstream>

#include "models/design/error.hpp"
#include "sim/compare/verification.hpp"
#include "sim/reference/simulation.hpp"
#include "tests/support/case_files.hpp"
#include "tests/support/toml_design.hpp"

namespace basin {
namespace {

std::filesystem::path adc_data() { return test::data() / "ht_adc"; }
std::filesystem::path example() { return std::filesystem::path(BASIN_SOURCE_DIR) / "examples" / "adc"; }

/// The rows of a file of comma-separated words, its title left out.
std::vector<std::vector<std::string>> rows_of(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::vector<std::vector<std::string>> rows;
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    std::vector<std::string> row;
    std::istringstream cells(line);
    for (std::string cell; std::getline(cells, cell, ',');) row.push_back(cell);
    row.resize(11);
    rows.push_back(row);
  }
  return rows;
}

/// I_i = 2^i x − 2^(2i−1).
Vector inputs(double x, Index bits) {
  Vector values(bits);
  for (Index i = 0; i < bits; ++i) values[i] = std::ldexp(x, static_cast<int>(i)) - std::ldexp(1.0, 2 * static_cast<int>(i) - 1);
  return values;
}

std::string cue_rows(const std::vector<double>& xs) {
  std::ostringstream text;
  text.precision(17);
  for (const double x : xs) {
    text << (text.tellp() > 0 ? ", " : "") << '[';
    const Vector values = inputs(x, 4);
    for (Index i = 0; i < 4; ++i) text << (i > 0 ? ", " : "") << values[i];
    text << ']';
  }
  return '[' + text.str() + ']';
}

/// The converter of the case, which is that of the example, at inputs `xs`.
Design converter(const std::vector<double>& xs, bool carry, const std::string& more = "") {
  return test::toml_design("[circuit]\nunits = \"normalised\"\nrange = \"unipolar\"\ngain = 10\nweights = \"T.csv\"\nsymmetric = true\n"
                           "[cues]\nfrom = " + cue_rows(xs) + "\nas = \"input\"\namplitude = 1\ncarry = " +
                           (carry ? "true" : "false") + "\n[hardware]\nstep = \"1/512\"\norder = 2\nmax_steps = 16384\n" + more, adc_data());
}

int code_of(const Vector& v) {
  int code = 0;
  for (Index i = 0; i < v.size(); ++i) code += v[i] >= 0.5 ? 1 << i : 0;
  return code;
}

TEST(Converter, AgreesWithAnotherSolverInEveryRobustRowOfTheSweepWithReset) {
  int rows = 0;
  double worst_v = 0.0, worst_energy = 0.0, worst_settle = 0.0;
  Circuit circuit = make_circuit(converter({0.0}, false));
  for (const auto& row : rows_of(adc_data() / "sweep_reset.csv")) {
    if (row[4] != "1") continue;
    circuit.bias = inputs(std::stod(row[0]), 4);
    ReferenceOptions options;
    options.rtol = 1e-10;
    options.atol = 1e-12;
    const ReferenceRun run = integrate(circuit, Vector::Zero(4), options);
    ASSERT_EQ(run.reason, EndReason::settled) << row[0];
    const Vector v = outputs(circuit, polish(circuit, run.u).u);
    EXPECT_EQ(code_of(v), std::stoi(row[1])) << row[0];
    for (Index i = 0; i < 4; ++i) worst_v = std::max(worst_v, std::abs(v[i] - std::stod(row[5 + static_cast<std::size_t>(i)])));
    const double expected = std::stod(row[9]), settle = std::stod(row[10]);
    worst_energy = std::max(worst_energy, std::abs(energy(circuit, run.u) - expected) / std::abs(expected));
    worst_settle = std::max(worst_settle, std::abs(run.settle_time - settle) / settle);
    EXPECT_LE(run.largest_energy_rise, 1e-12);
    ++rows;
  }
  std::cout << "ht_adc: rows " << rows << ", worst error of V " << worst_v << ", of E " << worst_energy << " and of the settling time "
            << worst_settle << " (relative)\n";
  EXPECT_EQ(rows, 255);
  EXPECT_LE(worst_v, 1e-6);
  EXPECT_LE(worst_energy, 1e-6);
  EXPECT_LE(worst_settle, 1e-4);
}

// Where a bit's drive is exactly 0 it rests at V = ½, and either code is its.
TEST(Converter, ShowsTheHysteresisOfTheSweepWithoutResetInEveryCode) {
  std::vector<double> xs;
  const auto expected = rows_of(adc_data() / "sweep_noreset.csv");
  for (const auto& row : expected) xs.push_back(std::stod(row[0]));
  SimulationOptions options;
  options.jobs = 2;
  const Simulation found = simulate(converter(xs, true), options);
  int undecided = 0, up_and_down_differ = 0;
  for (std::size_t c = 0; c < expected.size(); ++c) {
    int differing = code_of(found.cues[c].v) ^ std::stoi(expected[c][1]);
    for (Index i = 0; i < 4; ++i) {
      if (std::abs(found.cues[c].v[i] - 0.5) > 1e-3) continue;
      differing &= ~(1 << i);
      ++undecided;
    }
    EXPECT_EQ(differing, 0) << "row " << c << ", x = " << xs[c];
    up_and_down_differ += expected[c][1] != expected[expected.size() - 1 - c][1] ? 1 : 0;
  }
  std::cout << "ht_adc: " << expected.size() << " conversions without reset, bits at 1/2: " << undecided << ", up and down differ at "
            << up_and_down_differ / 2 << " inputs\n";
  EXPECT_EQ(expected.size(), 602U);
  EXPECT_GT(up_and_down_differ, 200);
  EXPECT_LT(undecided, 40);
}

std::set<int> codes_in(const std::string& text) {
  std::istringstream words(text);
  std::set<int> codes;
  for (int code = 0; words >> code;) codes.insert(code);
  return codes;
}

/// The least V_i-weighted drive that pushes bit i where it is, over the bits of `code`: positive when the vertex is stable.
double least_push(const Matrix& weights, const Vector& bias, int code) {
  double least = std::numeric_limits<double>::infinity();
  for (Index i = 0; i < bias.size(); ++i) {
    double drive = bias[i];
    for (Index j = 0; j < bias.size(); ++j) drive += ((code >> j) & 1) != 0 ? weights(i, j) : 0.0;
    least = std::min(least, ((code >> i) & 1) != 0 ? drive : -drive);
  }
  return least;
}

/// All numbers are multiples of ⅛ below 2^10: sums are exact.
TEST(Converter, HasTheStableVerticesOfTheTable) {
  const Matrix weights = test::read_csv(example() / "weights.csv");
  int inputs_of[4] = {};   // with so many stable codes
  const auto table = rows_of(adc_data() / "minima.csv");
  for (const auto& row : table) {
    const Vector bias = inputs(std::stod(row[0]), 4);
    std::set<int> stable, marginal;
    for (int code = 0; code < 16; ++code) {
      const double push = least_push(weights, bias, code);
      if (push > 0.0) stable.insert(code);
      if (push == 0.0) marginal.insert(code);
    }
    EXPECT_EQ(stable, codes_in(row[4])) << row[0];
    EXPECT_EQ(marginal, codes_in(row[5])) << row[0];
    ++inputs_of[stable.size()];
  }
  EXPECT_EQ(table.size(), 61U);
  EXPECT_EQ(std::vector<int>(inputs_of, inputs_of + 4), (std::vector<int>{2, 14, 35, 10}));
}

/// Gains so high that a bit pushed by the least of the table, 1/4, is on to 1e-9.
TEST(Converter, AtHighGainRestsInExactlyTheseVertices) {
  Circuit circuit = make_circuit(converter({0.0}, false));
  circuit.gain.setConstant(200.0);
  for (const auto& row : rows_of(adc_data() / "minima.csv")) {
    circuit.bias = inputs(std::stod(row[0]), 4);
    std::set<int> resting;
    for (int code = 0; code < 16; ++code) {
      Vector v(4);
      for (Index i = 0; i < 4; ++i) v[i] = (code >> i) & 1;
      const Vector u = circuit.weights * v + circuit.bias;
      const Equilibrium end = polish(circuit, u);
      const bool there = end.converged && (outputs(circuit, end.u) - v).cwiseAbs().maxCoeff() < 1e-6;
      if (there && end.stable) resting.insert(code);
    }
    EXPECT_EQ(resting, codes_in(row[4])) << row[0];
  }
}

/// Every eighteenth robust row of the sweep with reset, and back.
std::vector<double> steps_up_and_down() {
  std::vector<double> xs;
  int row_number = 0;
  for (const auto& row : rows_of(adc_data() / "sweep_reset.csv")) {
    if (row[4] == "1" && row_number++ % 18 == 0) xs.push_back(std::stod(row[0]));
  }
  const std::vector<double> up = xs;
  xs.insert(xs.end(), up.rbegin(), up.rend());
  return xs;
}

constexpr double tie = 0.01;   // a bit that the circuit itself leaves within this of ½ is neither 0 nor 1

// States of four bits more than by default: without a reset x = 1.95 comes near a fold, where what rounding leaves is large
// (the blame is the state's, and the deviation falls with it: 1.5e-3, 4.2e-4, 1.0e-4 at 24, 26, 28 bits).
class ConverterRtl : public testing::TestWithParam<bool> {};

TEST_P(ConverterRtl, GivesTheCodesOfTheReferenceWhateverTheNumberOfJobs) {
  const bool carry = GetParam();
  const Design design = converter(steps_up_and_down(), carry, "state = \"s28.18\"\n[verify]\nmax_borderline = 1\n");
  const Simulation reference = simulate(design, {});
  VerificationOptions options;
  options.jobs = 2;
  const Verification found = run_verification(design, options);   // golden and Verilator
  options.jobs = 1;
  const Verification again = run_verification(design, options);
  EXPECT_EQ(found.verdict, Verdict::pass) << (found.reasons.empty() ? "" : found.reasons.front());
  EXPECT_EQ(found.cues.same_attractor, found.cues.count);
  EXPECT_TRUE(found.engines.at(1).bit_exact);
  EXPECT_EQ(found.engines.at(1).steps, found.engines.at(0).steps);
  int different_ways = 0;
  for (std::size_t c = 0; c < found.recalls.size(); ++c) {
    for (std::size_t i = 0; i < 4; ++i) {
      if (std::abs(reference.cues[c].v[static_cast<Index>(i)] - 0.5) < tie) continue;   // at x = 4 two codes pull alike
      EXPECT_EQ(found.recalls[c].signs[i], reference.cues[c].signs[i]) << c << ", bit " << i;
    }
    EXPECT_EQ(found.recalls[c].signs, again.recalls[c].signs) << c;
    EXPECT_EQ(found.recalls[c].steps, again.recalls[c].steps) << c;
    EXPECT_EQ(found.recalls[c].deviation, again.recalls[c].deviation) << c;
    different_ways += found.recalls[c].signs != found.recalls[found.recalls.size() - 1 - c].signs ? 1 : 0;
  }
  std::cout << "carry " << carry << ": codes differ between up and down at " << different_ways / 2 << " inputs, borderline "
            << found.cues.borderline << ", normalised deviation " << found.deviation.normalised << "\n";
  EXPECT_EQ(different_ways > 0, carry);
}

INSTANTIATE_TEST_SUITE_P(WithAndWithoutReset, ConverterRtl, testing::Bool());

// What a cue starts from is the state that the hardware ended the one before in, to the bit.
TEST(Carry, StartsEveryCueWhereTheOneBeforeItEnded) {
  const Design design = converter({3.1, 6.1, 11.1}, true);
  VerificationOptions options;
  options.engines = {"golden"};
  const Verification found = run_verification(design, options);
  const Traces& traces = found.traces;
  const std::vector<std::int32_t>& words = *traces.u_raw.front().second;
  const auto row = [&](std::size_t cue, std::size_t step) {
    const auto first = words.begin() + static_cast<std::ptrdiff_t>((cue * traces.steps + step) * traces.neurons);
    return std::vector<std::int32_t>(first, first + static_cast<std::ptrdiff_t>(traces.neurons));
  };
  ASSERT_EQ(traces.cues, 3U);
  EXPECT_EQ(row(0, 0), std::vector<std::int32_t>(4, 0));
  for (std::size_t cue = 1; cue < 3; ++cue) EXPECT_EQ(row(cue, 0), row(cue - 1, traces.steps - 1)) << cue;
  EXPECT_NE(row(1, 0), row(0, 0));
}

TEST(Carry, IsRefusedForCuesThatAreStates) {
  EXPECT_THROW(test::toml_design("[circuit]\nunits = \"normalised\"\nweights = [[0, 1], [1, 0]]\n[cues]\nfrom = [[1, 1]]\n"
                                 "carry = true\n"), InputError);
}

TEST(EightBitConverter, NeedsAStepThatTheRtlIsNotRunAt) {
  const auto folder = std::filesystem::path(BASIN_SOURCE_DIR) / "examples" / "adc8";
  const std::string text = "[circuit]\nunits = \"normalised\"\nrange = \"unipolar\"\ngain = 10\nweights = \"weights.csv\"\n[cues]\n"
                           "from = \"cues.csv\"\nas = \"input\"\namplitude = 1\n[hardware]\norder = 1\nstep = ";
  const Matrix weights = test::read_csv(folder / "weights.csv");
  EXPECT_NEAR(least_eigenvalue(weights, Vector::Ones(8)), -10707.377200869458, 1e-6);   // numpy.linalg.eigvalsh
  try {
    run_verification(test::toml_design(text + "\"auto\"\n", folder), {});
    ADD_FAILURE() << "was run";
  } catch (const InputError& error) {
    EXPECT_NE(std::string(error.what()).find("K = 15"), std::string::npos) << error.what();
  }
  EXPECT_THROW(prepare(test::toml_design(text + "\"1/1024\"\n", folder)), ClaimError);
}

}  // namespace
}  // namespace basin
