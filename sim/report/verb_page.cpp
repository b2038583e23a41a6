#include "sim/report/verb_page.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/report/document.hpp"
#include "sim/report/sections.hpp"
#include "sim/report/text.hpp"

namespace basin::report {
namespace {

constexpr std::size_t longest_text = 4000;
constexpr std::size_t longest_design = 65536;

std::string head(const VerbPage& page) {
  const bool known = page.status == "pass" || page.status == "fail";
  const char* word = page.status == "pass" ? "PASS" : page.status == "fail" ? "FAIL" : "UNKNOWN";
  return fmt::format(
      R"(<header><p class="kind">Basin {}</p><h1><bdi>{}</bdi></h1><p class="verdict {}"><span class="badge">{}</span></p></header>)"
      "\n",
      escaped(page.verb), escaped(page.design, 80), known ? page.status : "unknown", word);
}

std::string figures(const VerbPage& page) {
  std::string out;
  for (const Figure& figure : page.figures) {
    out += fmt::format(R"(<figure class="scroll" tabindex="0"><img alt="{0}" src="data:{1};base64,{2}"><figcaption>{0}</figcaption></figure>)",
                       escaped(figure.caption), figure.type, base64(figure.bytes));
  }
  return out;
}

/// The blocks between two headings are a section.
class Sections {
 public:
  void operator()(const Heading& heading) {
    close();
    title_ = heading.text;
  }
  void operator()(const Paragraph& paragraph) { body_ += "<p>" + escaped(paragraph.text, longest_text) + "</p>"; }
  void operator()(const Preformatted& text) {
    if (text.text.find_first_not_of(" \n") == std::string::npos) return;   // a gap
    body_ += "<pre class=\"art\" tabindex=\"0\">" + escaped(text.text, longest_design) + "</pre>";
  }
  void operator()(const Fields& fields) {
    body_ += R"(<div class="scroll" tabindex="0" role="group" aria-label="table"><table><tbody>)";
    for (const auto& [name, value] : fields.fields) {
      body_ += fmt::format(R"(<tr><th scope="row">{}</th><td>{}</td></tr>)", escaped(name), escaped(value, longest_text));
    }
    body_ += "</tbody></table></div>";
  }
  void operator()(const Rows& rows) {
    std::vector<std::vector<std::string>> cells;
    for (const std::vector<std::string>& row : rows.cells) {
      cells.emplace_back();
      for (const std::string& cell : row) cells.back().push_back(escaped(cell, longest_text));
    }
    body_ += table(cells);
  }
  std::string close() {
    if (!body_.empty()) {
      ++count_;
      out_ += section(fmt::format("part{}", count_), title_.empty() ? "Result" : escaped(title_), body_);
    }
    body_.clear();
    title_.clear();
    return out_;
  }

 private:
  std::string title_, body_, out_;
  int count_ = 0;
};

std::string provenance(const VerbPage& page) {
  std::vector<std::vector<std::string>> rows{{"what", "value"}};
  for (const auto& [what, value] : page.provenance) rows.push_back({escaped(what), "<code>" + escaped(value, 400) + "</code>"});
  std::string out = table(rows);
  if (!page.design_text.empty()) {
    out += "<details><summary>The design file</summary><pre tabindex=\"0\">" + escaped(page.design_text, longest_design) +
           "</pre></details>";
  }
  return section("provenance", "Provenance", out);
}

}  // namespace

std::string verb_page(const VerbPage& page) {
  Sections sections;
  for (const Block& block : page.blocks) std::visit(sections, block);
  return document(page.design + ": Basin " + page.verb, own_file("report.css"), "",
                  head(page) + figures(page) + sections.close() + provenance(page),
                  fmt::format("Made by basin {0}. What each number means: docs/{0}.md; this page: docs/report.md.", page.verb));
}

}  // namespace basin::report
