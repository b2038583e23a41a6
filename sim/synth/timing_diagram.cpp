#include "sim/synth/timing_diagram.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <sstream>
#include <stdexcept>
#include <vector>

namespace basin {
namespace {

struct Signal {
  const char* name;
  bool bus;
  int shown_when;   // a bus means something while this signal is 1; −1: always
};
// In the order of basin_tb's trace.
constexpr std::array<Signal, 13> signals{{
    {"rst_ni", false, -1},       {"reg_valid_i", false, -1},   {"reg_write_i", false, -1},   {"reg_addr_i", true, 1},
    {"reg_wdata_i", true, 2},    {"load_valid_i", false, -1},  {"load_ready_o", false, -1},  {"load_last_i", false, -1},
    {"load_data_i", true, 5},    {"busy_o", false, -1},        {"monitor_valid_o", false, -1},
    {"monitor_index_o", true, 10}, {"monitor_state_o", true, 10},
}};
constexpr std::size_t reg_write = 2, reg_addr = 3, reg_wdata = 4, monitor_valid = 10;
constexpr const char *control = "1", *control_start = "1";

using Clock = std::array<std::string, signals.size()>;
struct Window {
  const char* title;
  std::size_t first;
  std::size_t count;
};

constexpr int name_width = 140, clock_width = 66, row_height = 28, high = 16, top = 46, gap = 28;

std::vector<Clock> clocks_of(const std::string& trace) {
  std::vector<Clock> clocks;
  std::istringstream lines(trace);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream fields(line);
    Clock clock;
    for (std::string& field : clock) fields >> field;
    if (!fields) throw std::invalid_argument("a trace of another testbench");
    clocks.push_back(clock);
  }
  return clocks;
}

std::vector<Window> windows_of(const std::vector<Clock>& clocks) {
  const auto start = std::find_if(clocks.begin(), clocks.end(), [](const Clock& c) {
    return c[reg_write] == "1" && c[reg_addr] == control && c[reg_wdata] == control_start;
  });
  const auto started = static_cast<std::size_t>(start - clocks.begin());
  std::size_t first_state = started;
  while (first_state < clocks.size() && clocks[first_state][monitor_valid] != "1") ++first_state;
  if (first_state == clocks.size() || started == 0) throw std::invalid_argument("a trace without a recall");
  const auto window = [&](const char* title, std::size_t first, std::size_t most) {
    return Window{title, first, std::min(most, clocks.size() - first)};
  };
  return {window("reset, registers, load", 0, 12), window("start of a recall", started - 1, 4),
          window("first states", first_state - 1, 8)};
}

std::string label(double x, double y, const char* kind, const std::string& text) {
  return fmt::format("<text class=\"{}\" x=\"{}\" y=\"{}\">{}</text>\n", kind, x, y, text);
}

bool known(const std::string& value) { return value.find_first_not_of("0123456789abcdef") == std::string::npos; }

std::string drawn_bit(const std::vector<Clock>& clocks, const Window& window, std::size_t signal, int left, int y) {
  std::string points, unknown;
  for (std::size_t i = 0; i < window.count; ++i) {
    const std::string& value = clocks[window.first + i][signal];
    const int x = left + static_cast<int>(i) * clock_width;
    const int level = value == "1" ? y : value == "0" ? y + high : y + high / 2;
    points += fmt::format("{},{} {},{} ", x, level, x + clock_width, level);
    if (!known(value)) unknown += fmt::format("<rect class=\"x\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>\n", x, y, clock_width, high);
  }
  return unknown + fmt::format("<polyline points=\"{}\"/>\n", points);
}

std::string drawn_bus(const std::vector<Clock>& clocks, const Window& window, std::size_t signal, int left, int y) {
  std::string svg;
  for (std::size_t i = 0; i < window.count; ++i) {
    const Clock& clock = clocks[window.first + i];
    const int x = left + static_cast<int>(i) * clock_width;
    if (clock[static_cast<std::size_t>(signals[signal].shown_when)] != "1") {
      svg += fmt::format("<line class=\"off\" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"/>\n", x, y + high / 2, x + clock_width, y + high / 2);
      continue;
    }
    svg += fmt::format("<rect class=\"bus\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>\n", x + 1, y, clock_width - 2, high);
    svg += label(x + clock_width / 2.0, y + high - 4, "value", clock[signal]);
  }
  return svg;
}

std::string drawn_window(const std::vector<Clock>& clocks, const Window& window, int left) {
  std::string svg = label(left, 16, "title", window.title);
  const int bottom = top + static_cast<int>(signals.size()) * row_height;
  for (std::size_t i = 0; i < window.count; ++i) {
    const int x = left + static_cast<int>(i) * clock_width;
    svg += label(x + clock_width / 2.0, 34, "value", fmt::to_string(window.first + i));
    svg += fmt::format("<line class=\"grid\" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"/>\n", x, top - 6, x, bottom);
  }
  for (std::size_t signal = 0; signal < signals.size(); ++signal) {
    const int y = top + static_cast<int>(signal) * row_height;
    svg += signals[signal].bus ? drawn_bus(clocks, window, signal, left, y) : drawn_bit(clocks, window, signal, left, y);
  }
  return svg;
}

}  // namespace

std::string timing_diagram(const std::string& trace) {
  const std::vector<Clock> clocks = clocks_of(trace);
  const std::vector<Window> windows = windows_of(clocks);
  std::string body = label(8, 34, "name", "clock");
  for (std::size_t signal = 0; signal < signals.size(); ++signal) {
    body += label(8, top + static_cast<int>(signal) * row_height + high - 3, "name", signals[signal].name);
  }
  int left = name_width;
  for (const Window& window : windows) {
    body += drawn_window(clocks, window, left);
    left += static_cast<int>(window.count) * clock_width + gap;
  }
  const int height = top + static_cast<int>(signals.size()) * row_height + 8;
  return fmt::format("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" width=\"{}\" height=\"{}\">\n", left, height, left, height) +
         "<style>text{font:11px monospace;fill:#222}.title{font-weight:bold}.value{text-anchor:middle;font-size:10px}"
         "polyline{fill:none;stroke:#1558a6;stroke-width:1.5}.bus{fill:#e6effa;stroke:#1558a6}.off{stroke:#999}"
         ".grid{stroke:#ddd}.x{fill:#f3c2c2}</style>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n" +
         body + "</svg>\n";
}

}  // namespace basin
