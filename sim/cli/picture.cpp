#include "sim/cli/picture.hpp"

#include <algorithm>

#include "sim/cli/text.hpp"

namespace basin::cli {
namespace {

constexpr int label_width = 11;  // with its indent
constexpr int narrowest = 8;     // room for a title
constexpr int gap = 3;

char pixel(const Picture& picture, int x, int y) {
  const auto at = static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width) + static_cast<std::size_t>(x);
  return at < picture.signs.size() ? picture.signs[at] : '-';
}

const char* glyph(char top, char bottom) {
  if (top == '0' || bottom == '0') return "?";
  if (top == '+') return bottom == '+' ? "█" : "▀";
  return bottom == '+' ? "▄" : " ";
}

int height_of(const Picture& picture) { return static_cast<int>(picture.signs.size()) / std::max(1, picture.width); }

std::string strip(const Picture& picture, int line) {
  std::string out;
  for (int x = 0; x < picture.width; ++x) out += glyph(pixel(picture, x, 2 * line), pixel(picture, x, 2 * line + 1));
  return padded(out, narrowest);
}

std::string trimmed(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

}  // namespace

int pictures_across(int picture_width, int screen) {
  return std::max(0, (screen - label_width + gap) / (std::max(picture_width, narrowest) + gap));
}

std::vector<std::string> sheet(const std::vector<std::string>& titles, const std::vector<PictureRow>& rows) {
  const std::string blanks(gap, ' ');
  std::vector<std::string> lines(1, std::string(label_width, ' '));
  for (std::size_t c = 0; c < titles.size(); ++c) {
    const int width = std::max(narrowest, rows.empty() ? 0 : rows.front().pictures[c].width);
    lines.back() += padded(shortened(printable(titles[c]), width), width) + blanks;
  }
  for (const PictureRow& row : rows) {
    if (&row != &rows.front()) lines.emplace_back();
    int height = 0;
    for (const Picture& picture : row.pictures) height = std::max(height, height_of(picture));
    for (int line = 0; 2 * line < height; ++line) {
      lines.push_back(padded(line == 0 ? "  " + row.label : "", label_width));
      for (const Picture& picture : row.pictures) lines.back() += strip(picture, line) + blanks;
    }
  }
  std::transform(lines.begin(), lines.end(), lines.begin(), trimmed);
  return lines;
}

}  // namespace basin::cli
