#include "sim/synth/stage.hpp"

#include <map>
#include <set>
#include <vector>

#include "models/design/sha256.hpp"
#include "sim/io/atomic_file.hpp"
#include "sim/toolchain/rtl_sources.hpp"
#include "sim/toolchain/tool_error.hpp"
#include "sim/toolchain/tools.hpp"

namespace basin {
namespace {

namespace fs = std::filesystem;
using Files = std::map<std::string, std::string>;   // name in the stage -> bytes

/// Reads one elaboration, maps it to iCE40 cells and counts them. Every name in it is one of Basin's own.
std::string yosys_script(const std::vector<std::string>& modules) {
  std::string script = "read_slang --threads 1 --top basin_top -D SYNTHESIS -I . -I rtl/lint";
  for (const std::string& module : modules) script += " " + module;
  return script +
         "\n"
         "synth_ice40 -top basin_top\n"
         "check -assert\n"
         "tee -q -o cells.json stat -json\n"
         "write_json netlist.json\n";
}

void write_if_other(const fs::path& file, const std::string& bytes) {
  std::error_code ignored;
  if (fs::file_size(file, ignored) == bytes.size() && !ignored && read_file(file) == bytes) return;
  fs::create_directories(file.parent_path());
  write_atomically(file, bytes);
}

/// Puts the files of `from` with this extension into `files` under `prefix`, and returns their names there.
std::set<std::string> take(Files& files, const fs::path& from, const std::string& extension, const std::string& prefix) {
  std::set<std::string> names;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(from, error)) {
    if (entry.path().extension() != extension) continue;
    const std::string name = prefix + entry.path().filename().string();
    files[name] = read_file(entry.path());
    names.insert(name);
  }
  if (names.empty()) throw EnvironmentError("no " + extension + " file in " + from.string());
  return names;
}

Files collect(const RtlSources& rtl, const Target& target, const std::string& header) {
  Files files{{"basin_cfg.svh", header}};
  for (const std::string& name : rtl.names) files[name] = read_file(rtl.root / name);
  take(files, rtl.root / "rtl" / "lint", ".svh", "rtl/lint/");
  const fs::path board = rtl.root / "rtl" / "boards" / target.board;
  take(files, board, ".pcf", "");
  std::vector<std::string> modules = rtl.names;
  for (const std::string& name : take(files, board, ".sv", "board/")) modules.push_back(name);
  files["synth.ys"] = yosys_script(modules);
  return files;
}

}  // namespace

Stage stage_inputs(const fs::path& folder, const CoreConfig& core, const Target& target) {
  const RtlSources rtl = read_rtl_sources(source_root());
  Stage stage{folder, {}, config_id(core, rtl.text)};
  std::string all;
  for (const auto& [name, bytes] : collect(rtl, target, configuration_header(core, stage.hardware_id))) {
    write_if_other(folder / name, bytes);
    all += name + "\n" + bytes;
  }
  stage.hash = hex(sha256(all));
  return stage;
}

bool is_fresh(const fs::path& folder, const std::string& name, const std::string& hash) {
  std::error_code ignored;
  const fs::path stamp = folder / (name + ".stamp");
  return fs::is_regular_file(stamp, ignored) && read_file(stamp) == hash + "\n";
}

void mark_fresh(const fs::path& folder, const std::string& name, const std::string& hash) {
  write_atomically(folder / (name + ".stamp"), hash + "\n");
}

}  // namespace basin
