#include "sim/systemc/recording.hpp"

#include <array>
#include <fstream>
#include <string>
#include <sysc/tracing/sc_tracing_ids.h>
#include <utility>

#include "sim/systemc/wave.hpp"
#include "sim/toolchain/process.hpp"
#include "sim/toolchain/tool_error.hpp"
#include "sim/toolchain/tools.hpp"

namespace basin::systemc {
namespace {

namespace fs = std::filesystem;

constexpr double tool_timeout_s = 1800;

bool is_fst(const fs::path& file) { return file.extension() == ".fst"; }

fs::path with_ending(const fs::path& file) { return is_fst(file) ? file : fs::path(file).replace_extension(".vcd"); }

fs::path folder_of(const fs::path& file) { return file.has_parent_path() ? file.parent_path() : fs::path("."); }

/// Takes the time of writing out of an FST file: the same recall gives the same bytes. The header stands first and in the
/// open; its date is 119 bytes at this place (FST_HDR_OFFS_DATE and FST_HDR_DATE_SIZE of GTKWave's fstapi.c, after the tag).
void forget_date(const fs::path& file) {
  constexpr std::streamoff date = 202;
  const std::array<char, 119> nothing{};
  std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
  stream.seekp(date);
  stream.write(nothing.data(), nothing.size());
  stream.close();
  if (!stream) throw EnvironmentError("can't write " + file.string());
}

}  // namespace

Recording::Recording(fs::path file) : file_(with_ending(file)), scratch_(folder_of(file_), ".basin-wave-") {
  if (is_fst(file_)) tool_path("vcd2fst");
  sc_core::sc_report_handler::set_actions(sc_core::SC_ID_TRACING_TIMESCALE_UNIT_, sc_core::SC_DO_NOTHING);
  trace_ = sc_core::sc_create_vcd_trace_file(growing("").c_str());   // adds .vcd
  trace_->set_time_unit(1.0, sc_core::SC_NS);
}

Recording::~Recording() { close(); }

fs::path Recording::growing(const char* end) const { return scratch_.path() / ("wave" + std::string(end)); }

void Recording::close() {
  if (trace_ != nullptr) sc_core::sc_close_vcd_trace_file(std::exchange(trace_, nullptr));
}

void Recording::finish(std::size_t neurons) {
  close();
  if (is_fst(file_)) {
    ProcessOptions options;
    options.arguments = {tool_path("vcd2fst").string(), growing(".vcd").string(), growing(".fst").string()};
    options.timeout_s = tool_timeout_s;
    run_tool("vcd2fst", options);
    forget_date(growing(".fst"));
  }
  const bool inside = fs::exists(internals());
  if (inside) forget_date(internals());
  write_view(growing(".gtkw"), file_.filename().string(), neurons,
             sc_core::sc_time_stamp() / sc_core::sc_time(1, sc_core::SC_NS));
  place(growing(file_.extension().c_str()), file_);
  if (inside) place(internals(), fs::path(file_).replace_filename(file_.stem().string() + "-internals.fst"));
  place(growing(".gtkw"), fs::path(file_).replace_extension(".gtkw"));
}

void Recording::place(const fs::path& from, const fs::path& to) const {
  std::error_code failed;
  fs::rename(from, to, failed);
  if (failed) throw EnvironmentError("can't write " + to.string() + ": " + failed.message());
}

}  // namespace basin::systemc
