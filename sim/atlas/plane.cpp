#include "sim/atlas/plane.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "models/design/error.hpp"
#include "models/design/random.hpp"
#include "models/design/text.hpp"

namespace basin {
namespace {

constexpr double margin = 0.3;   // around the memories, of the longer side of what they span

/// A direction at right angles to `across`, of length 1.
Vector random_direction(const Design& design, const Vector& across, std::uint32_t number) {
  Random random(design.cues.seed, Stream::atlas_planes, number);
  Vector direction(across.size());
  for (double& value : direction) value = random.normal();
  direction -= direction.dot(across) * across;
  return direction.normalized();
}

/// The square around the marks.
void frame(Plane& plane) {
  std::array<double, 2> low = plane.marks.front(), high = low;
  for (const auto& mark : plane.marks) {
    for (std::size_t k = 0; k < 2; ++k) {
      low[k] = std::min(low[k], mark[k]);
      high[k] = std::max(high[k], mark[k]);
    }
  }
  plane.side = (1.0 + 2.0 * margin) * std::max(high[0] - low[0], high[1] - low[1]);
  plane.left = 0.5 * (low[0] + high[0] - plane.side);
  plane.bottom = 0.5 * (low[1] + high[1] - plane.side);
}

std::vector<std::string> parts_of(const std::string& text) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == ',') parts.emplace_back();
    else parts.back() += c;
  }
  return parts;
}

}  // namespace

Vector Plane::point(std::size_t cell) const {
  const double width = side / static_cast<double>(slice_cells);
  const double x = left + (static_cast<double>(cell % slice_cells) + 0.5) * width;
  const double y = bottom + side - (static_cast<double>(cell / slice_cells) + 0.5) * width;
  return origin + x * across + y * up;
}

std::string Plane::title(const MemorySpec& memory) const {
  std::vector<std::string> names;
  for (const int m : memories) names.push_back(memory.names[static_cast<std::size_t>(m)]);
  return fmt::format("{}{}", fmt::join(names, ", "), memories.size() == 2 ? " and a random direction" : "");
}

std::string Plane::file_part(const MemorySpec& memory) const {
  std::string text;
  for (const int m : memories) text += (text.empty() ? "" : "-") + memory.names[static_cast<std::size_t>(m)];
  std::ranges::replace_if(text, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '-'; }, '_');
  return text;
}

Plane plane_through(const Design& design, const std::vector<int>& memories, double amplitude, std::uint32_t number) {
  Plane plane;
  plane.memories = memories;
  std::vector<Vector> points;
  for (const int m : memories) points.emplace_back(amplitude * design.memory.patterns.row(m).transpose());
  plane.origin = points[0];
  plane.across = (points[1] - points[0]).normalized();
  if (memories.size() == 3) {
    const Vector third = points[2] - points[0];
    plane.up = (third - third.dot(plane.across) * plane.across).normalized();
  } else {
    plane.up = random_direction(design, plane.across, number);
  }
  for (const Vector& point : points) {
    plane.marks.push_back({(point - plane.origin).dot(plane.across), (point - plane.origin).dot(plane.up)});
  }
  frame(plane);
  return plane;
}

std::vector<int> slice_memories(const MemorySpec& memory, const std::string& text) {
  const auto refuse = [&](const std::string& problem) {
    std::vector<std::string> names = memory.names;
    constexpr std::size_t shown = 16;
    const bool more = names.size() > shown;
    if (more) names.resize(shown);
    throw InputError(fmt::format("--slice {}: {}; allowed: two or three different memories of {}{}", text, problem, fmt::join(names, ", "),
                                 more ? ", …" : ""));
  };
  std::vector<int> found;
  for (const std::string& name : parts_of(text)) {
    const auto place = std::ranges::find(memory.names, name);
    if (place == memory.names.end()) refuse("no memory " + in_quotes(name));
    const int m = static_cast<int>(place - memory.names.begin());
    const bool twice = std::ranges::any_of(
        found, [&](int other) { return memory.patterns.row(other) == memory.patterns.row(m); });
    if (twice) refuse(in_quotes(name) + " is there twice");
    found.push_back(m);
  }
  if (found.size() < 2 || found.size() > 3) refuse(fmt::format("names {}", found.size()));
  return found;
}

}  // namespace basin
