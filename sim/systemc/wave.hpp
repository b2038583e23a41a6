#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <systemc>
#include <vector>

namespace basin::systemc {

/// Opens FILE.vcd for writing, times in ns. Throws std::runtime_error when it can't be written.
sc_core::sc_trace_file* open_wave(const std::filesystem::path& file);
/// Traces u and V of every neuron as reals: <module>.u_<i>, <module>.v_<i>. The vectors must stay where they are.
void trace_neurons(sc_core::sc_trace_file* file, const std::string& module, const std::vector<double>& u,
                   const std::vector<double>& v);
/// Writes FILE.gtkw: the first neurons' u of circuit and core as curves, then the scoreboard and the core's ports.
void write_view(const std::filesystem::path& file, std::size_t neurons);

}  // namespace basin::systemc
