#include "sim/icarus/vvp_core.hpp"

#include <algorithm>

#include "models/fixed/clocks.hpp"
#include "sim/rtl/child_port.hpp"
#include "sim/toolchain/build_cache.hpp"
#include "sim/toolchain/process.hpp"
#include "sim/toolchain/rtl_sources.hpp"
#include "sim/toolchain/tools.hpp"

namespace basin {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

constexpr double compile_timeout_s = 600;
constexpr double answer_timeout_s = 1800;   // a check reads every weight

Words compiler_flags(const VerilogCore& verilog) {
  const CoreConfig& core = verilog.core;
  const auto set = [](const char* name, std::int64_t value) { return "bench." + std::string(name) + "=" + std::to_string(value); };
  Words words{"-g2005", "-s", "bench",
              "-P", set("NEURONS", core.neurons),
              "-P", set("INDEX_BITS", std::max(1, clog2(core.neurons))),
              "-P", set("STATE_BITS", core.state_bits),
              "-P", set("PATIENCE", longest_wait(core))};
  for (const std::string& define : verilog.defines) words.push_back("-D" + define);
  return words;
}

void run_iverilog(const VerilogCore& verilog, const std::string& bench, const fs::path& folder) {
  ProcessOptions options;
  options.arguments = {tool_path("iverilog").string()};
  for (const std::string& word : compiler_flags(verilog)) options.arguments.push_back(word);
  for (const char* word : {"-o", "core.vvp", "bench.v"}) options.arguments.emplace_back(word);
  write_text(folder / "bench.v", bench);
  for (std::size_t i = 0; i < verilog.files.size(); ++i) {
    const std::string name = "core" + std::to_string(i) + ".v";
    write_text(folder / name, read_file(verilog.files[i]));
    options.arguments.push_back(name);
  }
  options.folder = folder;
  options.environment = {{"TMPDIR", folder.string()}};   // what an interrupted compiler leaves goes with the folder
  options.timeout_s = compile_timeout_s;
  run_tool("iverilog", options);
}

}  // namespace

VvpCore compile_vvp(const VerilogCore& verilog, const IcarusOptions& given) {
  const IcarusOptions options = filled_in(given);
  const std::string bench = read_file(options.source / "sim" / "icarus" / "bench.v");
  const FoundTool compiler = find_tool("iverilog");
  std::string made_by = compiler.path.string() + " " + compiler.version + "\n" + bench;
  for (const std::string& word : compiler_flags(verilog)) made_by += word + "\n";
  for (const fs::path& file : verilog.files) made_by += read_file(file);
  const CacheEntry entry{options.cache, cache_key(verilog.config_id, made_by)};
  const fs::path program = cached_file(entry, "core.vvp", [&](const fs::path& work, const fs::path& kept) {
    run_iverilog(verilog, bench, work);
    fs::rename(work / "core.vvp", kept / "core.vvp");
  });
  return {verilog.core, verilog.config_id, program};
}

std::unique_ptr<CorePort> make_vvp_port(const VvpCore& core) {
  ProcessOptions options;
  options.arguments = {tool_path("vvp").string(), "-n", core.program.string()};
  options.timeout_s = answer_timeout_s;
  return make_child_port("vvp", options);
}

}  // namespace basin
