#include "sim/verilator/compile.hpp"

#include <algorithm>
#include <future>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "sim/toolchain/build_cache.hpp"
#include "sim/toolchain/process.hpp"
#include "sim/toolchain/tool_error.hpp"
#include "sim/toolchain/tools.hpp"
#include "sim/verilator/runtime.hpp"

namespace basin {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

constexpr double tool_timeout_s = 1800;
constexpr const char* once = "once";   // what is gathered of the files that run once

void append(Words& words, const Words& more) { words.insert(words.end(), more.begin(), more.end()); }

bool is_systemc(const RtlBuildOptions& options) { return options.flavour == RtlFlavour::systemc; }

Words verilator_flags(const RtlBuildOptions& options) {
  Words words{is_systemc(options) ? "--sc" : "--cc", "--top-module", "basin_core", "--prefix", "Vbasin_core", "--Mdir", "obj", "-O3",
          "--x-assign", "unique", "--x-initial", "unique", "--output-split", "5000", "-Wno-fatal",
          options.assertions ? "--assert" : "-DBASIN_NO_ASSERTIONS"};
  if (options.internals) append(words, {"--trace-fst", "--trace-structs"});
  if (!options.netlist.files.empty()) append(words, {"-Wno-lint", "-Wno-style"});   // the vendor's text is as it is
  for (const std::string& define : options.netlist.defines) words.push_back("-D" + define);
  return words;
}

// What runs every clock is compiled for speed; what runs once (Verilator names it Slow) for a short build. Assertions stay in.
// What else was tried, and what it brought: docs/performance-hardware.md.
Words compiler_flags(const RtlBuildOptions& options, bool often) {
  Words words{options.optimise && often ? "-O2" : "-O0", "-std=c++17", "-fPIC", "-fno-gnu-unique", "-faligned-new",
              "-DVM_COVERAGE=0", options.internals ? "-DVM_TRACE=1" : "-DVM_TRACE=0", "-DVL_USER_STOP", "-DVL_USER_FATAL",
              "-DVL_PRINTF=basin_shim_capture", "-include", "capture.h"};
  // Classes that SystemC's headers define are shared with the program: they stay visible.
  append(words, is_systemc(options) ? Words{"-DVM_SC=1", "-DSC_CPLUSPLUS=201703L"}
                                    : Words{"-DVM_SC=0", "-fvisibility=hidden"});
  return words;
}

Words link_flags(const RtlBuildOptions& options) {
  if (is_systemc(options)) return {"-shared", "-Wl,--no-undefined"};
  return {"-shared", "-Wl,-Bsymbolic", "-Wl,--no-undefined"};
}

/// After the objects.
Words link_libraries(const RtlBuildOptions& options) {
  if (options.internals) return {"-lsystemc", "-lz"};   // Verilator's FST writer compresses
  return is_systemc(options) ? Words{"-lsystemc"} : Words{};
}

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

std::string netlist_name(std::size_t index) { return "netlist" + std::to_string(index) + ".v"; }

/// The files to elaborate, by their names in the folder.
Words verilog_names(const RtlBuild& build) {
  const std::size_t netlist = build.options.netlist.files.size();
  if (netlist == 0) return build.sources.names;
  Words names;
  for (std::size_t i = 0; i < netlist; ++i) names.push_back(netlist_name(i));
  return names;
}

/// Copies everything into `folder` under the names of the source tree: no path of the user's reaches Verilator, whose
/// front end hands its arguments to a shell.
void stage_inputs(const RtlBuild& build, const fs::path& folder) {
  std::vector<std::string> names = build.sources.names;
  append(names, {"rtl/lint/basin_assert.svh"});
  for (const std::string& name : names) {
    write_text(folder / name, read_file(build.sources.root / name));
  }
  const std::vector<fs::path>& netlist = build.options.netlist.files;
  for (std::size_t i = 0; i < netlist.size(); ++i) write_text(folder / netlist_name(i), read_file(netlist[i]));
  for (const std::string& name : interface_files(build.options.flavour)) {
    write_text(folder / fs::path(name).filename(), read_file(build.options.source / name));
  }
  write_text(folder / "basin_cfg.svh", configuration_header(build.core, build.config_id,
                                                              build.options.contents.value_or(empty_contents(build.core))));
}

void elaborate(const RtlBuild& build, const fs::path& verilator, const fs::path& folder) {
  Words words{verilator.string()};
  append(words, verilator_flags(build.options));
  append(words, {"-I.", "-Irtl/lint"});
  append(words, verilog_names(build));
  run_tool("verilator", in_folder(folder, words));
}

bool runs_once(const fs::path& file) {
  const std::string name = file.stem().string();
  return name.find("Slow") != std::string::npos || name.find("__Syms") != std::string::npos || name == once;
}

/// Writes one file that includes those of `names`.
fs::path gathered(const fs::path& folder, const std::string& name, const Words& names) {
  std::string text;
  for (const std::string& each : names) text += "#include \"" + each + "\"\n";
  write_text(folder / (name + ".cpp"), text);
  return folder / (name + ".cpp");
}

/// Every C++ file of the model, the longest to compile first, so that none of them starts last. Verilator's headers alone
/// take half a second to compile: small files are compiled together.
std::vector<fs::path> files_to_compile(const fs::path& folder) {
  std::vector<fs::path> files;
  Words slow, interface;
  for (const auto& entry : fs::directory_iterator(folder / "obj")) {
    const fs::path& file = entry.path();
    if (file.extension() != ".cpp") continue;
    if (file.stem() == "Vbasin_core") {
      interface.push_back("obj/" + file.filename().string());
    } else if (runs_once(file)) {
      slow.push_back("obj/" + file.filename().string());
    } else {
      files.push_back(file);
    }
  }
  std::sort(files.begin(), files.end(), [](const fs::path& a, const fs::path& b) {
    return std::pair(fs::file_size(a), a) > std::pair(fs::file_size(b), b);
  });
  std::sort(slow.begin(), slow.end());
  interface.push_back("shim.cpp");
  files.push_back(gathered(folder, once, slow));
  files.push_back(gathered(folder, "interface", interface));
  return files;
}

/// The compiler, behind ccache where there is one: a model that was built once, under any key, then compiles at once.
Words compile_command(const std::string& compiler) {
  const std::optional<fs::path> ccache = locate_tool({"ccache", "ccache", {}, {}, {}});
  return ccache ? Words{ccache->string(), compiler} : Words{compiler};
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

std::vector<std::string> interface_files(RtlFlavour flavour) {
  const std::string folder = flavour == RtlFlavour::systemc ? "sim/systemc/" : "sim/verilator/";
  return {folder + "shim.h", folder + "shim.cpp", "sim/verilator/capture.h"};
}

std::string compile_recipe(const RtlBuildOptions& options) {
  std::string text = std::string(once) + ".cpp\n";
  for (const Words& words : {verilator_flags(options), compiler_flags(options, true), compiler_flags(options, false),
                             link_flags(options), link_libraries(options)}) {
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

  const std::vector<fs::path> runtime = verilator_runtime(build, include, compiler, compiler_flags(build.options, true));
  std::vector<ProcessOptions> jobs;
  Words link{compiler};
  append(link, link_flags(build.options));
  for (const fs::path& file : files_to_compile(folder)) {
    const std::string object = file.stem().string() + ".o";
    Words words = compile_command(compiler);
    append(words, compiler_flags(build.options, !runs_once(file)));
    append(words, {"-I.", "-Iobj", "-I" + include.string(), "-I" + (include / "vltstd").string(), "-c",
                   file.lexically_relative(folder).string(),   // a folder of its own each time must not hide a hit of ccache
                   "-o", object});
    jobs.push_back(in_folder(folder, words));
    link.push_back(object);
  }
  for (const fs::path& object : runtime) link.push_back(object.string());
  run_all(jobs);
  append(link, link_libraries(build.options));
  append(link, {"-o", "basin_core.so"});
  run_tool("c++", in_folder(folder, link));
  return folder / "basin_core.so";
}

}  // namespace basin
