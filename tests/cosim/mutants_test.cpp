// Would the bit comparison notice? Bugs are put into copies of the RTL, one at a time, with the RTL's own assertions
// switched off; each must make the comparison with the golden model fail, and the copy without a bug must not.
#include <gtest/gtest.h>

#include <iostream>
#include <optional>
#include <string>

#include "tests/cosim/elaborations.hpp"
#include "tests/cosim/lockstep.hpp"
#include "tests/cosim/rtl_copy.hpp"

namespace basin::cosim {
namespace {

struct Mutant {
  const char* name;
  const char* file;
  const char* before;    // stands exactly once in the file
  const char* after;
  int memories = 0;      // of the core that it is looked for in; 0: the dense form
  int pages = 2;
};

constexpr Mutant mutants[] = {
    {"Sign", "rtl/core/basin_activation.sv", "output_q <= negative_later ? -sum_q : sum_q;", "output_q <= sum_q;"},
    {"OffByOneAddress", "rtl/core/basin_sequencer.sv", "address_d = next_q;", "address_d = next_q + weight_address_t'(1);"},
    {"DroppedRoundingBit", "rtl/core/basin_round.sv", "{wide_t'(delta), fine_q[0]}", "{wide_t'(delta), 1'b0}"},
    {"StaleBuffer", "rtl/core/basin_sequencer.sv", "page_d = page_q + page_t'(step_ends);", "page_d = page_q;"},
    {"WrongSettle", "rtl/core/basin_settle.sv", "(PageBits+1)'(order2_i)", "(PageBits+1)'(0)"},
    {"SettledWhileHeld", "rtl/core/basin_settle.sv", "last_phase && quiet_q", "quiet_q"},
    {"MaskOfTheFirstPhase", "rtl/core/basin_update.sv", "held = mask[phase_i];", "held = mask[0];"},
    {"PhaseAStepTooLong", "rtl/core/basin_phases.sv", "made_q >= length_q", "made_q > length_q"},
    {"DroppedCarryOfAnOverlap", "rtl/core/basin_overlap.sv", "minus_q <= valid_i && minus_i;", "minus_q <= 1'b0;", 3},
    {"DigitTwoTakenForOne", "rtl/core/basin_mix.sv", "inside {3'b011, 3'b100};", "inside {3'b011};", 3},
    {"OverlapsOfTheStepBefore", "rtl/core/basin_factored.sv", "emit && neuron_q == '0;", "emit && neuron_q == '0 && prime;", 3},
    {"SignsOfTheNeuronBefore", "rtl/core/basin_factors.sv", "? earlier_q + EchoBits'(1) :", "? place_q - EchoBits'(EchoDelay - RamLatency) :", 3},
    {"DiagonalOfTheNeuronAfter", "rtl/core/basin_factored.sv", ": own_index),", ": index),", 3},
    {"PrimeTakesTheDifference", "rtl/core/basin_update.sv", " && !stage[Difference].prime", "", 3},
    {"DelayOfTheNeuronBefore", "rtl/core/basin_outputs.sv", ": coming_i.index),", ": activated_i.index),", 0, 8},
    {"HistoryOfOnePage", "rtl/core/basin_outputs.sv", "loaded_q ? page_t'(CfgPages - 2) : '0;", "'0;", 0, 8},
    {"HistoryFilledTwice", "rtl/core/basin_outputs.sv", "(loaded_q && !start_i)", "loaded_q", 0, 8},
    {"DelayALittleShort", "rtl/core/basin_outputs.sv", "next_q <= front_i + page_t'(1);", "next_q <= front_i;", 0, 8},
    {"SettledWithOutputsUnderWay", "rtl/core/basin_settle.sv", "(PageBits+1)'(order2_i) + (PageBits+1)'(delay_i)", "(PageBits+1)'(order2_i)", 0, 8},
};

/// The draws on which mutants are judged, the same for all.
std::optional<std::string> first_difference(const RtlCopy& copy, int memories, int pages) {
  RtlBuildOptions options = copy.options();
  options.assertions = false;
  CoreConfig core = sized(number_formats[0].core, 8, 2);
  core.phases = 3;
  core.memories = memories;
  core.pages = pages;
  const auto model = load_rtl_model(core, options);
  Coverage coverage;
  for (std::uint32_t draw = 0; draw < 30; ++draw) {
    const Drive drive = draw % 2 == 0 ? Drive::lively : Drive::settling;
    Random random(77, Stream::test, draw);
    const FixedNetwork network = draw_network(core, 1 + static_cast<int>(random.below(8)), drive, random);
    const auto difference = compare_network(model, network, drive, 1, measured_latency(model), random, coverage);
    if (difference) return "draw " + std::to_string(draw) + " (seed 77), " + *difference;
  }
  return std::nullopt;
}

TEST(Mutants, NoneIsSeenInTheRtlAsItIs) {
  const RtlCopy copy;
  for (const auto &[memories, pages] : {std::pair{0, 2}, {3, 2}, {0, 8}}) EXPECT_EQ(first_difference(copy, memories, pages), std::nullopt) << memories;
}

void PrintTo(const Mutant& mutant, std::ostream* stream) { *stream << mutant.name; }

class Killed : public testing::TestWithParam<Mutant> {};

TEST_P(Killed, ByTheComparisonOfBits) {
  const Mutant& mutant = GetParam();
  const RtlCopy copy;
  copy.replace(mutant.file, mutant.before, mutant.after);
  const auto difference = first_difference(copy, mutant.memories, mutant.pages);
  ASSERT_TRUE(difference.has_value()) << mutant.name << " survived";
  std::cout << mutant.name << " (" << mutant.file << ") killed by the comparison of bits: " << *difference << std::endl;
}

INSTANTIATE_TEST_SUITE_P(Mutants, Killed, testing::ValuesIn(mutants),
                         [](const testing::TestParamInfo<Mutant>& one) { return std::string(one.param.name); });

}  // namespace
}  // namespace basin::cosim
