#pragma once

#include <cstddef>
#include <span>
#include <utility>

namespace basin {

/// Standard deviation of the sample, √(Σ(x − mean)²/(n − 1)); that of one value is 0.
double deviation_of(std::span<const double> values);

/// Mean and its standard error, sd/√n; the error of one value is 0.
struct Mean {
  double value = 0.0;
  double error = 0.0;
};
Mean mean_of(std::span<const double> values);

/// A share with its 95 % interval.
struct Share {
  double value = 0.0;
  double low = 0.0;
  double high = 1.0;
};

/// The share of `successes` in `count` independent recalls, Wilson's score interval; no recalls: 0 and the whole of 0 to 1.
Share share_of(std::size_t successes, std::size_t count);

/// The share of `successes[t]` of `size` recalls in each trial t. Wilson's score interval (JASA 22, 209 (1927)), where the
/// recalls of a trial, which have one set of memories, count for as many independent ones as the scatter between trials
/// says: from the number of trials to that of all recalls.
Share share_of(std::span<const int> successes, int size);

/// The `level` quantile (0 to 1) of `sorted` values, by linear interpolation.
double quantile(std::span<const double> sorted, double level);

}  // namespace basin
