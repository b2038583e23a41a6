#include "sim/atlas/boundary.hpp"

#include <algorithm>

#include "sim/reference/parallel.hpp"

namespace basin {
namespace {

constexpr double precise = 1e-7;        // of B: width of the last bracket
constexpr double first_length = 1e-3;   // of the longest
constexpr std::size_t together = 128;   // queries: an ensemble's panel is full

/// One query under way: [low, high] lies on start + s·direction; up to `low` every state tried ended in `own`.
struct Search {
  const BoundaryQuery* query;
  PolishedEnd own;
  Vector direction;            // of length 1
  double longest = 0.0;
  double low = 0.0;
  double high = 0.0;           // tried next while not bracketed
  bool bracketed = false;
  bool on_segment = false;     // the second way
  bool failed = false;

  Search(const Recalls& recalls, const BoundaryQuery& asked)
      : query(&asked), own(recalls.circuit(), asked.own, recalls.bound()) {
    aim(asked.other - asked.own, 2.0);
    failed = failed || !own.equilibrium().converged;
  }

  /// From the start along `way`, up to `times` its length.
  void aim(const Vector& way, double times) {
    const double length = way.norm();
    failed = !(length > 0.0);
    if (failed) return;
    direction = way / length;
    longest = times * length;
    low = 0.0;
    high = first_length * longest;
  }
  [[nodiscard]] double trial() const { return bracketed ? 0.5 * (low + high) : high; }
  [[nodiscard]] bool open(double width) const { return !failed && !(bracketed && high - low <= width); }

  void learn(bool is_own) {
    if (bracketed || !is_own) {
      (is_own ? low : high) = trial();
      bracketed = true;
      return;
    }
    low = high;
    high = std::min(2.0 * high, longest);
    if (low < longest) return;
    if (on_segment) {
      failed = true;
      return;
    }
    on_segment = true;
    aim(query->other - query->start, 1.0);
  }

  [[nodiscard]] std::optional<BoundaryDistance> distance() const {
    if (failed) return std::nullopt;
    const double length = 0.5 * (low + high);
    return BoundaryDistance{length, length * direction.cwiseAbs().maxCoeff(), on_segment};
  }
};

void search(const Recalls& recalls, std::vector<Search>& searches) {
  const double width = precise * recalls.bound();
  for (;;) {
    std::vector<Search*> open;
    std::vector<Vector> starts;
    for (Search& one : searches) {
      if (!one.open(width)) continue;
      open.push_back(&one);
      starts.emplace_back(one.query->start + one.trial() * one.direction);
    }
    if (open.empty()) return;
    const std::vector<ProbeEnd> ends = recalls.run_reference(starts);
    for (std::size_t k = 0; k < open.size(); ++k) {
      open[k]->learn(ends[k].reason == EndReason::settled && open[k]->own.same(recalls.circuit(), ends[k].u));
    }
  }
}

}  // namespace

std::vector<std::optional<BoundaryDistance>> boundary_distances(const Recalls& recalls, std::span<const BoundaryQuery> queries,
                                                                int jobs, const std::function<void(std::size_t)>& done) {
  std::vector<std::optional<BoundaryDistance>> found(queries.size());
  const std::size_t parts = (queries.size() + together - 1) / together;
  for_each_parallel(
      parts, jobs,
      [&](std::size_t part, std::size_t) {
        const std::size_t first = part * together;
        std::vector<Search> searches;
        for (const BoundaryQuery& query : queries.subspan(first, std::min(together, queries.size() - first))) {
          searches.emplace_back(recalls, query);
        }
        search(recalls, searches);
        for (std::size_t k = 0; k < searches.size(); ++k) found[first + k] = searches[k].distance();
      },
      [&](std::size_t finished) {
        if (done) done(std::min(finished * together, queries.size()));
      });
  return found;
}

}  // namespace basin
