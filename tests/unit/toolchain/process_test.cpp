#include "sim/toolchain/process.hpp"

#include <gtest/gtest.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <functional>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "sim/toolchain/interrupt.hpp"
#include "sim/toolchain/tool_error.hpp"
#include "tests/unit/toolchain/scratch.hpp"

namespace basin {
namespace {

using test::Scratch;
using test::text_of;

ProcessOptions shell(const std::string& script) {
  ProcessOptions options;
  options.arguments = {"/bin/sh", "-c", script};
  return options;
}

bool comes_true_within_5_s(const std::function<bool()>& condition) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(5);
  while (std::chrono::steady_clock::now() < deadline) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return condition();
}

bool is_gone(pid_t process) {
  return comes_true_within_5_s([process] {
    if (kill(process, 0) != 0 && errno == ESRCH) return true;
    const std::string status = text_of("/proc/" + std::to_string(process) + "/stat");
    return status.find(") Z ") != std::string::npos;   // dead; whoever adopted it has yet to reap it
  });
}

TEST(Process, ReportsTheExitCode) {
  const ProcessResult result = run_process(shell("exit 7"));
  EXPECT_EQ(result.exit_code, 7);
  EXPECT_FALSE(result.ok());
  EXPECT_TRUE(run_process(shell("exit 0")).ok());
}

TEST(Process, ReportsTheSignalThatEndedIt) {
  const ProcessResult result = run_process(shell("kill -9 $$"));
  EXPECT_EQ(result.signal, SIGKILL);
  EXPECT_EQ(result.exit_code, -1);
}

TEST(Process, PassesArgumentsThroughNoShell) {
  ProcessOptions options;
  options.arguments = {"printf", "%s|%s", "$(echo no) `echo no`", "a;b *"};
  EXPECT_EQ(run_process(options).last_lines, std::vector<std::string>{"$(echo no) `echo no`|a;b *"});
}

TEST(Process, WritesBothOutputsToTheLogAndKeepsTheLastLines) {
  const Scratch scratch;
  ProcessOptions options = shell("for i in 1 2 3 4; do echo out $i; echo err $i >&2; done");
  options.log = scratch.path() / "log";
  options.tail_lines = 3;
  const ProcessResult result = run_process(options);
  EXPECT_EQ(text_of(options.log), "out 1\nerr 1\nout 2\nerr 2\nout 3\nerr 3\nout 4\nerr 4\n");
  EXPECT_EQ(result.last_lines, (std::vector<std::string>{"err 3", "out 4", "err 4"}));
}

TEST(Process, KeepsControlSequencesOutOfTheLastLines) {
  const ProcessResult result = run_process(shell(R"(printf '\033[1;31mred\033[0m\a plain\r\n')"));
  EXPECT_EQ(result.last_lines, std::vector<std::string>{"red plain"});
}

TEST(Process, AddsToTheEnvironmentAndReplaces) {
  const test::Variable outer("BASIN_TEST_OUTER", "old");
  const test::Variable kept("BASIN_TEST_KEPT", "kept");
  ProcessOptions options = shell("echo $BASIN_TEST_OUTER $BASIN_TEST_KEPT $BASIN_TEST_NEW");
  options.environment = {{"BASIN_TEST_OUTER", "new"}, {"BASIN_TEST_NEW", "added"}};
  EXPECT_EQ(run_process(options).last_lines, std::vector<std::string>{"new kept added"});
}

TEST(Process, RunsInItsFolderWithEmptyInput) {
  const Scratch scratch;
  ProcessOptions options = shell("pwd -P; cat");
  options.folder = scratch.path();
  options.timeout_s = 10;
  const ProcessResult result = run_process(options);
  EXPECT_TRUE(result.ok());
  EXPECT_EQ(result.last_lines, std::vector<std::string>{std::filesystem::canonical(scratch.path()).string()});
}

TEST(Process, NamesAProgramThatCannotBeStarted) {
  ProcessOptions options;
  options.arguments = {"/nowhere/basin-no-such-program"};
  try {
    run_process(options);
    FAIL() << "started";
  } catch (const ToolError& error) {
    EXPECT_STREQ(error.what(), "/nowhere/basin-no-such-program: can't be started: No such file or directory");
  }
}

TEST(Process, KillsTheWholeGroupOnTimeout) {
  ProcessOptions options = shell("trap '' TERM; sleep 1000 & echo $!; wait; sleep 1000");
  options.timeout_s = 0.2;
  const ProcessResult result = run_process(options);
  EXPECT_TRUE(result.timed_out);
  EXPECT_FALSE(result.ok());
  EXPECT_LT(result.elapsed_s, 4.0);
  ASSERT_EQ(result.last_lines.size(), 1U);
  EXPECT_TRUE(is_gone(std::stoi(result.last_lines[0])));
}

TEST(Process, LeavesNothingRunningBehindAProgramThatEnds) {
  const ProcessResult result = run_process(shell("sleep 1000 & echo $!"));
  EXPECT_TRUE(result.ok());
  ASSERT_EQ(result.last_lines.size(), 1U);
  EXPECT_TRUE(is_gone(std::stoi(result.last_lines[0])));
}

/// A process that runs a program which starts another one and writes its number into `file`.
pid_t parent_of_a_sleeper(const std::filesystem::path& file) {
  const pid_t parent = fork();
  if (parent != 0) return parent;
  install_interrupt_handler();
  try {
    run_process(shell("sleep 1000 & echo $! > " + file.string() + ".part; mv " + file.string() + ".part " + file.string() +
                      "; wait"));
  } catch (const Interrupted&) {
    _exit(130);
  } catch (...) {
    _exit(1);
  }
  _exit(0);
}

TEST(Process, DiesWithAParentThatWasKilled) {
  const Scratch scratch;
  const std::filesystem::path file = scratch.path() / "sleeper";
  const pid_t parent = parent_of_a_sleeper(file);
  ASSERT_TRUE(comes_true_within_5_s([&] { return std::filesystem::exists(file); }));
  kill(parent, SIGKILL);
  waitpid(parent, nullptr, 0);
  EXPECT_TRUE(is_gone(std::stoi(text_of(file))));
}

TEST(Process, EndsTheGroupAndThrowsWhenInterrupted) {
  for (const int signal : {SIGINT, SIGTERM}) {
    const Scratch scratch;
    const std::filesystem::path file = scratch.path() / "sleeper";
    const pid_t parent = parent_of_a_sleeper(file);
    ASSERT_TRUE(comes_true_within_5_s([&] { return std::filesystem::exists(file); }));
    kill(parent, signal);
    int status = 0;
    waitpid(parent, &status, 0);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 130);
    EXPECT_TRUE(is_gone(std::stoi(text_of(file))));
  }
}

TEST(RunTool, ShowsTheEndOfTheLogOfAToolThatFails) {
  const Scratch scratch;
  ProcessOptions options = shell("echo first; echo second; exit 3");
  options.log = scratch.path() / "log";
  options.tail_lines = 1;
  try {
    run_tool("compiler", options);
    FAIL() << "passed";
  } catch (const ToolError& error) {
    EXPECT_STREQ(error.what(), "compiler: failed with exit code 3");
    EXPECT_EQ(error.tool(), "compiler");
    EXPECT_EQ(error.last_lines(), std::vector<std::string>{"second"});
    EXPECT_EQ(error.hint(), "its whole output: " + options.log.string());
  }
}

TEST(RunTool, SaysThatAToolTookTooLong) {
  ProcessOptions options = shell("sleep 1000");
  options.timeout_s = 1;
  try {
    run_tool("router", options);
    FAIL() << "passed";
  } catch (const ToolError& error) {
    EXPECT_STREQ(error.what(), "router: did not end within 1 s");
  }
}

}  // namespace
}  // namespace basin
