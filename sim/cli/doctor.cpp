#include <CLI/CLI.hpp>
#include <memory>

#include "sim/cli/verb.hpp"
#include "sim/toolchain/tools.hpp"

namespace basin::cli {
namespace {

struct Finding {
  const Tool* tool = nullptr;
  std::optional<std::filesystem::path> path;
  std::string version;
};

/// Without these nothing works; the others are needed by one verb each.
bool is_vital(const Tool& tool) { return tool.needed_by.starts_with("verify"); }

std::vector<Finding> examine(Progress& progress) {
  std::vector<Finding> findings;
  const auto tools = all_tools();
  for (const Tool& tool : tools) {
    progress.update("asking " + tool.name, findings.size(), tools.size());
    Finding finding{&tool, locate_tool(tool), {}};
    if (finding.path) finding.version = tool_version(tool, *finding.path);
    findings.push_back(std::move(finding));
  }
  progress.clear();
  return findings;
}

Json tools_of(const std::vector<Finding>& findings) {
  Json tools = Json::array();
  for (const Finding& finding : findings) {
    Json tool{{"name", finding.tool->name}, {"found", finding.path.has_value()}, {"needed_by", finding.tool->needed_by}};
    if (finding.path) tool["path"] = finding.path->string();
    if (finding.path) tool["version"] = finding.version.empty() ? Json(nullptr) : Json(finding.version);
    if (!finding.path) tool["install"] = finding.tool->install;
    tools.push_back(std::move(tool));
  }
  return tools;
}

void print(Terminal& terminal, const std::vector<Finding>& findings) {
  Table table{{{"tool", Align::left}, {"version", Align::left}, {"needed by", Align::left}}, {}};
  for (const Finding& finding : findings) {
    const Cell version = !finding.path ? Cell("missing", is_vital(*finding.tool) ? Tone::bad : Tone::warn)
                         : finding.version.empty() ? Cell("unknown", Tone::warn) : Cell(finding.version);
    table.rows.push_back({finding.tool->name, version, finding.tool->needed_by});
  }
  terminal.heading("Tools");
  terminal.table(table);
  terminal.heading("Where they are");
  for (const Finding& finding : findings) {
    terminal.field(finding.tool->name, finding.path ? Cell(finding.path->string())
                                                    : Cell("missing: " + finding.tool->install, Tone::warn));
  }
  terminal.heading("Folders");
  terminal.field("sources", source_root().string());
  terminal.field("cache", cache_root().string());
  terminal.field("wheels", venv_root().string());
}

int examine_all(Context& context) {
  const std::vector<Finding> findings = examine(context.progress());
  bool vital = true;
  for (const Finding& finding : findings) vital = vital && (finding.path || !is_vital(*finding.tool));
  print(context.terminal(), findings);
  Json document = context.head(vital ? "pass" : "fail");
  document["tools"] = tools_of(findings);
  document["folders"] = Json{{"sources", source_root().string()}, {"cache", cache_root().string()},
                             {"wheels", venv_root().string()}};
  context.publish(context.folder("doctor"), std::move(document));
  return vital ? 0 : 3;
}

}  // namespace

Action declare_doctor(CLI::App&) { return examine_all; }

}  // namespace basin::cli
