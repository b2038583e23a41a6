#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "models/design/types.hpp"

/// What charts of states over time share.
namespace basin::report {

/// Seconds times `scale` are in `name`.
struct TimeUnit {
  double scale;
  std::string name;
};
/// The unit in which a time up to `t_end` reads well: of seconds, or τ of a circuit that is not physical.
TimeUnit time_unit(double t_end, bool physical = true);

/// At most so many columns of `samples` (a row a time): those that move most, the widest swing first.
std::vector<Index> most_moving(const Matrix& samples, std::size_t most);

/// Column j.
std::vector<double> column(const Matrix& values, Index j);

}  // namespace basin::report
