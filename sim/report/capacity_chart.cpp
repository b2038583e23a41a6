#include "sim/report/capacity_chart.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "models/design/rule_names.hpp"
#include "sim/report/curves.hpp"

namespace basin::report {
namespace {

constexpr double normal = 1.96;   // of a 95 % band
constexpr const char* load_label = "load α = M/N";

/// Whether an attribute takes more than one value in the campaign.
template <class Attribute>
bool varies(const Campaign& campaign, const Attribute& attribute) {
  const auto& first = campaign.cells.front().cell;
  return std::ranges::any_of(campaign.cells, [&](const CellResult& result) { return attribute(result.cell) != attribute(first); });
}

/// The results of each curve, in the order of the campaign.
std::vector<std::vector<const CellResult*>> curves_of(const Campaign& campaign) {
  std::vector<std::vector<const CellResult*>> curves;
  for (const CellResult& result : campaign.cells) {
    const auto curve = std::ranges::find_if(curves, [&](const auto& c) { return c.front()->cell.same_curve(result.cell); });
    if (curve == curves.end()) {
      curves.push_back({&result});
    } else {
      curve->push_back(&result);
    }
  }
  return curves;
}

Panel bits_panel(const Campaign& campaign) {
  Panel panel{"Fewest weight bits with which every memory is stored", load_label, "weight bits", {}, {}};
  std::size_t colour = 0;
  for (const auto& results : curves_of(campaign)) {
    Curve curve{curve_name(campaign, results.front()->cell), colour++, false, {}, {}, {}, {}};
    for (const CellResult* result : results) {
      if (result->bits.stored < result->trials.size()) continue;   // in some trial no number of bits does
      curve.x.push_back(result->cell.load());
      curve.y.push_back(result->bits.middle);
      curve.low.push_back(result->bits.least);
      curve.high.push_back(result->bits.most);
    }
    panel.curves.push_back(std::move(curve));
  }
  return panel;
}

std::string theory_name(const TheoryCurve& curve, bool gains) {
  std::string name = curve.theory.name;
  if (curve.theory.of_size) name += fmt::format(", N = {}", curve.cell.neurons);
  if (curve.theory.of_gain && gains) name += fmt::format(", gain {:g}", curve.cell.gain);
  return name;
}

bool has_curve(const Panel& panel, const std::string& name) {
  return std::ranges::any_of(panel.curves, [&](const Curve& curve) { return curve.name == name; });
}

}  // namespace

std::string curve_name(const Campaign& campaign, const Cell& cell) {
  std::vector<std::string> parts;
  const auto add = [&](bool wanted, std::string text) {
    if (wanted) parts.push_back(std::move(text));
  };
  const bool rules = varies(campaign, [](const Cell& c) { return c.rule; });
  const bool engines = varies(campaign, [](const Cell& c) { return c.engine; });
  add(rules, to_string(cell.rule));
  add(!rules || varies(campaign, [](const Cell& c) { return c.neurons; }), fmt::format("N = {}", cell.neurons));
  add(varies(campaign, [](const Cell& c) { return c.gain; }), fmt::format("gain {:g}", cell.gain));
  add(varies(campaign, [](const Cell& c) { return c.flip; }), fmt::format("flips {:g}", cell.flip));
  add(engines, cell.engine);
  add(cell.weight_bits.has_value(), fmt::format("{} bits", cell.weight_bits.value_or(0)));
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::string capacity_chart(const std::string& title, const Campaign& campaign) {
  if (campaign.search) {
    const Panel panel = bits_panel(campaign);
    return curves_svg(title, std::span(&panel, 1));
  }
  Panel panels[2] = {{"Mean overlap of recall and memory", load_label, "overlap m", {}, {}},
                     {"Share of memories recalled", load_label, "share recalled", {}, {}}};
  std::size_t colour = 0;
  std::vector<std::size_t> theory_colours(campaign.theories.size(), 0);
  for (const auto& results : curves_of(campaign)) {
    const Cell& cell = results.front()->cell;
    Curve overlap{curve_name(campaign, cell), colour, false, {}, {}, {}, {}};
    Curve recalled = overlap;
    Curve cover{"Cover, N = " + std::to_string(cell.neurons), colour, true, {}, {}, {}, {}};
    for (const CellResult* result : results) {
      for (Curve* curve : {&overlap, &recalled}) curve->x.push_back(result->cell.load());
      overlap.y.push_back(result->overlap.value);
      overlap.low.push_back(result->overlap.value - normal * result->overlap.error);
      overlap.high.push_back(std::min(1.0, result->overlap.value + normal * result->overlap.error));
      recalled.y.push_back(result->recalled.value);
      recalled.low.push_back(result->recalled.low);
      recalled.high.push_back(result->recalled.high);
      if (!result->theory.separable) continue;
      cover.x.push_back(result->cell.load());
      cover.y.push_back(*result->theory.separable);
    }
    panels[0].curves.push_back(std::move(overlap));
    panels[1].curves.push_back(std::move(recalled));
    if (!cover.x.empty() && !has_curve(panels[1], cover.name)) panels[1].curves.push_back(std::move(cover));
    for (std::size_t t = 0; t < campaign.theories.size(); ++t) {
      const Cell& of = campaign.theories[t].cell;
      if (of.same_curve(cell)) theory_colours[t] = colour;
    }
    ++colour;
  }
  const bool gains = varies(campaign, [](const Cell& c) { return c.gain; });
  for (std::size_t t = 0; t < campaign.theories.size(); ++t) {
    const TheoryCurve& curve = campaign.theories[t];
    const std::string name = theory_name(curve, gains);
    if (!curve.loads.empty()) {
      panels[0].curves.push_back({name, theory_colours[t], true, curve.loads, curve.overlaps, {}, {}});
    }
    const double load = *curve.theory.critical_load;
    const Mark mark{load, fmt::format("{}: α_c = {:.4f}", name, load), theory_colours[t]};
    for (Panel& panel : panels) panel.marks.push_back(mark);
  }
  return curves_svg(title, panels);
}

}  // namespace basin::report
