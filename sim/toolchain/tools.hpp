#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace basin {

/// An external tool that some part of Basin runs.
struct Tool {
  std::string name;                           // what find_tool is asked for, and what the user reads
  std::string program;                        // its file name
  std::vector<std::string> version_command;   // "" stands for the tool's own path; empty: has no version to ask for
  std::string needed_by;                      // "verify: …", for the doctor
  std::string install;                        // the command or package that brings it
};

struct FoundTool {
  std::string name;
  std::filesystem::path path;
  std::string version;                        // "" when it has none to tell
};

/// Every tool, in the order in which a user meets them.
std::span<const Tool> all_tools();
/// Where the tool is: the private environment first, then PATH; empty when nowhere. Runs nothing.
std::optional<std::filesystem::path> locate_tool(const Tool& tool);
/// What a tool at `path` says of its version; "" when it says nothing within 60 s.
std::string tool_version(const Tool& tool, const std::filesystem::path& path);
/// Where the tool of that name is, without running it. Throws ToolError with the install hint when it is missing.
std::filesystem::path tool_path(const std::string& name);
/// tool_path and the version.
FoundTool find_tool(const std::string& name);

/// The source tree: $BASIN_HOME, else the folder Basin was compiled from. Throws EnvironmentError when it has no rtl/.
std::filesystem::path source_root();
/// The user's cache: $BASIN_CACHE, else $XDG_CACHE_HOME/basin, else $HOME/.cache/basin, else <tmp>/basin-<uid>. Absolute.
std::filesystem::path cache_root();
/// The private Python environment with Yosys and nextpnr: $BASIN_VENV, else cache_root()/venv.
std::filesystem::path venv_root();

}  // namespace basin
