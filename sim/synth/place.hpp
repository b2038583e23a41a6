#pragma once

#include <filesystem>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include "sim/netlist/target.hpp"

namespace basin {

/// How much of one kind of thing a placed design takes.
struct Usage {
  std::string resource;        // "logic cells", "block RAMs", "pins", …
  int used = 0;
  int available = 0;
};

/// What nextpnr's report of one seed says.
struct Placement {
  int seed = 0;
  double fmax_mhz = 0.0;       // of the slowest clock
  std::vector<Usage> usage;
};

/// A report as nextpnr writes it (--report). Throws ToolError when it lacks a clock or the utilisation.
Placement parse_report(const std::string& report_json, int seed);

/// nextpnr found that a design takes more than the part has.
class DoesNotFit : public std::runtime_error {
 public:
  explicit DoesNotFit(Usage usage);
  [[nodiscard]] const Usage& usage() const { return usage_; }

 private:
  Usage usage_;
};

/// The resources of which nextpnr's log says that the design takes more than there are.
std::vector<Usage> exceeded(const std::string& nextpnr_log);

/// Places and routes netlist.json in `folder` once for every seed 1 … seeds, `jobs` at a time, into seed-N.json (report) and
/// seed-N.asc. A seed that these same inputs made before is taken as it is. `progress` gets the number of seeds done.
/// Throws DoesNotFit, ToolError when nextpnr fails otherwise, Interrupted.
std::vector<Placement> place_seeds(const std::filesystem::path& folder, const Target& target, int seeds, int jobs,
                                   const std::string& inputs_hash, const std::function<void(std::size_t)>& progress);

}  // namespace basin
