#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/design/design.hpp"
#include "models/fixed/network.hpp"
#include "sim/engine.hpp"
#include "sim/netlist/netlist.hpp"
#include "sim/synth/place.hpp"
#include "sim/synth/recall_cost.hpp"

namespace basin {

/// Where a board has its network from when it starts.
enum class Boot {
  flash,      // from its flash, else over the UART
  contents    // from the memories' initial contents: it is part of the bitstream
};
/// As --boot and results.json say it.
std::string boot_name(Boot boot);
/// The one of that name. Throws InputError naming the allowed ones.
Boot boot_named(const std::string& name);
/// Throws InputError unless cores for `target` can start so: single-port memories have no initial contents.
void require_boot(Boot boot, const Target& target);

struct SynthesisOptions {
  std::string target;                                          // empty: the design's own, else ice40-hx8k
  Boot boot = Boot::flash;
  int seeds = 8;                                               // place and route runs
  int jobs = 2;                                                // of them at once
  std::filesystem::path out;                                   // where reports, logs and the bitstream go
  /// The stage under way ("staging", "synthesis", "place and route", "recalls", "bitstream") and how much of it is done.
  std::function<void(std::string_view stage, std::size_t done, std::size_t total)> progress;
  /// The engine that counts cycles; empty: Verilator.
  std::function<std::unique_ptr<Engine>(const FixedNetwork&)> make_engine;
};

/// One network turned into a bitstream.
struct Synthesis {
  std::string target;
  std::uint32_t hardware_id = 0;
  std::uint32_t network_id = 0;
  int neurons = 0;
  int lanes = 0;
  CellCounts cells;
  std::vector<Usage> usage;          // of the placed design
  std::vector<Placement> seeds;      // in order
  int bitstream_seed = 0;            // the fastest
  double icetime_mhz = 0.0;          // what icetime says of that seed; nothing is judged by it
  std::filesystem::path bitstream;   // relative to options.out
  Boot boot = Boot::flash;
  std::filesystem::path boot_image;  // beside it: what the board loads from its flash (docs/protocol.md §6); else empty
  RecallCost recall;

  [[nodiscard]] double median_fmax_mhz() const;
  [[nodiscard]] double worst_fmax_mhz() const;
  /// Median recall at the median frequency.
  [[nodiscard]] double recall_us() const;
};

/// `design` for `target`; empty: its own, else ice40-hx8k. It decides what the core is made of. Throws InputError.
Design aimed_at(Design design, const std::string& target);

/// Yosys, nextpnr over seeds 1 … seeds, icepack and icetime of the fastest. Resumable: what the same inputs made in `out` before is
/// taken as it is. Throws InputError (target, boot), ClaimError naming the resource and the largest N when the design does not
/// fit, ToolError, EnvironmentError, Interrupted.
Synthesis synthesise(const Design& design, const SynthesisOptions& options);

}  // namespace basin
