#include <gtest/gtest.h>

#include "models/design/error.hpp"
#include "tests/support/toml_design.hpp"

namespace basin {
namespace {

const std::string normalised = "[circuit]\nunits = \"normalised\"\nweights = [[0, 1], [1, 0]]\n";
const std::string physical = "[circuit]\ncapacitance = 1e-11\nresistance = 1e5\nweights = [[0, 1e-5], [1e-5, 0]]\n";

std::string refusal(const std::string& text) {
  try {
    test::toml_design(text);
  } catch (const InputError& error) {
    return error.what();
  }
  return "accepted";
}

}  // namespace

TEST(PhysicalSection, TakesUnitsInNormalisedDesignsToo) {
  const Design design = test::toml_design(normalised + "[physical]\nresistance = \"22 kohm\"\noutput_swing = \"5 V\"\n[amplifier]\n"
                                                       "gain_bandwidth = \"10 MHz\"\noutput_resistance = [75, \"0.1 kohm\"]\n");
  EXPECT_EQ(design.physical.resistance_ohm, 22e3);
  EXPECT_EQ(design.physical.capacitance_f, 1e-11);
  EXPECT_EQ(design.physical.output_swing_v, 5.0);
  EXPECT_EQ(design.amplifier.gain_bandwidth_hz, Vector::Constant(2, 1e7));
  EXPECT_EQ(design.amplifier.output_resistance_ohm, Eigen::Vector2d(75.0, 100.0));
}

TEST(PhysicalSection, LeavesDesignsThatDontUseItTheirIdentity) {
  const Design plain = test::toml_design(physical);
  EXPECT_EQ(test::toml_design(physical + "[physical]\nseries = \"exact\"\noutput_swing = 1\n[amplifier]\noutput_resistance = 0\n").id,
            plain.id);
  EXPECT_NE(test::toml_design(physical + "[physical]\nseries = \"E12\"\n").id, plain.id);
  EXPECT_NE(test::toml_design(physical + "[physical]\nlevels = 8\n").id, plain.id);
  EXPECT_NE(test::toml_design(physical + "[physical]\nnetwork = \"overlaps\"\n").id, plain.id);
  EXPECT_NE(test::toml_design(physical + "[amplifier]\ngain_bandwidth = 1e7\n").id, plain.id);
  EXPECT_TRUE(plain.amplifier.is_ideal());
  EXPECT_TRUE(plain.warnings.empty());
}

TEST(PhysicalSection, IsRefusedWhereItContradictsTheRest) {
  const std::pair<std::string, std::string> cases[] = {
      {physical + "[physical]\nresistance = 1e4\n", "test.toml:6: physical.resistance: is of normalised designs"},
      {physical + "[physical]\nseries = \"E24\"\nlevels = 4\n", "test.toml:7: physical.levels: is given besides series"},
      {physical + "[physical]\nseries = \"E25\"\n", "test.toml:6: physical.series"},
      {physical + "[physical]\nnetwork = \"mesh\"\n", "test.toml:6: physical.network"},
      {physical + "[physical]\nlevels = 0\n", "test.toml:6: physical.levels"},
      {physical + "[amplifier]\ngain_bandwidth = [1e6, 1e6, 1e6]\n", "amplifier.gain_bandwidth: has 3 values; allowed: one for all, or 2"},
      {physical + "[amplifier]\ngain_bandwidth = \"10 V\"\n", "wrong unit"},
      {physical + "[amplifier]\noutput_resistance = -1\n", "test.toml:6: amplifier.output_resistance"}};
  for (const auto& [text, says] : cases) EXPECT_NE(refusal(text).find(says), std::string::npos) << refusal(text);
}

}  // namespace basin
