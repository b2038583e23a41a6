#include "sim/report/page.hpp"

#include "sim/report/document.hpp"
#include "sim/report/sections.hpp"

namespace basin::report {

std::string report_page(const Design& design, const Verification& found, const Origin& origin) {
  const std::string main = verdict_section(design, found) + gallery_section(design, found) + agreement_section(design, found) +
                           traces_section(design, found) + deviation_section(found) + memories_section(found) +
                           formats_section(found) + synthesis_section(origin) + provenance_section(design, found, origin);
  return document(found.design_name + ": Basin verification", own_file("uplot.min.css") + own_file("report.css"),
                  own_file("uplot.min.js") + own_file("report.js"), main,
                  "Made by basin verify. What each number means: docs/verify.md; this page: docs/report.md.");
}

}  // namespace basin::report
