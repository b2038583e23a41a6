#include "models/design/identity.hpp"

#include <gtest/gtest.h>

#include "tests/unit/design/design_text.hpp"

namespace basin {
namespace {

const std::string base = R"(
[circuit]
capacitance = "10 pF"
resistance = "100 kohm"
weights = [[0, 1e-5], [1e-5, 0]]
[cues]
from = [[1, -1]]
)";

std::string id(const std::string& text, const FakeData& data = {}) { return resolved(text, data).id; }

}  // namespace

TEST(CanonicalJson, IsSortedShortAndComplete) {
  const Design design = resolved("[circuit]\nunits = \"normalised\"\nweights = [[0.1]]\n");
  EXPECT_EQ(
      canonical_json(design),
      R"({"circuit":{"activation":"tanh","activation_table":[],"bias":[0],"capacitance":[],"gain":[4],"initial":[0],)"
      R"("input_resistance":[],"resistance":[],"symmetric":false,"tau":[1],"threshold":[0],"unipolar":[false],)"
      R"("units":"normalised","weights":[[0.1]]},"cues":{"amplitude":0.5,"as":"state","count":0,"flip":0,)"
      R"("from":"patterns","given":[],"present":false,"seed":1},"hardware":{"activation_table":null,)"
      R"("allow_unstable_step":false,"form":"dense","lanes":1,"max_steps":4096,"order":2,"settle_threshold":0,)"
      R"("state_bits":null,"state_fraction":null,"step_exponent":null,"target":"sim","weight":null},"memory":{)"
      R"("diagonal":"zero","margin":0.5,"max_epochs":10000,"names":[],"patterns":[],"rule":"none"},"neurons":1,)"
      R"("simulate":{"atol":1e-10,"rtol":1e-08,"samples":0,"t_end":null},"verify":{"icarus_cues":4,)"
      R"("max_borderline":0.05,)"
      R"("max_moved_by_weights":0.03,"max_state_deviation":0.001,"max_total_deviation":null}})");
  // sha256sum of the text above.
  EXPECT_EQ(design.id, "1eb29401210d636fbe0d91cde8325ddcc406047d1447566a0f39062b52899ca7");
}

TEST(DesignId, IgnoresCommentsKeyOrderNameAndUnitSpelling) {
  const std::string other = R"(
name = "other"   # a comment
[cues]
seed = 1
from = [[1.0, -1.0]]
[circuit]
weights = [["0 S", "10 uS"], ["0.01 mS", 0]]
resistance = ["100000 ohm", 1e5]
capacitance = 1e-11
gain = 4
)";
  EXPECT_EQ(id(base), id(other));
}

TEST(DesignId, IgnoresWhetherDataIsInAFileAndItsName) {
  FakeData data;
  data.matrices["a.csv"] = (Matrix(2, 2) << 0, 1e-5, 1e-5, 0).finished();
  data.matrices["b.npy"] = data.matrices["a.csv"];
  const std::string inline_rows = "[[0, 1e-5], [1e-5, 0]]";
  const auto with = [&](const std::string& weights) {
    std::string text = base;
    return text.replace(text.find(inline_rows), inline_rows.size(), weights);
  };
  EXPECT_EQ(id(base), id(with("\"a.csv\""), data));
  EXPECT_EQ(id(base), id(with("\"b.npy\""), data));
}

TEST(DesignId, ChangesWithEveryValue) {
  const std::vector<std::string> changes{
      "[circuit]\ngain = 5",           "[circuit]\nthreshold = 0.1", "[circuit]\nrange = \"unipolar\"",
      "[circuit]\nsymmetric = true",   "[circuit]\ninitial = 0.1",   "[cues]\nseed = 2",
      "[cues]\namplitude = 1",         "[simulate]\nrtol = 1e-6",    "[hardware]\nlanes = 2",
      "[hardware]\nstep = 0.5",        "[hardware]\nweight = 8",     "[hardware]\nstate = \"s16.12\"",
      "[verify]\nmax_borderline = 0.1", "[recall]\nhold = [\"visible\"]", "[recall]\nhold_time = 2e-6"};
  std::map<std::string, std::string> seen{{id(base), "base"}};
  for (const std::string& change : changes) {
    const std::string section = change.substr(0, change.find('\n'));
    std::string text = base;
    const std::size_t at = text.find(section);
    if (at == std::string::npos) {
      text += change + "\n";
    } else {
      text.replace(at, section.size(), change);
    }
    const auto [where, inserted] = seen.emplace(id(text), change);
    EXPECT_TRUE(inserted) << change << " has the id of " << where->second;
  }
}

}  // namespace basin
