#include "sim/report/figure_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "models/design/sha256.hpp"
#include "sim/report/text.hpp"

namespace basin::report {
namespace {

const std::string style =
    "body{font:16px/1.5 system-ui,sans-serif;margin:0 auto;padding:1rem;max-width:62rem}img{max-width:100%;height:auto}"
    "figure{margin:1.5rem 0}figcaption,footer{opacity:.75}pre{overflow-x:auto;font-size:.85rem;line-height:1.35}";

}  // namespace

std::string figure_page(const FigurePage& page) {
  const Sha256 digest = sha256(style);
  const std::string hash = base64({reinterpret_cast<const char*>(digest.data()), digest.size()});
  std::string text = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" "
      "content=\"default-src 'none'; img-src data:; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'\">\n<meta name=\"viewport\" "
      "content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>{}</title>\n"
      "<style>{}</style>\n</head>\n<body>\n<main>\n<h1>{}</h1>\n",
      hash, escaped(page.title), style, escaped(page.title));
  for (const Figure& figure : page.figures) {
    text += fmt::format("<figure><img alt=\"{0}\" src=\"data:image/svg+xml;base64,{1}\"><figcaption>{0}</figcaption></figure>\n",
                        escaped(figure.caption), base64(figure.svg));
  }
  constexpr std::size_t whole = std::numeric_limits<std::size_t>::max();
  std::string lines;   // escaped one by one: a line break is a control character
  for (std::size_t from = 0; from < page.printed.size();) {
    const std::size_t end = std::min(page.printed.find('\n', from), page.printed.size());
    lines += escaped(page.printed.substr(from, end - from), whole) + "\n";
    from = end + 1;
  }
  return text + fmt::format("<pre>{}</pre>\n</main>\n<footer>Made by basin {}. What each number means: docs/{}.md.</footer>\n</body>\n</html>\n",
                            lines, page.verb, page.verb);
}

}  // namespace basin::report
