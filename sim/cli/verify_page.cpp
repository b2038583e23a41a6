#include "sim/cli/verify_page.hpp"

#include <fmt/format.h>

#include <set>

#include "models/design/error.hpp"
#include "sim/io/file.hpp"
#include "sim/report/page.hpp"
#include "sim/report/text.hpp"
#include "sim/toolchain/tools.hpp"

namespace basin::cli {
namespace {

constexpr std::uint64_t longest_design = 64U << 10U;
constexpr std::uint64_t longest_results = std::uint64_t{64} << 20U;

/// The content of a file that may be missing or too long for the page: then "".
std::string content_or_nothing(const std::filesystem::path& file, std::uint64_t most) {
  try {
    return read_file(file, most);
  } catch (const InputError&) {
    return "";
  }
}

std::string command_of(const Context& context, const std::filesystem::path& asked, const Verification& found) {
  std::string command = "scripts/basin verify";
  if (!asked.empty()) command += " " + report::shell_word(asked.string());
  std::string engines;
  for (const EngineReport& engine : found.engines) engines += (engines.empty() ? "" : ",") + engine.name;
  command += " --engines " + report::shell_word(engines);
  for (const std::string& set : context.options().set) command += " --set " + report::shell_word(set);
  if (context.options().seed) command += fmt::format(" --seed {}", *context.options().seed);
  return command;
}

/// The tools that make an engine's core.
std::vector<std::string> tools_of(const std::string& engine) {
  if (engine == "verilator" || engine == "systemc") return {"verilator"};
  if (engine == "icarus" || engine == "gate-icarus") return {"yosys", "iverilog"};
  if (engine == "gate") return {"yosys", "verilator"};
  return {};
}

std::vector<std::pair<std::string, std::string>> versions_of(const Verification& found) {
  std::set<std::string> used;
  for (const EngineReport& engine : found.engines) {
    for (const std::string& tool : tools_of(engine.name)) used.insert(tool);
  }
  std::vector<std::pair<std::string, std::string>> versions{{"basin", BASIN_VERSION}};
  for (const Tool& tool : all_tools()) {
    if (!used.contains(tool.name)) continue;
    if (locate_tool(tool)) versions.emplace_back(tool.name, find_tool(tool.name).version);
  }
  return versions;
}

report::SynthesisSummary summary_of(const Json& one) {
  report::SynthesisSummary summary;
  summary.target = one.at("target").get<std::string>();
  summary.luts = one.at("luts").get<std::uint64_t>();
  summary.flip_flops = one.at("ffs").get<std::uint64_t>();
  summary.block_rams = one.at("brams").get<std::uint64_t>();
  summary.dsps = one.at("dsps").get<std::uint64_t>();
  summary.median_mhz = one.at("fmax_mhz").at("median").get<double>();
  summary.worst_mhz = one.at("fmax_mhz").at("worst").get<double>();
  summary.icetime_mhz = one.at("icetime_mhz").get<double>();
  if (one.at("recall_us").is_number()) summary.recall_us = one.at("recall_us").get<double>();
  return summary;
}

/// Nothing when there is no synth result, it is of other hardware, or it is not as this version writes it.
std::vector<report::SynthesisSummary> synthesis_in(const std::filesystem::path& folder, std::uint32_t hardware_id) {
  std::vector<report::SynthesisSummary> all;
  const Json document = Json::parse(content_or_nothing(folder / "results.json", longest_results), nullptr, false);
  try {
    if (!document.is_object() || document.at("verb") != "synth" || document.at("hardware").at("id") != hex_id(hardware_id))
      return all;
    const Json& synthesis = document.at("synthesis");
    if (synthesis.is_object()) return {summary_of(synthesis)};
    for (const Json& one : synthesis) all.push_back(summary_of(one));
  } catch (const Json::exception&) {
    all.clear();
  }
  return all;
}

}  // namespace

std::string verification_page(const Context& context, const Design& design, const std::filesystem::path& asked,
                              const Verification& found, const std::optional<CueWave>& wave,
                              const std::filesystem::path& folder) {
  report::Origin origin;
  origin.command = command_of(context, asked, found);
  if (wave) {
    origin.command += fmt::format(" --wave {}", wave->cue);
    origin.files = {{fmt::format("waveform of cue {}", wave->cue), wave->file}, {"its view in GTKWave", wave->view}};
    if (!wave->internals.empty()) {
      origin.command += " --internals";
      origin.files.emplace_back("the core inside", wave->internals);
    }
  }
  origin.design_text = content_or_nothing(design.file, longest_design);
  origin.versions = versions_of(found);
  origin.synthesis = synthesis_in(folder, found.hardware_id);
  return report::report_page(design, found, origin);
}

}  // namespace basin::cli
