#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "models/design/error.hpp"
#include "tests/numeric/atlas_designs.hpp"
#include "tests/support/other_build.hpp"

namespace basin::test {
namespace {

namespace fs = std::filesystem;

/// Names and labels, in order: what every table and picture is made of.
std::vector<std::string> content_of(const Atlas& atlas) {
  std::vector<std::string> all;
  for (const AtlasAttractor& attractor : atlas.attractors) {
    all.push_back(attractor.name + " " + std::to_string(attractor.reference) + " " + std::to_string(attractor.hardware));
  }
  for (const SetEnds& ends : atlas.sets) {
    for (std::size_t s = 0; s < ends.reference.size(); ++s) all.push_back(atlas.name(ends.reference[s]) + " " + atlas.name(ends.hardware[s]));
  }
  for (const Slice& slice : atlas.slices) {
    for (const int label : slice.hardware) all.push_back(atlas.name(label));
  }
  return all;
}

AtlasOptions options_in(const fs::path& folder) {
  AtlasOptions options;
  options.store = folder;
  options.starts = 20;
  return options;
}

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

TEST(AtlasStore, TheNumberOfJobsChangesNothing) {
  EXPECT_EQ(content_of(atlas_of(hebb_text, 20, 1)), content_of(atlas_of(hebb_text, 20, 2)));
}

TEST(AtlasStore, GoesOnFromTheBlocksThatAreThere) {
  const StoreFolder folder;
  const Design design = design_of(hebb_text);
  const Atlas whole = run_atlas(design, options_in(folder.path()));
  EXPECT_EQ(whole.found, 0U);
  const std::vector<fs::path> files = files_in(folder.path());
  ASSERT_EQ(files.size(), whole.blocks);
  fs::remove(files[0]);
  std::ofstream(files[1]) << "{\"id\": 7}";                       // not what it was
  fs::resize_file(files[2], fs::file_size(files[2]) / 2);
  const Atlas again = run_atlas(design, options_in(folder.path()));
  EXPECT_EQ(again.found, whole.blocks - 3);
  EXPECT_EQ(content_of(again), content_of(whole));
}

TEST(AtlasStore, AnotherSeedFindsNothing) {
  const StoreFolder folder;
  run_atlas(design_of(hebb_text), options_in(folder.path()));
  EXPECT_EQ(run_atlas(design_of(hebb_text + "[cues]\nseed = 2\n"), options_in(folder.path())).found, 0U);
}

TEST(AtlasStore, RunsBlocksOfAnotherBuildAgain) {
  const StoreFolder folder;
  run_atlas(design_of(hebb_text), options_in(folder.path()));
  give_to_another_build(folder.path());
  EXPECT_EQ(run_atlas(design_of(hebb_text), options_in(folder.path())).found, 0U);
}

TEST(AtlasStore, MoreStartsBeginWithTheFewer) {
  const Atlas few = atlas_of(hebb_text, 20);
  const Atlas more = atlas_of(hebb_text, 30);
  const SetEnds& a = few.sets.front();
  const SetEnds& b = more.sets.front();
  for (std::size_t s = 0; s < a.reference.size(); ++s) EXPECT_EQ(few.name(a.reference[s]), more.name(b.reference[s])) << s;
}

TEST(AtlasStore, RefusesWhatHasNoStartsOrNoMemories) {
  const auto message = [](const std::string& text) {
    try {
      require_atlas(design_of(text));
    } catch (const InputError& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  EXPECT_NE(message(hebb_text + "[cues]\nas = \"input\"\n").find("cues.as: an atlas is of starts u(0), which its cues are not"),
            std::string::npos);
  EXPECT_NE(message(hebb_text + "[cues]\nas = \"clamp\"\n").find("allowed \"state\""), std::string::npos);
  EXPECT_EQ(message(hebb_text), "");
}

TEST(AtlasStore, NamesThatAreNoMemoriesHaveNoSlice) {
  const Design design = design_of(hebb_text);
  for (const char* text : {"a", "a,x", "a,a", "a,b,c,a", ""}) {
    try {
      slice_memories(design.memory, text);
      ADD_FAILURE() << text;
    } catch (const InputError& error) {
      EXPECT_NE(std::string(error.what()).find("allowed: two or three different memories of a, b, c"), std::string::npos) << error.what();
    }
  }
  EXPECT_EQ(slice_memories(design.memory, "c,a"), (std::vector<int>{2, 0}));
}

TEST(AtlasStore, HeldVisibleNeuronsLeaveTheSignsOfAStart) {
  const Atlas atlas = atlas_of("name = \"parity\"\n[circuit]\nunits = \"normalised\"\ngain = 4.0\n[memory]\nrule = \"any\"\n"
                               "patterns = [[-1, -1, -1], [-1, 1, 1], [1, -1, 1], [1, 1, -1]]\n", 8);
  EXPECT_TRUE(atlas.signs_alone);
  EXPECT_TRUE(atlas.amplitudes.empty());
  EXPECT_TRUE(atlas.slices.empty());
  EXPECT_EQ(atlas.distances.front().all.reference.value, 1.0);   // a memory shown as it is comes back
  EXPECT_EQ(atlas.distances.front().all.hardware.value, 1.0);
}

}  // namespace
}  // namespace basin::test
