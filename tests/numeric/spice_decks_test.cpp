// The hand-written decks of tests/data/spice: what import makes of them, and the reference beside ngspice and DOP853.
#include <gtest/gtest.h>

#include <fstream>
#include <iostream>

#include "sim/io/design_reader.hpp"
#include "sim/spice/imported_design.hpp"
#include "sim/spice/reference_run.hpp"
#include "sim/toolchain/scratch_folder.hpp"
#include "tests/support/case_files.hpp"

namespace basin {
namespace {

using nlohmann::json;

struct DeckCase {
  json expected;
  Design design;
  DeckCircuit circuit;
};

/// Through the files that import writes.
DeckCase import_deck(const json& expected) {
  const std::string name = expected.at("name");
  DeckCase found{expected, {}, recognise(flatten(read_deck(test::data() / "spice" / (name + ".cir"))), name)};
  const ScratchFolder folder(std::filesystem::temp_directory_path(), "basin-import-");
  for (const auto& [file, bytes] : design_files(found.circuit, name, name + ".cir")) {
    std::ofstream(folder.path() / file, std::ios::binary) << bytes;
  }
  found.design = read_design(folder.path() / "design.toml", {"simulate.samples=200", "simulate.rtol=1e-10", "simulate.atol=1e-12"});
  return found;
}

std::vector<json> all_cases() {
  std::vector<json> all;
  const json file = test::read_json(test::data() / "spice" / "expected.json");
  for (const json& each : file.at("circuits")) all.push_back(each);
  return all;
}

Vector vector_of(const json& list) {
  const auto values = list.get<std::vector<double>>();
  return Eigen::Map<const Vector>(values.data(), static_cast<Index>(values.size()));
}

/// Rows t, u…, V… below a line of names.
Matrix waveforms(const std::string& file) {
  std::ifstream in(test::data() / "spice" / file, std::ios::binary);
  std::string names;
  std::getline(in, names);
  const ScratchFolder folder(std::filesystem::temp_directory_path(), "basin-csv-");
  std::ofstream(folder.path() / "rows.csv", std::ios::binary) << in.rdbuf();
  return test::read_csv(folder.path() / "rows.csv");
}

void expect_near(const Vector& found, const Vector& expected, const std::string& what) {
  EXPECT_LE((found - expected).cwiseAbs().maxCoeff(), 1e-9 * (1e-300 + expected.cwiseAbs().maxCoeff())) << what;
}

std::string deck_name(const testing::TestParamInfo<json>& info) { return info.param.at("name"); }

class HandWrittenDeck : public testing::TestWithParam<json> {};

TEST_P(HandWrittenDeck, IsImportedAsTheExpectedCircuit) {
  const DeckCase found = import_deck(GetParam());
  const json& expected = found.expected;
  const std::string name = expected.at("name");
  const CircuitSpec& circuit = found.design.circuit;
  ASSERT_EQ(found.design.neurons, expected.at("N"));
  EXPECT_LE((circuit.weights.value() - test::read_csv(test::data() / "spice" / (name + ".G.csv"))).cwiseAbs().maxCoeff(), 1e-14);
  expect_near(circuit.input_resistance, vector_of(expected.at("rho")), "rho");
  expect_near(circuit.capacitance, vector_of(expected.at("C")), "C");
  expect_near(circuit.bias, vector_of(expected.at("Ib")), "I");
  expect_near(circuit.initial, vector_of(expected.at("u0")), "u0");
  EXPECT_NEAR(found.design.simulate.t_end.value(), expected.at("tstop").get<double>(), 1e-6 * expected.at("tstop").get<double>());
  const bool real = expected.at("kind") == "opamp_macro";
  EXPECT_NEAR(circuit.gain[0], expected.at(real ? "A0" : "gain").get<double>(), 1e-9);
  EXPECT_EQ(found.design.amplifier.is_ideal(), !real);
  if (!real) return;
  EXPECT_NEAR(found.design.amplifier.gain_bandwidth_hz[0], expected.at("A0").get<double>() * expected.at("pole_Hz").get<double>(), 1.0);
  EXPECT_EQ(found.design.amplifier.output_resistance_ohm[0], expected.at("Rout"));
  EXPECT_EQ(found.design.physical.output_swing_v, expected.at("Vsat"));
}

// Full scale of V is 1 V, of u here 0.5 to 1 V: 1e-3 of 0.5 V is the limit for both. DOP853 has the reference's own equations,
// so 1e-6 is its limit (expected.json).
TEST_P(HandWrittenDeck, HasTheReferenceThatNgspiceAndDop853Have) {
  const DeckCase found = import_deck(GetParam());
  const bool real = found.expected.at("kind") == "opamp_macro";
  const PhysicalDesign physical = prepare_physical(found.design, real ? AmplifierChoice::opamp : AmplifierChoice::ideal);
  EXPECT_EQ(physical.parts.scale, 1.0);
  const ReferenceTrace trace = reference_trace(found.design, physical, physical_cue(physical, physical.designed.cues[0]));
  const std::string name = found.expected.at("name");
  for (const auto& [file, limit] : {std::pair(name + ".ode.csv", 1e-6), std::pair(name + ".csv", 0.5e-3)}) {
    const Matrix rows = waveforms(file);
    const Index n = found.design.neurons;
    ASSERT_EQ(rows.rows(), trace.u.rows());
    const double u = (rows.middleCols(1, n) - trace.u).cwiseAbs().maxCoeff();
    const double v = (rows.rightCols(n) - trace.v).cwiseAbs().maxCoeff();
    std::cout << file << ": u " << u << " V, V " << v << " V\n";
    EXPECT_LE(std::max(u, v), limit) << file;
  }
}

INSTANTIATE_TEST_SUITE_P(Spice, HandWrittenDeck, testing::ValuesIn(all_cases()), deck_name);

}  // namespace
}  // namespace basin
