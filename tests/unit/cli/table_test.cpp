#include "sim/cli/table.hpp"

#include <gtest/gtest.h>

#include "sim/cli/text.hpp"

namespace basin::cli {
namespace {

const Table sample{{{"name", Align::left}, {"count"}}, {{"日本", "7"}, {"a", Cell("1234", Tone::bad)}}};

TEST(Render, AlignsWideCharactersAndNumbers) {
  EXPECT_EQ(render(sample, 80, false), (std::vector<std::string>{"  name  count", "  日本      7", "  a      1234"}));
}

TEST(Render, ColoursOnlyWhenAsked) {
  for (const std::string& line : render(sample, 80, false)) EXPECT_EQ(line.find('\x1b'), std::string::npos);
  EXPECT_NE(render(sample, 80, true)[2].find("\x1b[1;31m1234\x1b[0m"), std::string::npos);
}

TEST(Render, ColoursDoNotMoveTheColumns) {
  std::string coloured = render(sample, 80, true)[2];
  for (const char* code : {"\x1b[1;31m", "\x1b[0m"}) coloured.erase(coloured.find(code), std::string(code).size());
  EXPECT_EQ(coloured, render(sample, 80, false)[2]);
}

TEST(Render, ShortensTextRatherThanPassingTheWidth) {
  const Table wide{{{"name", Align::left}, {"count"}}, {{std::string(200, 'x'), "1234567"}}};
  for (const std::string& line : render(wide, 80, false)) EXPECT_LE(display_width(line), 80);
  EXPECT_NE(render(wide, 80, false)[1].find("1234567"), std::string::npos);
}

TEST(Render, ShowsAHostileNameHarmlessly) {
  const Table table{{{"name", Align::left}}, {{"\x1b[2J"}}};
  EXPECT_EQ(render(table, 80, false)[1].find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace basin::cli
