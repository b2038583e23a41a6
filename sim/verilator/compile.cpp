#include "sim/verilator/compile.hpp"

#include <algorithm>
#include <future>
#include <mutex>
#include <thread>
#include <vector>

#include "sim/toolchain/build_cache.hpp"
#include "sim/toolchain/process.hpp"
#include "sim/toolchain/tool_error.hpp"
#include "sim/toolchain/tools.hpp"

namespace basin {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

constexpr double tool_timeout_s = 1800;

Words verilator_flags(bool assertions) {
  return {"--cc", "--top-module", "basin_core", "--prefix", "Vbasin_core", "--Mdir", "obj", "-O3",
          "--x-assign", "unique", "--x-initial", "unique", "--output-split", "5000", "-Wno-fatal",
          assertions ? "--assert" : "-DBASIN_NO_ASSERTIONS"};
}

// What runs every clock is compiled for speed; what runs once (Verilator names it Slow) and the run-time library, which a
// clock hardly enters, for a short build. Assertions stay in: they cost about 5 % of the speed. -O3, -march=native and
// --x-assign fast brought nothing measurable.
Words compiler_flags(bool optimise, bool often) {
  return {optimise && often ? "-O2" : "-O0", "-std=c++17", "-fPIC", "-fvisibility=hidden", "-fno-gnu-unique",
          "-faligned-new", "-DVM_COVERAGE=0", "-DVM_SC=0", "-DVM_TRACE=0", "-DVL_USER_STOP", "-DVL_USER_FATAL",
          "-DVL_PRINTF=basin_shim_capture", "-include", "capture.h"};
}

Words link_flags() { return {"-shared", "-Wl,-Bsymbolic", "-Wl,--no-undefined"}; }

void append(Words& words, const Words& more) { words.insert(words.end(), more.begin(), more.end()); }

ProcessOptions in_folder(const fs::path& folder, Words arguments) {
  ProcessOptions options;
  options.arguments = std::move(arguments);
  options.folder = folder;
  options.environment = {{"TMPDIR", folder.string()}};   // what an interrupted compiler leaves goes with the folder
  options.timeout_s = tool_timeout_s;
  return options;
}

fs::path verilator_include(const fs::path& verilator, const fs::path& folder) {
  const ProcessResult result =
      run_tool("verilator", in_folder(folder, {verilator.string(), "--getenv", "VERILATOR_ROOT"}));
  if (result.last_lines.empty()) throw ToolError("verilator", "does not say where its files are");
  return fs::path(result.last_lines.back()) / "include";
}

/// Copies everything into `folder` under the names of the source tree: no path of the user's reaches Verilator, whose
/// front end hands its arguments to a shell.
void stage_inputs(const RtlBuild& build, const fs::path& folder) {
  std::vector<std::string> names = build.sources.names;
  append(names, {"rtl/lint/basin_assert.svh"});
  for (const std::string& name : names) {
    write_text(folder / name, read_file(build.sources.root / name));
  }
  for (const char* name : {"shim.h", "shim.cpp", "capture.h"}) {
    write_text(folder / name, read_file(build.options.source / "sim" / "verilator" / name));
  }
  write_text(folder / "basin_cfg.svh", configuration_header(build.core, build.config_id));
}

void elaborate(const RtlBuild& build, const fs::path& verilator, const fs::path& folder) {
  Words words{verilator.string()};
  append(words, verilator_flags(build.options.assertions));
  append(words, {"-I.", "-Irtl/lint"});
  append(words, build.sources.names);
  run_tool("verilator", in_folder(folder, words));
}

bool runs_once(const fs::path& file) {
  const std::string name = file.stem().string();
  return name.find("Slow") != std::string::npos || name.rfind("verilated", 0) == 0;
}

/// Every C++ file of the model, the longest to compile first, so that none of them starts last.
std::vector<fs::path> files_to_compile(const fs::path& folder, const fs::path& include) {
  std::vector<fs::path> files{include / "verilated.cpp", include / "verilated_threads.cpp", folder / "shim.cpp"};
  for (const auto& entry : fs::directory_iterator(folder / "obj")) {
    if (entry.path().extension() == ".cpp") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end(), [](const fs::path& a, const fs::path& b) {
    const auto rank = [](const fs::path& file) { return runs_once(file) ? 0 : fs::file_size(file); };
    return std::pair(rank(a), a) > std::pair(rank(b), b);
  });
  return files;
}

/// Runs every job, two or more at a time; the first error stops the rest.
void run_all(const std::vector<ProcessOptions>& jobs) {
  std::mutex mutex;
  std::size_t next = 0;
  const auto work = [&] {
    for (;;) {
      std::size_t mine = 0;
      {
        const std::lock_guard lock(mutex);
        if (next >= jobs.size()) return;
        mine = next++;
      }
      try {
        run_tool("c++", jobs[mine]);
      } catch (...) {
        const std::lock_guard lock(mutex);
        next = jobs.size();
        throw;
      }
    }
  };
  std::vector<std::future<void>> workers;
  const unsigned count = std::max(2U, std::thread::hardware_concurrency());
  for (unsigned i = 0; i < count; ++i) workers.push_back(std::async(std::launch::async, work));
  for (auto& worker : workers) worker.wait();
  for (auto& worker : workers) worker.get();
}

}  // namespace

std::string compile_recipe(const RtlBuildOptions& options) {
  std::string text;
  for (const Words& words : {verilator_flags(options.assertions), compiler_flags(options.optimise, true),
                             compiler_flags(options.optimise, false), link_flags()}) {
    for (const std::string& word : words) text += word + "\n";
  }
  return text;
}

fs::path compile_rtl(const RtlBuild& build, const fs::path& folder) {
  const fs::path verilator = tool_path("verilator");
  const std::string compiler = tool_path("c++").string();
  const fs::path include = verilator_include(verilator, folder);
  stage_inputs(build, folder);
  elaborate(build, verilator, folder);

  std::vector<ProcessOptions> jobs;
  Words link{compiler};
  append(link, link_flags());
  for (const fs::path& file : files_to_compile(folder, include)) {
    const std::string object = file.stem().string() + ".o";
    Words words{compiler};
    append(words, compiler_flags(build.options.optimise, !runs_once(file)));
    append(words, {"-I.", "-Iobj", "-I" + include.string(), "-I" + (include / "vltstd").string(), "-c", file.string(),
                   "-o", object});
    jobs.push_back(in_folder(folder, words));
    link.push_back(object);
  }
  run_all(jobs);
  append(link, {"-o", "basin_core.so"});
  run_tool("c++", in_folder(folder, link));
  return folder / "basin_core.so";
}

}  // namespace basin
