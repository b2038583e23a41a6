// The cache of Verilated cores: content-addressed, whole or absent, whatever happens to a build.
#include "sim/verilator/build.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

#include "models/fixed/protocol.hpp"
#include "sim/toolchain/interrupt.hpp"
#include "sim/toolchain/tool_error.hpp"
#include "sim/verilator/verilator_engine.hpp"
#include "tests/cosim/draw.hpp"
#include "tests/cosim/elaborations.hpp"
#include "tests/cosim/rtl_copy.hpp"

namespace basin::cosim {
namespace {

namespace fs = std::filesystem;

constexpr CoreConfig tiny = sized(number_formats[1].core, 2, 1);

constexpr CoreConfig small = sample[4].core;   // a core that other tests elaborate too

std::vector<std::string> entries(const fs::path& folder) {
  std::vector<std::string> names;
  if (!fs::exists(folder)) return names;
  for (const auto& entry : fs::directory_iterator(folder)) names.push_back(entry.path().filename().string());
  return names;
}

bool is_building(const fs::path& cache) {
  for (const std::string& name : entries(cache)) {
    if (name.rfind(".build-", 0) == 0) return true;
  }
  return false;
}

/// A process that builds; returns once its build folder is there.
pid_t builder(const RtlCopy& copy) {
  const pid_t child = fork();
  if (child == 0) {
    install_interrupt_handler();
    try {
      build_rtl(prepare_rtl_build(tiny, copy.options()));
    } catch (const Interrupted&) {
      _exit(130);
    } catch (...) {
      _exit(1);
    }
    _exit(0);
  }
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (!is_building(copy.cache()) && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return child;
}

TEST(RtlBuild, ThatFailsNamesTheToolAndLeavesNothing) {
  const RtlCopy copy;
  copy.replace("rtl/core/basin_round.sv", "endmodule", "endmodul");
  try {
    build_rtl(prepare_rtl_build(tiny, copy.options()));
    FAIL() << "built";
  } catch (const ToolError& error) {
    EXPECT_EQ(error.tool(), "verilator");
    ASSERT_FALSE(error.last_lines().empty());
  }
  EXPECT_EQ(entries(copy.cache()), std::vector<std::string>{});
}

TEST(RtlBuild, ThatIsInterruptedEndsWith130AndLeavesNothing) {
  const RtlCopy copy;
  const pid_t child = builder(copy);
  kill(child, SIGINT);
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 130);
  EXPECT_EQ(entries(copy.cache()), std::vector<std::string>{});
}

TEST(RtlBuild, CleansUpAfterOneThatWasKilled) {
  const RtlCopy copy;
  const pid_t child = builder(copy);
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  EXPECT_TRUE(is_building(copy.cache()));
  const RtlBuild build = prepare_rtl_build(tiny, copy.options());
  build_rtl(build);
  EXPECT_EQ(entries(copy.cache()), std::vector<std::string>{build.key});
}

TEST(RtlBuild, TakesAFolderOfAnyName) {
  const RtlCopy copy;
  RtlBuildOptions options = copy.options();
  options.cache = copy.root() / "a b'$(touch hacked)`touch hacked`;";
  const RtlBuild build = prepare_rtl_build(tiny, options);
  EXPECT_TRUE(fs::exists(build_rtl(build)));
  EXPECT_EQ(entries(options.cache), std::vector<std::string>{build.key});
}

TEST(RtlBuild, HappensOnceWhenManyAskAtOnce) {
  const RtlCopy copy;
  std::atomic<int> built{0};
  RtlBuildOptions options = copy.options();
  options.notice = [&](const std::string&) { ++built; };
  const RtlBuild build = prepare_rtl_build(tiny, options);
  std::vector<std::thread> threads;
  for (int k = 0; k < 4; ++k) threads.emplace_back([&] { build_rtl(build); });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(built, 1);
  EXPECT_EQ(entries(copy.cache()), std::vector<std::string>{build.key});
}

TEST(RtlBuild, IsRepeatedWhenTheCacheEntryIsDamaged) {
  const RtlCopy copy;
  int built = 0;
  RtlBuildOptions options = copy.options();
  options.notice = [&](const std::string&) { ++built; };
  const fs::path entry = copy.cache() / prepare_rtl_build(tiny, options).key;
  fs::create_directories(entry);
  std::ofstream(entry / "basin_core.so", std::ios::binary) << "no object";
  EXPECT_NE(load_rtl_model(tiny, options), nullptr);
  EXPECT_EQ(built, 1);
}

TEST(RtlBuild, IsNamedByEverythingThatMakesIt) {
  const RtlCopy copy;
  const RtlBuild build = prepare_rtl_build(tiny, copy.options());
  EXPECT_EQ(prepare_rtl_build(tiny, copy.options()).key, build.key);
  EXPECT_NE(prepare_rtl_build(sized(tiny, 3, 1), copy.options()).config_id, build.config_id);
  RtlBuildOptions other = copy.options();
  other.optimise = true;
  EXPECT_EQ(prepare_rtl_build(tiny, other).config_id, build.config_id);
  EXPECT_NE(prepare_rtl_build(tiny, other).key, build.key);
  copy.replace("rtl/core/basin_round.sv", "endmodule\n", "endmodule\n\n");
  EXPECT_NE(prepare_rtl_build(tiny, copy.options()).config_id, build.config_id);
}

TEST(RtlBuild, SaysHowToInstallVerilatorWhenItIsMissing) {
  const RtlCopy copy;
  const std::string path = std::getenv("PATH");
  setenv("PATH", "/nowhere", 1);
  try {
    prepare_rtl_build(tiny, copy.options());
    ADD_FAILURE() << "found a tool";
  } catch (const ToolError& error) {
    EXPECT_EQ(error.tool(), "verilator");
    EXPECT_EQ(error.hint(), "install it: apt-get install verilator");
  }
  setenv("PATH", path.c_str(), 1);
}

std::string thrown_by(const std::function<void()>& action) {
  try {
    action();
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "";
}

TEST(Identity, ThatDiffersIsAnError) {
  const RtlBuild build = prepare_rtl_build(small, {});
  const fs::path object = build_rtl(build);
  Random random(5, Stream::test, 0);
  FixedNetwork network = draw_network(small, 2, Drive::extreme, random);
  network.weights[3] = 5;

  const auto other = std::make_shared<const RtlModel>(object, small, build.config_id ^ 1U);
  EXPECT_EQ(thrown_by([&] { make_verilator_engine(network, other); }).substr(0, 25), "the RTL reports CONFIG_ID");

  const auto engine = make_verilator_engine(network, std::make_shared<const RtlModel>(object, small, build.config_id));
  engine->send(std::vector<std::uint32_t>{protocol::header(protocol::kind_weights, 1, 2), 0, 6});
  engine->set_biases(network.biases);
  EXPECT_EQ(thrown_by([&] { engine->load(std::vector<std::int32_t>{0, 0}); }).substr(0, 26), "the RTL reports NETWORK_ID");
}

TEST(Identity, LoadErrorOfTheCoreIsAnError) {
  Random random(6, Stream::test, 0);
  const FixedNetwork network = draw_network(small, 2, Drive::extreme, random);
  const auto engine = make_verilator_engine(network, load_rtl_model(small));
  engine->send(std::vector<std::uint32_t>{protocol::header(protocol::kind_states, 1, 2), 0, 0});
  EXPECT_EQ(thrown_by([&] { engine->load(std::vector<std::int32_t>{0, 0}); }), "the RTL reports a load error");
}

}  // namespace
}  // namespace basin::cosim
