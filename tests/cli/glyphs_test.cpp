#include <gtest/gtest.h>

#include "tests/cli/readme.hpp"

namespace basin::test {
namespace {

// A thousand neurons in RTL: too long for every run of the tests.
TEST(Glyphs, OfAThousandPixelsComeBackFromDamagedCuesOnTheRtl) { expect_shown_output("glyphs32"); }

}  // namespace
}  // namespace basin::test
