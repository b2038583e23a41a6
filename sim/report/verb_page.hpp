#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace basin::report {

/// A picture of a page, which holds it whole.
struct Figure {
  std::string caption;
  std::string type;    // "image/svg+xml", "image/png"
  std::string bytes;
};

struct Heading {
  std::string text;
};
struct Paragraph {
  std::string text;
};
/// Text whose columns count.
struct Preformatted {
  std::string text;
};
/// Names and what they are.
struct Fields {
  std::vector<std::pair<std::string, std::string>> fields;
};
/// Rows of as many cells; the first row is the head.
struct Rows {
  std::vector<std::vector<std::string>> cells;
};
using Block = std::variant<Heading, Paragraph, Preformatted, Fields, Rows>;

/// What one run of a verb found, as its reader saw it.
struct VerbPage {
  std::string verb;
  std::string design;                                            // its name
  std::string status;                                            // "pass", "fail", "unknown"
  std::vector<Figure> figures;
  std::vector<Block> blocks;
  std::vector<std::pair<std::string, std::string>> provenance;   // what, value
  std::string design_text;                                       // the design file; "" leaves it out
};

/// report.html of a verb (docs/report.md): one page that needs no other file, no script and no network. The same arguments give
/// the same bytes. Throws EnvironmentError when the page's own style is missing from the source tree.
std::string verb_page(const VerbPage& page);

}  // namespace basin::report
