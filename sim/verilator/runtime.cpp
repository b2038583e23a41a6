#include "sim/verilator/runtime.hpp"

#include "sim/toolchain/build_cache.hpp"
#include "sim/toolchain/process.hpp"
#include "sim/toolchain/tools.hpp"

namespace basin {
namespace {

namespace fs = std::filesystem;

constexpr double timeout_s = 1800;

/// The sources that a model needs, without their suffix.
std::vector<std::string> source_names(const RtlBuildOptions& options) {
  if (options.internals) return {"verilated", "verilated_threads", "verilated_fst_c"};
  return {"verilated", "verilated_threads"};
}

}  // namespace

std::vector<fs::path> verilator_runtime(const RtlBuild& build, const fs::path& include, const std::string& compiler,
                                   const std::vector<std::string>& flags) {
  const std::vector<std::string> names = source_names(build.options);
  std::vector<fs::path> objects;
  const std::string capture = read_file(build.options.source / "sim/verilator/capture.h");
  std::string made_by = find_tool("c++").version + " " + find_tool("verilator").version + "\n" + capture;
  for (const std::string& flag : flags) made_by += flag + "\n";
  for (const std::string& name : names) made_by += read_file(include / (name + ".cpp"));
  const CacheEntry entry{cache_root() / "verilator", cache_key(0, made_by)};
  for (const std::string& name : names) {
    const std::string object = name + ".o";
    objects.push_back(cached_file(entry, object, [&](const fs::path& work, const fs::path& kept) {
      write_text(work / "capture.h", capture);
      for (const std::string& each : names) {
        ProcessOptions options;
        options.arguments = {compiler};
        options.arguments.insert(options.arguments.end(), flags.begin(), flags.end());
        for (const std::string& word : {std::string("-I."), "-I" + include.string(), "-I" + (include / "vltstd").string(),
                                        std::string("-c"), (include / (each + ".cpp")).string(), std::string("-o"),
                                        (kept / (each + ".o")).string()}) {
          options.arguments.push_back(word);
        }
        options.folder = work;
        options.environment = {{"TMPDIR", work.string()}};
        options.timeout_s = timeout_s;
        run_tool("c++", options);
      }
    }));
  }
  return objects;
}

}  // namespace basin
