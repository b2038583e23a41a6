#include "models/fixed/contents.hpp"

#include <gtest/gtest.h>

#include <memory>

namespace basin {
namespace {

/// Three neurons on two lanes: W_ij = 3i + j − 4.
FixedNetwork three() {
  FixedNetwork network;
  network.core = {.neurons = 3, .lanes = 2, .weight_bits = 4, .drive_bits = 6, .bias_bits = 8, .table_segments = 2, .slope_bits = 6};
  network.neurons = 3;
  network.step_exponent = 5;
  network.settle_threshold = 7;
  network.step_limit = 500;
  for (int k = 0; k < 9; ++k) network.weights.push_back(k - 4);
  network.biases = {-1, 2, -128};
  network.tables = {{{0, 31}, {31, -31}}};
  return network;
}

// Rows 0 and 2 are lane 0's, row 1 is lane 1's; six words of a lane in eight; word 0 lowest (docs/arithmetic.md §7, basin_ram).
TEST(Contents, PutEveryWordWhereALoadWould) {
  const std::string text = contents_text(contents_of(three()));
  for (const char* line : {"localparam bit CfgContents = 1;\n", "localparam logic [31:0] ResetNeurons = 32'h00000003;\n",
                           "localparam logic [31:0] ResetStep = 32'h00000105;\n",
                           "localparam logic [31:0] ResetSettle = 32'h00000007;\n",
                           "localparam logic [31:0] ResetLimit = 32'h000001f4;\n",
                           "localparam logic [63:0] ContentsWeights = {\n  64'h0000010f00432edc};\n",
                           "localparam logic [31:0] ContentsBiases = {\n  32'h008002ff};\n",
                           "localparam logic [11:0] ContentsBases = {\n  12'h7c0};\n",     // 31 << 6
                           "localparam logic [11:0] ContentsRises = {\n  12'h85f};\n",     // −31 << 6 | 31
                           "localparam logic [0:0] ContentsTaus = '0;\n"}) {
    EXPECT_NE(text.find(line), std::string::npos) << line << text;
  }
}

TEST(Contents, OfWideMemoriesAreLiteralsOf256Bits) {
  FixedNetwork network = three();
  network.core.neurons = 16;                        // 16 words of 20 bits
  network.core.bias_bits = 20;
  const std::string text = contents_text(contents_of(network));
  EXPECT_NE(text.find("localparam logic [319:0] ContentsBiases = {\n  64'h0000000000000000,\n  256'h"), std::string::npos) << text;
  EXPECT_NE(text.find("fff8000002fffff};\n"), std::string::npos) << text;
}

// Three memories on two lanes: a word a neuron and group of memories, bit p that of lane p, −1 set; two words a neuron.
TEST(Contents, OfTheFactoredFormAreWordsOfSignsARowOfTheCoreALaneAndTheDiagonal) {
  FixedNetwork network = three();
  network.core.memories = 3;
  network.weights.clear();
  network.factors = std::make_shared<const FixedFactors>(
      FixedFactors{{1, -1, 1, -1, -1, 1, 1, 1, -1}, {1, 2, 3, 2, -4, 5, 3, 5, -6}, {-1, 0, 7}});
  const std::string text = contents_text(contents_of(network));
  // Neuron 0: 10, 0; neuron 1: 11, 0; neuron 2: 00, 1.
  for (const char* line : {"localparam logic [15:0] ContentsFactors = {\n  16'h0432};\n",
                           "localparam logic [63:0] ContentsCore = {\n  64'h000005c200a53321};\n",
                           "localparam logic [35:0] ContentsDiagonal = {\n  36'h0001c01ff};\n",
                           "localparam logic [1:0] ContentsWeights = '0;\n"}) {
    EXPECT_NE(text.find(line), std::string::npos) << line << text;
  }
}

TEST(Contents, OfACoreThatHoldsNothingAreTheResetOfTheSpecification) {
  const std::string text = contents_text(empty_contents(three().core));
  for (const char* line : {"localparam bit CfgContents = 0;\n", "localparam logic [31:0] ResetNeurons = 32'h00000003;\n",
                           "localparam logic [31:0] ResetStep = 32'h00000000;\n", "localparam logic [1:0] ContentsWeights = '0;\n"}) {
    EXPECT_NE(text.find(line), std::string::npos) << line << text;
  }
}

}  // namespace
}  // namespace basin
