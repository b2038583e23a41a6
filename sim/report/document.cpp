#include "sim/report/document.hpp"

#include <fmt/format.h>

#include "models/design/sha256.hpp"
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

}  // namespace

std::string own_file(const char* name) { return read_file(source_root() / "sim" / "report" / name); }

std::string document(const std::string& title, const std::string& style, const std::string& script, const std::string& main,
                     const std::string& footer) {
  // A string of its own: design names are escaped, and nothing else of the page may run or be fetched.
  const std::string scripts = script.empty() ? "'none'" : hash_source(script);
  const std::string policy =
      fmt::format("default-src 'none'; script-src {}; style-src {}; img-src data:; base-uri 'none'; form-action 'none'", scripts,
                  hash_source(style));
  std::string page = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n<title>{}</title>\n<style>{}</style>\n"
      "</head>\n<body>\n<main>\n",
      policy, escaped(title, 100), style);
  page += main + "</main>\n<footer>" + footer + "</footer>\n";
  if (!script.empty()) page += "<script>" + script + "</script>\n";
  return page + "</body>\n</html>\n";
}

}  // namespace basin::report
