#include "sim/systemc/bench.hpp"

#include <exception>
#include <memory>

#include "models/fixed/clocks.hpp"
#include "sim/rtl/rtl_engine.hpp"
#include "sim/systemc/port.hpp"
#include "sim/systemc/wave.hpp"
#include "sim/toolchain/interrupt.hpp"

namespace basin::systemc {

Bench::Bench(const sc_core::sc_module_name&, const BenchSetup& setup)
    : setup_(setup),
      core_("core", setup.object, sc_core::sc_time(10, sc_core::SC_NS)),
      monitor_("monitor", core_),
      readout_("hardware", setup_.network, monitor_),
      analog_("analog", setup.circuit, {setup.phases, setup.clamp}, setup.rtol, setup.atol),
      scoreboard_("scoreboard", setup.network, setup.scale, analog_.steps) {
  SC_THREAD(drive);
}

void Bench::trace(sc_core::sc_trace_file* file) const {
  core_.trace(file);
  scoreboard_.trace(file);
  trace_neurons(file, "analog", analog_.u(), analog_.v());
  trace_neurons(file, "hardware", readout_.u(), readout_.v());
}

void Bench::drive() {
  try {
    recall();
  } catch (const Interrupted&) {
    // Whoever started the simulation asks for it: no finding about the core.
  } catch (const std::exception& error) {
    SC_REPORT_ERROR("basin/core", error.what());
  }
  sc_core::sc_stop();
}

void Bench::recall() {
  auto port = std::make_unique<SignalPort>(core_, monitor_, longest_wait(setup_.network.core));
  port->reset();
  RtlEngine engine("systemc", setup_.network, setup_.config_id, std::move(port));
  const Vector u = source->take();
  HardwareStep now;
  for (const double one : u) now.state.push_back(raw_state(setup_.network, one));
  // Two steps that nobody judges tell how many clocks a step takes: that long the circuit is given for dt.
  engine.load(now.state);
  engine.step();
  time_ = {setup_.network.dt, static_cast<double>(engine.step()) * core_.clock.period()};
  engine.load(now.state);
  analog_.start(u, time_);
  scoreboard_.steps.write(now);
  do {
    throw_if_interrupted();
    engine.step();
    ++now.step;
    now.state.assign(engine.state().begin(), engine.state().end());
    now.settled = engine.settled();
    now.overflow = engine.overflow();
    scoreboard_.steps.write(now);
  } while (!engine.idle());
  while (scoreboard_.compared() <= now.step) wait(scoreboard_.done());
  analog_.stop();
  wait(time_.interval);   // a waveform shows what happens before its last moment
  settled_ = now.settled;
}

}  // namespace basin::systemc
