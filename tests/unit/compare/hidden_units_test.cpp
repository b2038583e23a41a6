// Hidden units through the pipeline: circuit, cues, names, integers.
#include <gtest/gtest.h>

#include "models/circuit/attracting_box.hpp"
#include "models/design/error.hpp"
#include "models/ode/reference.hpp"
#include "sim/reference/attractors.hpp"
#include "sim/reference/pipeline.hpp"
#include "tests/support/pattern_sets.hpp"
#include "tests/unit/compare/designs.hpp"

namespace basin {
namespace {

Design any_design(const Matrix& patterns) {
  Design design = test::plain_design(static_cast<int>(patterns.cols()));
  design.memory.rule = Rule::any;
  design.memory.patterns = patterns;
  for (Index m = 0; m < patterns.rows(); ++m) design.memory.names.push_back(std::to_string(m));
  design.cues.present = true;
  design.cues.count = static_cast<int>(patterns.rows());
  design.hardware.automatic_step = true;
  return design;
}

TEST(HiddenUnits, FollowTheDesignsNeuronsBipolarAndAsFastAsTheFastest) {
  Design design = any_design(test::even_parity());
  design.circuit.unipolar = {true, true, true};
  design.circuit.tau << 3.0, 2.0, 5.0;
  const Designed designed = prepare_circuit(design, Keep::matrix);
  const Circuit& circuit = designed.circuit;
  ASSERT_EQ(circuit.hidden, 1);
  EXPECT_EQ(circuit.visible(), 3);
  EXPECT_EQ(circuit.tau[3], 2.0);
  EXPECT_FALSE(circuit.unipolar[3]);
  EXPECT_EQ(circuit.gain[3], 4.0 * designed.learned.hidden.gain[0]);
  EXPECT_EQ(circuit.resistance[3], designed.learned.hidden.resistance[0]);
}

TEST(HiddenUnits, SettleWhileTheVisibleNeuronsAreHeldAtTheCue) {
  const Design design = any_design(test::even_parity());
  const Designed designed = prepare_circuit(design, Keep::matrix);
  ASSERT_EQ(designed.phases.size(), 2U);
  EXPECT_EQ(designed.phases[0].held, (std::vector<bool>{true, true, true, false}));
  EXPECT_EQ(designed.phases[1].held, (std::vector<bool>{false, false, false, true}));
  for (const Cue& cue : designed.cues) EXPECT_EQ(cue.start[3], 0.0);
}

TEST(HiddenUnits, HaveNoPartInNamesAndOverlaps) {
  const Design design = any_design(test::even_parity());
  AttractorNames names(design.memory, 10.0);
  Equilibrium end;
  end.converged = end.stable = true;
  end.u = (Vector(4) << 1, -1, -1, 2).finished();
  EXPECT_EQ(names.name(end), "1");
  const Vector before = end.u;
  end.u[3] = -2.0;
  EXPECT_EQ(names.name(end), "1");
  EXPECT_FALSE(same_equilibrium(before, end.u, 10.0));   // of one name, and still two attractors
  EXPECT_EQ(overlap((Vector(4) << 1, -1, -1, -1).finished(), design.memory, 1), 1.0);
}

TEST(HiddenUnits, AreHeldExactlyByTheIntegers) {
  const Prepared prepared = prepare(any_design(test::even_parity()));
  EXPECT_LE((prepared.realised.weights - prepared.core.weights).cwiseAbs().maxCoeff(), 1e-12);
  EXPECT_LE((prepared.realised.bias - prepared.core.bias).cwiseAbs().maxCoeff(), 1e-12);
  EXPECT_LE((prepared.realised.gain - prepared.core.gain).cwiseAbs().maxCoeff(), 1e-15);
}

// What AttractingBoxes prove, tried by integration: visible outputs anywhere from a up, the hidden unit where other such
// outputs let it settle.
TEST(HiddenUnits, StartsAnywhereInAProvedBoxEndInItsMemory) {
  const Design design = any_design(test::hypercube(4));
  const Designed designed = prepare_circuit(design, Keep::matrix);
  const AttractingBoxes boxes(designed.core);
  Random random(23, Stream::test, 0);
  for (Index m = 0; m < design.memory.patterns.rows(); ++m) {
    const Vector pattern = design.memory.patterns.row(m);
    const std::optional<double> from = boxes.around(pattern);
    ASSERT_TRUE(from);
    for (int start = 0; start < 5; ++start) {
      const auto drawn = [&] {
        Vector outputs = Vector::Zero(designed.core.size());
        for (Index i = 0; i < 4; ++i) outputs[i] = pattern[i] * (*from + (1.0 - *from) * random.uniform());
        return outputs;
      };
      Vector u = (drawn().array().atanh() / designed.core.gain.array()).matrix();
      u[4] = (designed.core.weights.row(4) * drawn() + designed.core.bias.segment(4, 1))[0];
      const ReferenceRun run = integrate(designed.core, u, {});
      EXPECT_EQ(run.reason, EndReason::settled);
      EXPECT_EQ(sign_text(run.u.head(4)), sign_text(pattern)) << "seed 23, memory " << m << ", start " << start;
    }
  }
}

// Why the proof speaks of the hidden units too.
TEST(HiddenUnits, MayTakeAStartThatShowsAMemoryElsewhere) {
  const Design design = any_design(test::hypercube(4));
  const Designed designed = prepare_circuit(design, Keep::matrix);
  const AttractingBoxes boxes(designed.core);
  int elsewhere = 0;
  for (Index m = 0; m < design.memory.patterns.rows(); ++m) {
    const Vector pattern = design.memory.patterns.row(m);
    const std::optional<double> from = boxes.around(pattern);
    ASSERT_TRUE(from);
    for (const double hidden : {-1.0, 1.0}) {
      Vector u = Vector::Constant(5, hidden * invariant_bound(designed.core));
      u.head(4) = (*from * pattern).array().atanh() / designed.core.gain.head(4).array();
      elsewhere += sign_text(integrate(designed.core, u, {}).u.head(4)) != sign_text(pattern) ? 1 : 0;
    }
  }
  EXPECT_GT(elsewhere, 0);
}

TEST(AutomaticStep, IsTheLargestFromOneThirtySecondDownThatTheStabilityRuleAllows) {
  Design design = any_design(test::distinct_patterns(11, 1, 64, 16));
  const Prepared prepared = prepare(design);
  const int exponent = prepared.quantised.network.step_exponent;
  EXPECT_GT(exponent, 5);
  EXPECT_LT(std::ldexp(1.0, -exponent), prepared.quantised.stability_limit);
  EXPECT_EQ(prepared.quantised.network.step_limit, 4096 << (exponent - 5));   // the same time
  design.hardware.automatic_step = false;
  design.hardware.step_exponent = exponent - 1;
  EXPECT_THROW(prepare(design), ClaimError);
}

}  // namespace
}  // namespace basin
