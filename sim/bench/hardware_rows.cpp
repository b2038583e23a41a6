#include "sim/bench/hardware_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <span>
#include <stdexcept>

#include "sim/bench/hardware_case.hpp"
#include "sim/icarus/icarus_engine.hpp"
#include "sim/systemc/systemc_engine.hpp"
#include "sim/verilator/verilator_engine.hpp"

namespace basin::bench {
namespace {

/// Work done and the CPU time it took.
struct Spent {
  double seconds = 0.0;
  std::uint64_t steps = 0, cycles = 0;

  [[nodiscard]] double per_step() const { return seconds / static_cast<double>(steps); }
  [[nodiscard]] double per_cycle() const { return seconds / static_cast<double>(cycles); }
};

/// `work` a second, at the least of `times` for it.
std::string rate(double work, const std::vector<double>& times) {
  return fmt::format("{:.3g}", work / *std::min_element(times.begin(), times.end()));
}

void require_equal(std::span<const std::int32_t> a, std::span<const std::int32_t> b, const std::string& who) {
  if (!std::ranges::equal(a, b)) throw std::runtime_error(who + " differs in a state");
}

/// The steps of recalls on one engine, their ends compared with golden's; at most `most_steps` of each when it is not 0.
Spent run_engine(Engine& engine, const HardwareCase& work, const std::vector<RawRecall>& expected, std::size_t cues,
                 std::int64_t most_steps = 0) {
  Spent spent;
  for (std::size_t c = 0; c < cues; ++c) {
    engine.load(work.cues[c].state);
    const CpuTimer timer;
    std::int64_t step = 0;
    do {
      spent.cycles += engine.step();
      ++spent.steps;
      ++step;
    } while (!engine.settled() && step != most_steps && step != work.network.step_limit);
    spent.seconds += timer.seconds();
    const auto state = engine.state();
    if (most_steps == 0) require_equal(state, expected[c].state, engine.name());
  }
  return spent;
}

HardwareRow golden_row(bool quick) {
  const HardwareCase work = hardware_case(64, 8, quick ? 512 : 4096);
  const BatchModel model(work.network);
  const auto engine = make_verilator_engine(work.network);
  HardwareRow row{"golden vs verilator", "s a step of a recall", {}, {}, "verilator", {}};
  Spent batch, core;
  for (int repeat = 0; repeat < (quick ? 3 : 7); ++repeat) {
    const CpuTimer timer;
    const std::vector<RawRecall> recalls = model.recall(work.cues);
    batch = {timer.seconds(), 0, 0};
    for (const RawRecall& recall : recalls) batch.steps += static_cast<std::uint64_t>(recall.steps);
    core = run_engine(*engine, work, recalls, quick ? 16 : 64);
    row.basin.push_back(batch.per_step());
    row.rival.push_back(core.per_step());
  }
  row.detail["work"] = fmt::format("N=64 P=8: {} recalls of {} steps on golden, the first {} steps of them on the core",
                                   work.cues.size(), batch.steps, core.steps);
  row.detail["multiply-adds a second of golden"] = rate(64.0 * 64.0, row.basin);
  row.detail["cycles a second of the core"] = rate(static_cast<double>(core.cycles) / static_cast<double>(core.steps), row.rival);
  return row;
}

/// The golden model by events against another of its forms, on the same cues.
HardwareRow forms_row(const char* name, int neurons, int cues, BatchForm other) {
  const HardwareCase work = hardware_case(neurons, 8, cues);
  const BatchModel model(work.network);
  HardwareRow row{name, "s a step of a recall", {}, {}, other == BatchForm::block ? "block" : "simple", {}};
  const auto timed = [&](BatchForm form, std::vector<double>& times) {
    Spent spent;
    const CpuTimer timer;
    const std::vector<RawRecall> recalls = model.recall(work.cues, {}, form);
    spent.seconds = timer.seconds();
    for (const RawRecall& recall : recalls) spent.steps += static_cast<std::uint64_t>(recall.steps);
    times.push_back(spent.per_step());
    return recalls;
  };
  for (int repeat = 0; repeat < 5; ++repeat) {
    const auto ours = timed(BatchForm::event, row.basin);
    const auto theirs = timed(other, row.rival);
    for (std::size_t c = 0; c < ours.size(); ++c) require_equal(ours[c].state, theirs[c].state, name);
  }
  row.detail["work"] = fmt::format("N={}: {} cues", neurons, cues);
  return row;
}

/// Both engines make the first steps of the same recalls; times are of a clock cycle of the core.
HardwareRow engine_row(HardwareRow row, const HardwareCase& work, Engine& basin, Engine& rival, std::int64_t basin_steps,
                       std::int64_t rival_steps, int repeats) {
  const std::size_t cues = 1;
  Spent ours, theirs;
  for (int repeat = 0; repeat < repeats; ++repeat) {
    ours = run_engine(basin, work, {}, cues, basin_steps);
    theirs = run_engine(rival, work, {}, cues, rival_steps);
    row.basin.push_back(ours.per_cycle());
    row.rival.push_back(theirs.per_cycle());
  }
  run_engine(basin, work, {}, cues, rival_steps);
  require_equal(basin.state(), rival.state(), rival.name());
  row.unit = "s a clock cycle";
  const CoreConfig& core = work.network.core;
  row.detail["work"] = fmt::format("{} neurons on a core of N={} P={}: {} cycles on {}, {} on {}", work.network.neurons,
                                   core.neurons, core.lanes, ours.cycles, basin.name(), theirs.cycles, rival.name());
  row.detail["cycles a second of " + basin.name()] = rate(1.0, row.basin);
  row.detail["cycles a second of " + rival.name()] = rate(1.0, row.rival);
  return row;
}

/// One recall of `steps` steps at most.
HardwareCase endless_case(int neurons, int lanes, std::int64_t steps) {
  HardwareCase work = hardware_case(neurons, lanes, 1);
  work.network.step_limit = steps;
  return work;
}

/// A network of 64 neurons on a core of `neurons`: every lane works, and Icarus is through with loading in a minute.
HardwareRow icarus_row(const char* name, int neurons, int lanes, bool quick) {
  HardwareCase work = endless_case(64, 8, 4096);
  work.network.core.neurons = neurons;
  work.network.core.lanes = lanes;
  const auto basin = make_verilator_engine(work.network);
  const auto rival = make_icarus_engine(work.network);
  HardwareRow row{name, "", {}, {}, "icarus", {}};
  return engine_row(row, work, *basin, *rival, 400, quick ? 5 : 40, quick ? 2 : 4);
}

HardwareRow systemc_row(const char* name, int neurons, int lanes, bool quick) {
  const HardwareCase work = endless_case(neurons, lanes, 4096);
  const auto plain = make_verilator_engine(work.network);
  const auto basin = make_systemc_engine(work.network);
  HardwareRow row{name, "", {}, {}, "verilator", {}};
  row.slowdown = true;
  row.detail["value"] = "how many times slower the core is as an sc_module in its own process";
  return engine_row(row, work, *basin, *plain, 100, 100, quick ? 3 : 9);
}

HardwareBenchmark forms_benchmark(const char* name, int neurons, int cues, BatchForm other) {
  return {name, [=](bool) { return forms_row(name, neurons, cues, other); }};
}
HardwareBenchmark icarus_benchmark(const char* name, int neurons, int lanes) {
  return {name, [=](bool quick) { return icarus_row(name, neurons, lanes, quick); }};
}
HardwareBenchmark systemc_benchmark(const char* name, int neurons, int lanes) {
  return {name, [=](bool quick) { return systemc_row(name, neurons, lanes, quick); }};
}

}  // namespace

std::vector<HardwareBenchmark> hardware_benchmarks() {
  return {{"golden vs verilator", golden_row},
          forms_benchmark("golden event vs block N=64", 64, 512, BatchForm::block),
          forms_benchmark("golden event vs block N=256", 256, 128, BatchForm::block),
          forms_benchmark("golden event vs simple N=64", 64, 16, BatchForm::simple),
          forms_benchmark("golden event vs simple N=256", 256, 2, BatchForm::simple),
          icarus_benchmark("verilator vs icarus N=64", 64, 8),
          icarus_benchmark("verilator vs icarus N=256", 256, 64),
          systemc_benchmark("systemc vs verilator N=64", 64, 8),
          systemc_benchmark("systemc vs verilator N=256", 256, 64)};
}

}  // namespace basin::bench
