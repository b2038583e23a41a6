// The whole cross product: every size n on every number of lanes P in every format, both orders, on cores of 256 neurons; and
// again each n and P on a core elaborated for that n alone, the formats in turn. Then cores of the factored form whose sizes,
// lanes, memories and formats are drawn.
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

constexpr std::uint64_t factored_seed = 4055;

struct DrawnCore {
  std::uint32_t draw;
  CoreConfig core;
};

void PrintTo(const DrawnCore& one, std::ostream* stream) {
  *stream << "seed " << factored_seed << ", draw " << one.draw << ": N " << one.core.neurons << ", M " << one.core.memories
          << ", P " << one.core.lanes;
}

std::vector<DrawnCore> drawn_cores() {
  std::vector<DrawnCore> all;
  for (std::uint32_t draw = 0; draw < 12; ++draw) {
    Random random(factored_seed, Stream::test, draw);
    const auto between = [&](int low, int high) { return low + static_cast<int>(random.below(static_cast<std::uint32_t>(high - low + 1))); };
    const int neurons = between(1, 120), memories = between(1, std::min(neurons, 24));
    CoreConfig core = factored(sized(number_formats[draw % number_formats.size()].core, neurons, between(1, std::min(neurons, 20))), memories);
    core.weight_bits = between(2, core.weight_bits);
    all.push_back({draw, core});
  }
  return all;
}

class DrawnFactored : public testing::TestWithParam<DrawnCore> {};

TEST_P(DrawnFactored, GivesTheBitsOfTheGoldenModel) {
  compare_random_networks(testing::PrintToString(GetParam()).c_str(), GetParam().core, 50'000, factored_seed);
}

INSTANTIATE_TEST_SUITE_P(Draws, DrawnFactored, testing::ValuesIn(drawn_cores()));

}  // namespace
}  // namespace basin::cosim
