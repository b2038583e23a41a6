#include "models/ode/pattern_watch.hpp"

namespace basin {

void PatternWatch::start(const Path& path) {
  if (!pattern_at_) return;
  const Index pattern = pattern_at_(path.u());
  if (is_new_visit(visits_, pattern)) visits_.push_back({pattern, path.t()});
}

void PatternWatch::observe(const Path& path) {
  if (!pattern_at_) return;
  const Index pattern = pattern_at_(path.u());
  if (!is_new_visit(visits_, pattern)) return;
  double before = path.t_old(), after = path.t();
  constexpr int bisections = 40;
  for (int i = 0; i < bisections; ++i) {
    const double middle = 0.5 * (before + after);
    path.state_at(middle, scratch_);
    (pattern_at_(scratch_) == pattern ? after : before) = middle;
  }
  visits_.push_back({pattern, after});
}

}  // namespace basin
