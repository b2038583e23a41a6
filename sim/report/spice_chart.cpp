#include "sim/report/spice_chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/report/curves.hpp"
#include "sim/report/waveform.hpp"

namespace basin::report {
namespace {

constexpr std::size_t most_nodes = 4;

/// The neuron of the largest difference, then those whose u moves most.
std::vector<Index> chosen_neurons(const ComparedCue& cue) {
  std::vector<Index> order = most_moving(cue.u, static_cast<std::size_t>(cue.u.cols()));
  const auto worst = std::ranges::find(order, cue.neuron);
  std::rotate(order.begin(), worst, worst + 1);
  order.resize(std::min(order.size(), most_nodes));
  return order;
}

/// About so many of the values, evenly.
std::vector<double> thinned(const std::vector<double>& values) {
  constexpr std::size_t dots = 80;
  const std::size_t stride = std::max<std::size_t>(1, values.size() / dots);
  std::vector<double> some;
  for (std::size_t k = 0; k < values.size(); k += stride) some.push_back(values[k]);
  return some;
}

Panel overlay(const ComparedCue& cue, const char* quantity, const Matrix& reference, const Matrix& spice) {
  const TimeUnit unit = time_unit(cue.t_end);
  std::vector<double> x = cue.times;
  for (double& t : x) t *= unit.scale;
  Panel panel{fmt::format("{} of cue {}", quantity, cue.cue), "t / " + unit.name, std::string(quantity) + " / V", {}, {}};
  std::size_t colour = 0;
  for (const Index i : chosen_neurons(cue)) {
    Curve line{fmt::format("{}{} reference", quantity, i), colour, false, x, column(reference, i), {}, {}};
    line.dots = false;
    Curve points{fmt::format("{}{} ngspice", quantity, i), colour, false, thinned(x), thinned(column(spice, i)), {}, {}};
    points.joined = false;
    panel.curves.push_back(std::move(line));
    panel.curves.push_back(std::move(points));
    ++colour;
  }
  return panel;
}

Panel difference(const ComparedCue& cue, double u_scale, double v_scale) {
  const TimeUnit unit = time_unit(cue.t_end);
  const bool small = cue.difference <= max_spice_difference;
  const double parts = small ? 1e6 : 1.0;
  Panel panel{"Largest difference over all neurons", "t / " + unit.name, small ? "10⁻⁶ of full scale" : "of full scale", {}, {}};
  Curve u{"u", 0, false, {}, {}, {}, {}}, v{"V", 1, false, {}, {}, {}, {}};
  for (Index k = 0; k < cue.u.rows(); ++k) {
    const double t = cue.times[static_cast<std::size_t>(k)] * unit.scale;
    for (Curve* curve : {&u, &v}) curve->x.push_back(t);
    u.y.push_back(parts * (cue.u.row(k) - cue.u_spice.row(k)).cwiseAbs().maxCoeff() / u_scale);
    v.y.push_back(parts * (cue.v.row(k) - cue.v_spice.row(k)).cwiseAbs().maxCoeff() / v_scale);
  }
  u.dots = v.dots = false;
  panel.curves = {u, v};
  return panel;
}

}  // namespace

std::string spice_chart(const std::string& title, const Comparison& comparison) {
  const ComparedCue& cue = comparison.cues[comparison.worst];
  const std::vector<Panel> panels{overlay(cue, "u", cue.u, cue.u_spice), overlay(cue, "V", cue.v, cue.v_spice),
                                  difference(cue, cue.u_scale, comparison.physical.parts.network.swing)};
  return curves_svg(title + ": ngspice and the reference", panels);
}

}  // namespace basin::report
