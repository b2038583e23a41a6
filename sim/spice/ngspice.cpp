#include "sim/spice/ngspice.hpp"

#include <algorithm>

#include "models/design/text.hpp"
#include "sim/io/file.hpp"
#include "sim/toolchain/build_cache.hpp"
#include "sim/toolchain/process.hpp"
#include "sim/toolchain/scratch_folder.hpp"
#include "sim/toolchain/tool_error.hpp"
#include "sim/toolchain/tools.hpp"

namespace basin {
namespace {

namespace fs = std::filesystem;

constexpr double timeout_s = 3600;
constexpr const char* bench_file = "bench.cir";
constexpr const char* log_file = "ngspice.log";
constexpr std::uint64_t most_log = std::uint64_t{64} << 20;

}  // namespace

Waveforms run_ngspice(const std::string& deck, const Bench& bench) {
  const ScratchFolder folder(fs::temp_directory_path(), "basin-spice-");
  write_text(folder.path() / deck_file, deck);
  write_text(folder.path() / bench_file, bench_text(Dialect::ngspice, bench));
  ProcessOptions options;
  options.arguments = {tool_path("ngspice").string(), "-n", "-b", bench_file};   // -n: no start-up file of the user's
  options.folder = folder.path();
  options.timeout_s = timeout_s;
  options.log = folder.path() / log_file;
  const ProcessResult result = run_process(options);
  const auto fail = [&result](const std::string& problem) { throw ToolError("ngspice", problem, result.last_lines); };
  if (result.timed_out) fail("did not end within " + number_text(timeout_s) + " s");
  if (read_file(options.log, most_log).find(end_marker) == std::string::npos) fail("did not reach the end of the bench");
  if (!fs::exists(folder.path() / result_file)) fail("wrote no result");
  Waveforms waves = read_raw_file(folder.path() / result_file);
  constexpr double an_ulp = 1e-9;
  const double reached = waves.values(waves.values.rows() - 1, 0);
  if (waves.names.front() != "time" || reached < bench.t_end * (1.0 - an_ulp)) {
    fail("stopped at " + number_text(reached) + " s of " + number_text(bench.t_end) + " s");
  }
  return waves;
}

}  // namespace basin
