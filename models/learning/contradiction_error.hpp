#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "models/design/error.hpp"
#include "models/design/types.hpp"

namespace basin {

/// The condition ξ_i^μ Σ_j W_ij ξ_j^μ > 0, taken `times` times in a certificate.
struct Condition {
  Index memory = 0;
  Index neuron = 0;
  std::int64_t times = 1;
};

/// The restrictions of a rule let no weights store the memories: in the sum of these conditions' left sides no allowed weight
/// can help.
class ContradictionError : public ClaimError {
 public:
  /// `names` are the memories'.
  ContradictionError(const std::string& message, std::vector<Condition> conditions, std::vector<std::string> names)
      : ClaimError(message), conditions_(std::move(conditions)), names_(std::move(names)) {}
  [[nodiscard]] const std::vector<Condition>& conditions() const { return conditions_; }
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }

 private:
  std::vector<Condition> conditions_;
  std::vector<std::string> names_;
};

}  // namespace basin
