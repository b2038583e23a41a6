// Signal decomposition: codes, outputs and energies of another solver, the best codes by enumeration, and the RTL.
#include <gtest/gtest.h>

#include <cmath>
#include <iostream>

#include "sim/compare/verification.hpp"
#include "sim/io/design_reader.hpp"
#include "sim/reference/simulation.hpp"
#include "tests/support/case_files.hpp"

namespace basin {
namespace {

using nlohmann::json;

Design example() { return read_design(std::filesystem::path(BASIN_SOURCE_DIR) / "examples" / "signal" / "design.toml", {}); }

std::string code_of(const json& result) {
  std::string signs;
  for (const json& bit : result.at("circuit_code")) signs += bit.get<int>() == 1 ? '+' : '-';
  return signs;
}

TEST(Signal, IsDecomposedAsByAnotherSolver) {
  const json expected = test::read_json(test::data() / "ht_sigdecomp" / "expected.json").at("results");
  const Matrix basis = test::read_csv(test::data() / "ht_sigdecomp" / "basis.csv");
  const Matrix signals = test::read_csv(test::data() / "ht_sigdecomp" / "signals.csv");
  const Simulation found = simulate(example(), {});
  ASSERT_EQ(found.cues.size(), expected.size());
  double worst_v = 0.0, worst_energy = 0.0;
  int optimal = 0;
  for (std::size_t c = 0; c < expected.size(); ++c) {
    const json& result = expected[c];
    if (!result.at("robust").get<bool>()) continue;
    EXPECT_EQ(found.cues[c].signs, code_of(result)) << c;
    for (Index i = 0; i < basis.rows(); ++i) {
      worst_v = std::max(worst_v, std::abs(found.cues[c].v[i] - result.at("V")[static_cast<std::size_t>(i)].get<double>()));
    }
    const double energy = result.at("energy");
    worst_energy = std::max(worst_energy, std::abs(found.cues[c].energy - energy) / std::abs(energy));
    double best = std::numeric_limits<double>::infinity();   // over all codes
    int best_code = 0;
    for (int code = 0; code < 1 << basis.rows(); ++code) {
      Vector v(basis.rows());
      for (Index i = 0; i < v.size(); ++i) v[i] = (code >> i) & 1;
      const double residual = (signals.row(static_cast<Index>(c)) - v.transpose() * basis).squaredNorm();
      if (residual >= best) continue;
      best = residual;
      best_code = code;
    }
    bool is_best = true;
    for (Index i = 0; i < basis.rows(); ++i) is_best = is_best && (found.cues[c].signs[static_cast<std::size_t>(i)] == '+') == (((best_code >> i) & 1) != 0);
    EXPECT_EQ(is_best, result.at("is_optimum").get<bool>()) << c;
    optimal += is_best ? 1 : 0;
  }
  std::cout << "ht_sigdecomp: " << expected.size() << " signals, " << optimal << " best, worst error of V " << worst_v << ", of E "
            << worst_energy << " (relative)\n";
  EXPECT_LE(worst_v, 1e-6);
  EXPECT_LE(worst_energy, 1e-6);
  EXPECT_TRUE(found.energy_never_rises);
}

TEST(Signal, HasTheSameCodesOnTheRtl) {
  const Design design = example();
  const Simulation reference = simulate(design, {});
  const Verification found = run_verification(design, {});   // golden and Verilator
  EXPECT_EQ(found.verdict, Verdict::pass) << (found.reasons.empty() ? "" : found.reasons.front());
  for (std::size_t c = 0; c < found.recalls.size(); ++c) EXPECT_EQ(found.recalls[c].signs, reference.cues[c].signs) << c;
}

}  // namespace
}  // namespace basin
