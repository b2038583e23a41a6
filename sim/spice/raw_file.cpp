#include "sim/spice/raw_file.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>
#include <string_view>

#include "models/design/error.hpp"
#include "sim/io/file.hpp"
#include "sim/io/lines.hpp"
#include "sim/toolchain/tool_error.hpp"

namespace basin {
namespace {

static_assert(std::endian::native == std::endian::little);

constexpr std::uint64_t largest_raw_file = std::uint64_t{8} << 30;

[[noreturn]] void refuse(const std::string& problem) { throw ToolError("ngspice", "its result " + problem); }

Index whole_number(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
  Index value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc{} || value < 1) refuse("has a bad header: " + std::string(text));
  return value;
}

/// The second word of "\t1\tv(u0)\tvoltage".
std::string second_word(std::string_view line) {
  const auto skip = [&line] { line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size())); };
  skip();
  line.remove_prefix(std::min(line.find_first_of(" \t"), line.size()));
  skip();
  return std::string(line.substr(0, line.find_first_of(" \t")));
}

}  // namespace

Index Waveforms::find(const std::string& name) const {
  const auto place = std::find(names.begin(), names.end(), name);
  return place == names.end() ? -1 : place - names.begin();
}

Waveforms read_raw_file(const std::filesystem::path& file) {
  std::string bytes;
  try {
    bytes = read_file(file, largest_raw_file);
  } catch (const InputError&) {
    refuse("is missing");
  }
  constexpr std::string_view start_of_data = "Binary:\n";
  const std::size_t data = bytes.find(start_of_data);
  if (data == std::string::npos) refuse("holds no binary waveforms");
  Waveforms waves;
  Index columns = 0, rows = 0;
  bool listing = false;
  Lines lines(std::string_view(bytes).substr(0, data));
  while (lines.next()) {
    const std::string_view line = lines.text();
    if (line.starts_with("No. Variables:")) columns = whole_number(line.substr(14));
    if (line.starts_with("No. Points:")) rows = whole_number(line.substr(11));
    if (line.starts_with("Flags:") && line.find("complex") != std::string_view::npos) refuse("is complex");
    if (listing && std::ssize(waves.names) < columns) waves.names.push_back(second_word(line));
    if (line.starts_with("Variables:")) listing = true;
  }
  const std::size_t begin = data + start_of_data.size();
  if (columns < 2 || rows < 2 || std::ssize(waves.names) != columns) refuse("has no waveforms");
  const auto expected = static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns) * sizeof(double);
  if (bytes.size() - begin != expected) refuse("is cut short");
  waves.values.resize(rows, columns);
  std::memcpy(waves.values.data(), bytes.data() + begin, expected);
  if (!waves.values.allFinite()) refuse("holds values that are no numbers");
  for (Index k = 1; k < rows; ++k) {
    if (waves.values(k, 0) < waves.values(k - 1, 0)) refuse("goes back in time");
  }
  return waves;
}

std::vector<Index> nearest_points(const Waveforms& waves, const std::vector<double>& times) {
  std::vector<Index> points;
  const auto clock = waves.values.col(0);
  Index at = 0;
  for (const double t : times) {
    while (at + 1 < clock.size() && std::abs(clock[at + 1] - t) <= std::abs(clock[at] - t)) ++at;
    if (points.empty() || points.back() < at) points.push_back(at);
  }
  return points;
}

}  // namespace basin
