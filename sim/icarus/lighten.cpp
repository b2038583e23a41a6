#include "sim/icarus/lighten.hpp"

#include <algorithm>
#include <vector>

namespace basin {
namespace {

constexpr std::string_view process_start = "  always ";
constexpr std::string_view block_opens = " begin";
constexpr std::string_view block_closes = "  end";
constexpr std::string_view module_closes = "endmodule";
constexpr std::string_view separator = ", ";

std::vector<std::string_view> split(std::string_view text, std::string_view by) {
  std::vector<std::string_view> parts;
  for (std::size_t start = 0;;) {
    const std::size_t end = text.find(by, start);
    parts.push_back(text.substr(start, end - start));
    if (end == std::string_view::npos) return parts;
    start = end + by.size();
  }
}

/// The inside of a concatenation with every run of equal items as one replication.
std::string replicate(std::string_view inside) {
  const std::vector<std::string_view> items = split(inside, separator);
  std::string out;
  for (std::size_t first = 0; first < items.size();) {
    const std::string_view item = items[first];
    std::size_t next = first + 1;
    while (next < items.size() && items[next] == item) ++next;
    if (!out.empty()) out += separator;
    if (next - first == 1) out += item;
    else out += "{" + std::to_string(next - first) + "{ " + std::string(item) + " }}";
    first = next;
  }
  return out;
}

/// Yosys writes "{ a, b }", never one inside another.
std::string with_replications(std::string_view text) {
  constexpr std::string_view opens = "{ ", closes = " }";
  std::string out;
  for (std::size_t at = 0;;) {
    const std::size_t open = text.find(opens, at);
    const std::size_t close = open == std::string_view::npos ? open : text.find(closes, open + opens.size());
    if (close == std::string_view::npos) return out += text.substr(at);
    const std::size_t inside = open + opens.size();
    out += text.substr(at, inside - at);
    out += replicate(text.substr(inside, close - inside));
    at = close;
  }
}

/// The lines of a module, with the bodies of its processes apart.
struct Module {
  std::vector<std::string_view> sensitivities;
  std::string bodies, rest;
};

Module take_apart(std::string_view verilog) {
  Module module;
  const std::vector<std::string_view> lines = split(verilog, "\n");
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!lines[i].starts_with(process_start)) {
      if (lines[i] != module_closes) module.rest.append(lines[i]) += '\n';
      continue;
    }
    const bool block = lines[i].ends_with(block_opens);
    module.sensitivities.push_back(lines[i].substr(0, lines[i].size() - (block ? block_opens.size() : 0)));
    const auto inside = [&](std::string_view line) { return block ? line != block_closes : line.starts_with("    "); };
    while (i + 1 < lines.size() && inside(lines[i + 1])) module.bodies.append(lines[++i]) += '\n';
    if (block) ++i;
  }
  return module;
}

}  // namespace

std::string lighten(std::string_view verilog) {
  const Module module = take_apart(verilog);
  const auto& edges = module.sensitivities;
  const bool one_edge = !edges.empty() && std::all_of(edges.begin(), edges.end(), [&](auto edge) { return edge == edges[0]; });
  if (!one_edge) return with_replications(verilog);
  std::string merged = module.rest + std::string(edges[0]) + std::string(block_opens) + "\n" + module.bodies;
  merged.append(block_closes).append("\n").append(module_closes) += '\n';
  return with_replications(merged);
}

}  // namespace basin
