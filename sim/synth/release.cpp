#include "sim/synth/release.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <span>
#include <sstream>
#include <utility>
#include <vector>

#include "models/fixed/clocks.hpp"
#include "models/design/error.hpp"
#include "models/fixed/protocol.hpp"
#include "sim/golden/golden_engine.hpp"
#include "sim/icarus/elaborate.hpp"
#include "sim/reference/pipeline.hpp"
#include "sim/reference/raw_cue.hpp"
#include "sim/synth/timing_diagram.hpp"
#include "sim/toolchain/build_cache.hpp"
#include "sim/toolchain/interrupt.hpp"
#include "sim/toolchain/process.hpp"
#include "sim/toolchain/rtl_sources.hpp"
#include "sim/toolchain/tool_error.hpp"
#include "sim/toolchain/tools.hpp"

namespace basin {
namespace {

namespace fs = std::filesystem;
using Tokens = std::map<std::string, std::string>;

constexpr double bench_timeout_s = 1800;

/// A folder beside `wanted` until it takes that name; gone with the object otherwise.
class NewFolder {
 public:
  explicit NewFolder(const fs::path& wanted) : wanted_(wanted), path_(wanted.string() + ".part-" + std::to_string(getpid())) {
    std::error_code error;
    fs::create_directories(path_, error);
    if (error) throw EnvironmentError("can't make " + path_.string() + ": " + error.message());
  }
  ~NewFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  NewFolder(const NewFolder&) = delete;
  NewFolder& operator=(const NewFolder&) = delete;

  [[nodiscard]] const fs::path& path() const { return path_; }
  void keep() {
    require_new_folder(wanted_);
    std::error_code error;
    fs::rename(path_, wanted_, error);
    if (error) throw EnvironmentError("can't make " + wanted_.string() + ": " + error.message());
  }

