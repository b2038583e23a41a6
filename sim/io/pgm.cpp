#include "sim/io/pictures.hpp"
#include "sim/io/pnm.hpp"

namespace basin {

namespace {

constexpr int largest_white = 65535;

/// Darker than half of white is ink.
double entry(int grey, int white) { return 2 * grey < white ? 1.0 : -1.0; }

void read_plain(PnmCursor& cursor, Matrix& pixels, int white) {
  for (Index i = 0; i < pixels.size(); ++i) {
    cursor.expect_pixel(i, pixels.size());
    pixels(0, i) = entry(cursor.number("pixel", 0, white), white);
  }
  cursor.expect_end();
}

void read_packed(PnmCursor& cursor, Matrix& pixels, int white) {
  const std::size_t width = white > 255 ? 2 : 1;  // bytes a pixel, the high one first
  cursor.enter_packed(width * static_cast<std::size_t>(pixels.size()));
  const std::string_view bytes = cursor.rest();
  for (Index i = 0; i < pixels.size(); ++i) {
    int grey = 0;
    for (std::size_t k = 0; k < width; ++k)
      grey = grey * 256 + static_cast<unsigned char>(bytes[static_cast<std::size_t>(i) * width + k]);
    if (grey > white) cursor.refuse("has a bad pixel; allowed: 0 to " + std::to_string(white));
    pixels(0, i) = entry(grey, white);
  }
}

}  // namespace

PatternSet parse_pgm(std::string_view bytes, const std::string& file) {
  PnmCursor cursor(bytes, file);
  const bool plain = bytes.starts_with("P2");
  if (!plain && !bytes.starts_with("P5")) cursor.refuse("is no portable greymap; allowed: P2 or P5");
  cursor.skip(2);
  PatternSet set = cursor.sized_set();
  const int white = cursor.number("largest grey", 1, largest_white);
  plain ? read_plain(cursor, set.rows, white) : read_packed(cursor, set.rows, white);
  return set;
}

}  // namespace basin
