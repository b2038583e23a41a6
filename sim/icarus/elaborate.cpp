#include "sim/icarus/elaborate.hpp"

#include <utility>

#include "sim/icarus/lighten.hpp"
#include "sim/toolchain/build_cache.hpp"
#include "sim/toolchain/process.hpp"
#include "sim/toolchain/rtl_sources.hpp"
#include "sim/toolchain/tools.hpp"

namespace basin {
namespace {

namespace fs = std::filesystem;

constexpr double tool_timeout_s = 1800;   // the first call of a fresh installation compiles Yosys itself
constexpr const char* lighter_form = "lightened, form 1\n";   // changes with what lighten() makes
constexpr const char* assertion_header = "rtl/lint/basin_assert.svh";

/// Every name in it is one of Basin's own. Nothing is optimised but what follows from constants: Icarus is to see the
/// unknown bits of the RTL as it is written. The rest is for its speed: enables of a whole word are one bit, delay lines
/// registers, no net is driven in parts (Icarus would carry strengths) or for nobody.
std::string yosys_script(const RtlSources& rtl) {
  std::string script = "read_slang --threads 1 --top basin_core -D SYNTHESIS -I . -I rtl/lint";
  for (const std::string& name : rtl.names) script += " " + name;
  return script +
         "\nproc\nopt_reduce\nopt_clean -purge\nmemory_collect\nmemory_map c:*gen_registers*\nopt_clean -purge\n"
         "splitnets -driver\nopt_clean -purge\nwrite_verilog -noattr basin_core.v\n";
}

void run_yosys(const RtlSources& rtl, const std::string& header, const fs::path& folder) {
  for (const std::string& name : rtl.names) write_text(folder / name, read_file(rtl.root / name));
  write_text(folder / assertion_header, read_file(rtl.root / assertion_header));
  write_text(folder / "basin_cfg.svh", header);
  write_text(folder / "elaborate.ys", yosys_script(rtl));
  ProcessOptions options;
  options.arguments = {tool_path("yosys").string(), "-q", "-s", "elaborate.ys"};
  options.folder = folder;
  options.timeout_s = tool_timeout_s;
  run_tool("yosys", options);
}

}  // namespace

IcarusOptions filled_in(IcarusOptions options) {
  if (options.source.empty()) options.source = source_root();
  if (options.cache.empty()) options.cache = cache_root() / "icarus";
  return options;
}

PlainVerilog elaborate_core(const CoreConfig& core, const IcarusOptions& given) {
  const IcarusOptions options = filled_in(given);
  const RtlSources rtl = read_rtl_sources(options.source);
  PlainVerilog plain{core, config_id(core, rtl.text), {}};
  const FoundTool yosys = find_tool("yosys");
  const std::string made_by = lighter_form + yosys_script(rtl) + yosys.path.string() + " " + yosys.version + "\n" +
                              read_file(rtl.root / assertion_header);
  const CacheEntry entry{options.cache, cache_key(plain.config_id, made_by)};
  plain.file = cached_file(entry, "basin_core.v", [&](const fs::path& work, const fs::path& kept) {
    if (options.notice) options.notice("elaborating the RTL as plain Verilog: a few seconds, cached afterwards");
    run_yosys(rtl, configuration_header(core, plain.config_id), work);
    write_text(kept / "basin_core.v", lighten(read_file(work / "basin_core.v")));
  });
  return plain;
}

}  // namespace basin
