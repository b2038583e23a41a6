#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <systemc>

namespace basin::systemc {

/// Traces u and V of every neuron as reals: <module>.u_<i>, <module>.v_<i>. The vectors must stay where they are.
void trace_neurons(sc_core::sc_trace_file* file, const std::string& module, std::span<const double> u,
                   std::span<const double> v);
/// Writes GTKWave's save file `file` for the waveform file of that name in its folder: the first neurons' u of circuit and
/// core as curves over the whole of its `duration_ns`, then the scoreboard and the core's ports. Throws EnvironmentError when it can't be written.
void write_view(const std::filesystem::path& file, const std::string& waveform, std::size_t neurons,
                double duration_ns);

}  // namespace basin::systemc
