#include "models/design/schema.hpp"
#include "models/design/text.hpp"

namespace basin {

namespace {

constexpr std::string_view heading = R"(# The design file

One TOML file describes a circuit, what it shall remember, and the hardware that shall do it. This page is generated
from the schema, `models/design/schema_*.cpp`: `ninja design_file_page` writes it, and a test compares the two.

Every key has a type, a range and mostly a default. A key that is not on this page is an error, and the message suggests
the nearest one. Every message about a design is one line, `file:line: key: value …; allowed: …`.

A value with a dimension is a number in SI base units or text with a unit: `1e-11` and `"10 pF"` are the same
capacitance. Prefixes: f p n u (or µ) m k M G T. Normalised designs have plain numbers alone.

A per-neuron value is one number for all neurons, a list of N, or a file of N numbers in one row or one column.
)";

constexpr std::string_view data_files = R"(
## Data files

Relative paths start at the design file's folder. Only regular files are read.

| ending | holds | rules |
|---|---|---|
| `.csv` | rows of numbers | comma between numbers, point in numbers, every row equally long; no header, quotes, NaN or infinity; CRLF and a UTF-8 mark are fine; at most 512 MiB |
| `.npy` | one or two dimensions | NumPy format 1 or 2, `f4 f8 i1 i2 i4 i8`, little-endian, C order, finite; at most 2 GiB |
| `.pbm` | one picture | P1 or P4; 1 (black) is the entry 1, 0 is −1; row by row |
| `.pgm` | one picture | P2 or P5, 8 or 16 bits; darker than half of white is the entry 1, the rest −1 |
| `.png` | one picture | grey, palette or colour, 1 to 16 bits, transparency on white; as grey, darker than half of white (sRGB 128) is the entry 1, the rest −1; a damaged file is refused |
| `.txt` | pictures in text | see below |

Text pictures: `#` is the entry 1, `.` is −1. Lines of equal length make a picture, blank lines separate pictures, and all
are of one size. A line `name: A` names the picture after it; then every picture needs a name. Lines that start with `;`
are comments. A text with line breaks in place of a file name is read the same way:
```toml
patterns = '''
name: T
###
.#.
.#.

name: L
#..
#..
###
'''
```

## Limits

At most 16384 neurons: a run on T threads keeps 3 + 8T matrices of N² numbers, 24 GB then on one. `simulate` of a Hebb or
pseudo-inverse design with smooth units and at most N/8 patterns keeps none above 4096. At most 16384 patterns and 1000000
cues. The file itself has at most 1 MiB and 32 levels of brackets.

## Identity

`design.id` is the SHA-256 of the resolved design: every default filled in, every file read, units applied, keys sorted.
Comments, the order of keys, the spelling of units, file names and the design's name do not change it.
)";

/// A table cell: `|` would end it.
std::string cell(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '|') result += '\\';
    result += c;
  }
  return result;
}

std::string row(const Key& key) {
  const std::string fallback = key.fallback.empty() ? "" : "`" + std::string(key.fallback) + "`";
  return "| `" + std::string(key.name) + "` | " + cell(key.doc) + " | " + cell(allowed(key, Units::physical)) + " | " +
         fallback + " | `" + std::string(key.example) + "` |\n";
}

std::string table(std::string_view section) {
  std::string text = "\n| key | meaning | allowed | default | example |\n|---|---|---|---|---|\n";
  for (const Key& key : schema()) {
    if (key.section == section) text += row(key);
  }
  return text;
}

/// The documentation without its Markdown quotes.
std::string plain(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c != '`') result += c;
  }
  return result;
}

std::string starter_line(const Key& key) {
  const bool shown = !key.starter.empty();
  const std::string_view value = shown ? key.starter : key.fallback.empty() ? key.example : key.fallback;
  return "# " + plain(key.doc) + "\n" + (shown ? "" : "# ") + std::string(key.name) + " = " + std::string(value) + "\n";
}

}  // namespace

std::string schema_markdown() {
  std::string text(heading);
  text += table("");
  for (const Section& section : sections()) {
    text += "\n## [" + std::string(section.name) + "]\n\n" + std::string(section.doc) + "\n" + table(section.name);
  }
  text += data_files;
  return text + "\n## A design to start from\n\n`basin init` writes this one.\n```toml\n" + starter_design() + "```\n";
}

std::string starter_design() {
  std::string text =
      "# A Basin design: three letters of 5 × 5 pixels, recalled by an analog Hopfield circuit.\n"
      "# Lines that start with \"# key =\" show a default or an example. All keys: docs/design-file.md.\n\n";
  for (const Key& key : schema()) {
    if (key.section.empty()) text += starter_line(key);
  }
  for (const Section& section : sections()) {
    text += "\n# " + plain(section.doc) + "\n[" + std::string(section.name) + "]\n";
    for (const Key& key : schema()) {
      if (key.section == section.name) text += starter_line(key);
    }
  }
  return text;
}

}  // namespace basin
