#include "sim/compare/default_engines.hpp"

#include <fmt/format.h>

#include <cmath>

#include "models/design/error.hpp"
#include "sim/gate/gate_engine.hpp"
#include "sim/netlist/capacity.hpp"

namespace basin {
namespace {

constexpr double usual_recall = 12;             // time constants that a recall takes
constexpr double icarus_products = 2e7;         // some ten minutes of a processor
constexpr double gate_products = 4e8;           // the Verilated gates are faster than Icarus by more than that

/// The products of weights and outputs in `cues` recalls: what every simulator's time grows with.
double products(const FixedNetwork& network, int cues) {
  const double neurons = network.core.neurons, memories = network.core.memories;
  const double a_step = memories > 0 ? memories * (2.0 * neurons + memories * network.core.core_digits()) : neurons * neurons;
  return cues * usual_recall * std::ldexp(1.0, network.step_exponent) * a_step;
}

std::string too_long(double needed, double most, int cues) {
  return fmt::format("{} take about {:.0f} million products; it is run unasked up to {:.0f} million",
                     cues == 1 ? "its recall would" : fmt::format("its {} recalls would", cues), needed / 1e6, most / 1e6);
}

std::string too_fine(const FixedNetwork& network) {
  return fmt::format("K = {}, steps of 2^-{}; the RTL is run up to K = {}", network.step_exponent, network.step_exponent,
                     finest_rtl_step);
}

}  // namespace

void require_rtl_step(const Design& design, const FixedNetwork& network, const std::vector<std::string>& names) {
  if (!design.hardware.automatic_step || network.step_exponent <= finest_rtl_step || names.size() < 2) return;
  throw InputError(Location{design.file, 0}, "hardware.step",
                   "the stability rule of the step needs " + too_fine(network) +
                       "; allowed: --engines golden, or a step of your own choice");
}

DefaultEngines default_engines(const FixedNetwork& network, int slow_cues) {
  if (network.step_exponent > finest_rtl_step) {
    DefaultEngines golden{{"golden"}, {}};
    for (const char* name : {"verilator", "systemc", "icarus", "gate"}) golden.left_out.push_back({name, too_fine(network)});
    return golden;
  }
  DefaultEngines chosen{{"golden", "verilator", "systemc"}, {}};
  const double needed = products(network, slow_cues);
  const auto add = [&](const char* name, double most, const std::string& obstacle) {
    if (!obstacle.empty()) chosen.left_out.push_back({name, obstacle});
    else if (needed > most) chosen.left_out.push_back({name, too_long(needed, most, slow_cues)});
    else chosen.names.emplace_back(name);
  };
  add("icarus", icarus_products, "");
  const Target& device = device_of(network.core);
  const auto shortage = certain_shortage(network.core, device);
  add("gate", gate_products,
      shortage ? fmt::format("the core needs {} {}, {} has {}", shortage->needed, shortage->resource, device.name,
                             shortage->available)
               : "");
  return chosen;
}

}  // namespace basin
