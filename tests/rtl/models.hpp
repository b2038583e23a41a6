#pragma once

#include <gtest/gtest.h>

#include "VBlocks.h"
#include "VDelayed.h"
#include "VDelayedFull.h"
#include "VDelayedSingle.h"
#include "VFactors.h"
#include "VFactorsFull.h"
#include "VFactorsMany.h"
#include "VFactorsSingle.h"
#include "VFull.h"
#include "VPlain.h"
#include "VSingle.h"
#include "VUneven.h"
#include "tests/rtl/loaded_core.hpp"

namespace basin::rtl_test {

// A model class and the configuration it was elaborated for.
struct Plain { using Model = VPlain; static constexpr const char* name = "Plain"; };
struct Uneven { using Model = VUneven; static constexpr const char* name = "Uneven"; };
struct Full { using Model = VFull; static constexpr const char* name = "Full"; };
struct Single { using Model = VSingle; static constexpr const char* name = "Single"; };
struct Blocks { using Model = VBlocks; static constexpr const char* name = "Blocks"; };
struct Delayed { using Model = VDelayed; static constexpr const char* name = "Delayed"; };
struct DelayedFull { using Model = VDelayedFull; static constexpr const char* name = "DelayedFull"; };
struct DelayedSingle { using Model = VDelayedSingle; static constexpr const char* name = "DelayedSingle"; };
struct Factors { using Model = VFactors; static constexpr const char* name = "Factors"; };
struct FactorsFull { using Model = VFactorsFull; static constexpr const char* name = "FactorsFull"; };
struct FactorsSingle { using Model = VFactorsSingle; static constexpr const char* name = "FactorsSingle"; };
struct FactorsMany { using Model = VFactorsMany; static constexpr const char* name = "FactorsMany"; };
using Elaborations =
    testing::Types<Plain, Uneven, Full, Single, Blocks, Delayed, DelayedFull, DelayedSingle, Factors, FactorsFull, FactorsSingle, FactorsMany>;

struct ElaborationName {
  template <class Elaboration>
  static std::string GetName(int) { return Elaboration::name; }
};

/// A suite that runs on every elaboration; its seed is printed with every failure.
template <class Elaboration>
class CoreTest : public testing::Test {
 protected:
  using Model = typename Elaboration::Model;
  static constexpr unsigned seed = 20240611;
  const CoreConfig config_ = configuration(Elaboration::name);
  std::mt19937 random_{seed};
  testing::ScopedTrace trace_{__FILE__, __LINE__, "seed " + std::to_string(seed)};

  FixedNetwork network(int n, Drive drive = Drive::Extreme) { return random_network(config_, n, drive, random_); }
};

}  // namespace basin::rtl_test
