#include "sim/synth/icetime.hpp"

#include <regex>

#include "sim/toolchain/process.hpp"
#include "sim/toolchain/rtl_sources.hpp"
#include "sim/toolchain/tool_error.hpp"
#include "sim/toolchain/tools.hpp"

namespace basin {

namespace fs = std::filesystem;

double parse_icetime(const std::string& report) {
  static const std::regex total(R"(Total path delay: [0-9.]+ ns \(([0-9]+(\.[0-9]+)?) MHz\))");
  std::smatch match;
  if (!std::regex_search(report, match, total)) throw ToolError("icetime", "its report names no path");
  return std::stod(match[1]);
}

double icetime_mhz(const fs::path& folder, const Target& target, int seed) {
  ProcessOptions options;
  options.arguments = {tool_path("icetime").string(), "-d", target.icetime_device, "-mt", "-r", "icetime.txt.part",
                       "seed-" + std::to_string(seed) + ".asc"};
  options.folder = folder;
  options.timeout_s = 300;
  options.log = folder / "icetime.log";
  fs::remove(folder / "icetime.txt.part");
  const ProcessResult result = run_process(options);
  if (!result.ok()) {
    throw ToolError("icetime", result.timed_out ? "gave up after 300 s" : "failed", result.last_lines,
                    "it needs the package fpga-icestorm-chipdb; the whole log is " + options.log.string());
  }
  const double found = parse_icetime(read_file(folder / "icetime.txt.part"));
  fs::rename(folder / "icetime.txt.part", folder / "icetime.txt");
  return found;
}

}  // namespace basin
