#include "sim/verilator/build.hpp"

#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>

#include "models/design/sha256.hpp"
#include "sim/toolchain/tool_error.hpp"
#include "sim/toolchain/tools.hpp"
#include "sim/verilator/compile.hpp"
#include "sim/toolchain/file_lock.hpp"

namespace basin {
namespace {

namespace fs = std::filesystem;

std::string hex8(std::uint32_t number) {
  char text[9];
  std::snprintf(text, sizeof text, "%08x", number);
  return text;
}

std::string temporary_prefix(const std::string& key) { return ".build-" + key + "-"; }

/// A folder in the cache that is gone at the end of the scope.
class BuildFolder {
 public:
  BuildFolder(const fs::path& cache, const std::string& key) {
    std::string pattern = (cache / (temporary_prefix(key) + "XXXXXX")).string();
    if (mkdtemp(pattern.data()) == nullptr) throw EnvironmentError("can't write in " + cache.string());
    path_ = pattern;
  }
  ~BuildFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  BuildFolder(const BuildFolder&) = delete;
  BuildFolder& operator=(const BuildFolder&) = delete;
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

/// What a build that was killed has left. Called under the key's lock: nobody else builds this key.
void remove_leftovers(const fs::path& cache, const std::string& key) {
  for (const auto& entry : fs::directory_iterator(cache)) {
    if (entry.path().filename().string().rfind(temporary_prefix(key), 0) == 0) fs::remove_all(entry.path());
  }
}

void make_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) throw EnvironmentError("can't make " + folder.string() + ": " + error.message());
}

void flush(const fs::path& file) {
  const int descriptor = open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0 || fsync(descriptor) != 0) throw EnvironmentError("can't write " + file.string());
  close(descriptor);
}

/// Keeps the shared object and the header it was made from, and gives them their name in the cache in one step.
void publish(const fs::path& object, const fs::path& folder, const fs::path& entry) {
  const fs::path kept = folder / "entry";
  fs::create_directory(kept);
  fs::rename(object, kept / "basin_core.so");
  fs::rename(folder / "basin_cfg.svh", kept / "basin_cfg.svh");
  flush(kept / "basin_core.so");
  fs::rename(kept, entry);
}

fs::path object_in(const RtlBuild& build) { return build.options.cache / build.key / "basin_core.so"; }

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
  build.key = hex8(build.config_id) + "-" + hex(sha256(made_by)).substr(0, 8);
  return build;
}

fs::path build_rtl(const RtlBuild& build) {
  const fs::path object = object_in(build);
  if (fs::exists(object)) return object;
  const fs::path& cache = build.options.cache;
  make_folder(cache);
  const FileLock lock(cache / ("." + build.key + ".lock"));
  if (fs::exists(object)) return object;
  remove_leftovers(cache, build.key);
  if (build.options.notice) {
    const bool systemc = build.options.flavour == RtlFlavour::systemc;
    build.options.notice(std::string("building the ") + (systemc ? "SystemC" : "RTL") + " model for up to " + std::to_string(build.core.neurons) + " neurons on " +
                         std::to_string(build.core.lanes) + " lanes: about " + (systemc ? "30" : "15") +
                         " s, cached afterwards");
  }
  const BuildFolder folder(cache, build.key);
  try {
    publish(compile_rtl(build, folder.path()), folder.path(), cache / build.key);
  } catch (const fs::filesystem_error& error) {
    throw EnvironmentError(error.what());
  }
  return object;
}

void discard_rtl(const RtlBuild& build) {
  const FileLock lock(build.options.cache / ("." + build.key + ".lock"));
  fs::remove_all(build.options.cache / build.key);
}

}  // namespace basin
