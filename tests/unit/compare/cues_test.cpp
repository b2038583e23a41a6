#include "sim/reference/cues.hpp"

#include <gtest/gtest.h>

#include <set>

#include "sim/reference/damage.hpp"
#include "tests/unit/compare/designs.hpp"

namespace basin {
namespace {

Circuit circuit_of(const Design& design) {
  const Index n = design.neurons;
  Circuit circuit;
  circuit.weights = Matrix::Zero(n, n);
  circuit.bias = Vector::Zero(n);
  circuit.tau = Vector::Ones(n);
  circuit.resistance = Vector::Constant(n, 100.0);
  circuit.gain = design.circuit.gain;
  circuit.threshold = design.circuit.threshold;
  circuit.unipolar = design.circuit.unipolar;
  return circuit;
}

Index differing(const Vector& a, const Vector& b) { return (a.array() != b.array()).count(); }

TEST(Cues, TurnExactlyTheRoundedShareOfDistinctPositions) {
  Design design = test::hebb_design();
  for (const double flip : {0.0, 0.03, 0.04, 0.2, 0.5, 1.0}) {
    design.cues.flip = flip;
    const auto expected = static_cast<Index>(flip * 16 + 0.5);   // 0, 0, 1, 3, 8, 16
    for (int cue = 0; cue < 30; ++cue) {
      const Vector pattern = damaged_pattern(design, cue);
      EXPECT_EQ(differing(pattern, design.memory.patterns.row(cue % 3)), expected) << "flip " << flip << ", cue " << cue;
      EXPECT_TRUE((pattern.cwiseAbs().array() == 1.0).all());
    }
  }
}

TEST(Cues, TurnEveryPositionSomeTime) {
  Design design = test::hebb_design();
  std::set<Index> turned;
  for (int cue = 0; cue < 60; ++cue) {
    const Vector pattern = damaged_pattern(design, cue);
    for (Index i = 0; i < 16; ++i) {
      if (pattern[i] != design.memory.patterns(cue % 3, i)) turned.insert(i);
    }
  }
  EXPECT_EQ(turned.size(), 16U);
}

TEST(Cues, AreTheSameForTheSameSeedAndOthersForAnother) {
  Design design = test::hebb_design();
  const Vector first = damaged_pattern(design, 4);
  EXPECT_EQ(first, damaged_pattern(design, 4));
  design.cues.seed = 8;
  int changed = 0;
  for (int cue = 0; cue < 9; ++cue) {
    Design other = design;
    other.cues.seed = 7;
    changed += damaged_pattern(design, cue) != damaged_pattern(other, cue) ? 1 : 0;
  }
  EXPECT_GE(changed, 7);
}

TEST(Cues, DoNotDependOnHowManyThereAre) {
  Design design = test::hebb_design();
  const std::vector<Cue> nine = make_cues(design, circuit_of(design));
  design.cues.count = 4;
  const std::vector<Cue> four = make_cues(design, circuit_of(design));
  for (std::size_t c = 0; c < 4; ++c) EXPECT_EQ(four[c].start, nine[c].start);
}

TEST(Cues, OfStateStartAtAmplitudeTimesPattern) {
  Design design = test::hebb_design();
  design.cues.amplitude = 0.25;
  const std::vector<Cue> cues = make_cues(design, circuit_of(design));
  ASSERT_EQ(cues.size(), 9U);
  EXPECT_EQ(cues[5].target, 2);
  EXPECT_EQ(cues[5].start, 0.25 * damaged_pattern(design, 5));
  EXPECT_EQ(cues[5].bias.size(), 0);
}

TEST(Cues, OfInputAreAddedToTheBiasAndStartAtZero) {
  Design design = test::hebb_design();
  design.cues.as = CueUse::input;
  const std::vector<Cue> cues = make_cues(design, circuit_of(design));
  EXPECT_EQ(cues[1].start, Vector::Zero(16));
  EXPECT_EQ(cues[1].bias, 0.5 * damaged_pattern(design, 1));
}

TEST(Cues, FromAFileBelongToNoMemoryAndAreTakenAsTheyAre) {
  Design design = test::hebb_design();
  design.cues.from = CueSource::file;
  design.cues.amplitude = 1.0;
  design.cues.given = Matrix::Random(2, 16);
  const std::vector<Cue> cues = make_cues(design, circuit_of(design));
  ASSERT_EQ(cues.size(), 2U);
  EXPECT_EQ(cues[1].target, -1);
  EXPECT_EQ(cues[1].start, Vector(design.cues.given.row(1)));
}

TEST(Cues, FromAFileAreAmperesWhenInputsOfAPhysicalCircuit) {
  Design design = test::hebb_design();
  design.circuit.units = Units::physical;
  design.cues.from = CueSource::file;
  design.cues.as = CueUse::input;
  design.cues.amplitude = 1.0;
  design.cues.given = Matrix::Constant(1, 16, 0.01);
  const std::vector<Cue> cues = make_cues(design, circuit_of(design));
  EXPECT_DOUBLE_EQ(cues[0].bias[3], 0.01 * 100.0);   // I R
}

TEST(Cues, OfClampHoldWhereThePatternIsNotZero) {
  Design design = test::hebb_design();
  design.cues.from = CueSource::file;
  design.cues.as = CueUse::clamp;
  design.cues.amplitude = 0.9;
  design.cues.given = Matrix::Zero(1, 16);
  design.cues.given(0, 2) = -1.0;
  const Vector held = make_cues(design, circuit_of(design))[0].clamp;
  EXPECT_DOUBLE_EQ(held[2], -0.9);
  EXPECT_TRUE(std::isnan(held[3]));
}

/// One memory of 4 × 3 pixels, numbered by its signs: black in the first row alone.
Design picture_design() {
  Design design = test::hebb_design();
  design.neurons = 12;
  design.memory.patterns = Matrix::Constant(1, 12, -1.0);
  design.memory.patterns.leftCols(4).setOnes();
  design.memory.names = {"top"};
  design.memory.image_width = 4;
  design.memory.image_height = 3;
  design.cues.flip = 0.0;
  return design;
}

TEST(CueDamage, MovesThePictureAndBringsInWhite) {
  Design design = picture_design();
  design.cues.shift_right = 1;
  design.cues.shift_down = 2;
  EXPECT_EQ(cue_signs(design, 0), "-----" "---" "-+++");
  design.cues.shift_right = -3;
  design.cues.shift_down = 0;
  EXPECT_EQ(cue_signs(design, 0), "+---" "----" "----");
  design.cues.shift_down = -1;
  EXPECT_EQ(cue_signs(design, 0), "------------");
}

TEST(CueDamage, CoversOneRectangleOfThePicturesProportionsSomewhere) {
  Design design = picture_design();
  design.memory.image_width = 4;
  design.memory.image_height = 3;
  design.cues.occlude = 1.0 / 3.0;   // 4 of 12 pixels: round(4·√⅓) = 2 across, 2 down
  std::set<std::string> places;
  for (int cue = 0; cue < 60; ++cue) {
    const std::string signs = cue_signs(design, cue);
    std::string rectangle;
    for (std::size_t i = 0; i < 12; ++i) rectangle += signs[i] == '0' ? '0' : '.';
    const std::size_t first = rectangle.find('0');
    ASSERT_NE(first, std::string::npos);
    std::string expected(12, '.');
    for (const std::size_t i : {first, first + 1, first + 4, first + 5}) expected[i] = '0';
    EXPECT_EQ(rectangle, expected);
    for (std::size_t i = 0; i < 12; ++i) EXPECT_TRUE(signs[i] == '0' || signs[i] == (i < 4 ? '+' : '-'));
    places.insert(rectangle);
  }
  EXPECT_EQ(places.size(), 3U * 2U);   // every place there is
}

TEST(CueDamage, OfACoveredPixelIsAStateOfZero) {
  Design design = picture_design();
  design.cues.occlude = 1.0;
  EXPECT_EQ(make_cues(design, circuit_of(design))[0].start, Vector::Zero(12));
}

TEST(CueDamage, TurnsAsManyEntriesOfAMovedPicture) {
  Design design = picture_design();
  design.cues.shift_down = 1;
  const Vector moved = damaged_pattern(design, 0);
  design.cues.flip = 0.25;
  EXPECT_EQ(differing(moved, damaged_pattern(design, 0)), 3);
}

TEST(Cues, AreTheInitialStateAloneWhenThereAreNone) {
  const Design design = test::flipflop_design(0.3, -0.1);
  const std::vector<Cue> cues = make_cues(design, circuit_of(design));
  ASSERT_EQ(cues.size(), 1U);
  EXPECT_EQ(cues[0].target, -1);
  EXPECT_EQ(cues[0].start, design.circuit.initial);
}

TEST(Cues, MoveByTheThresholdInCoreCoordinates) {
  Design design = test::flipflop_design(0.3, -0.1);
  Circuit circuit = circuit_of(design);
  circuit.threshold << 0.5, 0.25;
  const std::vector<Cue> cues = to_core(make_cues(design, circuit), circuit);
  EXPECT_DOUBLE_EQ(cues[0].start[0], -0.2);
  EXPECT_DOUBLE_EQ(cues[0].start[1], -0.35);
}

}  // namespace
}  // namespace basin
