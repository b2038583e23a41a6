// Requests and answers of a core in a child process, and every way in which the child can fail.
#include "sim/rtl/child_port.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "sim/toolchain/tool_error.hpp"

namespace basin {
namespace {

std::unique_ptr<CorePort> fake(double timeout_s = 30) {
  ProcessOptions options;
  options.arguments = {SERVE_FAKE_PORT};
  options.timeout_s = timeout_s;
  return make_child_port("fake", options);
}

TEST(ChildPort, ReadsTheRegisterThatItWrote) {
  const auto port = fake();
  port->write_register(3, 0xdeadbeefU);
  port->write_register(4, 5);
  EXPECT_EQ(port->read_register(3), 0xdeadbeefU);
  EXPECT_EQ(port->read_register(4), 5U);
}

TEST(ChildPort, StreamsPacketsOfAnySizeBothWays) {
  const auto port = fake();
  std::vector<std::uint32_t> words(100'000);
  for (std::size_t i = 0; i < words.size(); ++i) words[i] = static_cast<std::uint32_t>(i) * 2654435761U;
  port->load(std::span(words).first(7), true);
  port->load(std::span(words).subspan(7), false);
  std::vector<std::uint32_t> back(words.size());
  port->read(back);
  EXPECT_EQ(back, words);
}

TEST(ChildPort, GivesAStepsCyclesFlagsAndStates) {
  const auto port = fake();
  std::vector<std::int32_t> states(3);
  const CorePort::Step step = port->step(states);
  EXPECT_EQ(step.cycles, 0x1'0000'0002U);
  EXPECT_FALSE(step.busy);
  EXPECT_TRUE(step.settled);
  EXPECT_TRUE(step.overflow);
  EXPECT_EQ(states, (std::vector<std::int32_t>{0, -1, -2}));
}

TEST(ChildPort, ThrowsTheTextOfAProblemAndServesOn) {
  const auto port = fake();
  try {
    port->write_register(13, 0);
    FAIL() << "no problem";
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "fake: an assertion of the core failed");
  }
  EXPECT_EQ(port->read_register(3), 0U);
}

TEST(ChildPort, TellsOfADeathInTheMiddleWithTheEndOfTheLog) {
  const auto port = fake();
  try {
    port->write_register(14, 0);
    FAIL() << "answered";
  } catch (const ToolError& error) {
    EXPECT_STREQ(error.what(), "fake: ended with exit code 7");
    EXPECT_EQ(error.last_lines(), std::vector<std::string>{"the last line of the log"});
  }
}

TEST(ChildPort, GivesUpOnAChildThatIsSilent) {
  const auto port = fake(1);
  try {
    port->write_register(15, 0);
    FAIL() << "answered";
  } catch (const ToolError& error) {
    EXPECT_STREQ(error.what(), "fake: did not answer within 1 s");
  }
}

}  // namespace
}  // namespace basin
