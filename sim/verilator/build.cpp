#include "sim/verilator/build.hpp"

#include "sim/toolchain/build_cache.hpp"
#include "sim/toolchain/tools.hpp"
#include "sim/verilator/compile.hpp"

namespace basin {
namespace {

namespace fs = std::filesystem;

CacheEntry entry_of(const RtlBuild& build) { return {build.options.cache, build.key}; }

const char* kind_of(const RtlBuildOptions& options) {
  if (!options.netlist.files.empty()) return "gate";
  if (options.internals) return "SystemC and signal-recording";
  return options.flavour == RtlFlavour::systemc ? "SystemC" : "RTL";
}

}  // namespace

RtlBuild prepare_rtl_build(const CoreConfig& core, const RtlBuildOptions& options) {
  RtlBuild build{core, {}, 0, {}, options};
  if (build.options.source.empty()) build.options.source = source_root();
  if (build.options.cache.empty()) build.options.cache = cache_root() / "rtl";
  build.sources = read_rtl_sources(build.options.source);
  build.config_id = config_id(core, build.sources.text);
  std::string made_by = compile_recipe(build.options);
  for (const char* name : {"verilator", "c++"}) {
    const FoundTool tool = find_tool(name);
    made_by += tool.path.string() + " " + tool.version + "\n";
  }
  for (const std::string& name : interface_files(options.flavour)) made_by += read_file(build.options.source / name);
  made_by += read_file(build.options.source / "rtl/lint/basin_assert.svh");
  for (const fs::path& file : options.netlist.files) made_by += read_file(file);
  if (options.contents) made_by += contents_text(*options.contents);
  build.key = cache_key(build.config_id, made_by);
  return build;
}

fs::path build_rtl(const RtlBuild& build) {
  return cached_file(entry_of(build), "basin_core.so", [&](const fs::path& work, const fs::path& kept) {
    if (build.options.notice) {
      build.options.notice(std::string("building the ") + kind_of(build.options) + " model for up to " +
                           std::to_string(build.core.neurons) + " neurons on " + std::to_string(build.core.lanes) +
                           " lanes: under a minute, cached afterwards");
    }
    fs::rename(compile_rtl(build, work), kept / "basin_core.so");
    fs::rename(work / "basin_cfg.svh", kept / "basin_cfg.svh");
  });
}

void discard_rtl(const RtlBuild& build) { discard(entry_of(build)); }

}  // namespace basin
