#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <set>

#include "models/design/random.hpp"
#include "sim/golden/golden_engine.hpp"
#include "sim/reference/raw_cue.hpp"
#include "tests/numeric/atlas_designs.hpp"
#include "tests/support/case_files.hpp"

namespace basin::test {
namespace {

// By closed form: tests/data/flipflop/README.md.
TEST(Atlas, FlipflopEndsWhereTheSignOfTheSumSays) {
  const Design design = design_of(flipflop_text);
  const Atlas atlas = atlas_of(design, 50);
  const SetEnds& box = set_of(atlas, StartKind::box);
  ASSERT_EQ(box.reference.size(), 400U);
  for (std::size_t s = 0; s < box.reference.size(); ++s) {
    const char* expected = make_start(design, box.set, s).u.sum() > 0.0 ? "set" : "reset";
    EXPECT_EQ(atlas.name(box.reference[s]), expected) << s;
    EXPECT_EQ(atlas.name(box.hardware[s]), expected) << s;
  }
}

TEST(Atlas, FlipflopBasinsAreHalfOfTheBoxEach) {
  const Atlas atlas = atlas_of(flipflop_text, 240);
  const Volumes& box = atlas.volumes.back();
  ASSERT_EQ(box.attractors.size(), 2U);
  for (const Volume& volume : box.attractors) {
    EXPECT_LE(volume.share.reference.low, 0.5);
    EXPECT_GE(volume.share.reference.high, 0.5);
    EXPECT_LT(volume.share.reference.high - volume.share.reference.low, 0.05);   // 2 · 1.96 · √(¼/1920) = 0.0447
  }
}

TEST(Atlas, RandomSignsOfTheFlipflopThatCancelEndOnItsSaddle) {
  const Design design = design_of(flipflop_text);
  const Atlas atlas = atlas_of(design, 20);
  const SetEnds& signs = set_of(atlas, StartKind::signs);
  for (std::size_t s = 0; s < signs.reference.size(); ++s) {
    const double sum = make_start(design, signs.set, s).u.sum();
    EXPECT_EQ(atlas.name(signs.reference[s]), sum > 0.0 ? "set" : sum < 0.0 ? "reset" : "spurious:1") << s;
  }
}

TEST(Atlas, SliceOfTheFlipflopIsPartedByTheSumsSign) {
  const Design design = design_of(flipflop_text);
  const Atlas atlas = atlas_of(design, 1);
  ASSERT_EQ(atlas.slices.size(), 1U);
  const Slice& slice = atlas.slices.front();
  std::size_t run = 0;
  for (std::size_t cell = 0; cell < slice.reference.size(); ++cell) {
    const Vector u = slice.plane.point(cell);
    const bool outside = u.cwiseAbs().maxCoeff() > atlas.bound;
    const double sum = u.sum();
    run += outside ? 0 : 1;
    if (std::abs(sum) < 1e-12) continue;   // on the line itself rounding decides
    EXPECT_EQ(atlas.name(slice.reference[cell]), outside ? "outside" : sum > 0.0 ? "set" : "reset") << cell;
  }
  EXPECT_EQ(slice.cells, run);
  EXPECT_GT(run, slice.reference.size() / 2);
}

TEST(Atlas, DistanceToTheFlipflopsBoundaryIsThatToItsLine) {
  const Design design = design_of(flipflop_text);
  const Prepared prepared = prepare(design);
  const Recalls recalls(design, prepared);
  const double end = 0.9575040241;   // v* at gain 2 (Newton's method and the other of tests/data/flipflop)
  Random random(3, Stream::test, 1);
  std::vector<BoundaryQuery> queries;
  for (int k = 0; k < 40; ++k) {
    const Vector start{{2.0 * random.uniform() - 1.0, 2.0 * random.uniform() - 1.0}};
    const double side = start.sum() > 0.0 ? end : -end;
    queries.push_back({start, Vector::Constant(2, side), Vector::Constant(2, -side)});
  }
  const auto found = boundary_distances(recalls, queries, 2);
  for (std::size_t k = 0; k < queries.size(); ++k) {
    ASSERT_TRUE(found[k].has_value()) << k;
    const double sum = std::abs(queries[k].start.sum());
    EXPECT_NEAR(found[k]->euclidean, sum / std::sqrt(2.0), 1e-6) << k;
    EXPECT_NEAR(found[k]->largest, sum / 2.0, 1e-6) << k;
  }
}

TEST(Atlas, BoundaryIsLookedForOnTheSegmentWhereTheRayMeetsNone) {
  const Design design = design_of(flipflop_text);
  const Prepared prepared = prepare(design);
  const Recalls recalls(design, prepared);
  const Vector start{{0.9, 0.1}}, own = Vector::Constant(2, 0.9575040241), other = Vector::Constant(2, 2.0);
  // A ray away from the boundary and a segment that stays on the same side: none on either.
  EXPECT_FALSE(boundary_distances(recalls, std::vector<BoundaryQuery>{{start, own, other}}, 1).front().has_value());
}

/// Sign vectors v with v_i (W v)_i > 0 for every i: strict minima of E over the corners; and the least of those products.
std::pair<std::set<std::string>, double> strict_minima(const Matrix& weights) {
  const Index n = weights.rows();
  std::set<std::string> minima;
  double least = 1e9;
  for (unsigned corner = 0; corner < 1U << n; ++corner) {
    Vector v(n);
    for (Index i = 0; i < n; ++i) v[i] = (corner >> i & 1U) != 0 ? 1.0 : -1.0;
    const double margin = v.cwiseProduct(Vector(weights * v)).minCoeff();
    if (margin <= 0.0) continue;
    minima.insert(sign_text(v));
    least = std::min(least, margin);
  }
  return {minima, least};
}

// At high gain the stable equilibria of a circuit without self-connections are the strict minima of E over the corners (Hopfield
// 1984): tanh(30 · 0.15) = 0.9998. Found here by enumeration.
TEST(Atlas, StableEquilibriaAtHighGainAreTheMinimaOverTheCorners) {
  int circuits = 0;
  for (std::uint32_t draw = 0; circuits < 3; ++draw) {
    SCOPED_TRACE("seed 8, draw " + std::to_string(draw));
    Random random(8, Stream::test, draw);
    constexpr Index n = 8;
    Matrix weights = Matrix::Zero(n, n);
    for (Index i = 0; i < n; ++i) {
      for (Index j = 0; j < i; ++j) weights(i, j) = weights(j, i) = std::round(32.0 * (random.uniform() - 0.5)) / 32.0;
    }
    const auto [minima, margin] = strict_minima(weights);
    if (margin < 0.15 || minima.size() < 4) continue;
    ++circuits;
    Design design = design_of("name = \"free\"\n[circuit]\nunits = \"normalised\"\ngain = 30.0\nweights = [[0, 1], [1, 0]]\n");
    design.neurons = static_cast<int>(n);
    design.circuit.weights = weights;
    for (Vector* values : {&design.circuit.tau, &design.circuit.gain, &design.circuit.bias, &design.circuit.threshold, &design.circuit.initial}) {
      *values = Vector::Constant(n, (*values)[0]);
    }
    design.circuit.unipolar.assign(n, false);
    const Atlas atlas = atlas_of(design, 100);
    std::set<std::string> found;
    for (const AtlasAttractor& attractor : atlas.attractors) {
      if (attractor.state.stable && !attractor.state.is_cycle()) found.insert(sign_text(attractor.state.u));
    }
    EXPECT_EQ(found, minima);
  }
}

TEST(Atlas, SliceHasTheEndsThatSciPyFinds) {
  const Atlas atlas = atlas_of(hebb_text, 1);
  const Slice& slice = atlas.slices.front();
  std::ifstream in(data() / "atlas" / "slice.csv");   // tests/data/atlas/make_labels.py
  std::string line;
  std::getline(in, line);
  std::size_t cells = 0;
  while (std::getline(in, line)) {
    const std::size_t comma = line.find(',');
    const std::size_t cell = std::stoul(line.substr(0, comma));
    const int label = slice.reference[cell];
    if (slice.plane.point(cell).cwiseAbs().maxCoeff() > atlas.bound) {
      EXPECT_EQ(label, outside_label) << line;
      continue;
    }
    ASSERT_GE(label, 0) << line;
    EXPECT_EQ(sign_text(atlas.attractors[static_cast<std::size_t>(label)].state.u), line.substr(comma + 1)) << line;
    ++cells;
  }
  EXPECT_GT(cells, 350U);   // of 441, the others beyond the box
}

TEST(Atlas, RecallsFromTheMemoryItselfComeBackAndFromFarDoNot) {
  const Atlas atlas = atlas_of(hebb_text, 30);
  EXPECT_EQ(atlas.distances.front().set.flips, 0);
  EXPECT_EQ(atlas.distances.front().all.reference.value, 1.0);
  EXPECT_EQ(atlas.distances.back().set.flips, 6);
  EXPECT_LT(atlas.distances.back().all.reference.value, 0.4);   // three memories and their inverses: about a sixth
  ASSERT_EQ(atlas.distances.front().memories.size(), 3U);
  EXPECT_EQ(atlas.distances.front().memories[1].starts, 10U);
}

TEST(Atlas, FindsTheLimitCycleOfARingWithItsPeriod) {
  const double period = read_json(data() / "atlas" / "ring.json").at("period");   // SciPy
  const Atlas atlas = atlas_of(ring_text, 2);
  const auto cycle = std::ranges::find_if(atlas.attractors, [](const AtlasAttractor& a) { return a.state.is_cycle(); });
  ASSERT_NE(cycle, atlas.attractors.end());
  EXPECT_EQ(cycle->name, "limit-cycle:1");
  EXPECT_NEAR(*cycle->state.period, period, 1e-3 * period);
  EXPECT_EQ(std::ranges::count_if(atlas.attractors, [](const AtlasAttractor& a) { return a.state.is_cycle(); }), 1);
  const SetEnds& box = set_of(atlas, StartKind::box);
  EXPECT_EQ(box.reference, std::vector<int>(16, box.reference.front()));
  EXPECT_EQ(box.hardware, box.reference);
  EXPECT_EQ(box.reference.front(), cycle - atlas.attractors.begin());
}

TEST(Atlas, HardwaresEndsAreThoseOfTheGoldenEngineOneByOne) {
  const Design design = design_of(hebb_text);
  const Atlas atlas = atlas_of(design, 8);
  const Prepared prepared = prepare(design);
  const FixedNetwork& network = prepared.quantised.network;
  const Recalls recalls(design, prepared);
  const auto engine = make_golden_engine(network);
  for (const SetEnds& ends : atlas.sets) {
    if (ends.set.kind == StartKind::newton) continue;
    for (std::size_t s = 0; s < ends.hardware.size(); ++s) {
      const Start start = make_start(design, ends.set, s);
      const RawCue raw = raw_cue(network, prepared.core.bias, recalls.cues_of({&start, 1}).front());
      engine->load(raw.state);
      for (int step = 0; step < network.step_limit && !engine->settled(); ++step) engine->step();
      ASSERT_TRUE(engine->settled());
      Vector u(12);
      for (Index i = 0; i < 12; ++i) u[i] = engine->state()[static_cast<std::size_t>(i)] * network.lsb_state;
      const Equilibrium end = polish(prepared.realised, u);
      const int label = ends.hardware[s];
      ASSERT_GE(label, 0);
      EXPECT_TRUE(same_equilibrium(end.u, atlas.attractors[static_cast<std::size_t>(label)].state.u, atlas.bound)) << s;
    }
  }
}

TEST(Atlas, CoarseFormatsDisagreeAndFineOnesDoNot) {
  const Atlas fine = atlas_of(hebb_text + "state = 24\nactivation_table = 1024\n[cues]\namplitude = 0.1\n", 24);
  EXPECT_TRUE(fine.disagreements.empty());
  EXPECT_EQ(fine.differing.value, 0.0);
  const Atlas coarse = atlas_of(hebb_text + "state = 8\nactivation_table = 8\n[cues]\namplitude = 0.1\n", 24);
  ASSERT_FALSE(coarse.disagreements.empty());
  EXPECT_DOUBLE_EQ(coarse.differing.value, static_cast<double>(coarse.disagreements.size()) / static_cast<double>(coarse.starts));
  for (const Disagreement& one : coarse.disagreements) EXPECT_NE(one.reference, one.hardware);
}

TEST(Atlas, BeyondTheDistanceOfADisagreementTheCircuitEndsElsewhere) {
  const Design design = design_of(hebb_text + "state = 8\nactivation_table = 8\n[cues]\namplitude = 0.1\n");
  const Atlas atlas = atlas_of(design, 24);
  const Prepared prepared = prepare(design);
  const Recalls recalls(design, prepared);
  const auto state = [&](int label) { return atlas.attractors[static_cast<std::size_t>(label)].state.u; };
  std::size_t asked = 0;
  for (const Disagreement& one : atlas.disagreements) {
    if (!one.distance) continue;
    const Start start = make_start(design, one.set, one.number);
    const Vector u = recalls.cues_of({&start, 1}).front().start;
    const Vector way = (state(one.hardware) - (one.distance->on_segment ? u : state(one.reference))).normalized();
    if (one.distance->euclidean < 1e-5) continue;   // nearer than what the tolerance of the two runs can tell
    std::vector<bool> stays;
    for (const double beside : {-1e-6, 1e-6}) {
      const ReferenceRun run = integrate(prepared.realised, u + (one.distance->euclidean + beside) * way, {});
      const Equilibrium end = polish(prepared.realised, run.u);
      stays.push_back(end.converged && same_equilibrium(end.u, state(one.reference), atlas.bound));
    }
    EXPECT_EQ(stays, (std::vector<bool>{true, false})) << to_string(one.set.kind) << " " << one.number;
    ++asked;
  }
  EXPECT_GT(asked, 0U);
}

}  // namespace
}  // namespace basin::test
