#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <numbers>
#include <sstream>

#include "models/capacity/binary_theory.hpp"
#include "models/capacity/bounds.hpp"
#include "models/capacity/graded_theory.hpp"
#include "tests/support/case_files.hpp"

// Expected values: tests/data/capacity, computed by other methods of solution.
namespace basin::test {
namespace {

/// The rows below the title line.
std::vector<std::vector<double>> table(const std::string& name) {
  std::ifstream file(data() / "capacity" / name);
  std::vector<std::vector<double>> rows;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::istringstream cells(line);
    rows.emplace_back();
    for (std::string cell; std::getline(cells, cell, ',');) rows.back().push_back(std::stod(cell));
  }
  EXPECT_FALSE(rows.empty()) << name;
  return rows;
}

TEST(BinaryTheory, HasTheCriticalLoadAndOverlapOfAmitGutfreundAndSompolinsky) {
  const BinaryRetrieval critical = critical_binary_retrieval();
  EXPECT_NEAR(critical.load, 0.137905566, 1e-8);
  EXPECT_NEAR(critical.overlap, 0.967417115, 1e-8);
  // Where the spin glass has the same energy, -√(2α/π) - 1/π (Amit, Gutfreund and Sompolinsky 1987).
  constexpr double pi = std::numbers::pi;
  EXPECT_NEAR(binary_retrieval(0.051854331)->energy, -std::sqrt(2.0 * 0.051854331 / pi) - 1.0 / pi, 1e-8);
}

TEST(BinaryTheory, GivesOverlapNoiseAndEnergyOfTheTable) {
  for (const auto& row : table("ags_T0.csv")) {
    const auto state = binary_retrieval(row[0]);
    ASSERT_TRUE(state) << row[0];
    // Near the fold m has an infinite slope: the load's last digit moves the ninth of m.
    const double tolerance = row[0] > 0.1379 ? 2e-5 : 2e-9;
    EXPECT_NEAR(state->overlap, row[1], tolerance) << row[0];
    EXPECT_NEAR(state->noise, row[3], row[0] > 0.1379 ? 2e-3 : 2e-8) << row[0];
    EXPECT_NEAR(state->energy, row[5], 2e-8) << row[0];
  }
}

TEST(BinaryTheory, AgreesWithBothMethodsOfTheCaseAndEndsWhereTheyEnd) {
  const nlohmann::json expected = read_json(data() / "capacity" / "expected.json");
  for (const auto& [load, state] : expected["theory_T0"].items()) {
    const auto found = binary_retrieval(std::stod(load));
    EXPECT_EQ(found.has_value(), !state["m"].is_null()) << load;
    if (!found) continue;
    EXPECT_NEAR(found->overlap, state["m"].get<double>(), 1e-9) << load;
    EXPECT_NEAR(found->overlap, state["m_second_method"].get<double>(), 1e-9) << load;
    EXPECT_NEAR(found->noise, state["r"].get<double>(), 1e-7) << load;
  }
}

TEST(GradedTheory, HasTheCriticalLoadOfEveryGainWithAndWithoutDiagonal) {
  for (const auto& row : table("analog_alphac_beta.csv")) {
    const GradedTheory theory(row[0], row[1] == 0.0 ? Diagonal::zero : Diagonal::keep);
    ASSERT_TRUE(theory.critical()) << row[0];
    EXPECT_NEAR(theory.critical()->load, row[2], 2e-6) << row[0] << " " << row[1];
    // At the fold the state moves with the square root of the load's error.
    EXPECT_NEAR(theory.critical()->overlap, row[3], 5e-4) << row[0] << " " << row[1];
    EXPECT_NEAR(theory.critical()->noise, row[6], 5e-4) << row[0] << " " << row[1];
  }
}

TEST(GradedTheory, HasNoRetrievalAtAGainOfOne) { EXPECT_FALSE(GradedTheory(1.0, Diagonal::zero).critical()); }

TEST(GradedTheory, GivesOverlapAndSquareOfTheCase) {
  const nlohmann::json expected = read_json(data() / "capacity" / "expected.json");
  for (const auto& point : expected["sim_analog_ODE"]) {
    const GradedTheory theory(point["gain"].get<double>(), Diagonal::zero);
    const auto state = theory.at(point["P"].get<double>() / point["N"].get<double>());
    ASSERT_TRUE(state) << point;
    EXPECT_NEAR(state->overlap, point["theory_SCSNA_m"].get<double>(), 1e-8) << point;
    EXPECT_NEAR(state->square, point["theory_q"].get<double>(), 1e-8) << point;
  }
}

// High gain: the two-valued neurons' theory is the limit, and is computed by other equations.
TEST(GradedTheory, BecomesTheBinaryOneAtHighGain) {
  const GradedTheory theory(1e4, Diagonal::zero);
  for (const double load : {0.03, 0.08, 0.12, 0.135}) {
    const auto graded = theory.at(load);
    ASSERT_TRUE(graded) << load;
    EXPECT_NEAR(graded->overlap, binary_retrieval(load)->overlap, 1e-6) << load;
  }
  EXPECT_FALSE(theory.at(0.139));
}

TEST(Bounds, AreThoseOfTheTables) {
  for (const auto& row : table("gardner.csv")) EXPECT_NEAR(gardner_load(row[0]), row[1], 5e-9) << row[0];
  for (const auto& row : table("cover.csv")) {
    EXPECT_NEAR(separable_probability(static_cast<int>(row[0]), static_cast<int>(row[1])), row[2], 5e-11) << row[0] << " " << row[1];
  }
  for (const auto& row : table("exact_storage_P.csv")) EXPECT_NEAR(storkey_capacity(row[0]), row[7], 0.005);
}

}  // namespace
}  // namespace basin::test
