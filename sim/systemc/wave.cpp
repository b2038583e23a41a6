#include "sim/systemc/wave.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>

#include "sim/toolchain/tool_error.hpp"

namespace basin::systemc {
namespace {

constexpr std::size_t curves = 8;           // neurons shown at once; the others are in the file
constexpr int window_width = 1500;          // pixels, of which the curves have
constexpr int curve_width = 1150;
constexpr int curve_height = 3;             // lines that a curve takes
// GTKWave's trace flags: right-justified hexadecimal; a curve in steps or straight lines over its full range.
constexpr const char* plain = "@22";
constexpr const char* stepped = "@88022";
constexpr const char* interpolated = "@90022";
constexpr const char* heading = "@200";
constexpr const char* taller = "@20000";

void add_curve(std::ofstream& view, const char* flags, const std::string& name) {
  view << flags << '\n' << "SystemC." << name << '\n' << taller << '\n';
  for (int line = 0; line < curve_height; ++line) view << "-\n";
}

}  // namespace

void trace_neurons(sc_core::sc_trace_file* file, const std::string& module, std::span<const double> u,
                   std::span<const double> v) {
  for (std::size_t i = 0; i < u.size(); ++i) {
    sc_core::sc_trace(file, u[i], module + ".u_" + std::to_string(i));
    sc_core::sc_trace(file, v[i], module + ".v_" + std::to_string(i));
  }
}

void write_view(const std::filesystem::path& file, const std::string& waveform, std::size_t neurons,
                double duration_ns) {
  std::ofstream view(file);
  view << "[dumpfile] \"" << waveform << "\"\n[timestart] 0\n[size] " << window_width << " 1000\n[sst_expanded] 0\n";
  // 200 pixels take 2^-zoom ns: the first power with which all fits beside the names.
  view << '*' << -std::ceil(std::log2(std::max(200.0 * duration_ns / curve_width, 1.0))) << ".0 -1\n";
  for (std::size_t i = 0; i < std::min(neurons, curves); ++i) {
    const std::string name = ".u_" + std::to_string(i);
    view << heading << "\n-neuron " << i << ": circuit, core\n";
    add_curve(view, interpolated, "analog" + name);
    add_curve(view, stepped, "hardware" + name);
  }
  view << heading << "\n-comparison\n";
  add_curve(view, stepped, "scoreboard.deviation");
  view << plain << "\nSystemC.scoreboard.step[63:0]\n" << heading << "\n-core\n@28\n";
  for (const char* bit : {"clk", "rst_n", "busy", "settled", "overflow", "load_error", "reg_valid", "reg_write", "load_valid",
                          "load_ready", "load_last", "read_valid", "read_ready", "read_last", "monitor_valid"}) {
    view << "SystemC.core." << bit << '\n';
  }
  view << plain << '\n';
  for (const char* word : {"reg_addr", "reg_wdata", "reg_rdata", "load_data", "read_data", "monitor_state"}) {
    view << "SystemC.core." << word << "[31:0]\n";
  }
  view.close();
  if (!view) throw EnvironmentError("can't write " + file.string());
}

}  // namespace basin::systemc
