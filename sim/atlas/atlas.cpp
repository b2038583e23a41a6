#include "sim/atlas/atlas.hpp"

#include <algorithm>
#include <memory>

#include "sim/atlas/confirm.hpp"
#include "sim/atlas/recalls.hpp"
#include "sim/atlas/store.hpp"
#include "sim/atlas/summary.hpp"
#include "sim/reference/parallel.hpp"
#include "sim/toolchain/rtl_sources.hpp"
#include "sim/toolchain/tools.hpp"

namespace basin {
namespace {

constexpr std::size_t block_starts = 512;   // enough to fill an ensemble's panel for most of its time

/// Some starts of a set: what a thread runs, and what the store keeps.
struct Block {
  std::size_t set = 0;
  std::size_t first = 0;
  std::size_t count = 0;
};

std::vector<Block> blocks_of(const AtlasPlan& plan) {
  std::vector<Block> blocks;
  for (std::size_t set = 0; set < plan.sets.size(); ++set) {
    for (std::size_t first = 0; first < plan.sets[set].count; first += block_starts) {
      blocks.push_back({set, first, std::min(block_starts, plan.sets[set].count - first)});
    }
  }
  return blocks;
}

const Plane* plane_of(const AtlasPlan& plan, const StartSet& set) {
  return set.kind == StartKind::slice ? &plan.planes[set.point] : nullptr;
}

std::vector<BlockEnds> run_blocks(const Design& design, const AtlasOptions& options, const AtlasPlan& plan, const Recalls& recalls,
                                  Atlas& atlas) {
  const std::vector<Block> blocks = blocks_of(plan);
  const BlockStore store(options.store, design.id);
  std::vector<BlockEnds> ends(blocks.size());
  std::vector<std::size_t> open;
  std::vector<std::string> ids;
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    const StartSet& set = plan.sets[blocks[b].set];
    ids.push_back(store.id(set, plane_of(plan, set), blocks[b].first, blocks[b].count));
    auto kept = store.find(ids.back(), blocks[b].count, recalls.circuit().size());
    if (kept) ends[b] = std::move(*kept);
    else open.push_back(b);
  }
  atlas.blocks = blocks.size();
  atlas.found = blocks.size() - open.size();
  for_each_parallel(
      open.size(), options.jobs,
      [&](std::size_t item, std::size_t) {
        const std::size_t b = open[item];
        const StartSet& set = plan.sets[blocks[b].set];
        ends[b] = recalls.run(set, plane_of(plan, set), blocks[b].first, blocks[b].count);
        store.keep(ids[b], ends[b]);
      },
      [&](std::size_t done) {
        if (options.progress) options.progress("recalling", atlas.found + done, blocks.size());
      });
  return ends;
}

/// The blocks' attractors as those of the whole atlas, and their labels by set.
std::vector<SetEnds> merge(const AtlasPlan& plan, const std::vector<BlockEnds>& blocks, AttractorBook& book) {
  std::vector<SetEnds> sets;
  std::size_t b = 0;
  for (const StartSet& set : plan.sets) {
    SetEnds ends{set, {}, {}};
    while (ends.reference.size() < set.count) {
      const BlockEnds& block = blocks[b++];
      std::vector<int> indices;
      for (const Attractor& attractor : block.attractors) indices.push_back(book.place(attractor));
      const auto whole = [&](int label) { return label < 0 ? label : indices[static_cast<std::size_t>(label)]; };
      std::ranges::transform(block.reference, std::back_inserter(ends.reference), whole);
      std::ranges::transform(block.hardware, std::back_inserter(ends.hardware), whole);
    }
    sets.push_back(std::move(ends));
  }
  return sets;
}

Slice slice_of(const Plane& plane, SetEnds ends) {
  Slice slice{plane, std::move(ends.reference), std::move(ends.hardware), 0, 0};
  for (std::size_t cell = 0; cell < slice.reference.size(); ++cell) {
    if (slice.reference[cell] == outside_label) continue;
    ++slice.cells;
    slice.differing += slice.reference[cell] == slice.hardware[cell] ? 0 : 1;
  }
  return slice;
}

void measure_distances(const Design& design, const AtlasOptions& options, const Recalls& recalls, Atlas& atlas) {
  if (!atlas.prepared.phases.empty()) return;   // of a start that is held its signs count, and not how far it is from anything
  const auto equilibrium = [&](int label) { return !atlas.attractors[static_cast<std::size_t>(label)].state.is_cycle(); };
  std::vector<Disagreement*> asked;
  std::vector<Start> starts;
  for (Disagreement& one : atlas.disagreements) {
    if (!equilibrium(one.reference) || !equilibrium(one.hardware)) continue;
    asked.push_back(&one);
    starts.push_back(make_start(design, one.set, one.number));
  }
  if (asked.empty()) return;
  const std::vector<Cue> cues = recalls.cues_of(starts);
  std::vector<BoundaryQuery> queries;
  for (std::size_t k = 0; k < asked.size(); ++k) {
    const auto state = [&](int label) { return atlas.attractors[static_cast<std::size_t>(label)].state.u; };
    queries.push_back({cues[k].start, state(asked[k]->reference), state(asked[k]->hardware)});
  }
  const auto found = boundary_distances(recalls, queries, options.jobs, [&](std::size_t done) {
    if (options.progress) options.progress("boundaries", done, queries.size());
  });
  for (std::size_t k = 0; k < asked.size(); ++k) asked[k]->distance = found[k];
}

}  // namespace

bool Atlas::holds() const {
  return !overflow && std::ranges::all_of(engines, [](const EngineReport& engine) { return engine.bit_exact; });
}

std::string Atlas::name(int label) const {
  if (label == outside_label) return "outside";
  return label < 0 ? unsettled_name : attractors[static_cast<std::size_t>(label)].name;
}

Atlas run_atlas(const Design& design, const AtlasOptions& options) {
  require_atlas(design);
  Atlas atlas;
  atlas.prepared = prepare(design);
  const AtlasPlan plan = plan_atlas(design, atlas.prepared, options.starts, options.slices);
  const Recalls recalls(design, atlas.prepared);
  const FixedNetwork& network = recalls.network();
  atlas.bound = recalls.bound();
  atlas.signs_alone = plan.signs_alone;
  atlas.hardware_id = config_id(network.core, read_rtl_sources(source_root()).text);
  atlas.network_id = network_id(network);
  const std::vector<std::string> names = engine_names(options.engines);
  atlas.engines = confirm_recalls(design, recalls, plan, names, options.jobs, options.progress);
  const std::vector<BlockEnds> blocks = run_blocks(design, options, plan, recalls, atlas);
  for (const BlockEnds& block : blocks) atlas.overflow = atlas.overflow || block.overflow;
  AttractorBook book(recalls.circuit(), atlas.bound, network.dt);
  for (SetEnds& ends : merge(plan, blocks, book)) {
    if (ends.set.kind == StartKind::slice) atlas.slices.push_back(slice_of(plan.planes[ends.set.point], std::move(ends)));
    else atlas.sets.push_back(std::move(ends));
  }
  for (const Attractor& attractor : book.all()) atlas.attractors.push_back({attractor, "", {}, {}, 0.0, 0, 0, 0});
  name_attractors(design, atlas);
  summarise(design, atlas);
  measure_distances(design, options, recalls, atlas);
  return atlas;
}

}  // namespace basin
