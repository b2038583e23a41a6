#include <gtest/gtest.h>

#include "tests/unit/design/design_text.hpp"

namespace basin {
namespace {

const std::string circuit = "[circuit]\nunits = \"normalised\"\n";
const std::string three = circuit + "[memory]\nrule = \"perceptron\"\npatterns = [[1, -1, 1], [-1, 1, 1]]\n";

/// Two pictures of 3 × 2 pixels.
const FakeData two_pictures = [] {
  FakeData data;
  data.sets["p.txt"] = {(Matrix(2, 6) << 1, -1, 1, -1, 1, -1, 1, 1, -1, -1, 1, 1).finished(), {}, 3, 2};
  return data;
}();

std::string pictures(const std::string& rule) {
  return circuit + "[memory]\nrule = \"" + rule + "\"\npatterns = \"p.txt\"\n";
}

void expect_refused(const std::string& text, const std::vector<std::string>& says, const FakeData& data = {}) {
  const std::string message = refusal(text, data);
  for (const std::string& part : says) EXPECT_NE(message.find(part), std::string::npos) << part << " is not in: " << message;
}

TEST(Restrictions, AreNoneUnlessAskedFor) {
  const MemorySpec memory = resolved(three).memory;
  EXPECT_TRUE(memory.symmetric);
  EXPECT_EQ(memory.mask.size(), 0);
  EXPECT_EQ(memory.polarity.size(), 0);
  EXPECT_FALSE(memory.weight_bits.has_value());
  EXPECT_FALSE(memory.row_sum.has_value());
}

TEST(Topology, OfAGridJoinsPixelsWithinItsRadiusAcrossAndDown) {
  const Matrix mask = resolved(pictures("hebb") + "topology = \"grid\"\nradius = 1\n", two_pictures).memory.mask;
  // Pixels  0 1 2
  //         3 4 5
  const Matrix expected = (Matrix(6, 6) << 1, 1, 0, 1, 1, 0, 1, 1, 1, 1, 1, 1, 0, 1, 1, 0, 1, 1,  //
                           1, 1, 0, 1, 1, 0, 1, 1, 1, 1, 1, 1, 0, 1, 1, 0, 1, 1).finished();
  EXPECT_EQ(mask, expected);
}

TEST(Topology, OfABandJoinsNeighbouringNumbers) {
  const Matrix mask = resolved(three + "topology = \"band\"\nradius = 1\n").memory.mask;
  EXPECT_EQ(mask, (Matrix(3, 3) << 1, 1, 0, 1, 1, 1, 0, 1, 1).finished());
}

TEST(Topology, DrawsExactlyItsShareOfThePairsOrOfEveryNeuronsInputs) {
  const std::string draw = "topology = \"random\"\ndensity = 0.4\n";
  const Matrix pairs = resolved(pictures("perceptron") + draw, two_pictures).memory.mask;
  EXPECT_EQ(pairs, Matrix(pairs.transpose()));
  EXPECT_EQ(pairs.sum(), 2 * 6);   // of 15 pairs
  EXPECT_EQ(pairs.trace(), 0.0);
  const Matrix inputs = resolved(pictures("perceptron") + draw + "symmetric = false\n", two_pictures).memory.mask;
  for (Index i = 0; i < 6; ++i) EXPECT_EQ(inputs.row(i).sum(), 2.0);   // of 5
  EXPECT_EQ(inputs.trace(), 0.0);
  EXPECT_NE(resolved(pictures("perceptron") + draw + "seed = 2\n", two_pictures).memory.mask, pairs);
}

TEST(Topology, IsAMatrixOfZeroesAndOnes) {
  FakeData data;
  data.matrices["mask.csv"] = (Matrix(3, 3) << 0, 1, 0, 1, 0, 1, 0, 1, 0).finished();
  EXPECT_EQ(resolved(three + "topology = \"mask.csv\"\n", data).memory.mask, data.matrices["mask.csv"]);
  data.matrices["mask.csv"](0, 2) = 0.5;
  expect_refused(three + "topology = \"mask.csv\"\n", {"d.toml:6: memory.topology: \"mask.csv\" row 1, column 3 is 0.5; allowed: 0 or 1"},
                 data);
  data.matrices["mask.csv"](0, 2) = 1.0;
  expect_refused(three + "topology = \"mask.csv\"\n", {"row 1, column 3 differs", "symmetric"}, data);
  EXPECT_EQ(refusal(three + "topology = \"mask.csv\"\nsymmetric = false\n", data), "");
  data.matrices["mask.csv"] = Matrix::Ones(2, 3);
  expect_refused(three + "topology = \"mask.csv\"\n", {"has 2 rows of 3; allowed: 3 of 3"}, data);
}

TEST(Topology, NeedsWhatItsKindNeedsAndNothingElse) {
  expect_refused(three + "topology = \"grid\"\nradius = 1\n", {"memory.topology: \"grid\" needs patterns that are pictures"});
  expect_refused(three + "topology = \"band\"\n", {"memory.radius: is missing", "a whole number from 1"});
  expect_refused(three + "topology = \"random\"\n", {"memory.density: is missing"});
  expect_refused(three + "radius = 2\n", {"memory.radius: is not used"});
  expect_refused(three + "density = 0.5\n", {"memory.density: is not used"});
  expect_refused(three + "topology = \"ring\"\n", {"memory.topology: \"ring\" is not allowed", "\"band\""});
}

TEST(Polarity, IsASignANeuron) {
  EXPECT_EQ(resolved(three + "polarity = \"non-negative\"\n").memory.polarity, Vector::Ones(3));
  EXPECT_EQ(resolved(three + "polarity = [1, -1, 0]\n").memory.polarity, Vector((Vector(3) << 1, -1, 0).finished()));
  expect_refused(three + "polarity = [1, -1]\n", {"memory.polarity: has 2 values; allowed: 3"});
  expect_refused(three + "polarity = [1, -1, 0.5]\n", {"has 0.5; allowed: 1 (excitatory), -1 (inhibitory) or 0"});
}

TEST(Restrictions, AreRefusedForRulesThatCantKeepThem) {
  const auto with = [](const std::string& rule, const std::string& line) {
    return circuit + "[memory]\nrule = \"" + rule + "\"\npatterns = [[1, -1, 1], [-1, 1, 1]]\n" + line + "\n";
  };
  for (const char* line : {"symmetric = false", "polarity = \"non-negative\"", "weight_bits = 4"}) {
    for (const char* rule : {"hebb", "storkey", "pseudo-inverse", "unlearning", "covariance"}) {
      expect_refused(with(rule, line), {"d.toml:6: memory.", "can't be kept by rule = \"" + std::string(rule) + "\"",
                                        "allowed with rule = \"perceptron\" or \"max-margin\""});
    }
  }
  expect_refused(with("pseudo-inverse", "topology = \"band\"\nradius = 1"), {"memory.topology: can't be kept"});
  expect_refused("[circuit]\nunits = \"normalised\"\nweights = [[0, 1], [1, 0]]\n[memory]\npatterns = [[1, 1]]\nrow_sum = 1\n",
                 {"memory.row_sum: scales what a rule makes"});
}

TEST(Restrictions, AreInTheIdentityOfDesignsThatHaveThem) {
  std::map<std::string, std::string> seen{{resolved(pictures("perceptron") + "[cues]\n", two_pictures).id, "none"}};
  for (const std::string change : {"symmetric = false\n[cues]", "topology = \"band\"\nradius = 1\n[cues]", "polarity = \"non-negative\"\n[cues]",
                                   "weight_bits = 4\n[cues]", "weight_bits = 4\nseed = 2\n[cues]", "row_sum = 1\n[cues]",
                                   "[cues]\nocclude = 0.5", "[cues]\nshift = [1, 0]", "[cues]\nshift = [0, 1]"}) {
    const auto [other, inserted] = seen.emplace(resolved(pictures("perceptron") + change + "\n", two_pictures).id, change);
    EXPECT_TRUE(inserted) << change << " has the identity of " << other->second;
  }
  const auto unlearned = [](const std::string& line) { return resolved(pictures("unlearning") + line, two_pictures).id; };
  EXPECT_NE(unlearned("unlearning_count = 3\n"), unlearned("unlearning_count = 4\n"));
  EXPECT_NE(unlearned("unlearning_rate = 0.1\n"), unlearned("unlearning_rate = 0.2\n"));
  EXPECT_NE(unlearned("seed = 3\n"), unlearned("seed = 4\n"));
}

TEST(CueDamage, SpeaksOfPictures) {
  const std::string cues = "[cues]\nocclude = 0.25\nshift = [1, -1]\n";
  const CueSpec spec = resolved(pictures("hebb") + cues, two_pictures).cues;
  EXPECT_EQ(spec.occlude, 0.25);
  EXPECT_EQ(spec.shift_right, 1);
  EXPECT_EQ(spec.shift_down, -1);
  expect_refused(three + cues, {"cues.occlude: damages pictures"});
  expect_refused(three + "[cues]\nshift = [1, 0]\n", {"cues.shift: damages pictures"});
  expect_refused(pictures("hebb") + "[cues]\nfrom = [[1, 1, 1, 1, 1, 1]]\nocclude = 0.5\n", {"cues.occlude: damages pictures"}, two_pictures);
  expect_refused(pictures("hebb") + "[cues]\nshift = [0, 2]\n", {"moves pictures of 2 pixels by 2; allowed: less than their size"}, two_pictures);
  for (const std::string pixels : {"-2", "9223372036854775807", "-9223372036854775808"}) {
    expect_refused(pictures("hebb") + "[cues]\nshift = [0, " + pixels + "]\n",
                   {"d.toml:", "cues.shift: ", "of 2 pixels by " + pixels + "; allowed: less than their size"}, two_pictures);
  }
  expect_refused(pictures("hebb") + "[cues]\nshift = [1]\n", {"cues.shift: ", "two whole numbers"}, two_pictures);
  expect_refused(pictures("hebb") + "[cues]\nshift = [1, 0.5]\n", {"two whole numbers"}, two_pictures);
}

}  // namespace
}  // namespace basin
