#include "tests/cosim/bits.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <iostream>

#include "tests/cosim/elaborations.hpp"
#include "tests/cosim/lockstep.hpp"

namespace basin::cosim {
namespace {

constexpr Drive drives[] = {Drive::lively, Drive::extreme, Drive::settling};

void print(const char* name, std::uint64_t seed, const Coverage& done, std::uint64_t latency) {
  std::printf("%-14s seed %llu: %llu neuron updates, %llu steps, %llu recalls (%llu settled, %llu to their step limit, "
              "%llu overflowed, %llu beyond their first phase), %llu cycles, latency %llu: no mismatch\n",
              name, static_cast<unsigned long long>(seed), static_cast<unsigned long long>(done.updates),
              static_cast<unsigned long long>(done.steps), static_cast<unsigned long long>(done.runs),
              static_cast<unsigned long long>(done.settled), static_cast<unsigned long long>(done.at_limit),
              static_cast<unsigned long long>(done.overflowed), static_cast<unsigned long long>(done.released),
              static_cast<unsigned long long>(done.cycles),
              static_cast<unsigned long long>(latency));
}

}  // namespace

void compare_random_networks(const char* name, const CoreConfig& core, std::uint64_t updates, std::uint64_t seed) {
  RtlBuildOptions build;
  build.notice = [](const std::string& text) { std::cout << text << std::endl; };
  const auto model = load_rtl_model(core, build);
  const MakeRtl make = [model](const FixedNetwork& network) { return make_verilator_engine(network, model); };
  compare_random_networks(name, make, core, updates, seed);
}

void compare_random_networks(const char* name, const MakeRtl& make, const CoreConfig& core, std::uint64_t updates,
                             std::uint64_t seed) {
  const std::uint64_t latency = measured_latency(make, core);
  const std::vector<int> sizes = sizes_within(core.neurons);
  Coverage coverage;
  for (std::uint32_t draw = 0; coverage.updates < updates || draw < 3 * sizes.size(); ++draw) {
    const int n = sizes[draw % sizes.size()];
    const Drive drive = drives[draw / sizes.size() % 3];
    Random random(seed, Stream::test, draw);
    const FixedNetwork network = draw_network(core, n, drive, random);
    const auto difference = compare_network(make, network, drive, 2, latency, random, coverage);
    if (difference) {
      FAIL() << name << ", seed " << seed << ", draw " << draw << ": n = " << n << ", order " << network.order << ", K = "
             << network.step_exponent << ", threshold " << network.settle_threshold << ": " << *difference;
    }
  }
  EXPECT_GT(coverage.settled, 0U);
  EXPECT_GT(coverage.at_limit, 0U);
  EXPECT_GT(coverage.overflowed, 0U);
  if (core.phases > 1) {
    EXPECT_GT(coverage.released, 0U);
  }
  print(name, seed, coverage, latency);
}

}  // namespace basin::cosim
