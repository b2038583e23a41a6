// Compiled together with a Verilated core into one shared object (sim/verilator/build.cpp); not part of any library.
#include "shim.h"

#include <array>
#include <cstdarg>
#include <cstdio>
#include <exception>
#include <stdexcept>
#include <string>
#include <vector>

#include "Vbasin_core.h"
#include "verilated.h"

namespace {

/// What the model printed since the last call into it. A model runs in one thread at a time.
std::string& printed() {
  static thread_local std::string text;
  return text;
}

}  // namespace

int basin_shim_capture(const char* format, ...) {
  std::array<char, 1024> text{};
  va_list arguments;
  va_start(arguments, format);
  const int size = std::vsnprintf(text.data(), text.size(), format, arguments);
  va_end(arguments);
  printed() += text.data();
  return size;
}

// Verilator's own versions end the process.
void vl_stop(const char* file, int line, const char*) {
  const std::string where = std::string(file) + ":" + std::to_string(line);
  throw std::runtime_error(printed().empty() ? "the RTL stopped at " + where : printed());
}
void vl_fatal(const char* file, int line, const char*, const char* message) {
  throw std::runtime_error(std::string(file) + ":" + std::to_string(line) + ": " + message);
}

/// The model, its clock and what its monitor has shown ahead of the step that was asked for.
struct BasinShim {
  VerilatedContext context;
  Vbasin_core core;
  std::uint64_t patience;         // longest wait for anything
  std::uint64_t now = 0;          // clocks so far
  std::uint64_t step_end = 0;     // when the last step's last state was shown
  std::vector<std::int32_t> ahead;
  std::string problem;

  BasinShim(std::uint64_t longest_wait, std::uint32_t seed) : core(&prepare(context, seed)), patience(longest_wait) {
    core.reg_valid_i = core.reg_write_i = core.load_valid_i = core.load_last_i = core.read_ready_i = 0;
    core.rst_ni = 0;
    clock();
    clock();
    core.rst_ni = 1;
  }
  /// The model takes itself out of the context of the thread, which may be that of a model gone before.
  ~BasinShim() {
    Verilated::threadContextp(&context);
    core.final();
  }

  static VerilatedContext& prepare(VerilatedContext& context, std::uint32_t seed) {
    context.randReset(2);
    context.randSeed(static_cast<int>(seed & 0x7fffffffU));
    return context;
  }

  /// Lets inputs set at the low clock reach the outputs, which then are what the next rising edge sees.
  void look() {
    core.clk_i = 0;
    core.eval();
  }
  void rise() {
    core.clk_i = 1;
    core.eval();
    ++now;
  }
  void clock() {
    look();
    rise();
  }
};

namespace {

template <class Action>
int guarded(BasinShim* shim, Action action) {
  printed().clear();
  try {
    action();
    return 0;
  } catch (const std::exception& error) {
    shim->problem = error.what();
  }
  return -1;
}

template <class Condition>
void advance_until(BasinShim& shim, const char* what, Condition condition) {
  for (std::uint64_t waited = 0; waited < shim.patience; ++waited) {
    shim.look();
    if (condition()) return;
    shim.rise();
  }
  throw std::runtime_error(std::string("the core does not ") + what);
}

/// Clocks through one cycle and notes the state that the monitor shows in it.
void watch(BasinShim& shim) {
  if (shim.core.monitor_valid_o) {
    const auto state = static_cast<std::int32_t>(shim.core.monitor_state_o);
    if (shim.core.monitor_index_o != shim.ahead.size()) throw std::runtime_error("the monitor shows a neuron out of turn");
    shim.ahead.push_back(state);
  }
  shim.rise();
}

void run_step(BasinShim& shim, std::int32_t* states, std::size_t count, BasinShimStep& step) {
  const std::uint64_t start = shim.step_end;
  for (std::uint64_t waited = 0; shim.ahead.size() < count; ++waited) {
    shim.look();
    if (waited == shim.patience) throw std::runtime_error("the core does not show its states");
    watch(shim);
  }
  step.cycles = shim.now - start;
  shim.step_end = shim.now;
  for (std::size_t i = 0; i < count; ++i) states[i] = shim.ahead[i];
  shim.ahead.clear();
  // Whether the run goes on is known at its end or with the first state of the next step; the flags before that state.
  for (std::uint64_t waited = 0;; ++waited) {
    shim.look();
    if (shim.core.monitor_valid_o) break;
    step.settled = shim.core.settled_o;
    step.overflow = shim.core.overflow_o;
    step.busy = shim.core.busy_o;
    if (!step.busy) break;
    if (waited == shim.patience) throw std::runtime_error("the core neither goes on nor ends");
    shim.rise();
  }
}

}  // namespace

BasinShim* basin_shim_create(uint64_t longest_wait, uint32_t seed) {
  try {
    return new BasinShim(longest_wait, seed);
  } catch (const std::exception&) {
    return nullptr;
  }
}

void basin_shim_destroy(BasinShim* shim) { delete shim; }

const char* basin_shim_problem(const BasinShim* shim) { return shim->problem.c_str(); }

int basin_shim_write_register(BasinShim* shim, uint32_t address, uint32_t data) {
  return guarded(shim, [=] {
    shim->core.reg_valid_i = 1;
    shim->core.reg_write_i = 1;
    shim->core.reg_addr_i = static_cast<CData>(address);
    shim->core.reg_wdata_i = data;
    shim->look();
    shim->step_end = shim->now;
    watch(*shim);
    shim->core.reg_valid_i = 0;
    shim->core.reg_write_i = 0;
  });
}

int basin_shim_read_register(BasinShim* shim, uint32_t address, uint32_t* data) {
  return guarded(shim, [=] {
    shim->core.reg_valid_i = 1;
    shim->core.reg_write_i = 0;
    shim->core.reg_addr_i = static_cast<CData>(address);
    shim->look();
    watch(*shim);
    shim->core.reg_valid_i = 0;
    shim->look();
    *data = shim->core.reg_rdata_o;   // comes a clock after the request and stays
  });
}

int basin_shim_load(BasinShim* shim, const uint32_t* words, size_t count, int keep_open) {
  return guarded(shim, [=] {
    for (std::size_t i = 0; i < count; ++i) {
      shim->core.load_valid_i = 1;
      shim->core.load_data_i = words[i];
      shim->core.load_last_i = i + 1 == count && keep_open == 0;
      advance_until(*shim, "take a word of a load packet", [=] { return shim->core.load_ready_o != 0; });
      shim->rise();
    }
    shim->core.load_valid_i = 0;
  });
}

int basin_shim_read(BasinShim* shim, uint32_t* words, size_t count) {
  return guarded(shim, [=] {
    for (std::size_t i = 0; i < count; ++i) {
      shim->core.read_ready_i = 1;
      advance_until(*shim, "answer a read request", [=] { return shim->core.read_valid_o != 0; });
      words[i] = shim->core.read_data_o;
      if ((shim->core.read_last_o != 0) != (i + 1 == count)) throw std::runtime_error("a read ends at the wrong word");
      shim->rise();
    }
    shim->core.read_ready_i = 0;
  });
}

int basin_shim_finish(BasinShim* shim) {
  return guarded(shim, [=] {
    advance_until(*shim, "become idle", [=] { return shim->core.busy_o == 0; });
    shim->ahead.clear();
  });
}

int basin_shim_step(BasinShim* shim, int32_t* states, size_t count, BasinShimStep* step) {
  return guarded(shim, [=] { run_step(*shim, states, count, *step); });
}
