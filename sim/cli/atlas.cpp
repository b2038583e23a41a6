#include <CLI/CLI.hpp>
#include <memory>

#include "sim/atlas/atlas.hpp"
#include "sim/cli/announce.hpp"
#include "sim/cli/atlas_report.hpp"
#include "sim/cli/atlas_results.hpp"
#include "sim/cli/results_folder.hpp"
#include "sim/cli/verb.hpp"
#include "sim/cli/words.hpp"
#include "sim/report/atlas_chart.hpp"
#include "sim/report/slice_picture.hpp"
#include "sim/toolchain/interrupt.hpp"

namespace basin::cli {
namespace {

struct AtlasArguments {
  std::filesystem::path design;
  std::size_t starts = usual_starts;
  std::vector<std::string> slices;
  std::vector<std::string> engines = {"golden"};
};

Atlas run(Context& context, const Design& design, const AtlasArguments& chosen, const std::filesystem::path& folder) {
  AtlasOptions options;
  options.store = folder / "blocks";
  options.starts = chosen.starts;
  options.slices = chosen.slices;
  options.engines = chosen.engines;
  options.jobs = context.jobs();
  options.progress = [&context](std::string_view stage, std::size_t done, std::size_t total) {
    context.progress().update(stage, done, total);
  };
  try {
    return run_atlas(design, options);
  } catch (const Interrupted&) {
    context.progress().clear();
    write_checked(stderr, "basin: finished blocks are kept in " + options.store.string() + "; the same command goes on from there\n");
    throw;
  }
}

int map_basins(Context& context, const AtlasArguments& chosen) {
  const Design design = context.design(chosen.design);
  require_atlas(design);
  const std::filesystem::path folder = context.folder(design.name);
  announce(context, estimate_atlas(design, context.jobs(), planned_starts(design, chosen.starts, chosen.slices.size())));
  const Atlas atlas = run(context, design, chosen, folder);
  context.progress().clear();
  Json document = context.head(atlas.holds() ? "pass" : "fail", Identities{atlas.hardware_id, atlas.network_id});
  add_atlas(document, design, atlas);
  write_atlas(folder, design, atlas);
  const auto draw = [&](const std::string& name, const std::string& caption, const std::string& picture) {
    write_result(folder / name, picture);
    context.show({caption, "image/svg+xml", picture});
  };
  draw("atlas.svg", "Recall and basins", report::atlas_chart(design, atlas, state_unit(design)));
  for (const Slice& slice : atlas.slices) {
    draw(slice_file(design, slice), "Who ends where on a plane of starts", report::slice_picture(design, atlas, slice, state_unit(design)));
  }
  print_atlas(context.terminal(), design, atlas, folder);
  context.publish(folder, std::move(document));
  return atlas.holds() ? 0 : 1;
}

}  // namespace

Action declare_atlas(CLI::App& command) {
  const auto options = std::make_shared<AtlasArguments>();
  command.add_option("DESIGN", options->design, "Design file or folder (default: the bundled letters)")->type_name("");
  command.add_option("--starts", options->starts, "Starts of each distance and amplitude, eight times as many random ones (default 240)")
      ->type_name("N")
      ->check(CLI::Range(std::size_t{1}, largest_starts).description(""));
  command.add_option("--slice", options->slices, "Draw the plane through memories A,B,C, or A,B and a random direction; repeatable")
      ->type_name("A,B[,C]")
      ->allow_extra_args(false)
      ->expected(1)
      ->take_all();
  command.add_option("--engines,--engine", options->engines, "Engines that confirm 64 of the recalls bit by bit (default golden)")
      ->type_name("LIST")
      ->delimiter(',')
      ->allow_extra_args(false);
  return [options](Context& context) { return map_basins(context, *options); };
}

}  // namespace basin::cli
