#include "sim/netlist/stage.hpp"

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
using Files = std::map<std::string, std::string>;

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += " " + name;
  return text;
}

/// Reads one elaboration, maps it to iCE40 cells and counts them. Every name in it is one of Basin's own.
///
/// The core stays a module of its own until it is mapped, so that core.v is that core of that bitstream; then it is
/// flattened for nextpnr, which takes one module.
std::string yosys_script(const std::vector<std::string>& rtl, const std::vector<std::string>& board,
                         const Target& target) {
  const std::string read = "read_slang --threads 1 -D SYNTHESIS -I . -I rtl/lint";
  return read + " --top basin_core" + listed(rtl) + "\n" +
         "setattr -mod -set keep_hierarchy 1 basin_core\n" +
         read + " --top basin_top --blackboxed-module basin_core" + listed(rtl) + listed(board) + "\n" +
         "setparam -unset p t:basin_core\n"   // slang gives an instance of a black box the genvar p as a parameter
         "synth_ice40 -top basin_top" + listed(target.synthesis) + "\n"
         "check -assert\n"
         "select basin_core\n"
         "write_verilog -noattr -selected core.v\n"
         "tee -q -o core_cells.json stat -json -top basin_core\n"
         "select -clear\n"
         "setattr -mod -unset keep_hierarchy basin_core\n"
         "flatten\n"
         "opt_clean\n"
         "tee -q -o cells.json stat -json\n"
         "write_json netlist.json\n";
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
  const std::set<std::string> modules = take(files, board, ".sv", "board/");
  files["synth.ys"] = yosys_script(rtl.names, {modules.begin(), modules.end()}, target);
  return files;
}

}  // namespace

Stage collect_inputs(const CoreConfig& core, const Target& target, const std::optional<CoreContents>& contents) {
  const RtlSources rtl = read_rtl_sources(source_root());
  Stage stage{{}, {}, config_id(core, rtl.text)};
  stage.files = collect(rtl, target, configuration_header(core, stage.hardware_id, contents ? *contents : empty_contents(core)));
  std::string all;
  for (const auto& [name, bytes] : stage.files) all += name + "\n" + bytes;
  stage.hash = hex(sha256(all));
  return stage;
}

void write_stage(const Stage& stage, const fs::path& folder) {
  for (const auto& [name, bytes] : stage.files) {
    fs::create_directories((folder / name).parent_path());
    write_atomically(folder / name, bytes);
  }
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
