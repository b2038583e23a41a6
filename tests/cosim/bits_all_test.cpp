// The whole cross product: every size n on every number of lanes P in every format, both orders, on cores of 256 neurons; and
// again each n and P on a core elaborated for that n alone, the formats in turn.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/cosim/bits.hpp"
#include "tests/cosim/elaborations.hpp"

namespace basin::cosim {
namespace {

struct Elaboration {
  int neurons;
  int lanes;
  std::size_t format;
};

std::string name_of(const Elaboration& one) {
  return std::string(number_formats[one.format].name) + "N" + std::to_string(one.neurons) + "P" + std::to_string(one.lanes);
}

void PrintTo(const Elaboration& one, std::ostream* stream) { *stream << name_of(one); }

std::vector<Elaboration> elaborations() {
  std::vector<Elaboration> all;
  std::size_t turn = 0;
  for (const int lanes : {1, 2, 4, 8, 16}) {
    for (std::size_t format = 0; format < number_formats.size(); ++format) all.push_back({256, lanes, format});
    for (const int neurons : {1, 2, 3, 8, 31, 64, 100}) {
      if (lanes <= neurons) all.push_back({neurons, lanes, turn++ % number_formats.size()});
    }
  }
  return all;
}

class AllBits : public testing::TestWithParam<Elaboration> {};

TEST_P(AllBits, OfTheRtlAreThoseOfTheGoldenModel) {
  const Elaboration& one = GetParam();
  const CoreConfig core = sized(number_formats[one.format].core, one.neurons, one.lanes);
  compare_random_networks(name_of(one).c_str(), core, 50'000, 4054);
}

INSTANTIATE_TEST_SUITE_P(Product, AllBits, testing::ValuesIn(elaborations()),
                         [](const testing::TestParamInfo<Elaboration>& one) { return name_of(one.param); });

}  // namespace
}  // namespace basin::cosim
