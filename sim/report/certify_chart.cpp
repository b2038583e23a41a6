#include "sim/report/certify_chart.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/report/curves.hpp"

namespace basin::report {
namespace {

constexpr std::size_t most_memories = 12;

/// The least s_iV_i in a box.
double least_output(const NeuronEnclosures& neurons, const Box& box) {
  double least = 1.0;
  for (std::size_t i = 0; i < box.size(); ++i) least = std::min(least, neurons.output(static_cast<Index>(i),
                                                                                      box[i]).mignitude());
  return least;
}

double widest(const Box& box) {
  double width = 0.0;
  for (const Interval& x : box) width = std::max(width, x.width());
  return width;
}

}  // namespace

std::string certify_chart(const std::string& title, const CertifiedMemories& certified) {
  const NeuronEnclosures neurons(certified.core);
  Panel outputs{"Box after box: the least sᵢVᵢ inside", "box", "sᵢVᵢ", {}, {}};
  Panel widths{"The widest interval of u, as a power of ten", "box", "log₁₀ width of u", {}, {}};
  for (std::size_t m = 0; m < certified.memories.size() && outputs.curves.size() < most_memories; ++m) {
    if (!certified.memories[m].basin) continue;
    const std::size_t colour = outputs.curves.size();
    Curve output{certified.names[m], colour, false, {}, {}, {}, {}}, width = output;
    for (std::size_t k = 0; k < certified.memories[m].basin->boxes.size(); ++k) {
      const Box& box = certified.memories[m].basin->boxes[k];
      output.x.push_back(static_cast<double>(k));
      output.y.push_back(least_output(neurons, box));
      if (!std::isfinite(widest(box))) continue;
      width.x.push_back(static_cast<double>(k));
      width.y.push_back(std::log10(widest(box)));
    }
    outputs.curves.push_back(std::move(output));
    widths.curves.push_back(std::move(width));
  }
  if (outputs.curves.empty()) return "";
  return curves_svg(title + ": boxes that end in a memory", std::vector<Panel>{outputs, widths});
}

}  // namespace basin::report
