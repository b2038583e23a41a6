#include "sim/io/design_reader.hpp"

#include <gtest/gtest.h>

#include "models/design/schema.hpp"
#include "tests/unit/io/scratch.hpp"

namespace basin {
namespace {

constexpr const char* letters = R"(
[circuit]
units = "normalised"
[memory]
rule = "hebb"
patterns = "data/letters.txt"
)";

class DesignReader : public testing::Test {
 protected:
  DesignReader() {
    std::filesystem::create_directory(scratch_.path() / "data");
    scratch_.write("data/letters.txt", "name: T\n###\n.#.\n\nname: L\n#..\n###\n");
  }
  std::filesystem::path design(const std::string& text) const { return scratch_.write("letters.toml", text); }
  [[nodiscard]] std::string problem(const std::string& text, const std::vector<std::string>& overrides = {}) const {
    const auto file = design(text);
    return refusal([&] { read_design(file, overrides); });
  }
  [[nodiscard]] std::string at(const std::string& rest) const {
    return (scratch_.path() / "letters.toml").string() + rest;
  }
  Scratch scratch_;
};

}  // namespace

TEST_F(DesignReader, ReadsDataBesideTheDesign) {
  const Design read = read_design(design(letters), {});
  EXPECT_EQ(read.name, "letters");
  EXPECT_EQ(read.neurons, 6);
  EXPECT_EQ(read.memory.names, (std::vector<std::string>{"T", "L"}));
  EXPECT_EQ(read.memory.image_width, 3);
}

TEST_F(DesignReader, AppliesOverridesAsTomlOrText) {
  const Design read = read_design(
      design(letters), {"hardware.lanes=2", "hardware.step=1/64", "name=other", "circuit.gain = [1,2,3,4,5,6]",
                        "hardware.state=\"s16.12\"", "memory.rule=pseudo-inverse", "cues.flip=0.5"});
  EXPECT_EQ(read.hardware.lanes, 2);
  EXPECT_EQ(read.hardware.step_exponent, 6);
  EXPECT_EQ(read.name, "other");
  EXPECT_EQ(read.circuit.gain(5), 6.0);
  EXPECT_EQ(read.hardware.state_bits, 16);
  EXPECT_EQ(read.memory.rule, Rule::pseudo_inverse);
  EXPECT_TRUE(read.cues.present);
}

TEST_F(DesignReader, NamesTheOverrideThatIsWrong) {
  EXPECT_EQ(problem(letters, {"circuit.gain=0"}).find("--set circuit.gain=0: circuit.gain: 0 is too small; allowed: "),
            0U);
  EXPECT_EQ(problem(letters, {"circuit.gian=1"}),
            "--set circuit.gian=1: circuit.gian: unknown key; did you mean gain?");
  EXPECT_EQ(problem(letters, {"gain"}), "--set gain: is not a setting; allowed: key=value, as in hardware.lanes=16");
  EXPECT_EQ(problem(letters, {"a.b.c=1"}),
            "--set a.b.c=1: is not a setting; allowed: key=value, as in hardware.lanes=16");
  EXPECT_NE(problem(letters, {"name=x\nevil = 1"}).find("is not a name"), std::string::npos);
}

TEST_F(DesignReader, NamesBothPlacesOfBadData) {
  scratch_.write("gain.csv", "1\n2\nx\n");
  EXPECT_EQ(problem("[circuit]\nunits = \"normalised\"\nweights = [[0]]\ngain = \"gain.csv\"\n"),
            at(":4: circuit.gain: gain.csv:3: column 1: \"x\" is not a number; allowed: finite decimal numbers "
               "separated by commas"));
  EXPECT_EQ(problem("[circuit]\nunits = \"normalised\"\nweights = \"no.npy\"\n"),
            at(":3: circuit.weights: " + (scratch_.path() / "no.npy").string() +
               ": cannot be opened: No such file or directory"));
}

TEST_F(DesignReader, TakesRelativePathsFromTheDesignsFolderAndAbsoluteOnesAsTheyAre) {
  scratch_.write("w.csv", "0\n");
  const auto with = [&](const std::string& path) {
    return problem("[circuit]\nunits = \"normalised\"\nweights = \"" + path + "\"\n");
  };
  const std::string folder = scratch_.path().filename().string();
  for (const std::string& path : {std::string("w.csv"), "../" + folder + "/w.csv", (scratch_.path() / "w.csv").string()}) {
    EXPECT_EQ(with(path), "") << path;
  }
  EXPECT_NE(with("../w.csv").find("cannot be opened"), std::string::npos);
}

TEST_F(DesignReader, RefusesDataThatIsNoRegularFile) {
  std::filesystem::create_directory(scratch_.path() / "folder.csv");
  std::filesystem::create_symlink("/dev/zero", scratch_.path() / "zero.npy");
  EXPECT_NE(problem("[circuit]\nunits = \"normalised\"\nweights = \"folder.csv\"\n").find("is a folder"),
            std::string::npos);
  EXPECT_NE(problem("[circuit]\nunits = \"normalised\"\nweights = \"zero.npy\"\n").find("is a device"),
            std::string::npos);
}

TEST_F(DesignReader, ReadsTheStarter) { EXPECT_EQ(read_design(design(starter_design()), {}).neurons, 25); }

}  // namespace basin
