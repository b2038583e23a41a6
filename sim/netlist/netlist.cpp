#include "sim/netlist/netlist.hpp"

#include <nlohmann/json.hpp>
#include <sstream>

#include "sim/toolchain/rtl_sources.hpp"
#include "sim/toolchain/process.hpp"
#include "sim/toolchain/tool_error.hpp"
#include "sim/toolchain/tools.hpp"

namespace basin {
namespace {

constexpr double timeout_s = 1800;

void run_yosys(const std::filesystem::path& folder) {
  ProcessOptions options;
  options.arguments = {tool_path("yosys").string(), "-q", "-s", "synth.ys"};
  options.folder = folder;
  options.timeout_s = timeout_s;
  options.log = folder / "yosys.log";
  run_tool("yosys", options);
}

}  // namespace

CellCounts parse_cell_counts(const std::string& stat_json) {
  const auto stat = nlohmann::json::parse(stat_json, nullptr, false);
  if (!stat.is_object() || !stat.contains("design")) throw ToolError("yosys", "its statistics name no design");
  CellCounts counts;
  const nlohmann::json cells = stat["design"].value("num_cells_by_type", nlohmann::json::object());
  for (const auto& [cell, number] : cells.items()) {
    const int n = number.get<int>();
    if (cell == "SB_LUT4") counts.luts += n;
    if (cell == "SB_CARRY") counts.carries += n;
    if (cell.starts_with("SB_DFF")) counts.flip_flops += n;
    if (cell.starts_with("SB_RAM40_4K")) counts.block_rams += n;
    if (cell == "SB_MAC16") counts.dsps += n;
    if (cell == "SB_SPRAM256KA") counts.single_port_rams += n;
  }
  return counts;
}

std::string driver_conflict(const std::string& yosys_log) {
  std::istringstream lines(yosys_log);
  for (std::string line; std::getline(lines, line);) {
    if (line.find("river-driver conflict") != std::string::npos) return line;
    if (line.find("multiple conflicting drivers") != std::string::npos) return line;
  }
  return {};
}

void make_netlist(const std::filesystem::path& folder) {
  run_yosys(folder);
  if (const std::string conflict = driver_conflict(read_file(folder / "yosys.log")); !conflict.empty()) {
    throw ToolError("yosys", "a net has two drivers, so the netlist is not the circuit", {conflict});
  }
}

}  // namespace basin
