#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/compare/verification.hpp"

namespace basin::report {

/// One FPGA of an earlier `synth` of the same hardware.
struct SynthesisSummary {
  std::string target;
  std::uint64_t luts = 0;
  std::uint64_t flip_flops = 0;
  std::uint64_t block_rams = 0;
  std::uint64_t dsps = 0;
  double median_mhz = 0.0;
  double worst_mhz = 0.0;
  double icetime_mhz = 0.0;
  std::optional<double> recall_us;
};

/// What the page says besides the verification itself.
struct Origin {
  std::string command;                                          // as a user would type it
  std::string design_text;                                      // the design file; "" leaves it out
  std::vector<std::pair<std::string, std::string>> versions;    // program, version
  std::vector<SynthesisSummary> synthesis;                      // may be empty
  std::vector<std::pair<std::string, std::string>> files;       // what lies beside the page: what it is, its name
};

/// report.html (docs/report.md): one page that needs no other file and no network. The same arguments give the same
/// bytes. Throws EnvironmentError when the page's own style or scripts are missing from the source tree.
std::string report_page(const Design& design, const Verification& found, const Origin& origin);

}  // namespace basin::report