 private:
  fs::path wanted_, path_;
};

fs::path without_slash(const fs::path& folder) {
  const fs::path whole = fs::absolute(folder).lexically_normal();
  return whole.has_filename() ? whole : whole.parent_path();
}

/// One packet as lines of a hex file, the `last` mark in bit 32.
std::string hex_lines(const std::vector<std::uint32_t>& packet) {
  std::string text;
  for (std::size_t i = 0; i < packet.size(); ++i) text += fmt::format("{}{:08x}\n", i + 1 == packet.size() ? 1 : 0, packet[i]);
  return text;
}

std::size_t lines_of(const std::string& text) { return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')); }

/// What the testbench reads: its cues, and what the golden model makes of them.
struct Recalls {
  std::string cues, ends, states;
  int count = 0;
};

void add_recall(Recalls& recalls, const FixedNetwork& network, const std::vector<std::int32_t>& start) {
  const auto golden = make_golden_engine(network);
  golden->load(start);
  const int digits = (network.core.state_bits + 3) / 4;
  const std::uint32_t mask = 0xFFFF'FFFFU >> (32 - network.core.state_bits);
  std::uint32_t steps = 0;
  while (!golden->settled() && (steps == 0 || steps < network.step_limit)) {
    throw_if_interrupted();
    golden->step();
    ++steps;
    for (const std::int32_t word : golden->state()) {
      recalls.states += fmt::format("{:0{}x}\n", static_cast<std::uint32_t>(word) & mask, digits);
    }
  }
  const std::uint32_t flags = (golden->overflow() ? 1U << 31 : 0) | (golden->settled() ? 1U << 30 : 0);
  recalls.ends += fmt::format("{:08x}\n", flags | steps);
  ++recalls.count;
}

Recalls recall_cues(const FixedNetwork& network, std::span<const RawCue> cues, int most) {
  Recalls recalls;
  for (const RawCue& cue : cues) {
    if (recalls.count == most) break;
    FixedNetwork own = network;
    if (!cue.bias.empty()) {
      own.biases = cue.bias;
      for (const auto& packet : bias_packets(own.biases)) recalls.cues += hex_lines(packet);
    }
    if (!cue.clamp.empty()) {
      own.clamps = cue.clamp;
      for (const auto& packet : clamp_packets(own.clamps)) recalls.cues += hex_lines(packet);
    }
    for (const auto& packet : state_packets(cue.state)) recalls.cues += hex_lines(packet);
    add_recall(recalls, own, cue.state);
  }
  return recalls;
}

/// "ConfigId" -> "CONFIG_ID"
std::string upper_snake(const std::string& camel) {
  std::string name;
  for (const char c : camel) {
    if (c >= 'A' && c <= 'Z' && !name.empty()) name += '_';
    name += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return name;
}

/// The register map in Verilog of 2005.
std::string register_map() {
  std::string text = "  // Register addresses, and the commands of CONTROL.\n";
  for (const protocol::Register& one : protocol::registers) {
    text += fmt::format("  localparam [3:0] REG_{} = {};\n", upper_snake(one.name), one.address);
  }
  text += fmt::format("  localparam [31:0] CONTROL_START = {}, CONTROL_CHECK = {}, CONTROL_CLEAR = {};\n",
                      protocol::control_start, protocol::control_check, protocol::control_clear);
  return text;
}

std::string filled(std::string text, const Tokens& tokens) {
  for (const auto& [name, value] : tokens) {
    const std::string token = "@" + name + "@";
    for (std::size_t at = text.find(token); at != std::string::npos; at = text.find(token, at + value.size())) {
      text.replace(at, token.size(), value);
    }
  }
  return text;
}

/// An instance with a wire for each port of the plain Verilog, as wide as there.
std::string instantiation(const std::string& verilog) {
  std::string wires, ports;
  std::istringstream lines(verilog);
  for (std::string line; std::getline(lines, line) && line.rfind("endmodule", 0) != 0;) {
    std::istringstream words(line);
    std::string direction, width, name;
    words >> direction >> width;
    if (direction != "input" && direction != "output") continue;
    if (width.front() == '[') words >> name, width += " ";
    else name = std::exchange(width, "");
    name.pop_back();   // the semicolon
    wires += fmt::format("wire {}{};   // {}\n", width, name, direction);
    ports += fmt::format("{}  .{}({})", ports.empty() ? "" : ",\n", name, name);
  }
  return "// One basin_core: copy these lines into your module. One clock, synchronous reset, active low.\n" + wires +
         "\nbasin_core u_basin_core (\n" + ports + "\n);\n";
}

/// "NEURONS (3) = 64, …": what is written before the load.
std::string settings_of(const FixedNetwork& network) {
  std::vector<std::string> settings;
  for (const auto& [address, word] : register_settings(network)) {
    settings.push_back(fmt::format("{} ({}) = {}", upper_snake(protocol::registers.at(address).name), address, word));
  }
  return fmt::format("{}", fmt::join(settings, ", "));
}

/// "a packet of states (header …)" for a kind of words that a cue loads.
std::string packet_of(const char* values, std::uint32_t kind, const char* word) {
  const std::uint32_t header = protocol::header(kind, 0, 0);
  return fmt::format("a packet of {} (header `{:04x}_{:04x}` plus the count, then one {} a neuron)", values, header >> 16,
                     header & 0xFFFFU, word);
}

/// What a recall sends: as recall_cues() does.
std::string cue_packets_of(const RawCue& cue) {
  std::string text;
  if (!cue.bias.empty()) text += packet_of("biases", protocol::kind_biases, "word") + ", ";
  if (!cue.clamp.empty()) text += packet_of("masks", protocol::kind_clamps, "mask") + ", ";
  return text + packet_of("states", protocol::kind_states, "word");
}

/// A paragraph about a core whose neurons may be held; nothing about one without.
std::string about_phases(const CoreConfig& core) {
  if (core.phases == 0) return "";
  std::string text = "\n\nA neuron is held, keeping its state and with it its output, in phase p of a recall where bit p of its mask is set"
                     " (`load_image.hex` has\nthe masks of every recall; those of a cue take their place until others are loaded).";
  if (core.phases == 1) return text + " There is one phase, 0.";
  return text + fmt::format(" A recall\nhas the phases 0 … {}; PHASE p is the length in steps of every phase but the last, in "
                            "which alone it settles. STATUS bits 5…4 show\nthe phase of the last step, and a packet of states "
                            "leads back to phase 0.", core.phases - 1);
}

/// The statements that write the lengths of the phases and the longest delay.
std::string lengths_of(const FixedNetwork& network) {
  std::string text;
  for (std::size_t p = 0; p < network.phase_steps.size(); ++p) {
    text += fmt::format("    write_register(REG_PHASE{}, 32'd{});\n", p, network.phase_steps[p]);
  }
  if (network.core.pages > 2) text += fmt::format("    write_register(REG_DELAY, 32'd{});\n", network.longest_delay);
  return text;
}

Tokens tokens_of(const Design& design, const FixedNetwork& network, const PlainVerilog& plain, const std::string& image,
                 const Recalls& recalls, const RawCue& cue) {
  const CoreConfig& core = network.core;
  const auto count = static_cast<std::size_t>(std::max(recalls.count, 1));
  const std::int64_t step_clocks = std::int64_t{core.neurons} * core.neurons + 1024;
  const std::int64_t patience = std::min(network.step_limit * step_clocks + longest_wait(core), (std::int64_t{1} << 31) - 1);
  const int order = network.order == 2 ? static_cast<int>(protocol::step_order2) : 0;
  return {{"NAME", design.name},
          {"NEURONS", fmt::to_string(network.neurons)},
          {"LANES", fmt::to_string(core.lanes)},
          {"CAPACITY", fmt::to_string(core.neurons)},
          {"INDEX_BITS", fmt::to_string(std::max(1, clog2(core.neurons)))},
          {"STATE_BITS", fmt::to_string(core.state_bits)},
          {"CONFIG_ID", fmt::format("{:08x}", plain.config_id)},
          {"NETWORK_ID", fmt::format("{:08x}", network_id(network))},
          {"STEP", fmt::to_string(network.step_exponent | order)},
          {"SETTLE", fmt::to_string(network.settle_threshold)},
          {"LIMIT", fmt::to_string(network.step_limit)},
          {"SETTINGS", settings_of(network)},
          {"CUE_PACKETS", cue_packets_of(cue)},
          {"ABOUT_PHASES", about_phases(core)},
          {"LENGTHS", lengths_of(network)},
          {"LAST_PHASE", fmt::to_string(core.timed_phases())},
          {"LOAD_WORDS", fmt::to_string(lines_of(image))},
          {"CUES", fmt::to_string(recalls.count)},
          {"CUE_WORDS", fmt::to_string(lines_of(recalls.cues) / count)},
          {"STATE_WORDS", fmt::to_string(lines_of(recalls.states))},
          {"PATIENCE", fmt::to_string(patience)},
          {"REGISTERS", register_map()}};
}

void write_sources(const RtlSources& rtl, const fs::path& folder) {
  for (const std::string& name : rtl.names) write_text(folder / name, read_file(rtl.root / name));
  for (const char* name : {"rtl/sources.f", "rtl/lint/basin_assert.svh", "LICENSE", "NOTICE"}) {
    write_text(folder / name, read_file(rtl.root / name));
  }
}

/// Runs the testbench in `folder`, with a trace, and returns what it said last.
std::string run_testbench(const fs::path& folder) {
  ProcessOptions compile;
  compile.arguments = {tool_path("iverilog").string(), "-g2005", "-o", "tb", "basin_tb.v", "basin_core.v"};
  compile.folder = folder;
  compile.environment = {{"TMPDIR", folder.string()}};
  compile.timeout_s = bench_timeout_s;
  run_tool("iverilog", compile);
  ProcessOptions run;
  run.arguments = {tool_path("vvp").string(), "-n", "tb", "+trace"};
  run.folder = folder;
  run.timeout_s = bench_timeout_s;
  const ProcessResult result = run_tool("vvp", run);
  const std::string verdict = result.last_lines.empty() ? "" : result.last_lines.back();
  if (!verdict.starts_with("PASS ")) throw ToolError("vvp", "the testbench of the release does not pass", result.last_lines);
  return verdict;
}

}  // namespace

void require_new_folder(const fs::path& folder) {
  std::error_code error;
  if (!fs::exists(folder, error) && !error) return;
  if (!error && fs::is_directory(folder, error) && fs::is_empty(folder, error) && !error) return;
  throw InputError("--release: " + folder.string() + " exists and is not an empty folder; allowed: a new or empty one");
}

Release write_release(const Design& design, const ReleaseOptions& options) {
  if (options.cues < 1) throw InputError("a release recalls at least one cue");
  require_new_folder(options.folder);
  const Prepared prepared = prepare(design);
  const FixedNetwork& network = prepared.quantised.network;
  const PlainVerilog plain = elaborate_core(network.core, {.source = {}, .cache = {}, .notice = options.notice});
  const RtlSources rtl = read_rtl_sources(source_root());
  const std::vector<RawCue> cues = raw_cues(prepared);
  const Recalls recalls = recall_cues(network, cues, options.cues);
  std::string image;
  for (const std::vector<std::uint32_t>& packet : load_image(network)) image += hex_lines(packet);
  const Tokens tokens = tokens_of(design, network, plain, image, recalls, cues.front());
  const std::string verilog = read_file(plain.file);
  const fs::path templates = source_root() / "sim" / "synth";

  NewFolder folder(without_slash(options.folder));
  write_sources(rtl, folder.path());
  write_text(folder.path() / "basin_cfg.svh", configuration_header(network.core, plain.config_id));
  write_text(folder.path() / "basin_core.v", verilog);
  write_text(folder.path() / "basin_core_inst.v", instantiation(verilog));
  write_text(folder.path() / "load_image.hex", image);
  write_text(folder.path() / "cues.hex", recalls.cues);
  write_text(folder.path() / "ends.hex", recalls.ends);
  write_text(folder.path() / "states.hex", recalls.states);
  write_text(folder.path() / "basin_tb.v", filled(read_file(templates / "basin_tb.v.in"), tokens));
  write_text(folder.path() / "README.md", filled(read_file(templates / "release.md.in"), tokens));
  if (options.notice) options.notice("running the release's testbench in Icarus");
  Release release{plain.config_id, network_id(network), recalls.count, run_testbench(folder.path())};
  write_text(folder.path() / "timing.svg", timing_diagram(read_file(folder.path() / "trace.txt")));
  for (const char* name : {"tb", "trace.txt"}) fs::remove(folder.path() / name);
  folder.keep();
  return release;
}

}  // namespace basin
