#include "sim/report/page.hpp"

#include <fmt/format.h>

#include "models/design/sha256.hpp"
#include "sim/report/sections.hpp"
#include "sim/report/text.hpp"
#include "sim/toolchain/rtl_sources.hpp"
#include "sim/toolchain/tools.hpp"

namespace basin::report {
namespace {

/// The hash by which a browser lets an inline element through (Content Security Policy, level 2).
std::string hash_source(const std::string& text) {
  const Sha256 digest = sha256(text);
  return "'sha256-" + base64({reinterpret_cast<const char*>(digest.data()), digest.size()}) + "'";
}

std::string own_file(const char* name) { return read_file(source_root() / "sim" / "report" / name); }

}  // namespace

std::string report_page(const Design& design, const Verification& found, const Origin& origin) {
  const std::string style = own_file("uplot.min.css") + own_file("report.css");
  const std::string script = own_file("uplot.min.js") + own_file("report.js");
  // A string of its own: design names are escaped, and nothing else of the page may run or be fetched.
  const std::string policy = fmt::format("default-src 'none'; script-src {}; style-src {}; base-uri 'none'; form-action 'none'",
                                         hash_source(script), hash_source(style));
  std::string page = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n<title>{}: Basin verification</title>\n<style>{}</style>\n"
      "</head>\n<body>\n<main>\n",
      policy, escaped(found.design_name, 80), style);
  page += verdict_section(design, found);
  page += gallery_section(design, found);
  page += agreement_section(design, found);
  page += traces_section(design, found);
  page += deviation_section(found);
  page += memories_section(found);
  page += formats_section(found);
  page += synthesis_section(origin);
  page += provenance_section(design, found, origin);
  page += "</main>\n<footer>Made by basin verify. What each number means: docs/verify.md; this page: docs/report.md.</footer>\n";
  return page + "<script>" + script + "</script>\n</body>\n</html>\n";
}

}  // namespace basin::report
