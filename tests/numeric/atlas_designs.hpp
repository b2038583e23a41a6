#pragma once

#include "tests/numeric/capacity_designs.hpp"

#include "sim/atlas/atlas.hpp"

namespace basin::test {

/// Two neurons that hold each other, u̇₁ = V₂ − u₁, u̇₂ = V₁ − u₂, V = tanh 2u: by symmetry u₁ + u₂ = 0 parts the two basins.
inline const std::string flipflop_text =
    "name = \"flipflop\"\n[circuit]\nunits = \"normalised\"\ngain = 2.0\nweights = [[0, 1], [1, 0]]\nsymmetric = true\n"
    "[memory]\npatterns = [[1, 1], [-1, -1]]\nnames = [\"set\", \"reset\"]\n[hardware]\nstep = \"1/64\"\n";

/// Three Hebb memories of twelve neurons, those of tests/data/atlas/make_labels.py. Their weights are held exactly.
inline const std::string hebb_text =
    "name = \"hebb\"\n[circuit]\nunits = \"normalised\"\ngain = 10.0\n[memory]\nrule = \"hebb\"\nnames = [\"a\", \"b\", \"c\"]\n"
    "patterns = [[-1, 1, -1, 1, 1, 1, 1, 1, -1, 1, 1, -1], [-1, -1, -1, -1, -1, -1, -1, -1, -1, 1, 1, 1], "
    "[-1, 1, -1, -1, -1, -1, -1, 1, -1, -1, -1, 1]]\n[hardware]\nstep = \"1/32\"\n";

/// Three inverters in a ring: nothing but one limit cycle is stable.
inline const std::string ring_text =
    "name = \"ring\"\n[circuit]\nunits = \"normalised\"\ngain = 3.0\nweights = [[0, -1, 0], [0, 0, -1], [-1, 0, 0]]\n"
    "[hardware]\nstep = \"1/32\"\nmax_steps = 2048\n";

inline Atlas atlas_of(const Design& design, std::size_t starts, int jobs = 1, const std::vector<std::string>& engines = {"golden"}) {
  const StoreFolder folder;
  AtlasOptions options;
  options.store = folder.path();
  options.starts = starts;
  options.jobs = jobs;
  options.engines = engines;
  return run_atlas(design, options);
}

inline Atlas atlas_of(const std::string& text, std::size_t starts, int jobs = 1) { return atlas_of(design_of(text), starts, jobs); }

/// The ends of the only set of a kind.
inline const SetEnds& set_of(const Atlas& atlas, StartKind kind) {
  return *std::ranges::find_if(atlas.sets, [kind](const SetEnds& ends) { return ends.set.kind == kind; });
}

}  // namespace basin::test
