#include "sim/cli/solution_report.hpp"

#include <fmt/format.h>

#include <functional>

namespace basin::cli {
namespace {

constexpr Index most_variables = 16;

Json numbers(const Vector& values) {
  Json list = Json::array();
  for (const double value : values) list.push_back(number(value));
  return list;
}

std::string digits(double value) { return fmt::format("{:.7g}", value); }

/// A row: its name, the circuit's figure and, where there is one, the hardware's.
using Figure = std::function<double(const ProgramSolution&)>;
void add_row(Table& table, const std::string& name, const ProgramSolution& circuit,
             const std::optional<ProgramSolution>& hardware, const Figure& figure) {
  std::vector<Cell> row{name, digits(figure(circuit))};
  if (hardware) row.emplace_back(digits(figure(*hardware)));
  table.rows.push_back(std::move(row));
}

}  // namespace

Json solution_of(const std::optional<ProgramSolution>& solution) {
  if (!solution) return nullptr;
  Json constraints = Json::array();
  for (Index j = 0; j < solution->residual.size(); ++j) {
    constraints.push_back({{"residual", number(solution->residual[j])}, {"dual", number(solution->dual[j])}});
  }
  return {{"value", number(solution->value)}, {"state", numbers(solution->state)}, {"constraints", std::move(constraints)}};
}

void print_solution(Terminal& terminal, const Design& design, const std::optional<ProgramSolution>& circuit,
                    const std::optional<ProgramSolution>& hardware) {
  if (design.problem.kind == ProblemKind::none) return;
  terminal.heading("Solution of the linear program");
  if (!circuit) return terminal.paragraph("none: no run settled", 2, Tone::warn);
  Table table{{{"", Align::left}, {"circuit"}}, {}};
  if (hardware) table.columns.push_back({"hardware"});
  add_row(table, "cost A·x", *circuit, hardware, [](const ProgramSolution& s) { return s.value; });
  for (Index i = 0; i < std::min(circuit->state.size(), most_variables); ++i) {
    add_row(table, fmt::format("x{}", i), *circuit, hardware, [i](const ProgramSolution& s) { return s.state[i]; });
  }
  for (Index j = 0; j < std::min(circuit->residual.size(), most_variables); ++j) {
    add_row(table, fmt::format("D x - B of constraint {}", j), *circuit, hardware,
            [j](const ProgramSolution& s) { return s.residual[j]; });
    if (circuit->dual[j] == 0.0) continue;
    add_row(table, "  its dual", *circuit, hardware, [j](const ProgramSolution& s) { return s.dual[j]; });
  }
  terminal.table(table);
  if (std::max(circuit->state.size(), circuit->residual.size()) > most_variables) {
    terminal.paragraph("and more in results.json", 2, Tone::dim);
  }
}

}  // namespace basin::cli
