#include <gtest/gtest.h>

#include "models/design/types.hpp"

namespace basin {

// In the optimised build too, where Eigen itself looks at nothing.
TEST(EigenChecks, ThrowWhereSizesOrIndicesAreWrong) {
  const Matrix square = Matrix::Ones(3, 3);
  const Vector two = Vector::Ones(2), three = Vector::Ones(3);
  EXPECT_EQ(Vector(square * three)[2], 3.0);
  EXPECT_THROW(Vector(square * two), std::logic_error);
  EXPECT_THROW(Vector(three + two), std::logic_error);
  EXPECT_THROW(static_cast<void>(two.head(3)), std::logic_error);
  EXPECT_THROW(static_cast<void>(two[2]), std::logic_error);
  EXPECT_THROW(static_cast<void>(square.row(3)), std::logic_error);
}

}  // namespace basin
