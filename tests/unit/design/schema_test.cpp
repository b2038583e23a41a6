#include "models/design/schema.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "models/design/resolve.hpp"
#include "sim/io/data_source.hpp"
#include "sim/io/toml_reader.hpp"

namespace basin {
namespace {

std::string file_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace

TEST(Schema, NamesEachKeyOnceInAKnownSection) {
  std::set<std::string> names{""};
  for (const Section& section : sections()) names.emplace(section.name);
  std::set<std::string> paths;
  for (const Key& key : schema()) {
    EXPECT_TRUE(names.contains(std::string(key.section))) << key.path();
    EXPECT_TRUE(paths.insert(key.path()).second) << key.path();
    EXPECT_FALSE(key.doc.empty()) << key.path();
  }
}

TEST(Schema, GivesExamplesThatAreTomlOfAKnownKey) {
  for (const Key& key : schema()) {
    EXPECT_NO_THROW(parse_toml("x = " + std::string(key.example), "example")) << key.path();
    if (key.fallback.empty()) continue;
    EXPECT_NO_THROW(parse_toml("x = " + std::string(key.fallback), "default")) << key.path();
  }
}

TEST(StarterDesign, IsValidAsItStands) {
  const Design design = resolve_design(parse_toml(starter_design(), "starter.toml"), FileData("."));
  EXPECT_EQ(design.name, "starter");
  EXPECT_EQ(design.neurons, 25);
  EXPECT_EQ(design.memory.names, (std::vector<std::string>{"T", "L", "X"}));
  EXPECT_EQ(design.memory.rule, Rule::pseudo_inverse);
}

// What the starter shows as a comment is the default: taking the comment marks away changes nothing.
TEST(StarterDesign, ShowsTheDefaultsInItsComments) {
  const std::string text = starter_design();
  std::string all, section;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    std::string line = text.substr(at, end - at);
    if (line.starts_with("[")) section = line.substr(1, line.size() - 2);
    for (const Key& key : schema()) {
      const std::string mark = "# " + std::string(key.name) + " = ";
      const bool scale_of_normalised = key.path() == "physical.resistance" || key.path() == "physical.capacitance";
      const bool of_other_units = key.name == "tau" || key.name == "bias" || scale_of_normalised;
      if (key.section == section && !key.fallback.empty() && !of_other_units && line.starts_with(mark))
        line.erase(0, 2);
    }
    all += line + "\n";
    at = end + 1;
  }
  ASSERT_NE(all, text);
  EXPECT_EQ(resolve_design(parse_toml(all, "all.toml"), FileData(".")).id,
            resolve_design(parse_toml(text, "starter.toml"), FileData(".")).id);
}

// The page is written by `ninja design_file_page`.
TEST(DesignFilePage, IsTheOneThatTheSchemaMakes) {
  EXPECT_EQ(file_text(BASIN_SOURCE_DIR "/docs/design-file.md"), schema_markdown());
}

}  // namespace basin
