#pragma once

#include <string>
#include <vector>

namespace basin::report {

/// A drawing of a verb: an SVG file's text and what it shows.
struct Figure {
  std::string caption;
  std::string svg;
};

/// What a verb's page shows.
struct FigurePage {
  std::string title;                 // "letters: basins of circuit and hardware"
  std::string verb;                  // "atlas": its documentation is docs/<verb>.md
  std::vector<Figure> figures;
  std::string printed;               // what the terminal showed, without colours
};

/// report.html of a verb that has no page of its own: its figures, then what it printed. One file that needs no other and no
/// network; drawings are images, in which no script runs. The same arguments give the same bytes.
std::string figure_page(const FigurePage& page);

}  // namespace basin::report
