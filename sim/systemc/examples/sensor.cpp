// A non-ideal sensor in the loop: docs/systemc.md walks through it.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <memory>
#include <random>
#include <systemc>

#include "sim/systemc/bench_run.hpp"

namespace {

/// Looks at the scene for `exposure`, then gives each pixel with an offset and noise, in steps of its converter, clipped to
/// its range. All voltages are in the unit of u.
class Sensor : public sc_core::sc_module, public basin::systemc::CueSource {
 public:
  struct Faults {
    double offset = 0.02;
    double noise = 0.05;      // standard deviation
    double step = 1.0 / 64;   // of the converter
    double range = 0.6;
    std::uint32_t seed = 1;
  };

  Sensor(const sc_core::sc_module_name&, basin::Vector scene, const Faults& faults, const sc_core::sc_time& exposure)
      : scene_(std::move(scene)), faults_(faults), exposure_(exposure) {}

  basin::Vector take() override {
    wait(exposure_);
    std::mt19937 random(faults_.seed);
    basin::Vector seen = scene_;
    for (double& pixel : seen) {
      // The sum of twelve even draws: near enough to a normal deviate, and the same with every library.
      double deviate = -6.0;
      for (int i = 0; i < 12; ++i) deviate += static_cast<double>(random()) / 4294967296.0;
      const double volts = pixel + faults_.offset + faults_.noise * deviate;
      pixel = std::clamp(std::round(volts / faults_.step) * faults_.step, -faults_.range, faults_.range);
    }
    return seen;
  }

 private:
  basin::Vector scene_;
  Faults faults_;
  sc_core::sc_time exposure_;
};

int run(int argc, char** argv) {
  basin::systemc::BenchOptions options;
  Sensor::Faults faults;
  CLI::App app{"A recall from what a non-ideal sensor sees of a cue"};
  basin::systemc::declare(app, options);
  app.add_option("--noise", faults.noise, "Standard deviation of the noise, in the unit of u");
  app.add_option("--seed", faults.seed, "Seed of the noise");
  if (const auto code = basin::systemc::parse(app, argc, argv)) return *code;
  return basin::systemc::run_bench(options, [&](const basin::Vector& scene) {
    return std::make_unique<Sensor>("sensor", scene, faults, sc_core::sc_time(5, sc_core::SC_US));
  });
}

}  // namespace

int sc_main(int argc, char** argv) {
  return basin::systemc::guarded("basin_systemc_sensor", [=] { return run(argc, argv); });
}

int main(int argc, char** argv) { return basin::systemc::simulate_main(argc, argv); }
