#pragma once

#include <Eigen/QR>

#include "models/circuit/circuit.hpp"

namespace basin {

/// Of the patterns (M × N) as columns, with pivots; its rank() counts those that are no combination of the others but for 1e-10.
Eigen::ColPivHouseholderQR<Eigen::MatrixXd> decomposed(const Matrix& patterns);

}  // namespace basin
