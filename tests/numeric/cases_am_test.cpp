// The associative memories of tests/data/am, integrated at the default tolerances: every robust row ends in the expected
// signs, its polished energy agrees to 1e-6 and its settling time to 1 %.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <iostream>

#include "models/ode/reference.hpp"
#include "tests/support/case_files.hpp"

namespace basin {
namespace {

using test::data;
using nlohmann::json;

constexpr double energy_tolerance = 1e-6;  // relative; the data's own tolerance
constexpr double settle_tolerance = 0.01;  // relative; the bar (the data claim 1e-4)

struct Tally {
  int rows = 0;
  int wrong_signs = 0;
  double worst_energy = 0.0;
  double worst_settle = 0.0;
  double largest_rise = 0.0;

  void add(const Circuit& circuit, const Vector& u0, const json& row, double expected_energy, double expected_settle) {
    const ReferenceRun run = integrate(circuit, u0, {});
    const Equilibrium end = polish(circuit, run.u);
    ++rows;
    if (run.reason != EndReason::settled || !end.converged || !end.stable || test::signs(end.u) != row.at("sign")) ++wrong_signs;
    worst_energy = std::max(worst_energy, std::abs(energy(circuit, end.u) / expected_energy - 1.0));
    worst_settle = std::max(worst_settle, std::abs(run.settle_time / expected_settle - 1.0));
    largest_rise = std::max(largest_rise, run.largest_energy_rise);
  }

  void check(const std::string& name, int expected_rows) const {
    std::cout << name << ": rows " << rows << ", wrong ends " << wrong_signs << ", worst energy error " << worst_energy
              << ", worst settling time error " << worst_settle << ", largest energy rise " << largest_rise << "\n";
    EXPECT_EQ(rows, expected_rows);
    EXPECT_EQ(wrong_signs, 0);
    EXPECT_LE(worst_energy, energy_tolerance);
    EXPECT_LE(worst_settle, settle_tolerance);
    EXPECT_LE(largest_rise, 1e-12);
  }
};

void check_images(const std::string& set) {
  const auto folder = data() / "am" / set;
  const json expected = test::read_json(folder / "expected.json");
  const Matrix cues = test::read_csv(folder / "cues.csv");
  Tally tally;
  for (const json& row : expected.at("results")) {
    if (!row.at("robust").get<bool>()) continue;
    const Matrix weights = test::read_npy(folder / ("T_" + row.at("rule").get<std::string>() + ".npy"));
    const Circuit circuit = test::plain_circuit(weights, row.at("gain"));
    const Vector u0 = 0.5 * cues.row(row.at("cue").get<Index>()).transpose();
    tally.add(circuit, u0, row, row.at("energy"), row.at("settle_0p01"));
  }
  tally.check(set, expected.at("summary").at("n_robust"));
}

TEST(ImageMemories, EveryRobustRowOfTheFiveBySevenDigitsIsReproduced) { check_images("5x7_digits"); }
TEST(ImageMemories, EveryRobustRowOfTheSevenByThirteenCapitalsIsReproduced) { check_images("7x13_upper13"); }
TEST(ImageMemories, EveryRobustRowOfTheHandwrittenDigitsIsReproduced) { check_images("digits8x8_medoid"); }
TEST(ImageMemories, EveryRobustRowOfTheConsoleLettersIsReproduced) { check_images("vga8x8_AtoL"); }

Design physical_design(const std::filesystem::path& folder, double gain) {
  Design design;
  design.circuit.units = Units::physical;
  design.circuit.weights = test::read_npy(folder / "T.npy");
  design.circuit.capacitance = test::read_csv(folder / "C.csv").col(0);
  design.circuit.resistance = test::read_csv(folder / "R.csv").col(0);
  design.circuit.bias = test::read_csv(folder / "I.csv").col(0);
  design.circuit.gain = Vector::Constant(design.circuit.bias.size(), gain);
  return design;
}

TEST(PhysicalMemory, EveryRobustRowOfTheUnequalCircuitInSiUnitsIsReproduced) {
  const auto folder = data() / "am" / "random_SI";
  const json expected = test::read_json(folder / "expected.json");
  const Matrix cues = test::read_csv(folder / "cues.csv");
  const Circuit circuit = make_circuit(physical_design(folder, expected.at("gain")));
  Tally tally;
  for (const json& row : expected.at("results")) {
    if (!row.at("robust").get<bool>()) continue;
    const Vector u0 = 0.1 * cues.row(row.at("cue").get<Index>()).transpose();
    tally.add(circuit, u0, row, row.at("energy_J_like"), row.at("settle_0p01_s"));
  }
  tally.check("random_SI", expected.at("robust"));
}

}  // namespace
}  // namespace basin
