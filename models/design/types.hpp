#pragma once

#include <Eigen/Core>
#include <cstdint>

namespace basin {

/// Row i holds the inputs of neuron i: `m(i, j)` multiplies V_j.
using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Vector = Eigen::VectorXd;
using Index = Eigen::Index;

}  // namespace basin
