#include "sim/cli/results_folder.hpp"

#include <fmt/format.h>

#include <iterator>

#include "sim/io/atomic_file.hpp"
#include "sim/io/hdf5_image.hpp"
#include "sim/toolchain/tool_error.hpp"

namespace basin::cli {

void write_result(const std::filesystem::path& file, std::string_view bytes) {
  std::error_code failed;
  std::filesystem::create_directories(file.parent_path(), failed);
  if (failed) throw EnvironmentError(file.parent_path().string() + ": cannot be made: " + failed.message());
  write_atomically(file, bytes);
}

void write_arrays(const std::filesystem::path& folder, const Traces& traces, double lsb_state) {
  const std::size_t cues = traces.cues;
  const std::size_t samples = traces.samples;
  const std::size_t neurons = traces.neurons;
  const bool physical = traces.state_unit == "V";
  Hdf5Image image;
  if (!traces.t.empty()) image.add("/t", {samples}, traces.t, traces.time_unit);
  if (!traces.u.empty()) {  // left out where they would be too large
    image.add("/u", {cues, samples, neurons}, traces.u, traces.state_unit);
    image.add("/V", {cues, samples, neurons}, traces.v, "1");
    image.add("/energy", {cues, samples}, traces.energy, physical ? "W" : "1");
  }
  if (!traces.weights.empty()) image.add("/weights", {neurons, neurons}, traces.weights, "1");
  for (const auto& [engine, states] : traces.u_raw) {
    image.add("/engine/" + engine + "/u_raw", {cues, traces.steps, neurons}, *states,
              fmt::format("{} {}", lsb_state, traces.state_unit));
  }
  write_result(folder / "results.h5", image.finish());
}

std::string samples_csv(const Traces& traces) {
  std::string text = "cue,t";
  const auto out = std::back_inserter(text);
  for (std::size_t i = 0; i < traces.neurons; ++i) fmt::format_to(out, ",u{}", i);
  for (std::size_t i = 0; i < traces.neurons; ++i) fmt::format_to(out, ",V{}", i);
  text += '\n';
  for (std::size_t row = 0; row < traces.cues * traces.samples; ++row) {
    fmt::format_to(out, "{},{}", row / traces.samples, traces.t[row % traces.samples]);
    for (std::size_t i = 0; i < traces.neurons; ++i) fmt::format_to(out, ",{}", traces.u[row * traces.neurons + i]);
    for (std::size_t i = 0; i < traces.neurons; ++i) fmt::format_to(out, ",{}", traces.v[row * traces.neurons + i]);
    text += '\n';
  }
  return text;
}

}  // namespace basin::cli
