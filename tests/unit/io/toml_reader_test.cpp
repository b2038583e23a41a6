#include "sim/io/toml_reader.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/unit/io/scratch.hpp"

namespace basin {
namespace {

std::string problem(const std::string& text) {
  return refusal([&] { parse_toml(text, "f.toml"); });
}

const Value& entry(const Value& table, const std::string& key) { return std::get<Value::Table>(table.data).at(key); }

}  // namespace

TEST(Toml, RemembersTheLineOfEveryValue) {
  const Value root = parse_toml("a = 1\n\n[s]\nb = [true,\n  2.5]\nc = '''\nx\n'''\nd = \"y\"\n", "f.toml");
  EXPECT_EQ(entry(root, "a").where.line, 1);
  EXPECT_EQ(entry(root, "s").where.line, 3);
  const auto& list = std::get<Value::Array>(entry(entry(root, "s"), "b").data);
  EXPECT_EQ(list[0].where.line, 4);
  EXPECT_EQ(list[1].where.line, 5);
  EXPECT_EQ(std::get<double>(list[1].data), 2.5);
  EXPECT_EQ(std::get<std::string>(entry(entry(root, "s"), "c").data), "x\n");
  EXPECT_EQ(entry(entry(root, "s"), "d").where.line, 9);
  EXPECT_EQ(entry(root, "a").where.file, "f.toml");
}

TEST(Toml, ReadsCrlfAndAMark) {
  EXPECT_EQ(std::get<std::int64_t>(entry(parse_toml("\xef\xbb\xbf"
                                                    "a = 1\r\nb = 2\r\n",
                                                    "f.toml"),
                                         "b")
                                       .data),
            2);
}

TEST(Toml, NamesTheLineOfWhatIsNoToml) {
  EXPECT_EQ(problem("a = 1\na = 2\n").find("f.toml:2: is not TOML: "), 0U);
  for (const char* text :
       {"a = \"x", "a = \"\\q\"", "a = \"\x01\"", "a = \"\xc3(\"", "a", "= 1", "[a\n", "a = 2020-01-01", "a = 07",
        "\xff\xfe"
        "a",
        "a = '''x"}) {
    EXPECT_EQ(problem(text).find("f.toml"), 0U) << text;
  }
  EXPECT_EQ(problem(std::string("a = 1\nb = \0", 11)), "f.toml:2: holds a NUL byte; allowed: UTF-8 text");
}

TEST(Toml, RefusesNestingBeforeItParses) {
  const std::string deep = "f.toml:1: nests too deeply; allowed: 32 levels";
  EXPECT_EQ(problem("a = " + std::string(33, '[') + std::string(33, ']')), deep);
  EXPECT_EQ(problem("a = " + std::string(400'000, '[')), deep);
  std::string tables, dotted;
  for (int i = 0; i < 40; ++i) tables += "{a = ", dotted += "a.";
  EXPECT_EQ(problem("a = " + tables), deep);
  EXPECT_EQ(problem(dotted + "a = 1"), deep);
  EXPECT_EQ(problem("[" + dotted + "a]"), deep);
}

// Each of these takes toml++ 3.3 into undefined behaviour (its issue 190).
TEST(Toml, RefusesForeignCharactersWhereTomlHasNone) {
  const std::string refused = "has a character beyond ASCII where TOML allows none; allowed: quoted texts and comments";
  for (const char* text :
       {"a = 1 §", "§ = 1", "a §= 1", "a = \"\"\"\\\n§\"\"\"", "a = \"\"\"\\§\"\"\"", "a = \"\\§\"", "a = \"x\" §"}) {
    EXPECT_NE(problem(text).find(refused), std::string::npos) << text;
  }
  EXPECT_EQ(problem("a = '\\§'\nb = \"§ \\\\§\"  # §\nc = \"\"\"§\\\n x§\"\"\"\n\"§\" = 1\n"), "");
}

TEST(Toml, CountsNoBracketsOrDotsInStringsCommentsAndNumbers) {
  const std::string many(100, '[');
  EXPECT_EQ(problem("a = \"" + many + "\\\"" + many + "\"\nb = '" + many + "'\n# " + many + "\nc = '''\n" + many +
                    "\n'" + many + "'''\n"),
            "");
  std::string numbers;
  for (int i = 0; i < 100; ++i) numbers += "0.5, ";
  EXPECT_EQ(problem("a = [" + numbers + "]\n"), "");
  EXPECT_EQ(problem("a = " + std::string(32, '[') + std::string(32, ']')), "");
}

TEST(Toml, RefusesFilesThatAreTooLong) {
  const Scratch scratch;
  const auto file = scratch.write("long.toml", std::string(max_toml_bytes + 1, '#'));
  EXPECT_NE(refusal([&] { read_toml(file); }).find("is too long; allowed: at most 1048576 bytes"), std::string::npos);
}

TEST(Toml, RefusesWhatIsNoRegularFileWithoutWaiting) {
  const Scratch scratch;
  const auto pipe = scratch.path() / "pipe.toml";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  std::filesystem::create_symlink("nowhere", scratch.path() / "dangling.toml");
  EXPECT_NE(refusal([&] { read_toml(pipe); }).find("is a pipe; allowed: a regular file"), std::string::npos);
  EXPECT_NE(refusal([&] { read_toml(scratch.path()); }).find("is a folder"), std::string::npos);
  EXPECT_NE(refusal([] { read_toml("/dev/zero"); }).find("is a device"), std::string::npos);
  EXPECT_NE(refusal([&] { read_toml(scratch.path() / "dangling.toml"); }).find("cannot be opened"), std::string::npos);
  EXPECT_NE(refusal([&] { read_toml(scratch.path() / "absent\n.toml"); }).find("absent\\x0a.toml: cannot be opened"),
            std::string::npos);
}

}  // namespace basin
