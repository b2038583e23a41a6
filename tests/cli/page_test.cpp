#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>

#include "sim/toolchain/process.hpp"
#include "tests/cli/program.hpp"

// report.html as a browser shows it: headless Chromium, whose console goes to the log.

namespace basin::test {
namespace {

const std::string letters = std::string(BASIN_SOURCE_DIR) + "/examples/letters";

/// Names that would run, were they not text, in every place where a page can hold one.
constexpr const char* hostile_design =
    "# </script></pre><script>document.title = 'owned'</script> \xe2\x80\xae\n"
    "[circuit]\ncapacitance = 1e-11\nresistance = 1e4\n"
    "[memory]\nrule = \"pseudo-inverse\"\n"
    "patterns = [[1,1,1,1,-1,-1,-1,-1,1],[1,-1,1,-1,1,-1,1,-1,1]]\n"
    "names = [\"</script><script>document.title='owned'</script>\", "
    "\"\\\"'><img src=x onerror=document.title='owned'>aaaaaaaaaaaa\"]\n"
    "[cues]\nflip = 0.1\ncount = 4\n";

/// The page that `verb` writes for `design`.
std::string verb_page_of(const Folder& folder, const std::string& verb, const std::string& design,
                         const std::vector<std::string>& more = {}) {
  std::vector<std::string> arguments{verb, design, "--out", "out", "--quiet"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  const Outcome outcome = basin({.arguments = arguments, .folder = folder.path()});
  EXPECT_LE(outcome.code, 1) << outcome.err;
  return content(folder.path() / "out" / "report.html");
}

/// The page that `verify` writes for `design`.
std::string page_of(const Folder& folder, const std::string& design, const std::vector<std::string>& more = {}) {
  std::vector<std::string> arguments{"verify", design, "--engines", "golden", "--out", "out", "--quiet"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  const Outcome outcome = basin({.arguments = arguments, .folder = folder.path()});
  EXPECT_LE(outcome.code, 1) << outcome.err;
  return content(folder.path() / "out" / "report.html");
}

/// The document after its scripts ran, and all that the browser logged.
std::string browsed(const Folder& folder, const std::string& page) {
  static int runs = 0;
  const std::filesystem::path log = folder.path() / ("browser" + std::to_string(++runs) + ".log");
  ProcessOptions options;
  options.arguments = {"chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                       "--disable-background-networking", "--disable-component-update", "--disable-sync",
                       "--user-data-dir=" + (folder.path() / ("profile" + std::to_string(runs))).string(),
                       "--virtual-time-budget=5000", "--enable-logging=stderr", "--window-size=1200,900", "--dump-dom",
                       "file://" + folder.write("page" + std::to_string(runs) + ".html", page).string()};
  options.timeout_s = 60;
  options.log = log;
  EXPECT_TRUE(run_process(options).ok());
  return content(log);
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string with(std::string page, const std::string& mark, const std::string& replacement) {
  const std::size_t at = page.find(mark);
  EXPECT_NE(at, std::string::npos) << mark;
  return at == std::string::npos ? page : page.replace(at, mark.size(), replacement);
}

}  // namespace

TEST(ReportPage, IsOneFileUnderFiveMegabytesThatRefersToNoOther) {
  const Folder folder;
  const std::string page = page_of(folder, letters, {"--set", "cues.count=12"});
  EXPECT_LT(page.size(), 5'000'000U);
  EXPECT_FALSE(std::regex_search(page, std::regex("(src|href|srcset|action)\\s*=\\s*[\"']?[^\"' >]")));
  EXPECT_FALSE(has(page, "url("));
  EXPECT_FALSE(has(page, "@import"));
  EXPECT_TRUE(has(page, "default-src 'none'"));
}

TEST(ReportPage, HasTheSameBytesForTheSameDesignAndSeed) {
  const Folder folder;
  const std::vector<std::string> small{"--set", "cues.count=6"};
  EXPECT_EQ(page_of(folder, letters, small), page_of(folder, letters, small));
}

TEST(ReportPage, SaysTheVerdictFirstAndShowsItsDrawingsWithoutScripts) {
  const Folder folder;
  const std::string page = page_of(folder, letters, {"--set", "cues.count=12"});
  EXPECT_LT(page.find(">PASS<"), page.find("<section"));
  for (const char* drawing : {"Energy over time", "States over time", "Deviation over time", "Deviation of every cue",
                              "Margins of the memories", "class=\"picture\""})
    EXPECT_TRUE(has(page, drawing)) << drawing;
}

TEST(ReportPage, FailsInRedWithItsReason) {
  const Folder folder;
  const std::string page = page_of(folder, letters, {"--set", "cues.count=6", "--set", "verify.max_state_deviation=1e-9",
                                                        "--set", "hardware.state=16", "--set", "hardware.weight=8"});
  EXPECT_TRUE(has(page, ">FAIL<"));
  EXPECT_TRUE(has(page, "<ul class=\"reasons\"><li>"));
}

TEST(ReportPage, ShowsTheSynthesisOfTheSameHardwareAlone) {
  const Folder folder;
  const std::vector<std::string> small{"--set", "cues.count=3"};
  EXPECT_FALSE(has(page_of(folder, letters, small), "id=\"synthesis\""));
  std::smatch id;
  const std::string results = content(folder.path() / "out" / "results.json");
  ASSERT_TRUE(std::regex_search(results, id, std::regex("\"hardware\": \\{\\s*\"id\": \"([0-9a-f]{8})\"")));
  const auto synthesised = [&](const std::string& hardware) {
    folder.write("out/results.json",
                 R"({"verb": "synth", "hardware": {"id": ")" + hardware +
                     R"("}, "synthesis": {"target": "ice40-x<b>", "luts": 1234, "ffs": 5, "brams": 6, "dsps": 7,
                        "fmax_mhz": {"median": 61.5, "worst": 58.25}, "icetime_mhz": 55.5, "recall_us": null}})");
    return page_of(folder, letters, small);
  };
  const std::string page = synthesised(id[1]);
  EXPECT_TRUE(has(page, "ice40-x&lt;b&gt;</th><td>1,234</td><td>5</td><td>6</td><td>7</td><td>61.5 MHz</td><td>58.2 MHz</td><td>55.5 MHz"));
  EXPECT_FALSE(has(synthesised("00000000"), "id=\"synthesis\""));
}

TEST(ReportPage, RunsInABrowserWithoutAConsoleMessage) {
  const Folder folder;
  const std::string log = browsed(folder, page_of(folder, letters, {"--set", "cues.count=12"}));
  EXPECT_FALSE(has(log, "CONSOLE")) << log.substr(0, 4000);
  EXPECT_TRUE(has(log, "<canvas")) << "the plots were not drawn";
}

TEST(ReportPage, LetsNoNameOrDesignTextRun) {
  const Folder folder;
  folder.write("design.toml", hostile_design);
  const std::string page = page_of(folder, "design.toml");
  EXPECT_FALSE(has(page, "\xe2\x80\xae"));
  // Even where the policy would let it: escaping alone must hold.
  for (const std::string& shown : {page, with(page, "http-equiv", "data-off")}) {
    const std::string log = browsed(folder, shown);
    EXPECT_FALSE(has(log, "<title>owned")) << log.substr(0, 4000);
    EXPECT_FALSE(has(log, "CONSOLE")) << log.substr(0, 4000);
  }
}

TEST(ReportPage, HasAPolicyThatStopsAnInjectedScript) {
  const Folder folder;
  const std::string bad = with(page_of(folder, letters, {"--set", "cues.count=6"}), "</main>",
                               "<script>document.title = 'owned'</script><img src=x onerror=\"document.title = 'owned'\"></main>");
  EXPECT_FALSE(has(browsed(folder, bad), "<title>owned"));
  EXPECT_TRUE(has(browsed(folder, with(bad, "http-equiv", "data-off")), "<title>owned"));  // it would have run
}

// A frame is as wide as a phone; the page in it, its policy off, tells its parent how wide its content is.
TEST(ReportPage, FitsAPhoneWithoutScrollingSideways) {
  const Folder folder;
  folder.write("design.toml", hostile_design);
  int number = 0;
  for (const std::string& page : {page_of(folder, letters, {"--set", "cues.count=12"}), page_of(folder, "design.toml")}) {
    const std::string probe =
        "<script>addEventListener('load', () => setTimeout(() => "
        "parent.postMessage(innerWidth + ' holds ' + document.documentElement.scrollWidth, '*'), 500))</script></body>";
    const std::string name = "framed" + std::to_string(number++) + ".html";
    folder.write(name, with(with(page, "http-equiv", "data-off"), "</body>", probe));
    const std::string log = browsed(
        folder, "<!DOCTYPE html><body><script>addEventListener('message', e => document.body.append(e.data))</script>"
                "<iframe width=390 height=800 frameborder=0 src=" + name + "></iframe></body>");
    std::smatch found;
    ASSERT_TRUE(std::regex_search(log, found, std::regex("390 holds ([0-9]+)"))) << log.substr(0, 4000);
    EXPECT_LE(std::stoi(found[1]), 390);
  }
}

TEST(VerbPage, ShowsThePictureWhatTheTerminalSaidAndTheCommand) {
  const Folder folder;
  const std::string page = verb_page_of(folder, "simulate", letters, {"--set", "cues.count=6"});
  EXPECT_TRUE(has(page, ">PASS<"));
  EXPECT_TRUE(has(page, "<img alt=\"How the cues ended\" src=\"data:image/svg+xml;base64,"));
  EXPECT_TRUE(has(page, "scripts/basin simulate "));
  EXPECT_TRUE(has(page, "cues.count=6"));
  EXPECT_TRUE(has(page, "&quot;pseudo-inverse&quot;"));   // the design file
  EXPECT_FALSE(std::regex_search(page, std::regex("(src|href|srcset|action)\\s*=\\s*[\"'](?!data:)")));
  EXPECT_EQ(page, verb_page_of(folder, "simulate", letters, {"--set", "cues.count=6"}));
}

TEST(VerbPage, IsShownByABrowserAndLetsNoNameRun) {
  const Folder folder;
  folder.write("design.toml", hostile_design);
  for (const char* verb : {"simulate", "learn"}) {
    const std::string page = verb_page_of(folder, verb, "design.toml");
    for (const std::string& shown : {page, with(page, "http-equiv", "data-off")}) {
      const std::string log = browsed(folder, shown);
      EXPECT_FALSE(has(log, "<title>owned")) << log.substr(0, 4000);
      EXPECT_FALSE(has(log, "CONSOLE")) << log.substr(0, 4000);
    }
  }
}

}  // namespace basin::test
