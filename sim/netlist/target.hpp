#pragma once

#include <span>
#include <string>
#include <vector>

namespace basin {

/// An FPGA on a board for which Basin makes bitstreams, and what it offers.
struct Target {
  std::string name;                          // as `[hardware] target` and --target say it
  std::string board;                         // folder of rtl/boards with basin_top.sv and basin_top.pcf
  std::vector<std::string> device;           // nextpnr's options that choose the part
  std::string icetime_device;                // the part, as icetime's -d says it
  int logic_cells = 0;                       // a LUT4 and a flip-flop each
  int block_rams = 0;                        // 4 kbit each
  std::vector<std::string> synthesis;        // synth_ice40's options for the part
  int dsps = 0;                              // 16 × 16 bit multipliers
  int single_port_rams = 0;                  // 16,384 × 16 bits each
};

/// Every target, in the order in which --target all takes them.
std::span<const Target> all_targets();
/// The target of that name. Throws InputError naming the allowed ones.
const Target& target_named(const std::string& name);

}  // namespace basin
