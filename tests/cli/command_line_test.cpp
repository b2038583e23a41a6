#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "tests/cli/program.hpp"

namespace basin::test {
namespace {

constexpr std::array<const char*, 5> verbs{"init", "doctor", "simulate", "verify", "synth"};

std::size_t lines(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

TEST(CommandLine, SaysItsVersionInOneLine) {
  const Outcome outcome = basin({.arguments = {"--version"}});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_EQ(outcome.out, std::string("basin ") + BASIN_VERSION + "\n");
  EXPECT_EQ(outcome.err, "");
}

TEST(CommandLine, HelpsWithEveryVerbWithinEightyColumns) {
  for (const std::string verb : verbs) {
    const Outcome outcome = basin({.arguments = {verb, "--help"}});
    EXPECT_EQ(outcome.code, 0) << verb;
    EXPECT_NE(outcome.out.find("--set"), std::string::npos) << verb;
    EXPECT_EQ(lines_over_80_columns(outcome.out), std::vector<std::string>{}) << verb;
  }
}

TEST(CommandLine, NamesEveryVerbInItsHelp) {
  const Outcome outcome = basin({.arguments = {"--help"}});
  EXPECT_EQ(outcome.code, 0);
  for (const char* verb : verbs) EXPECT_NE(outcome.out.find(std::string("  ") + verb), std::string::npos) << verb;
  EXPECT_EQ(lines_over_80_columns(outcome.out), std::vector<std::string>{});
}

TEST(CommandLine, RefusesWhatItDoesNotKnowInOneLine) {
  const std::vector<std::vector<std::string>> wrong{{},
                                                    {"frobnicate"},
                                                    {"simulate", "--frobnicate"},
                                                    {"simulate", "--jobs", "0"},
                                                    {"simulate", "--jobs", "many"},
                                                    {"simulate", "--seed", "-1"},
                                                    {"simulate", "--seed", "1.5"},
                                                    {"simulate", "one.toml", "two.toml"},
                                                    {"verify", "--engines"}};
  for (const auto& arguments : wrong) {
    const Folder folder;
    const Outcome outcome = basin({.arguments = arguments, .folder = folder.path()});
    EXPECT_EQ(outcome.code, 2) << outcome.err;
    EXPECT_EQ(outcome.out, "");
    EXPECT_EQ(lines(outcome.err), 1U) << outcome.err;
    EXPECT_EQ(folder.files(), std::vector<std::string>{});
  }
}

TEST(CommandLine, NamesAMissingDesignAndWritesNothing) {
  const Folder folder;
  for (const std::string verb : {"simulate", "verify", "synth"}) {
    const Outcome outcome = basin({.arguments = {verb, "absent.toml"}, .folder = folder.path()});
    EXPECT_EQ(outcome.code, 2);
    EXPECT_NE(outcome.err.find("absent.toml"), std::string::npos) << outcome.err;
    EXPECT_EQ(lines(outcome.err), 1U) << outcome.err;
    EXPECT_EQ(folder.files(), std::vector<std::string>{});
  }
}

/// The long options that --help of a verb shows.
std::vector<std::string> options_in_help(const std::string& verb) {
  const std::string help = basin({.arguments = {verb, "--help"}}).out;
  std::vector<std::string> names;
  for (std::size_t at = help.find("--"); at != std::string::npos; at = help.find("--", at + 2)) {
    const std::size_t end = help.find_first_not_of("abcdefghijklmnopqrstuvwxyz-", at);
    if (help[at - 1] == ' ' || help[at - 1] == ',') names.push_back(help.substr(at, end - at));
  }
  return names;
}

/// `text` without roff's backslashes.
std::string unescaped(std::string text) {
  text.erase(std::remove(text.begin(), text.end(), '\\'), text.end());
  return text;
}

TEST(Completion, KnowsEveryOptionThatHelpShows) {
  const Outcome outcome = basin({.arguments = {"completion"}});
  EXPECT_EQ(outcome.code, 0);
  for (const std::string verb : verbs) {
    const std::size_t start = outcome.out.find("    " + verb + ") words=");
    ASSERT_NE(start, std::string::npos) << verb;
    const std::string words = outcome.out.substr(start, outcome.out.find('\n', start) - start);
    for (const std::string& option : options_in_help(verb)) EXPECT_NE(words.find(option), std::string::npos) << option;
  }
}

TEST(ManualPage, KnowsEveryOptionThatHelpShows) {
  const Outcome outcome = basin({.arguments = {"man"}});
  EXPECT_EQ(outcome.code, 0);
  const std::string page = unescaped(outcome.out);
  EXPECT_EQ(page.rfind(".TH BASIN 1", 0), 0U);
  for (const std::string verb : verbs) {
    EXPECT_NE(page.find(".SS " + verb + "\n"), std::string::npos) << verb;
    for (const std::string& option : options_in_help(verb)) EXPECT_NE(page.find(option), std::string::npos) << option;
  }
}

}  // namespace
}  // namespace basin::test
