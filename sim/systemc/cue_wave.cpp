#include "sim/systemc/cue_wave.hpp"

#include <string_view>

#include "sim/systemc/systemc_engine.hpp"
#include "sim/toolchain/process.hpp"
#include "sim/toolchain/scratch_folder.hpp"
#include "sim/toolchain/tool_error.hpp"

namespace basin {
namespace {

namespace fs = std::filesystem;

constexpr double recall_timeout_s = 7200;   // beyond any design that a core takes: for a bench that hangs
constexpr std::size_t lines_kept = 1000;
constexpr std::size_t lines_shown = 20;

std::vector<std::string> errors_in(const std::vector<std::string>& lines) {
  constexpr std::string_view mark = "Error: ";
  std::vector<std::string> errors;
  for (const std::string& line : lines) {
    if (!line.starts_with(mark) || line.starts_with("Error: basin/deviation")) continue;
    errors.push_back(line.substr(mark.size()));
  }
  return errors;
}

/// Of a bench that recorded nothing.
ToolError failure(const ProcessResult& result) {
  std::vector<std::string> lines = result.last_lines;
  if (lines.size() > lines_shown) lines.erase(lines.begin(), lines.end() - lines_shown);
  const std::string problem = result.timed_out ? "did not end" : "failed with exit code " + std::to_string(result.exit_code);
  return {"basin_systemc", problem, lines};
}

ProcessOptions bench_call(const CueWaveOptions& options, const fs::path& wave) {
  ProcessOptions call;
  call.arguments = {systemc_program().string(), fs::absolute(options.design).string()};
  for (const std::string& set : options.set) call.arguments.push_back("--set=" + set);
  call.arguments.insert(call.arguments.end(), {"--cue", std::to_string(options.cue), "--wave", wave.string()});
  if (options.internals) call.arguments.emplace_back("--internals");
  call.timeout_s = recall_timeout_s;
  call.tail_lines = lines_kept;
  return call;
}

}  // namespace

CueWave record_cue(const CueWaveOptions& options) {
  const std::string name = "cue-" + std::to_string(options.cue);
  CueWave wave{options.cue, name + ".fst", name + ".gtkw", options.internals ? name + "-internals.fst" : "", {}};
  try {
    fs::create_directories(options.folder);
    const ScratchFolder scratch(fs::absolute(options.folder), ".basin-wave-");
    const ProcessResult result = run_process(bench_call(options, scratch.path() / wave.file));
    wave.errors = errors_in(result.last_lines);
    if (result.timed_out || result.exit_code < 0 || result.exit_code > 1) throw failure(result);
    for (const std::string& file : {wave.internals, wave.file, wave.view}) {
      if (!file.empty()) fs::rename(scratch.path() / file, options.folder / file);
    }
  } catch (const fs::filesystem_error& error) {
    throw EnvironmentError(error.what());
  }
  return wave;
}

}  // namespace basin
