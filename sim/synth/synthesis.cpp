#include "sim/synth/synthesis.hpp"

#include <algorithm>

#include "models/design/error.hpp"
#include "models/design/sha256.hpp"
#include "models/design/text.hpp"
#include "sim/board/boot_image.hpp"
#include "sim/io/atomic_file.hpp"
#include "sim/reference/pipeline.hpp"
#include "sim/reference/raw_cue.hpp"
#include "sim/netlist/core_netlist.hpp"
#include "sim/netlist/capacity.hpp"
#include "sim/synth/icetime.hpp"
#include "sim/toolchain/process.hpp"
#include "sim/toolchain/rtl_sources.hpp"
#include "sim/toolchain/tool_error.hpp"
#include "sim/toolchain/tools.hpp"
#include "sim/verilator/verilator_engine.hpp"

namespace basin {
namespace {

namespace fs = std::filesystem;

/// Says which resource runs out and what would fit.
[[noreturn]] void refuse(const Shortage& lack, const CoreConfig& core, const Target& target) {
  const auto text = [](int n) { return std::to_string(n); };
  const LargestFit fit = largest_fit(core, target);
  throw ClaimError("N = " + text(core.neurons) + " on " + text(core.lanes) + " lanes needs " + text(lack.needed) + " " +
                   lack.resource + ", and " + target.name + " has " + text(lack.available) + "; " +
                   (fit.neurons == 0 ? std::string("no network of these formats fits")
                                     : "the largest N that fits with these formats is " + text(fit.neurons) + ", on " +
                                           text(fit.lanes) + " lanes"));
}

void require_fit(const CellCounts& cells, const CoreConfig& core, const Target& target) {
  if (cells.block_rams > target.block_rams) refuse({"block RAMs", cells.block_rams, target.block_rams}, core, target);
  const int logic = std::max(cells.luts, cells.flip_flops);
  if (logic > target.logic_cells) refuse({"logic cells", logic, target.logic_cells}, core, target);
}

/// The folder of the tools' files, made; EnvironmentError when it can't be.
fs::path make_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) throw EnvironmentError("can't make " + folder.string() + ": " + error.message());
  return folder;
}

/// The bitstream of the fastest seed, written whole or not at all.
void pack(const fs::path& folder, const Placement& best, const fs::path& bitstream) {
  ProcessOptions options;
  options.arguments = {tool_path("icepack").string(), "seed-" + std::to_string(best.seed) + ".asc", "basin.bin.part"};
  options.folder = folder;
  options.timeout_s = 300;
  options.log = folder / "icepack.log";
  run_tool("icepack", options);
  write_atomically(bitstream, read_file(folder / "basin.bin.part"));
  fs::remove(folder / "basin.bin.part");
}

std::string versions() { return find_tool("yosys").version + "\n" + find_tool("nextpnr").version + "\n"; }

double middle(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

std::vector<double> speeds(const std::vector<Placement>& seeds) {
  std::vector<double> all;
  for (const Placement& seed : seeds) all.push_back(seed.fmax_mhz);
  return all;
}

}  // namespace

double Synthesis::median_fmax_mhz() const { return middle(speeds(seeds)); }

double Synthesis::worst_fmax_mhz() const {
  const std::vector<double> all = speeds(seeds);
  return *std::min_element(all.begin(), all.end());
}

double Synthesis::recall_us() const { return static_cast<double>(recall.median_cycles) / median_fmax_mhz(); }

std::string boot_name(Boot boot) { return boot == Boot::flash ? "flash" : "contents"; }

Boot boot_named(const std::string& name) {
  for (const Boot boot : {Boot::flash, Boot::contents}) {
    if (name == boot_name(boot)) return boot;
  }
  throw InputError("--boot: " + in_quotes(name) + " is no way to start; allowed: flash, contents");
}

void require_boot(Boot boot, const Target& target) {
  if (boot == Boot::flash || target.single_port_rams == 0) return;
  throw InputError("--boot: contents on " + target.name + ": its weights or factors are in single-port memories, which have no initial "
                   "contents; allowed: flash");
}

Design aimed_at(Design design, const std::string& target) {
  const std::string own = design.hardware.target == "sim" ? "ice40-hx8k" : design.hardware.target;
  design.hardware.target = target_named(target.empty() ? own : target).name;
  return design;
}

Synthesis synthesise(const Design& design, const SynthesisOptions& options) {
  if (options.seeds < 1) throw InputError("--seeds: " + std::to_string(options.seeds) + " seeds; allowed: 1 or more");
  const auto say = [&](std::string_view stage, std::size_t done, std::size_t total) {
    if (options.progress) options.progress(stage, done, total);
  };
  const Design aimed = aimed_at(design, options.target);
  const Target& target = target_named(aimed.hardware.target);
  require_boot(options.boot, target);
  const Prepared prepared = prepare(aimed);
  const FixedNetwork& network = prepared.quantised.network;
  if (const auto lack = certain_shortage(network.core, target)) refuse(*lack, network.core, target);
  for (const char* late : {"icepack", "icetime"}) (void)tool_path(late);   // missing ones are told of before the minutes of work

  say("synthesis", 0, 1);
  std::optional<CoreContents> contents;
  if (options.boot == Boot::contents) contents = contents_of(network);
  const CoreNetlist netlist = core_netlist(network.core, target, {}, contents);
  const fs::path folder = make_folder(options.out / target.name);
  for (const char* name : {"netlist.json", "core.v", "basin_top.pcf", "basin_cfg.svh", "cells.json", "yosys.log"}) {
    const std::string bytes = read_file(netlist.folder / name);
    if (!fs::exists(folder / name) || read_file(folder / name) != bytes) write_atomically(folder / name, bytes);
  }
  const std::string hash = hex(sha256(netlist.folder.filename().string() + versions()));
  Synthesis result;
  result.cells = netlist.cells;
  require_fit(result.cells, network.core, target);

  const auto seeds = static_cast<std::size_t>(options.seeds);
  say("place and route", 0, seeds);
  try {
    result.seeds = place_seeds(folder, target, options.seeds, options.jobs, hash,
                               [&](std::size_t done) { say("place and route", done, seeds); });
  } catch (const DoesNotFit& error) {
    refuse({error.usage().resource, error.usage().used, error.usage().available}, network.core, target);
  }
  result.usage = result.seeds.front().usage;

  const auto best = std::max_element(result.seeds.begin(), result.seeds.end(),
                                     [](const Placement& a, const Placement& b) { return a.fmax_mhz < b.fmax_mhz; });
  result.bitstream_seed = best->seed;
  result.bitstream = fs::path(target.name) / "basin.bin";
  pack(folder, *best, options.out / result.bitstream);
  result.icetime_mhz = icetime_mhz(folder, target, best->seed);
  result.boot = options.boot;
  if (options.boot == Boot::flash) {
    result.boot_image = fs::path(target.name) / "boot.bin";
    write_atomically(options.out / result.boot_image, boot_image(network));
  }

  say("recalls", 0, 1);
  const auto built_in = [&] {
    RtlBuildOptions build;
    build.notice = [&](const std::string&) { say("building the RTL model", 0, 1); };
    return make_verilator_engine(network, build);
  };
  const auto engine = options.make_engine ? options.make_engine(network) : built_in();
  result.recall = count_cycles(*engine, network, raw_cues(prepared));
  result.target = target.name;
  result.hardware_id = config_id(network.core, read_rtl_sources(source_root()).text);
  result.network_id = network_id(network);
  result.neurons = network.neurons;
  result.lanes = network.core.lanes;
  return result;
}

}  // namespace basin
