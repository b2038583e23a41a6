#include "sim/synth/place.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>
#include <utility>

#include "sim/toolchain/rtl_sources.hpp"
#include "sim/reference/parallel.hpp"
#include "sim/netlist/stage.hpp"
#include "sim/toolchain/process.hpp"
#include "sim/toolchain/tool_error.hpp"
#include "sim/toolchain/tools.hpp"

namespace basin {
namespace {

namespace fs = std::filesystem;
constexpr double timeout_s = 1800;

/// What a reader calls nextpnr's cell types; the rest keep their names.
std::string resource_name(const std::string& cell) {
  if (cell == "ICESTORM_LC") return "logic cells";
  if (cell == "ICESTORM_RAM") return "block RAMs";
  if (cell == "ICESTORM_DSP") return "DSP blocks";
  if (cell == "ICESTORM_SPRAM") return "single-port RAMs";
  if (cell == "SB_IO") return "pins";
  if (cell == "SB_GB") return "global nets";
  return cell;
}

std::string stem(int seed) { return "seed-" + std::to_string(seed); }

/// nextpnr writes under other names first: seed-N.json and seed-N.asc exist only whole.
void place_one(const fs::path& folder, const Target& target, const fs::path& nextpnr, int seed) {
  const std::string name = stem(seed);
  ProcessOptions options;
  options.arguments = {nextpnr.string()};
  options.arguments.insert(options.arguments.end(), target.device.begin(), target.device.end());
  for (const std::string& argument :
       {std::string("--json"), std::string("netlist.json"), std::string("--pcf"), std::string("basin_top.pcf"),
        std::string("--seed"), std::to_string(seed), std::string("--timing-allow-fail"), std::string("--report"),
        name + ".json.part", std::string("--asc"), name + ".asc.part"}) {
    options.arguments.push_back(argument);
  }
  options.folder = folder;
  options.timeout_s = timeout_s;
  options.log = folder / (name + ".log");
  const ProcessResult result = run_process(options);
  if (!result.ok()) {
    const std::vector<Usage> over = exceeded(read_file(options.log));
    if (!over.empty()) throw DoesNotFit(over.front());
    throw ToolError("nextpnr", result.timed_out ? "gave up after " + std::to_string(int(timeout_s)) + " s" : "failed",
                    result.last_lines, "the whole log is " + options.log.string());
  }
  fs::rename(folder / (name + ".json.part"), folder / (name + ".json"));
  fs::rename(folder / (name + ".asc.part"), folder / (name + ".asc"));
}

}  // namespace

DoesNotFit::DoesNotFit(Usage usage)
    : std::runtime_error("too many " + usage.resource), usage_(std::move(usage)) {}

Placement parse_report(const std::string& report_json, int seed) {
  const auto report = nlohmann::json::parse(report_json, nullptr, false);
  if (!report.is_object() || !report.contains("fmax") || report["fmax"].empty() || !report.contains("utilization")) {
    throw ToolError("nextpnr", "its report for seed " + std::to_string(seed) + " names no clock or no utilisation");
  }
  Placement placement{seed, 0.0, {}};
  for (const auto& clock : report["fmax"]) {
    const double achieved = clock.at("achieved").get<double>();
    placement.fmax_mhz = placement.fmax_mhz == 0.0 ? achieved : std::min(placement.fmax_mhz, achieved);
  }
  for (const auto& [cell, count] : report["utilization"].items()) {
    placement.usage.push_back({resource_name(cell), count.at("used").get<int>(), count.at("available").get<int>()});
  }
  return placement;
}

std::vector<Usage> exceeded(const std::string& nextpnr_log) {
  static const std::regex row(R"(^Info:\s+(\w+):\s*(\d+)/\s*(\d+)\s+\d+%)");
  std::vector<Usage> over;
  std::istringstream lines(nextpnr_log);
  std::smatch match;
  for (std::string line; std::getline(lines, line);) {
    if (!std::regex_search(line, match, row)) continue;
    const Usage usage{resource_name(match[1]), std::stoi(match[2]), std::stoi(match[3])};
    if (usage.used > usage.available) over.push_back(usage);
  }
  return over;
}

std::vector<Placement> place_seeds(const fs::path& folder, const Target& target, int seeds, int jobs,
                                   const std::string& inputs_hash, const std::function<void(std::size_t)>& progress) {
  const fs::path nextpnr = tool_path("nextpnr");
  const auto place = [&](std::size_t item, std::size_t) {
    const int seed = static_cast<int>(item) + 1;
    if (is_fresh(folder, stem(seed), inputs_hash)) return;
    place_one(folder, target, nextpnr, seed);
    mark_fresh(folder, stem(seed), inputs_hash);
  };
  for_each_parallel(static_cast<std::size_t>(seeds), jobs, place, progress);
  std::vector<Placement> placements;
  for (int seed = 1; seed <= seeds; ++seed) placements.push_back(parse_report(read_file(folder / (stem(seed) + ".json")), seed));
  return placements;
}

}  // namespace basin
