// The engine "board" on the Verilated board, and what becomes of bytes that go wrong on the way.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "sim/board/board_port.hpp"
#include "sim/toolchain/tool_error.hpp"
#include "tests/board/letters.hpp"
#include "tests/board/simulated_board.hpp"

namespace basin::board_test {
namespace {

constexpr int steps = 4;

std::unique_ptr<Engine> engine_at(const SimulatedBoard& board) {
  return make_board_engine(letters(), letters_hardware(), board.port());
}

/// A few steps from `seed`'s start, each compared with the golden model.
void expect_golden_steps(Engine& engine, std::uint32_t seed) {
  const auto golden = make_golden_engine(letters(), letters_hardware());
  golden->load(some_state(seed));
  engine.load(some_state(seed));
  for (int k = 0; k < steps; ++k) {
    golden->step();
    EXPECT_GT(engine.step(), 0U);
    ASSERT_TRUE(std::equal(golden->state().begin(), golden->state().end(), engine.state().begin())) << "step " << k + 1;
  }
}

void write_garbage(const SimulatedBoard& board, const std::string& bytes) {
  const int file = open(board.port().c_str(), O_WRONLY | O_NOCTTY);
  ASSERT_GE(file, 0);
  EXPECT_EQ(write(file, bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
  close(file);
}

TEST(BoardEngine, StepsAsTheGoldenModelDoes) {
  const SimulatedBoard board;
  const auto engine = engine_at(board);
  expect_golden_steps(*engine, 1);
  expect_golden_steps(*engine, 2);
}

TEST(BoardEngine, SaysWhichHardwareTheBoardHas) {
  const SimulatedBoard board;
  try {
    make_board_engine(letters(), letters_hardware() + 1, board.port());
    FAIL() << "another hardware was taken";
  } catch (const ToolError& error) {
    EXPECT_NE(std::string(error.what()).find("hardware.id"), std::string::npos) << error.what();
  }
}

TEST(BoardEngine, GoesOnAfterGarbageBetweenFrames) {
  const SimulatedBoard board;
  const auto engine = engine_at(board);
  write_garbage(board, "noise\n");
  expect_golden_steps(*engine, 3);
  write_garbage(board, "\xB5\x21\x40");         // looks like the beginning of a long frame
  expect_golden_steps(*engine, 4);
  write_garbage(board, "\xB5\x21\xFF\xB5");     // a count that no frame has, and half a frame
  expect_golden_steps(*engine, 5);
}

TEST(BoardEngine, LosesNothingWhenBytesToTheBoardAreDropped) {
  const SimulatedBoard board({}, [](std::size_t index, char byte) {
    return index % 4001 == 1000 ? std::string() : std::string(1, byte);
  });
  expect_golden_steps(*engine_at(board), 6);
}

TEST(BoardEngine, LosesNothingWhenBytesToTheBoardAreGarbled) {
  const SimulatedBoard board({}, [](std::size_t index, char byte) {
    return std::string(1, static_cast<char>(index % 4001 == 1003 ? byte ^ 0x10 : byte));
  });
  expect_golden_steps(*engine_at(board), 7);
}

TEST(BoardEngine, ExecutesNothingTwiceWhenRepliesAreLost) {
  // Two of a step's replies have more than 250 bytes; the others hardly more than ten.
  const SimulatedBoard board({}, {}, [](std::size_t index, char byte) {
    if (index % 1201 == 300) return std::string();
    return std::string(1, static_cast<char>(index % 1201 == 900 ? byte ^ 1 : byte));
  });
  expect_golden_steps(*engine_at(board), 8);
}

TEST(BoardEngine, SaysThatTheBoardWasResetInTheMiddleOfALoadAndWorksAgain) {
  SimulatedBoard board;
  board.reset_at_byte(5000);
  try {
    engine_at(board);
    FAIL() << "a reset went unnoticed";
  } catch (const ToolError& error) {
    EXPECT_STREQ(error.what(), "board: the board was reset; load again");
  }
  expect_golden_steps(*engine_at(board), 9);
}

TEST(BoardEngine, EndsWhatAFormerSessionLeftRunning) {
  const SimulatedBoard board;
  {
    const auto port = make_board_port(board.port());
    port->write_register(3, 64);                                   // NEURONS
    const std::vector<std::uint32_t> half_a_packet{7U << 28 | 64, 1, 2, 3};
    port->load(half_a_packet, true);
    port->write_register(10, 7U << 28 | 64);                       // READ: 64 states that nobody takes
  }
  expect_golden_steps(*engine_at(board), 10);
}

TEST(BoardPort, SaysThatNobodyAnswers) {
  const SimulatedBoard board({}, [](std::size_t, char) { return std::string(); });
  EXPECT_THROW(make_board_port(board.port()), ToolError);
}

TEST(BoardPort, RefusesWhatIsNoSerialPort) {
  EXPECT_THROW(make_board_port("/nowhere/tty"), EnvironmentError);
  EXPECT_THROW(make_board_port("/dev/null"), EnvironmentError);
}

}  // namespace
}  // namespace basin::board_test
