#include "sim/cli/verify_wave.hpp"

#include <fmt/format.h>

#include "sim/reference/cues.hpp"
#include "sim/toolchain/tools.hpp"

namespace basin::cli {

void require_recordable(const Design& design, int cue) {
  require_cue("--wave", cue, cue_count(design));
  tool_path("vcd2fst");
}

CueWave record_wave(Context& context, const Design& design, int cue, bool internals,
                    const std::filesystem::path& folder, Verification& found) {
  context.progress().update("recording", 0, 1);
  CueWaveOptions options;
  options.design = design.file;
  options.set = context.overrides();
  options.cue = cue;
  options.internals = internals;
  options.folder = folder;
  CueWave wave = record_cue(options);
  if (!wave.errors.empty()) {
    found.verdict = Verdict::fail;
    found.reasons.push_back(fmt::format("the SystemC bench of cue {} reports {}", cue, wave.errors.front()));
  }
  return wave;
}

Json wave_of(const CueWave& wave) {
  Json json{{"cue", wave.cue}, {"file", wave.file}, {"view", wave.view}};
  if (!wave.internals.empty()) json["internals"] = wave.internals;
  return json;
}

void print_wave(Terminal& terminal, const CueWave& wave, const std::filesystem::path& folder) {
  terminal.field("waveform", (folder / wave.file).string());
  if (!wave.internals.empty()) terminal.field("core inside", (folder / wave.internals).string());
  terminal.field("", "gtkwave " + (folder / wave.view).string());
}

}  // namespace basin::cli
